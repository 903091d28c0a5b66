"""A JKAN record as a dataset's keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.importers.addresses import read_address
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.dates import DayOrder, take_date
from generator.importers.distributions import Distributions, Resource
from generator.importers.html import to_line
from generator.importers.jkan.bodies import Body
from generator.importers.jkan.categories import pair_categories
from generator.importers.jkan.publishers import JkanPublishers, publisher_person
from generator.importers.jkan.records import SUFFIX, Record, jkan_texts, listed_words
from generator.importers.jkan.schemas import Schemas, renamed
from generator.importers.jkan.site import old_path, reasons, without_liquid
from generator.importers.licenses import LicenseEntry, find_license
from generator.importers.links import OldPortal
from generator.importers.periods import take_periods
from generator.importers.places import take_areas
from generator.importers.records import Fields, said
from generator.importers.terms import find_code, find_federal_codes, find_languages, fold_keywords
from generator.standards import vocabulary
from generator.text.slugs import slugify


@dataclass
class JkanMapper:
    """Records to datasets and publishers of a draft."""

    records: list[Record]
    draft: Draft
    ids: Mapping[str, str]
    bodies: list[Body]
    publishers: JkanPublishers
    portal: OldPortal
    days: DayOrder
    schemas: Schemas
    licenses: Mapping[str, LicenseEntry]
    pages: Mapping[str, str]
    pairs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        records: list[Record],
        bodies: list[Body],
        draft: Draft,
        source: Path,
        config: Mapping[str, Any],
        licenses: Mapping[str, LicenseEntry],
        pages: Mapping[str, str],
    ) -> JkanMapper:
        """`pages` are the categories that had a page, with its name."""
        ids = Ids(draft.folder.identifiers, RESERVED).assign((record.stem, record.stem) for record in records)
        portal = old_portal(records, bodies, ids, draft, config)
        dates = (said(record.values.get(key)) for record in records for key in ("date_issued", "date_modified", "date"))
        days = DayOrder(dates)
        if days.day_first or days.month_first:
            order = "day/month" if days.day_first > days.month_first else "month/day"
            draft.report.tell("guessed.day-month", "", f"{order} ({days.day_first} : {days.month_first})")
        publishers = JkanPublishers(draft, portal, config)
        schemas = Schemas(source, config)
        pairs = pair_categories(records)
        return cls(records, draft, ids, bodies, publishers, portal, days, schemas, licenses, pages, pairs)

    def fill(self) -> None:
        for body in self.bodies:
            self.publishers.add_body(body)
        for record in self.records:
            identifier = self.ids[record.stem]
            self.draft.datasets[identifier] = self.map_record(record, identifier)

    def map_record(self, record: Record, identifier: str) -> dict[str, Any]:
        """A record as a dataset's keys; what it says elsewhere is told."""
        report, say = self.draft.report, self.draft.speech.say
        meanings = self.schemas.meanings(record.values, "dataset_fields")
        values, paths = renamed(record.values, meanings)
        for ours, key in paths.items():
            report.tell("guessed.schema", "", f"{key} → {ours}")
        record = Record(record.stem, record.folder, values, record.body)
        fields = Fields(values, report, identifier, reasons(), "", paths)
        title = {language: to_line(text) for language, text in jkan_texts(fields, record, "title", "title").items()}
        if not any(title.values()):
            title = {"": record.stem}
            report.tell("guessed.title", identifier, record.stem)
        dataset = {
            "title": say(title),
            "description": say(self.description(fields, record)),
            "publisher": self.publishers.of(fields),
            "contactPoint": publisher_person(fields, self.draft),
            "theme": self.themes(fields, record),
            "keyword": say({"": self.keywords(fields)}),
            "license": fields.take("license", "license", read=lambda value: self.license(identifier, value)),
            "accrualPeriodicity": self.frequency(fields),
            "issued": self.day("issued", fields, "date_issued", "issued"),
            "modified": self.day("modified", fields, "date_modified", "modified", "last_modified"),
            "spatial": fields.take("spatial", "spatial", read=lambda value: self.areas(identifier, value)),
            "temporal": fields.take("temporal", "temporal", read=lambda value: self.periods(identifier, value)),
            "language": fields.take(
                "language",
                "language",
                read=lambda value: find_languages(report, identifier, map(said, listed_words(value))),
            ),
            "landingPage": fields.take(
                "landingPage", "landing_page", "homepage", read=lambda value: self.address(identifier, value)
            ),
            "page": fields.take("page", "references", "documentation", "doiurl", read=lambda value: urls(value)),
            "conformsTo": fields.take("conformsTo", "conforms_to", read=lambda value: urls(value)),
            "bureauCode": self.federal_codes(fields, "bureauCode", "bureau_code"),
            "programCode": self.federal_codes(fields, "programCode", "program_code"),
            "identifier": record.stem if record.stem != identifier else "",
            "distribution": self.distributions(fields, record),
        }
        if dataset["identifier"]:
            report.took("file name", "identifier", record.stem)
        if dataset["issued"] and dataset["modified"] and dataset["issued"] > dataset["modified"]:
            report.tell("kept.issued-after-modified", identifier, f"{dataset['issued']} > {dataset['modified']}")
        fields.rest()
        return dataset

    def description(self, fields: Fields, record: Record) -> dict[str, str]:
        """The notes by language, with what stands below the record's head after those in its own."""
        notes = jkan_texts(fields, record, "notes", "description")
        texts = {code: self.portal.read(text, fields.subject) for code, text in notes.items()}
        if body := self.portal.read(without_liquid(record.body, self.draft, fields.subject), fields.subject):
            texts = {"": f"{texts.get('', '')}\n\n{body}".strip(), **{c: text for c, text in texts.items() if c}}
            self.draft.report.took("(below the head)", "description", body)
        return texts

    def license(self, identifier: str, value: Any) -> Any:
        written = said(value)
        url = written if "/" in written else ""
        return find_license(self.draft.report, identifier, written, url, "", self.licenses)

    def keywords(self, fields: Fields) -> list[str]:
        key, value = fields.first("tags", "keywords", "keyword", "tag")
        words = fold_keywords(word for item in listed_words(value) for word in said(item).split(","))
        if key and words:
            fields.took(key, "keyword")
        return words

    def themes(self, fields: Fields, record: Record) -> list[str]:
        """The themes of its categories; those in other languages only where its own are silent."""
        own = [to_line(said(item)) for item in listed_words(record.values.get("category"))]
        found = []
        for name in filter(None, own):
            code = self.draft.themes.find(fields.subject, {"": name, **self.pairs.get(name, {})})
            found.append(code)
            if code and name in self.pages:
                old = old_path(self.publishers.config, "dataset_categories", "categories", self.pages[name])
                self.draft.redirects.add(old, f"/theme/{code}/")
        fields.took("category", "theme")
        for key, value in record.values.items():
            match = SUFFIX.fullmatch(key)
            if match and match[1] == "category" and match[2] in vocabulary("languages"):
                if not any(own):
                    labels = ({match[2]: to_line(said(item))} for item in listed_words(value))
                    found += [self.draft.themes.find(fields.subject, label) for label in labels]
                fields.took(key, "theme")
        return [code for code in dict.fromkeys(found) if code]

    def frequency(self, fields: Fields) -> str:
        def read(value: Any) -> str:
            code = find_code("frequencies", said(value))
            if not code:
                self.draft.report.tell("left-out.frequency", fields.subject, said(value))
            return code

        return fields.take("accrualPeriodicity", "update_freq", "update_frequency", "update_rate", read=read) or ""

    def day(self, ours: str, fields: Fields, *keys: str) -> str:
        report = self.draft.report
        return (
            fields.take(ours, *keys, read=lambda value: take_date(report, self.days.read, fields.subject, said(value)))
            or ""
        )

    def areas(self, subject: str, value: Any) -> list[dict[str, Any]]:
        found = []
        for area in take_areas(self.draft.report, subject, value):
            name = self.draft.speech.say({"": to_line(area.name)}) if area.name else None
            found.append({key: part for key, part in (("bbox", list(area.box)), ("name", name)) if part})
        return found

    def periods(self, subject: str, value: Any) -> list[dict[str, str]]:
        return take_periods(self.draft.report, self.days, subject, said(value))[0]

    def federal_codes(self, fields: Fields, ours: str, key: str) -> Any:
        def read(value: Any) -> list[str]:
            return find_federal_codes(fields.report, fields.subject, ours, map(said, listed_words(value)))

        return fields.take(ours, key, ours, read=read)

    def address(self, subject: str, value: Any) -> str:
        address = read_address(said(value))
        if address is None:
            self.draft.report.tell("left-out.bad-url", subject, said(value))
        return address.url if address else ""

    def distributions(self, fields: Fields, record: Record) -> list[dict[str, Any]]:
        report, subject = self.draft.report, fields.subject
        meanings = self.schemas.meanings(record.values, "resource_fields")
        resources = []
        fields.read.add("resources")
        for item in listed_words(record.values.get("resources")):
            if not isinstance(item, dict):
                report.tell("left-out.field", subject, "resources", said(item))
                continue
            values, paths = renamed(item, meanings)
            names = {ours: f"resources.{key}" for ours, key in paths.items()}
            resources.append(read_resource(Fields(values, report, subject, reasons(), "resources.", names)))
        return Distributions(report, self.draft.speech, self.portal, self.days).of(subject, resources)


