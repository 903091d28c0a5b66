"""CKAN's packages, from a file or its API, as datasets."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.distributions import Distributions, Resource, read_day
from generator.importers.files import Folder
from generator.importers.geometry import read_box
from generator.importers.links import UUID, OldPortal, find_hosts
from generator.importers.report import Report, SourceError
from generator.importers.terms import find_code, find_languages, find_license, fold_keywords
from generator.importers.text import DayOrder, guess_language, read_address, read_email, to_line, to_markdown
from generator.urls import slugify

Package = Mapping[str, Any]

ROWS = 500
TIMEOUT = httpx.Timeout(30, connect=10)
TRIES = 3

# What CKAN keeps for itself and what says nothing that the mapped fields do not.
TECHNICAL = """
    archiver creator_user_id extras id isopen license_title license_url metadata_created metadata_modified name
    num_resources num_tags organization owner_org private relationships_as_object relationships_as_subject resources
    revision_id revision_timestamp state title title_translated tracking_summary type
"""
TECHNICAL_RESOURCE = """
    archiver cache_last_updated cache_url ckan_url created datastore_active
    datastore_contains_all_records_of_source_file description description_translated format hash id last_modified
    metadata_modified mimetype mimetype_inner name name_translated original_url package_id position qa resource_group_id
    resource_id resource_type revision_id revision_timestamp size state task_created tracking_summary url url_type
    webstore_last_updated webstore_url
"""
MAPPED = """
    access_rights accrual_periodicity author author_email contact_email contact_name contact_uri ext_spatial frequency
    groups inv_access_level keywords language license_id maintainer maintainer_email methodologie notes notes_translated
    publisher_name spatial spatial_text tags temporal temporal_end temporal_start update_frequency url version
"""


def import_ckan(source: str, into: Path) -> Report:
    """
    Import a CKAN catalogue: a file of packages, or the address of a portal or of its API.

    SourceError when the source can't be read; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    packages = fetch_packages(source) if remote else read_packages(Path(source))
    report = Report(source=source if remote else Path(source).name)
    folder = Folder.open(into, report)
    kept = [package for package in packages if is_public(package, report)]
    base = portal_base(source) if remote and not is_document(source) else ""
    draft = Draft.begin(folder, report, guess_source_language(kept), translations(kept))
    Mapper.of(kept, draft, base).fill()
    return draft.write()


def is_public(package: Package, report: Report) -> bool:
    state = said(package.get("state")) or "active"
    if said(package.get("private")).lower() == "true":
        state = "private"
    if state != "active":
        report.tell("left-out.dataset-state", slugify(package_name(package)), state)
    return state == "active"


def said(value: Any) -> str:
    """
    A scalar as text; lists, maps and nothing say nothing.

    >>> said(12), said(None), said(True), said([1])
    ('12', '', 'True', '')
    """
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def extras_of(package: Package) -> dict[str, Any]:
    """CKAN's extras, as a map or as a list of key and value."""
    extras = package.get("extras") or {}
    if isinstance(extras, list):
        return {said(item.get("key")): item.get("value") for item in extras if isinstance(item, dict)}
    return dict(extras) if isinstance(extras, dict) else {}


def guess_source_language(packages: Iterable[Package]) -> str:
    """The language that most packages say they are in, else the one that their texts look like, else French."""
    packages = list(packages)
    spellings = (spelling for package in packages for spelling in language_words(package.get("language")))
    counts = Counter(code for spelling in spellings if (code := find_code("languages", spelling)))
    if counts:
        return min(counts, key=lambda code: (-counts[code], code))
    return guess_language(said(package.get("notes")) for package in packages) or "fr"


def language_words(value: Any) -> list[str]:
    """
    >>> language_words("FR"), language_words('["fr", "en"]'), language_words("{fr,en}"), language_words(None)
    (['FR'], ['fr', 'en'], ['fr', 'en'], [])
    """
    if isinstance(value, list):
        return [said(item) for item in value]
    text = said(value)
    if text[:1] in "[{":
        return [part for part in re.split(r"[\s,\[\]{}\"']+", text) if part]
    return [part.strip() for part in text.split(",") if part.strip()]


def translated(record: Package, key: str) -> dict[str, str]:
    """A text of a record: its own under "", translations (ckanext-fluent) under their language."""
    texts = {}
    value = record.get(f"{key}_translated") or record.get(key)
    if isinstance(value, dict):
        for language, text in value.items():
            if (code := find_code("languages", said(language).partition("-t-")[0])) and said(text).strip():
                texts[code] = said(text)
    return texts or {"": said(record.get(key))}


