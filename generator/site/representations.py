"""The machine-readable forms of what has pages: what each is called, its media type, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Dataset, Distribution
from generator.site.addresses import link
from generator.site.history import has_history
from generator.standards.feeds import FeedRow, linked

HARVEST = "harvest/"
"""The page for harvesters."""

API_CATALOG = ".well-known/api-catalog"

REPORT = "harvest/report.json"
"""What this publication holds, and what was left out of it."""


def forms(rows: Iterable[FeedRow], key: str = "") -> list[Feed]:
    return [Feed(title=row.name, url=link(row.path.format(id=key)), media_type=row.type) for row in rows]


def catalog_forms() -> list[Feed]:
    return forms(linked("catalog"))


def part_forms(kind: str, key: str) -> list[Feed]:
    """Those of a publisher's or a theme's datasets; of another collection none."""
    return forms(linked(kind), key)


def dataset_forms(dataset: Dataset) -> list[Feed]:
    return forms((row for row in linked("dataset") if holds(row, dataset)), dataset.id)


def holds(row: FeedRow, dataset: Dataset) -> bool:
    """Whether a feed that has a file for each dataset has one for this one."""
    return NEEDS[row.needs](dataset)


def verifiable(dataset: Dataset) -> Sequence[Distribution]:
    """The files of a dataset on offer whose checksum is known: those that Croissant takes."""
    files = dataset.distribution if dataset.offered else ()
    return [item for item in files if item.checksum and (item.file or item.download_url)]


NEEDS: Mapping[str, Callable[[Dataset], bool]] = {
    "": lambda dataset: True,
    "offer": lambda dataset: dataset.offered,
    "checksum": lambda dataset: bool(verifiable(dataset)),
    "history": has_history,
}
"""What a feed needs of a dataset, by the word of its row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A machine-readable form of the page or the catalogue."""

    title: str
    url: str
    media_type: str