def read_resource(fields: Fields) -> Resource:
    """A resource in the words that all portals share."""
    record = Record("", "", fields.values)
    resource = Resource(
        title=jkan_texts(fields, record, "name", "distribution.title"),
        description=jkan_texts(fields, record, "description", "distribution.description"),
        url=fields.take("distribution.downloadURL", "url", "access_url", read=said) or "",
        format=fields.take("distribution.format", "format", read=said) or "",
        media_type=fields.take("distribution.mediaType", "media_type", read=said) or "",
        issued=fields.take("distribution.issued", "date_issued", read=said) or "",
        modified=fields.take("distribution.modified", "date_modified", read=said) or "",
    )
    fields.rest()
    return resource


def urls(value: Any) -> list[str]:
    return [address.url for item in listed_words(value) if (address := read_address(said(item)))]


def old_portal(
    records: Iterable[Record], bodies: Iterable[Body], ids: Mapping[str, str], draft: Draft, config: Mapping[str, Any]
) -> OldPortal:
    """Where the portal was, as `_config.yml` says, and what its addresses name."""
    base = said(config.get("url"))
    address = read_address(base + said(config.get("baseurl"))) if base else None
    site = f"{address.url.rstrip('/')}/" if address else ""
    host = re.sub(r"^https?://|/.*", "", site)
    datasets = {**{slugify(record.stem): ids[record.stem] for record in records}, **ids}
    publishers = {record.stem: body.id for body in bodies for record in body.records}
    titles = {ids[record.stem]: to_line(record.texts("title")[""]) for record in records}
    for record in records:
        draft.redirects.add(old_path(config, "datasets", "datasets", record.path), f"/dataset/{ids[record.stem]}/")
    for body in bodies:
        for record in body.records:
            old = old_path(config, "organizations", "organizations", record.path)
            draft.redirects.add(old, f"/publisher/{body.id}/")
    hosts = frozenset({host} - {""})
    paths = draft.redirects.known
    return OldPortal(draft.report, site, hosts, datasets, publishers=publishers, titles=titles, paths=paths)
