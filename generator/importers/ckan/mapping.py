"""A CKAN package as a dataset's keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.importers.addresses import read_email
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.ckan.coverage import bare_date, locations, periods
from generator.importers.ckan.packages import (
    Package,
    extras_of,
    fields_of,
    language_words,
    organization_name,
    package_name,
    translated,
)
from generator.importers.ckan.portals import find_portal
from generator.importers.ckan.publishers import CkanPublishers, publisher_url
from generator.importers.ckan.resources import distributions_of, license_of, to_urls
from generator.importers.dates import DayOrder, take_date
from generator.importers.distributions import Distributions
from generator.importers.html import to_line
from generator.importers.languages import read_tag
from generator.importers.links import OldPortal
from generator.importers.records import Fields, list_items, said
from generator.importers.terms import find_code, find_federal_codes, find_languages, fold_keywords
from generator.standards import vocabulary

DATES = ("issued", "release_date", "modified", "metadata_created", "metadata_modified", "created", "last_modified")
FREQUENCIES = ("update_frequency", "frequency", "accrual_periodicity", "frequency-of-update", "frequency_of_update")


@dataclass
class CkanMapper:
    """Packages to datasets of a draft."""

    packages: list[Package]
    draft: Draft
    ids: Mapping[str, str]
    identifiers: Mapping[str, str]
    publishers: CkanPublishers
    portal: OldPortal
    days: DayOrder
    paths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    resource_names: Mapping[str, str] = field(default_factory=dict)
    """What keys were called in a source that is brought into CKAN's: by record, and of resources."""
    is_ckan: bool = True

    @classmethod
    def of(cls, packages: Sequence[Package], draft: Draft, base: str) -> CkanMapper:
        report, folder = draft.report, draft.folder
        unique: dict[str, Package] = {}
        for package in packages:
            if package_name(package) in unique:
                report.tell("left-out.twin", "", package_name(package))
            elif package_name(package):
                unique[package_name(package)] = package
        identifiers = own_identifiers(unique)
        names = [(name, identifiers[name]) for name in unique]
        ids = Ids(folder.identifiers, RESERVED).assign(names)
        organizations = dict.fromkeys(name for package in unique.values() if (name := organization_name(package)))
        bodies = Ids({}, RESERVED).assign((name, "") for name in organizations)
        portal = find_portal(unique, ids, bodies, base, report)
        days = DayOrder(bare_date(value) for package in unique.values() for value in dates_of(package))
        return cls(list(unique.values()), draft, ids, identifiers, CkanPublishers(draft, portal, bodies), portal, days)

    def fill(self) -> None:
        for package in self.packages:
            name = package_name(package)
            identifier = self.ids[name]
            self.draft.datasets[identifier] = self.map_package(package, identifier)
            if self.is_ckan:
                self.lead_on(package, identifier, (name, said(package.get("id"))))

    def lead_on(self, package: Package, identifier: str, names: Iterable[str]) -> None:
        """The old pages of a package and of its resources, by every name of theirs, to the dataset's."""
        page = f"/dataset/{identifier}/"
        shown = {item["id"] for item in self.draft.datasets[identifier].get("distribution", ())}
        resources = (said(item.get("id")) for item in list_items(package.get("resources")) if isinstance(item, dict))
        numbers = [number for number in resources if number]
        for old in (name for name in names if name):
            self.draft.redirects.add(f"/dataset/{old}", page)
            for number in numbers:
                place = f"#{number}" if number in shown else ""
                self.draft.redirects.add(f"/dataset/{old}/resource/{number}", f"{page}{place}")

    def map_package(self, package: Package, identifier: str) -> dict[str, Any]:
        """A package as a dataset's keys; what it says elsewhere is told."""
        report, say = self.draft.report, self.draft.speech.say
        name = package_name(package)
        fields = fields_of(package, report, identifier, self.paths.get(name, {}))
        title = {language: to_line(text) for language, text in translated(fields, "title", "title").items()}
        if not any(title.values()):
            title = {"": name}
            report.tell("guessed.title", identifier, name)
        values: dict[str, Any] = {
            "title": say(title),
            "description": say(self.prose(fields, "notes", "description")),
            "publisher": self.publishers.of(package, fields),
            "contactPoint": self.contact(fields),
            "theme": self.themes(fields),
            "keyword": self.keywords(fields),
            "license": license_of(fields),
            "accessRights": self.code("accessRights", "access-rights", fields, ("inv_access_level", "access_rights")),
            "accrualPeriodicity": self.code("accrualPeriodicity", "frequencies", fields, FREQUENCIES),
            "issued": self.day("issued", fields, "issued", "release_date", "dcat_issued", "metadata_created"),
            "modified": self.day("modified", fields, "modified", "dcat_modified", "last_updated", "metadata_modified"),
            "spatial": locations(fields, self.draft),
            "temporal": periods(fields, self.draft, self.days),
            "language": fields.take("language", "language", read=lambda value: self.languages(value, identifier)),
            "landingPage": fields.take("landingPage", "landing_page", "url", read=publisher_url),
            "identifier": self.identifier(fields, name, identifier),
            "version": fields.take("version", "version", "dcat_version", read=lambda value: to_line(said(value))),
            "versionNotes": say(self.prose(fields, "version_notes", "versionNotes")),
            "provenance": say(self.prose(fields, "provenance", "provenance")),
            **self.addresses(fields),
            **self.figures(fields),
            "distribution": distributions_of(
                package,
                identifier,
                Distributions(report, self.draft.speech, self.portal, self.days),
                self.resource_names,
            ),
        }
        if self.is_ckan:
            fields.took("name", "identifier")
        fields.read.add("name")
        fields.took("id", "identifier")
        fields.read |= {"resources", "extras"}
        fields.rest()
        return values

    def distributions(self, package: Package, identifier: str) -> list[dict[str, Any]]:
        to_distributions = Distributions(self.draft.report, self.draft.speech, self.portal, self.days)
        return distributions_of(package, identifier, to_distributions, self.resource_names)

    def addresses(self, fields: Fields) -> dict[str, Any]:
        """The properties that are lists of addresses, or codes of the EU's."""

        def categories(value: Any) -> list[str]:
            codes = [find_code("hvd-categories", said(item)) for item in list_items(value)]
            return [code for code in codes if code]

        return {
            "page": fields.take("page", "documentation", read=to_urls),
            "conformsTo": fields.take("conformsTo", "conforms_to", read=to_urls),
            "isReferencedBy": fields.take("isReferencedBy", "is_referenced_by", read=to_urls),
            "applicableLegislation": fields.take("applicableLegislation", "applicable_legislation", read=to_urls),
            "hvdCategory": fields.take("hvdCategory", "hvd_category", read=categories),
            "bureauCode": self.federal_codes(fields, "bureauCode", "bureau_code"),
            "programCode": self.federal_codes(fields, "programCode", "program_code"),
        }

    def federal_codes(self, fields: Fields, ours: str, key: str) -> Any:
        def read(value: Any) -> list[str]:
            return find_federal_codes(fields.report, fields.subject, ours, map(said, list_items(value)))

        return fields.take(ours, key, ours, read=read)

    def figures(self, fields: Fields) -> dict[str, Any]:
        def duration(value: Any) -> str:
            return said(value) if said(value).startswith("P") else ""

        def metres(value: Any) -> str:
            number = said(list_items(value)[0]) if list_items(value) else ""
            return number if number.replace(".", "", 1).isdecimal() else ""

        return {
            "temporalResolution": fields.take("temporalResolution", "temporal_resolution", read=duration),
            "spatialResolutionInMeters": fields.take(
                "spatialResolutionInMeters", "spatial_resolution_in_meters", read=metres
            ),
        }

    def identifier(self, fields: Fields, name: str, identifier: str) -> str:
        """The dataset's own identifier, else the number of its record; told where another record has the same."""
        own, _ = fields.first("identifier")
        found = self.identifiers[name]
        if own and to_line(said(fields.values[own])) == found:
            fields.took(own, "identifier")
        elif own:
            fields.report.tell("left-out.twin", identifier, said(fields.values[own]))
        return found if found != identifier else ""

    def prose(self, fields: Fields, key: str, ours: str) -> dict[str, str]:
        """A text in Markdown, by language; the method that some portals keep apart stands below the description."""
        texts = {code: self.portal.read(text, fields.subject) for code, text in translated(fields, key, ours).items()}
        if key == "notes":
            method = self.portal.read(fields.take(ours, "methodologie", read=said) or "", fields.subject)
            if method:
                code = next((language for language in texts if language in ("", "fr")), "")
                texts[code] = f"{texts.get(code, '')}\n\n## Méthodologie\n\n{method}".strip()
        return texts

    def languages(self, value: Any, subject: str) -> list[str]:
        return find_languages(self.draft.report, subject, language_words(value))

    def day(self, ours: str, fields: Fields, *keys: str) -> str:
        """The dataset's own date, else the record's, which then says nothing more."""
        chosen = next((key for key in keys if said(fields.values.get(key))), keys[-1])
        report = self.draft.report
        own = [key for key in keys if key == chosen or not key.startswith("metadata_")]
        return (
            fields.take(
                ours, *own, read=lambda value: take_date(report, self.days.read, fields.subject, bare_date(value))
            )
            or ""
        )

    def contact(self, fields: Fields) -> dict[str, Any] | None:
        """Whom to write to: the first of those named who has an address, else a name."""
        people = []
        for part in fields.objects("contact"):
            people.append(self.person(part, ("name",), ("email",), ("url", "uri", "identifier")))
            part.rest()
        for name, email, url in (
            ("maintainer", "maintainer_email", "maintainer_url"),
            ("contact_name", "contact_email", "contact_uri"),
            ("author", "author_email", "author_url"),
        ):
            people.append(self.person(fields, (name,), (email,), (url,)))
        people = [person for person in people if person]
        if not people:
            return None
        chosen = next((person for person in people if person.get("email")), people[0])
        if not chosen.get("name"):
            twin = next((p for p in people if p.get("name") and p.get("email") in (None, chosen.get("email"))), {})
            chosen = {**twin, **chosen}
        told = {str(chosen.get("name"))}
        for other in people:
            if other.get("name") and str(other["name"]) not in told:
                told.add(str(other["name"]))
                self.draft.report.tell("left-out.contact", fields.subject, other["name"])
        return {key: chosen[key] for key in ("name", "email", "url") if chosen.get(key)}

    def person(
        self, fields: Fields, names: tuple[str, ...], mails: tuple[str, ...], urls: tuple[str, ...]
    ) -> dict[str, Any]:
        def mail(value: Any) -> str:
            found = read_email(said(value))
            if not found:
                self.draft.report.tell("left-out.email", fields.subject, said(value))
            return found

        name = fields.take("contactPoint.name", *names, read=lambda value: to_line(said(value)))
        found = {
            "name": self.draft.speech.say({"": name or ""}),
            "email": fields.take("contactPoint.email", *mails, read=mail),
            "url": fields.take("contactPoint.url", *urls, read=publisher_url),
        }
        return {key: value for key, value in found.items() if value}

    def themes(self, fields: Fields) -> list[str]:
        """The groups as themes, and the themes that ckanext-dcat has beside them."""
        found = []
        for group in fields.objects("groups"):
            name = said(group.values.get("name"))
            labels = translated(group, "title", "theme") or {"": said(group.values.get("display_name")) or name}
            group.took("name", "theme")
            code = self.draft.themes.find(fields.subject, labels, name)
            group.rest()
            if code:
                found.append(code)
            if code and self.is_ckan:
                self.draft.redirects.add(f"/group/{name}", f"/theme/{code}/")
        for item in list_items(fields.values.get("theme")):
            text = said(item.get("uri") or item.get("name")) if isinstance(item, dict) else said(item)
            eu = find_code("data-themes", text)
            labels = dict(vocabulary("data-themes")[eu].title) if eu else {"": text.rstrip("/#").rpartition("/")[2]}
            found.append(self.draft.themes.find(fields.subject, labels, "", eu))
        fields.took("theme", "theme")
        return [code for code in dict.fromkeys(found) if code]

    def keywords(self, fields: Fields) -> Any:
        for key in ("tags_translated", "keywords_translated", "keywords"):
            fluent = fields.values.get(key)
            if isinstance(fluent, dict):
                words = {read_tag(tag): fold_keywords(map(said, list_items(value))) for tag, value in fluent.items()}
                if spoken := {language: items for language, items in words.items() if language and items}:
                    fields.took(key, "keyword")
                    for tag in fields.objects("tags"):
                        tag.took("name", "keyword")
                        tag.took("display_name", "keyword")
                        tag.rest()
                    return self.draft.speech.say(spoken)
        names = []
        for tag in fields.objects("tags", "tag_string", "keyword"):
            names += said(tag.values.get("display_name") or tag.values.get("name")).split(",")
            tag.took("display_name", "keyword")
            tag.took("name", "keyword")
            tag.rest()
        return self.draft.speech.say({"": fold_keywords(names)})

    def code(self, ours: str, name: str, fields: Fields, keys: tuple[str, ...]) -> str:
        def read(value: Any) -> str:
            code = find_code(name, said(value))
            if not code:
                told = "left-out.frequency" if name == "frequencies" else f"left-out.{name}"
                self.draft.report.tell(told, fields.subject, to_line(said(value)))
            return code

        return fields.take(ours, *keys, read=read) or ""


def own_identifiers(packages: Mapping[str, Package]) -> dict[str, str]:
    """Name to the identifier that a dataset has: its own where no other has the same, else its record's number."""
    own = {name: to_line(said(p.get("identifier") or extras_of(p).get("identifier"))) for name, p in packages.items()}
    counts = Counter(own.values())
    return {
        name: own[name] if own[name] and counts[own[name]] == 1 else said(package.get("id")) or name
        for name, package in packages.items()
    }


def dates_of(package: Package) -> list[Any]:
    resources = [item for item in list_items(package.get("resources")) if isinstance(item, dict)]
    extras = extras_of(package)
    return [record[key] for record in (package, extras, *resources) for key in DATES if record.get(key)]
