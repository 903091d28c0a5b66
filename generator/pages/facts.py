"""The metadata table of a dataset's page: what was said, in the property table's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model import Dataset, Location, PeriodOfTime, Text
from generator.pages.renderer import render_text
from generator.pages.views.frame import Fact, Prose
from generator.site.freshness import rhythm
from generator.site.links import Link
from generator.site.site import Site
from generator.standards import properties, vocabulary
from generator.text.speech import Words

Values = Sequence[Link | Prose | Words]


def dataset_facts(site: Site, language: str, dataset: Dataset) -> list[Fact]:
    rows = properties()["Dataset"]
    speech = site.speech(language)
    told = {**described(site, language, dataset), **related(site, language, dataset)}
    return [
        Fact(
            label=speech.label(rows[name].label) if name in rows else speech.say("site.dataset.next-version"),
            values=told[name],
        )
        for name in ORDER
        if told[name]
    ]


ORDER = (
    *("issued", "modified", "accrualPeriodicity", "spatial", "spatialResolutionInMeters", "temporal"),
    *("temporalResolution", "language", "accessRights", "hvdCategory", "inSeries", "version", "versionNotes"),
    *("isVersionOf", "hasVersion", "previousVersion", "nextVersion", "replaces", "isReplacedBy", "provenance"),
    *("hasQualityAnnotation", "landingPage", "page", "conformsTo", "isReferencedBy", "applicableLegislation"),
    "identifier",
)
"""The table from top to bottom; `nextVersion` is what others say by `previousVersion`."""


def described(site: Site, language: str, dataset: Dataset) -> dict[str, Values]:
    """What was said of the data themselves."""
    speech = site.speech(language)

    def plain(text: str) -> Values:
        return [Words(text, language)] if text else []

    def coded(name: str, codes: Iterable[str]) -> Values:
        return [Words(site.speech(language).label(vocabulary(name)[code].title), language) for code in codes if code]

    def addresses(urls: Iterable[str]) -> Values:
        return [Link(title=Words(url, ""), url=url) for url in urls if url]

    return {
        "issued": plain(dataset.issued and speech.date(dataset.issued)),
        "modified": plain(dataset.modified and speech.date(dataset.modified)),
        "accrualPeriodicity": plain(rhythm(speech, dataset.accrual_periodicity, dataset.accrual_months)),
        "spatial": [place_words(site, language, item) for item in dataset.spatial],
        "spatialResolutionInMeters": plain(speech.decimal(dataset.spatial_resolution_in_meters)),
        "temporal": [Words(period_words(site, language, item), language) for item in dataset.temporal],
        "temporalResolution": plain(speech.duration(dataset.temporal_resolution)),
        "language": coded("languages", dataset.language),
        "accessRights": coded("access-rights", [dataset.access_rights]),
        "hvdCategory": coded("hvd-categories", dataset.hvd_category),
        "version": plain(dataset.version),
        "versionNotes": prose(site, language, dataset, dataset.version_notes, "versionNotes"),
        "provenance": prose(site, language, dataset, dataset.provenance, "provenance"),
        "hasQualityAnnotation": prose(site, language, dataset, dataset.has_quality_annotation, "hasQualityAnnotation"),
        "landingPage": addresses([dataset.landing_page]),
        "page": addresses(dataset.page),
        "conformsTo": addresses(dataset.conforms_to),
        "isReferencedBy": addresses(dataset.is_referenced_by),
        "applicableLegislation": addresses(dataset.applicable_legislation),
        "identifier": [Words(dataset.identifier, "")],
    }


def related(site: Site, language: str, dataset: Dataset) -> dict[str, Values]:
    """The datasets that it names, and those that say the same from their side."""
    others = dataset.named_by

    def datasets(*keys: str) -> Values:
        return [
            Link(
                title=site.speech(language).choose(site.catalog.datasets[key].title),
                url=site.addresses.link(f"dataset/{key}/", language),
            )
            for key in offered_among(site, keys)
        ]

    return {
        "inSeries": datasets(*dataset.in_series),
        "isVersionOf": datasets(dataset.is_version_of, *others.get("hasVersion", ())),
        "hasVersion": datasets(*dataset.has_version, *others.get("isVersionOf", ())),
        "previousVersion": datasets(dataset.previous_version),
        "nextVersion": datasets(*others.get("previousVersion", ())),
        "replaces": datasets(*dataset.replaces, *others.get("isReplacedBy", ())),
        "isReplacedBy": datasets(dataset.is_replaced_by, *others.get("replaces", ())),
    }


def offered_among(site: Site, keys: Iterable[str]) -> list[str]:
    """Those of the keys that are datasets on offer, each once."""
    datasets = site.catalog.datasets
    return [key for key in dict.fromkeys(keys) if key in datasets and datasets[key].offered]


def named_datasets(site: Site, dataset: Dataset) -> list[str]:
    """Every dataset that the page of a dataset leads to by a property, from either side."""
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    own = [key for row in rows for key in row.listed(getattr(dataset, row.attribute))]
    return offered_among(site, [*own, *(key for keys in dataset.named_by.values() for key in keys)])


def prose(site: Site, language: str, dataset: Dataset, text: Text, part: str) -> Values:
    html, said = render_text(site, text, language, f"dataset/{dataset.id}/", level=4, part=part)
    return [Prose(html=html, language=said)] if html else []


def place_words(site: Site, language: str, place: Location) -> Words:
    name = site.speech(language).choose(place.name)
    speech = site.speech(language)
    if name or not (place.bbox or place.centroid):
        return name
    if not place.bbox:
        longitude, latitude = map(speech.number, place.centroid)
        return Words(speech.say("site.dataset.point", longitude=longitude, latitude=latitude), language)
    west, south, east, north = map(speech.number, place.bbox)
    return Words(speech.say("site.dataset.bbox", west=west, south=south, east=east, north=north), language)


def period_words(site: Site, language: str, period: PeriodOfTime) -> str:
    speech = site.speech(language)
    if period.start and period.end:
        return speech.say("site.dataset.period", start=speech.date(period.start), end=speech.date(period.end))
    if period.start:
        return speech.say("site.dataset.since", start=speech.date(period.start))
    return speech.say("site.dataset.until", end=speech.date(period.end)) if period.end else "…"