def translations(packages: Iterable[Package]) -> list[str]:
    """The languages that titles are translated into, the most frequent first."""
    counts = Counter(code for package in packages for code in translated(package, "title") if code)
    return sorted(counts, key=lambda code: (-counts[code], code))


@dataclass
class Mapper:
    """Packages to datasets of a draft."""

    packages: list[Package]
    draft: Draft
    ids: Mapping[str, str]
    bodies: Mapping[str, str]
    portal: OldPortal
    days: DayOrder

    @classmethod
    def of(cls, packages: list[Package], draft: Draft, base: str) -> Mapper:
        report, folder = draft.report, draft.folder
        unique = {package_name(package): package for package in packages if package_name(package)}
        names = [(name, said(package.get("id"))) for name, package in unique.items()]
        ids = Ids(folder.identifiers, RESERVED).assign(names)
        organizations = dict.fromkeys(name for package in unique.values() if (name := organization_name(package)))
        bodies = Ids({}).assign((name, "") for name in organizations)
        portal = find_portal(unique, ids, bodies, base, report)
        return cls(list(unique.values()), draft, ids, bodies, portal, DayOrder([]))

    def fill(self) -> None:
        for package in self.packages:
            identifier = self.ids[package_name(package)]
            self.add_publisher(package)
            self.draft.datasets[identifier] = self.map_package(package, identifier)

    def add_publisher(self, package: Package) -> None:
        organization = package.get("organization")
        name = organization_name(package)
        if not name or not isinstance(organization, dict):
            if name:
                self.draft.publishers.setdefault(self.bodies[name], {"name": self.draft.speech.say({"": name})})
            return
        identifier = self.bodies[name]
        if identifier in self.draft.publishers:
            return
        source = said(organization.get("id")) or name
        description = self.portal.rewrite(to_markdown(said(organization.get("description"))), "")
        title = {language: to_line(text) for language, text in translated(organization, "title").items()}
        self.draft.publishers[identifier] = {
            "name": self.draft.speech.say(title) or self.draft.speech.say({"": name}),
            "description": self.draft.speech.say({"": description}),
            "identifier": source if source != identifier else "",
        }

    def map_package(self, package: Package, identifier: str) -> dict[str, Any]:
        """A package as a dataset's keys; what it says elsewhere is told."""
        report, say = self.draft.report, self.draft.speech.say
        record = {**extras_of(package), **{key: value for key, value in package.items() if value not in (None, "", [])}}
        name = package_name(package)
        title = {language: to_line(text) for language, text in translated(package, "title").items()}
        if not any(title.values()):
            title = {"": name}
            report.tell("guessed.title", identifier, name)
        source = said(package.get("id")) or name
        found = {
            ("title", "title"): say(title),
            ("notes", "description"): say(self.description(record, identifier)),
            ("organization", "publisher"): self.bodies.get(organization_name(package), ""),
            ("maintainer, author", "contactPoint"): self.contact(record, identifier),
            ("groups", "theme"): self.themes(package, identifier),
            ("tags", "keyword"): self.keywords(record),
            ("license_id", "license"): find_license(
                report, identifier, *(said(record.get(key)) for key in ("license_id", "license_url", "license_title"))
            ),
            ("inv_access_level", "accessRights"): self.access_rights(record, identifier),
            ("update_frequency", "accrualPeriodicity"): self.frequency(record, identifier),
            ("metadata_created", "issued"): read_day(
                report, self.days, identifier, said(record.get("metadata_created"))
            ),
            ("metadata_modified", "modified"): read_day(
                report, self.days, identifier, said(record.get("metadata_modified"))
            ),
            ("ext_spatial, spatial", "spatial"): self.spatial(record, identifier),
            ("temporal", "temporal"): self.temporal(record, identifier),
            ("language", "language"): find_languages(report, identifier, language_words(record.get("language"))),
            ("url", "landingPage"): self.landing_page(record, identifier),
            ("id, name", "identifier"): source if source != identifier else "",
            ("version", "version"): to_line(said(record.get("version"))),
            ("resources", "distribution"): self.distributions(package, identifier),
        }
        for (key, ours), value in found.items():
            if value not in (None, "", [], {}):
                report.took(key, ours)
        values = {ours: value for (_, ours), value in found.items()}
        if not values["publisher"]:
            values["publisher"] = self.draft.placeholder()
            report.tell("guessed.publisher", identifier)
        self.tell_rest(record, identifier)
        return values

    def description(self, record: Package, identifier: str) -> dict[str, str]:
        texts = {language: to_markdown(text) for language, text in translated(record, "notes").items()}
        if method := to_markdown(said(record.get("methodologie"))):
            key = next((language for language in texts if language in ("", "fr")), "")
            texts[key] = f"{texts.get(key, '')}\n\n## Méthodologie\n\n{method}".strip()
        return {language: self.portal.rewrite(text, identifier) for language, text in texts.items()}

    def contact(self, record: Package, identifier: str) -> dict[str, Any] | None:
        """Whom to write to, from the first of maintainer, contact and author who has an address or a name."""
        pairs = []
        for name_key, email_key in (
            ("maintainer", "maintainer_email"), ("contact_name", "contact_email"), ("author", "author_email")
        ):  # fmt: skip
            name, written = to_line(said(record.get(name_key))), said(record.get(email_key))
            email = read_email(written)
            if written.strip() and not email:
                self.draft.report.tell("left-out.email", identifier, written.strip())
            if name or email:
                pairs.append((name, email))
        if not pairs:
            return None
        name, email = chosen = next((pair for pair in pairs if pair[1]), pairs[0])
        if not name:
            name = next((other for other, mail in pairs if other and mail in ("", email)), "")
        for other in dict.fromkeys(pairs):
            if other != chosen and other[0] not in ("", name):
                self.draft.report.tell("left-out.contact", identifier, other[0])
        uri = read_address(said(record.get("contact_uri")))
        values = {"name": self.draft.speech.say({"": name}), "email": email, "url": uri.url if uri else ""}
        return {key: value for key, value in values.items() if value}

    def themes(self, package: Package, identifier: str) -> list[str]:
        found = []
        for group in listed(package.get("groups")):
            record = group if isinstance(group, dict) else {"name": said(group)}
            name = said(record.get("name"))
            title = said(record.get("title")) or said(record.get("display_name")) or name
            if code := self.draft.themes.find(identifier, {"": title}, name):
                found.append(code)
        return list(dict.fromkeys(found))

    def keywords(self, record: Package) -> Any:
        fluent = record.get("keywords")
        if isinstance(fluent, dict):
            words = {
                find_code("languages", key): fold_keywords(map(said, listed(value))) for key, value in fluent.items()
            }
            if spoken := {language: items for language, items in words.items() if language}:
                return self.draft.speech.say(spoken)
        names = (
            said(tag.get("display_name")) or said(tag.get("name")) if isinstance(tag, dict) else said(tag)
            for tag in listed(record.get("tags"))
        )
        return self.draft.speech.say({"": fold_keywords(names)})

    def access_rights(self, record: Package, identifier: str) -> str:
        return self.code("access-rights", record, ("inv_access_level", "access_rights"), identifier)

    def frequency(self, record: Package, identifier: str) -> str:
        return self.code("frequencies", record, ("update_frequency", "frequency", "accrual_periodicity"), identifier)

    def code(self, name: str, record: Package, keys: Iterable[str], identifier: str) -> str:
        spelling = next((said(record.get(key)) for key in keys if said(record.get(key)).strip()), "")
        code = find_code(name, spelling)
        if spelling and not code:
            told = "left-out.frequency" if name == "frequencies" else f"left-out.{name}"
            self.draft.report.tell(told, identifier, to_line(spelling))
        return code

    def spatial(self, record: Package, identifier: str) -> dict[str, Any] | None:
        """The area: a name, a bounding box from GeoJSON, or both."""
        values: dict[str, Any] = {}
        for key in ("ext_spatial", "spatial", "spatial_text"):
            value = record.get(key)
            if value in (None, "", []):
                continue
            if box := read_box(value):
                values.setdefault("bbox", box)
            elif (name := to_line(said(value))) and name[:1] not in "{[":
                values.setdefault("name", self.draft.speech.say({"": name}))
            else:
                self.draft.report.tell("left-out.spatial", identifier, said(value) or key)
        return values or None

    def temporal(self, record: Package, identifier: str) -> dict[str, str] | None:
        start, end = (said(record.get(key)).strip() for key in ("temporal_start", "temporal_end"))
        written = said(record.get("temporal")).strip()
        if written and not (start or end):
            start, _, end = (part.strip() for part in written.partition("/"))
        values = {}
        for key, text in (("start", start), ("end", end)):
            if text in ("", ".."):
                continue
            if day := self.days.read(text):
                values[key] = day.iso
            else:
                self.draft.report.tell("left-out.date", identifier, text)
        return values or None

    def landing_page(self, record: Package, identifier: str) -> str:
        written = said(record.get("url"))
        if not written.strip():
            return ""
        address = read_address(written)
        if address is None:
            self.draft.report.tell("left-out.bad-url", identifier, written.strip())
            return ""
        if address.guess:
            self.draft.report.tell(f"guessed.{address.guess}", identifier, written.strip())
        return address.url

    def distributions(self, package: Package, identifier: str) -> list[dict[str, Any]]:
        report = self.draft.report
        resources = []
        for item in listed(package.get("resources")):
            if not isinstance(item, dict):
                continue
            if said(item.get("state")) not in ("", "active"):
                report.tell("left-out.resource-state", identifier, said(item.get("name")) or said(item.get("id")))
                continue
            for key in sorted(item.keys() - set(TECHNICAL_RESOURCE.split())):
                if item[key] not in (None, "", [], {}):
                    report.tell("left-out.field", identifier, f"resources.{key}")
            resources.append(map_resource(item))
        return Distributions(report, self.draft.speech, self.portal, self.days).of(identifier, resources)

    def tell_rest(self, record: Package, identifier: str) -> None:
        for key in sorted(record.keys() - set(f"{TECHNICAL} {MAPPED}".split())):
            if record[key] not in (None, "", [], {}):
                self.draft.report.tell("left-out.field", identifier, key)


