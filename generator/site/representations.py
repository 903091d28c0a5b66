"""The machine-readable forms of what has pages: what each is called, its media type, and where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Dataset, Distribution
from generator.site.addresses import link

HARVEST = "harvest/"
"""The page for harvesters."""

API_CATALOG = ".well-known/api-catalog"

REPORT = "harvest/report.json"
"""What this publication holds, and what was left out of it."""

ITEM, PACKAGE = "api/{}/{}.json", "api/3/action/package_show/{}"
DATASET_ANSWERS = (ITEM.format("datasets", "{}"), PACKAGE)
"""Where the JSON API and its CKAN shape have a dataset."""

# The ends of feeds' addresses, by where they hang: what each is called and its media type.
CATALOG_FORMS = {
    "catalog.jsonld": ("DCAT-AP 3 (JSON-LD)", "application/ld+json"),
    "catalog.ttl": ("DCAT-AP 3 (Turtle)", "text/turtle"),
    "catalog.rdf": ("DCAT-AP 3 (RDF/XML)", "application/rdf+xml"),
    "data.json": ("DCAT-US 1.1", "application/json"),
    "dcat-us-3.json": ("DCAT-US 3", "application/json"),
}
PART_FORMS = {name: CATALOG_FORMS[name] for name in ("catalog.jsonld", "data.json")}
DATASET_FORMS = {
    f".{name}": CATALOG_FORMS[like]
    for name, like in (
        ("jsonld", "catalog.jsonld"),
        ("ttl", "catalog.ttl"),
        ("rdf", "catalog.rdf"),
        ("json", "dcat-us-3.json"),
    )
}
CROISSANT = "/croissant.jsonld"
CROISSANT_FORM = {CROISSANT: ("Croissant 1.1", 'application/ld+json; profile="http://mlcommons.org/croissant/1.1"')}


def forms(path: str, ends: Mapping[str, tuple[str, str]]) -> list[Feed]:
    return [Feed(title=title, url=link(path + end), media_type=type_) for end, (title, type_) in ends.items()]


def dataset_forms(dataset: Dataset) -> list[Feed]:
    return forms(f"dataset/{dataset.id}", DATASET_FORMS | (CROISSANT_FORM if verifiable(dataset) else {}))


def verifiable(dataset: Dataset) -> Sequence[Distribution]:
    """The files of a dataset on offer whose checksum is known: those that Croissant takes."""
    files = dataset.distribution if dataset.offered else ()
    return [item for item in files if item.checksum and (item.file or item.download_url)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A machine-readable form of the page or the catalogue."""

    title: str
    url: str
    media_type: str
