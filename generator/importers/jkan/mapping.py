"""A JKAN record as a dataset's keys, and its bodies as publishers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.importers.addresses import read_address, read_email
from generator.importers.catalogs import RESERVED, Draft, Ids
from generator.importers.dates import DayOrder
from generator.importers.distributions import Distributions, Resource, read_day, shorten
from generator.importers.html import to_line, to_markdown
from generator.importers.jkan.bodies import Body, name_bodies, pair_bodies
from generator.importers.jkan.records import SUFFIX, TRANSLATED, Record, listed, said
from generator.importers.licenses import find_license
from generator.importers.links import OldPortal
from generator.importers.terms import find_code, fold_keywords
from generator.standards import vocabulary
from generator.text.slugs import slugify

MAPPED = """
    title notes organization license category maintainer maintainer_name maintainer_email update_freq update_frequency
    update_rate date_issued date_modified resources tags keywords keyword landing_page homepage
"""
MAPPED_RESOURCE = "name url format description"
MAPPED_BODY = "title description maintainer_name maintainer_email homepage"
TECHNICAL = "schema layout permalink published"


@dataclass
class Mapper:
    """Records to datasets and publishers of a draft."""

    records: list[Record]
    draft: Draft
    ids: Mapping[str, str]
    bodies: list[Body]
    by_name: dict[str, str]
    portal: OldPortal
    days: DayOrder
    licenses: Mapping[str, str]
    categories: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(
        cls,
        records: list[Record],
        bodies: list[Record],
        draft: Draft,
        config: Mapping[str, Any],
        licenses: Mapping[str, str],
    ) -> Mapper:
        report = draft.report
        ids = Ids(draft.folder.identifiers, RESERVED).assign((record.stem, record.stem) for record in records)
        paired = pair_bodies(bodies, draft.speech.source, report)
        name_bodies(paired)
        by_name: dict[str, str] = {}
        base = said(config.get("url"))
        address = read_address(base + said(config.get("baseurl"))) if base else None
        site = f"{address.url.rstrip('/')}/" if address else ""
        datasets = {**{slugify(record.stem): ids[record.stem] for record in records}, **ids}
        host = re.sub(r"^https?://|/.*", "", site)
        portal = OldPortal(
            report,
            site,
            frozenset({host} - {""}),
            datasets,
            titles={ids[record.stem]: to_line(record.texts("title")[""]) for record in records},
        )
        dates = (said(record.values.get(key)) for record in records for key in ("date_issued", "date_modified"))
        days = DayOrder(dates)
        if days.day_first or days.month_first:
            order = "day/month" if days.day_first > days.month_first else "month/day"
            report.tell("guessed.day-month", "", f"{order} ({days.day_first} : {days.month_first})")
        return cls(records, draft, ids, paired, by_name, portal, days, licenses, pair_categories(records))

    def fill(self) -> None:
        for body in self.bodies:
            self.add_body(body)
        for record in self.records:
            identifier = self.ids[record.stem]
            self.draft.datasets[identifier] = self.map_record(record, identifier)

    def add_body(self, body: Body) -> None:
        """A publisher of its files; what they say more is told."""
        report, say = self.draft.report, self.draft.speech.say
        described: dict[str, str] = {}
        name = email = homepage = ""
        for record in body.records:
            for language, text in record.texts("description").items():
                if text:
                    described.setdefault(language, self.portal.rewrite(to_markdown(text), ""))
            name = name or to_line(said(record.values.get("maintainer_name")))
            written = said(record.values.get("maintainer_email"))
            email = email or read_email(written)
            if written and not read_email(written):
                report.tell("left-out.email", "", f"{record.stem}: {written}")
            if address := read_address(said(record.values.get("homepage"))):
                homepage = homepage or address.url
            self.tell_rest(record.values, MAPPED_BODY, "", "_organizations.")
            self.by_name.setdefault(to_line(record.texts("title")[""]).casefold(), body.id)
        for text in body.name.values():
            self.by_name.setdefault(text.casefold(), body.id)
        stem = body.records[0].stem
        self.draft.publishers[body.id] = {
            "name": say(body.name),
            "description": say(described),
            "homepage": homepage,
            "contactPoint": {key: value for key, value in (("name", say({"": name})), ("email", email)) if value},
            "identifier": stem if stem != body.id else "",
        }

    def publisher(self, record: Record, identifier: str) -> str:
        """The publisher of a dataset; a body without a file of its own gets one that holds its name."""
        name = to_line(said(record.values.get("organization")))
        if not name:
            self.draft.report.tell("guessed.publisher", identifier)
            return self.draft.placeholder()
        if found := self.by_name.get(name.casefold()):
            return found
        base = found = shorten(slugify(name), 150)
        number = 2
        while found in self.draft.publishers:
            found, number = f"{base}-{number}", number + 1
        self.draft.publishers[found] = {"name": self.draft.speech.say({"": name})}
        self.by_name[name.casefold()] = found
        self.draft.report.tell("guessed.publisher-by-name", "", name)
        return found

    def map_record(self, record: Record, identifier: str) -> dict[str, Any]:
        """A record as a dataset's keys; what it says elsewhere is told."""
        report, say = self.draft.report, self.draft.speech.say
        values = record.values
        title = {language: to_line(text) for language, text in record.texts("title").items()}
        if not any(title.values()):
            title = {"": record.stem}
            report.tell("guessed.title", identifier, record.stem)
        texts = record.texts("notes")
        notes = {language: self.portal.rewrite(to_markdown(text), identifier) for language, text in texts.items()}
        license_ = said(values.get("license"))
        found = {
            ("title", "title"): say(title),
            ("notes", "description"): say(notes),
            ("organization", "publisher"): self.publisher(record, identifier),
            ("maintainer", "contactPoint"): self.contact(values, identifier),
            ("category", "theme"): self.themes(record, identifier),
            ("tags", "keyword"): say({"": fold_keywords(self.keywords(values))}),
            ("license", "license"): find_license(
                report, identifier, license_, "", self.licenses.get(license_, "") if license_ else ""
            ),
            ("update_freq", "accrualPeriodicity"): self.frequency(values, identifier),
            ("date_issued", "issued"): read_day(report, self.days, identifier, said(values.get("date_issued"))),
            ("date_modified", "modified"): read_day(report, self.days, identifier, said(values.get("date_modified"))),
            ("landing_page", "landingPage"): self.landing_page(values, identifier),
            ("file name", "identifier"): record.stem if record.stem != identifier else "",
            ("resources", "distribution"): self.distributions(values, identifier),
        }
        for (key, ours), value in found.items():
            if value not in (None, "", [], {}):
                report.took(key, ours)
        dataset = {ours: value for (_, ours), value in found.items()}
        if dataset["issued"] and dataset["modified"] and dataset["issued"] > dataset["modified"]:
            report.tell("kept.issued-after-modified", identifier, f"{dataset['issued']} > {dataset['modified']}")
        self.tell_rest(values, MAPPED, identifier, "")
        return dataset

    def keywords(self, values: Mapping[str, Any]) -> Iterable[str]:
        for key in ("tags", "keywords", "keyword"):
            for item in listed(values.get(key)):
                yield from said(item).split(",")

    def contact(self, values: Mapping[str, Any], identifier: str) -> dict[str, Any] | None:
        name = to_line(said(values.get("maintainer_name")) or said(values.get("maintainer")))
        written = said(values.get("maintainer_email"))
        email = read_email(written)
        if written and not email:
            self.draft.report.tell("left-out.email", identifier, written)
        found = {"name": self.draft.speech.say({"": name}), "email": email}
        return {key: value for key, value in found.items() if value} or None

    def themes(self, record: Record, identifier: str) -> list[str]:
        """The themes of its categories; those in other languages only where its own are silent."""
        own = [to_line(said(item)) for item in listed(record.values.get("category"))]
        labels_of = ({"": name, **self.categories.get(name, {})} for name in own if name)
        found = [self.draft.themes.find(identifier, labels) for labels in labels_of]
        if not found:
            for key, value in record.values.items():
                match = SUFFIX.fullmatch(key)
                if match and match[1] == "category" and match[2] in vocabulary("languages"):
                    labels = ({match[2]: to_line(said(item))} for item in listed(value))
                    found += [self.draft.themes.find(identifier, label) for label in labels]
        return [code for code in dict.fromkeys(found) if code]

    def frequency(self, values: Mapping[str, Any], identifier: str) -> str:
        keys = ("update_freq", "update_frequency", "update_rate")
        written = [text for key in keys if (text := said(values.get(key)))]
        code = next((code for text in written if (code := find_code("frequencies", text))), "")
        if written and not code:
            self.draft.report.tell("left-out.frequency", identifier, written[0])
        return code

    def landing_page(self, values: Mapping[str, Any], identifier: str) -> str:
        written = said(values.get("landing_page")) or said(values.get("homepage"))
        address = read_address(written) if written else None
        if written and address is None:
            self.draft.report.tell("left-out.bad-url", identifier, written)
        return address.url if address else ""

    def distributions(self, values: Mapping[str, Any], identifier: str) -> list[dict[str, Any]]:
        report = self.draft.report
        resources = []
        for item in listed(values.get("resources")):
            if not isinstance(item, dict):
                report.tell("left-out.field", identifier, "resources")
                continue
            self.tell_rest(item, MAPPED_RESOURCE, identifier, "resources.")
            record = Record("", "", item)
            resources.append(
                Resource(
                    title=record.texts("name"),
                    description=record.texts("description"),
                    url=said(item.get("url")),
                    format=said(item.get("format")),
                )
            )
        return Distributions(report, self.draft.speech, self.portal, self.days).of(identifier, resources)

    def tell_rest(self, values: Mapping[str, Any], mapped: str, identifier: str, prefix: str) -> None:
        """What has no place in a dataset, key by key."""
        for key in sorted(values.keys() - set(TECHNICAL.split())):
            match = SUFFIX.fullmatch(key)
            bare = match[1] if match and match[1] in TRANSLATED and match[2] in vocabulary("languages") else key
            if bare not in mapped.split() and values[key] not in (None, "", [], {}):
                self.draft.report.tell("left-out.field", identifier, f"{prefix}{key}")


def pair_categories(records: Iterable[Record]) -> dict[str, dict[str, str]]:
    """A category to its names in other languages: those it stands beside most often."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for record in records:
        own = listed(record.values.get("category"))
        for key, value in record.values.items():
            match = SUFFIX.fullmatch(key)
            others = listed(value)
            if match and match[1] == "category" and match[2] in vocabulary("languages") and len(own) == len(others):
                for name, other in zip(own, others, strict=True):
                    if to_line(said(other)):
                        counts[to_line(said(name)), match[2]][to_line(said(other))] += 1
    pairs: dict[str, dict[str, str]] = {}
    for (name, language), names in counts.items():
        pairs.setdefault(name, {})[language] = min(names, key=lambda other: (-names[other], other))
    return pairs