def map_resource(item: Package) -> Resource:
    """A CKAN resource in the words that all portals share."""
    return Resource(
        id=said(item.get("id")).strip(),
        title=translated(item, "name"),
        description=translated(item, "description"),
        url=said(item.get("url")),
        format=said(item.get("format")),
        media_type=said(item.get("mimetype")),
        issued=said(item.get("created")),
        modified=said(item.get("last_modified")) or said(item.get("revision_timestamp")),
        size=said(item.get("size")).strip(),
        uploaded=said(item.get("url_type")) == "upload",
    )


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def package_name(package: Package) -> str:
    return to_line(said(package.get("name"))) or to_line(said(package.get("id")))


def organization_name(package: Package) -> str:
    organization = package.get("organization")
    if isinstance(organization, dict):
        return to_line(said(organization.get("name"))) or to_line(said(organization.get("title")))
    return to_line(said(organization)) or to_line(said(extras_of(package).get("publisher_name")))


def find_portal(
    packages: Mapping[str, Package], ids: Mapping[str, str], bodies: Mapping[str, str], base: str, report: Report
) -> OldPortal:
    """What the old portal's addresses name, and where it was: as the source says, else as its files' addresses tell."""
    datasets: dict[str, str] = {}
    resources: dict[str, str] = {}
    urls: list[str] = []
    for name, package in packages.items():
        datasets.setdefault(name, ids[name])
        if identifier := said(package.get("id")):
            datasets.setdefault(identifier, ids[name])
        for item in listed(package.get("resources")):
            url, number = (said(item.get("url")), said(item.get("id"))) if isinstance(item, dict) else ("", "")
            urls.append(url)
            if number:
                resources[number] = ids[name]
            match = re.search(r"/dataset/([^/\s]+)/resource/([^/\s]+)", url)
            if match and match[2] == number and UUID.fullmatch(match[1]):
                datasets.setdefault(match[1], ids[name])
    hosts = find_hosts(urls)
    if not base and hosts:
        base = f"{hosts[0]}/"
        report.tell("guessed.old-portal", "", base)
    prefix = common_prefix(packages)
    aliases = {name.removeprefix(prefix): ids[name] for name in packages} if prefix else {}
    if prefix:
        report.tell("guessed.name-prefix", "", prefix)
    own = {urlsplit(host).hostname or "" for host in (*hosts, base)} - {""}
    titles = {ids[name]: to_line(said(package.get("title"))) for name, package in packages.items()}
    return OldPortal(report, base, frozenset(own), datasets, aliases, bodies, resources, titles)


