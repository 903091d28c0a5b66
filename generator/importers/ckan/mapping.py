"""A CKAN package as a dataset's keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.importers.addresses import read_address, read_email
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.ckan.packages import (
    Package,
    extras_of,
    language_words,
    listed,
    organization_name,
    package_name,
    said,
    translated,
)
from generator.importers.ckan.portals import find_portal
from generator.importers.dates import DayOrder
from generator.importers.distributions import Distributions, Resource, read_day
from generator.importers.html import to_line, to_markdown
from generator.importers.licenses import find_license
from generator.importers.links import OldPortal
from generator.importers.periods import take_periods
from generator.importers.places import take_areas
from generator.importers.terms import find_code, find_languages, fold_keywords

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
                report,
                identifier,
                said(record.get("license_id")),
                said(record.get("license_url")),
                said(record.get("license_title")),
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
            for area in take_areas(self.draft.report, identifier, value):
                if area.box:
                    values.setdefault("bbox", list(area.box))
                if area.name:
                    values.setdefault("name", self.draft.speech.say({"": to_line(area.name)}))
        return values or None

    def temporal(self, record: Package, identifier: str) -> Any:
        start, end = (said(record.get(key)).strip() for key in ("temporal_start", "temporal_end"))
        written = said(record.get("temporal")).strip()
        if written and not (start or end):
            periods, _ = take_periods(self.draft.report, self.days, identifier, written)
            return periods[0] if len(periods) == 1 else periods
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