def common_prefix(names: Iterable[str]) -> str:
    """
    What all names open with, up to a hyphen: a harvester's mark, by which the harvested portal did not know them.

    >>> common_prefix(["vmtl-arbres", "vmtl-art", "vmtl-eau"]), common_prefix(["arbres", "art"])
    ('vmtl-', '')
    """
    found = sorted(names)
    if len(found) < 3:
        return ""
    # What the first and the last share, all share.
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(found[0], found[-1], strict=False))
    common = "".join(letter for letter, _ in pairs)
    return common[: common.rfind("-") + 1]


def read_packages(file: Path) -> list[Package]:
    """The packages of a file: an answer of the API, a list, or one a line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourceError("no-source", path=file) from None
    except UnicodeDecodeError:
        raise SourceError("not-json", path=file, line=1, problem="UTF-8") from None
    except OSError as error:
        raise SourceError("unreadable-source", path=file, problem=error.strerror or error) from None
    return find_packages(parse_json(text, str(file)), str(file))


def parse_json(text: str, name: str) -> Any:
    """JSON, or JSON Lines as a list."""
    try:
        return json.loads(text)
    except ValueError as error:
        first = error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    found = []
    for number, line in lines:
        try:
            found.append(json.loads(line))
        except ValueError as error:
            # Whoever wrote one record a line wants that line; else the first mistake of the whole is the one to mend.
            place = number if found else getattr(first, "lineno", 1)
            problem = getattr(error if found else first, "msg", "")
            raise SourceError("not-json", path=name, line=place, problem=problem) from None
    if not found:
        raise SourceError("no-packages", path=name)
    return found


def find_packages(answer: Any, name: str) -> list[Package]:
    """The packages of an answer, whichever call it answers."""
    if isinstance(answer, dict):
        if answer.get("success") is False:
            error = answer.get("error")
            problem = said(error.get("message")) if isinstance(error, dict) else said(error)
            raise SourceError("ckan-refused", path=name, problem=problem or "success: false")
        if "result" in answer:
            return find_packages(answer["result"], name)
        answer = answer["results"] if isinstance(answer.get("results"), list) else [answer]
    if isinstance(answer, list) and all(isinstance(item, dict) and package_name(item) for item in answer):
        return answer
    raise SourceError("no-packages", path=name)


def is_document(url: str) -> bool:
    """Whether an address is that of a file of packages rather than of a portal."""
    return bool(re.search(r"\.(json|jsonl|ndjson)$", urlsplit(url).path))


def portal_base(url: str) -> str:
    """
    The portal's address, from its own or its API's.

    >>> portal_base("https://exemple.org/recherche/api/3/action/package_search?q=eau"), portal_base("https://exemple.org")
    ('https://exemple.org/recherche/', 'https://exemple.org/')
    """
    parts = urlsplit(url)
    path = re.sub(r"/api(/.*)?$", "", parts.path.rstrip("/"))
    path = re.sub(r"/(dataset|organization|group)(/.*)?$", "", path)
    return f"{parts.scheme}://{parts.netloc}{path}/"


def fetch_packages(url: str) -> list[Package]:
    """All packages of a CKAN portal, page after page."""
    parts = urlsplit(url)
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": "vitrine"}) as client:
        if is_document(url) or parts.path.rstrip("/").endswith(("package_show", "current_package_list_with_resources")):
            return find_packages(parse_json(get(client, url, {}).text, url), url)
        address = f"{portal_base(url)}api/3/action/package_search"
        asked = {key: value for key, value in parse_qsl(parts.query) if key not in ("rows", "start")}
        found: dict[str, Package] = {}
        start = 0
        while True:
            query = {"sort": "name asc", **asked, "rows": str(ROWS), "start": str(start)}
            answer = parse_json(get(client, address, query).text, address)
            page = find_packages(answer, address)
            found |= {package_name(package): package for package in page}
            start += len(page)
            result = answer.get("result") if isinstance(answer, dict) else None
            count = result.get("count") if isinstance(result, dict) else None
            if not page or not isinstance(count, int) or start >= count:
                return list(found.values())


def get(client: httpx.Client, url: str, query: Mapping[str, str]) -> httpx.Response:
    """One answer; a server that stumbles is asked again."""
    for attempt in range(1, TRIES + 1):
        try:
            response = client.get(url, params=query or None)
            response.raise_for_status()
            return response
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500 or attempt == TRIES:
                raise SourceError("http-status", url=url, status=error.response.status_code) from None
        except httpx.TimeoutException:
            if attempt == TRIES:
                raise SourceError("timeout", url=url) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError("unreachable", url=url, problem=error) from None
    raise AssertionError("unreachable")
