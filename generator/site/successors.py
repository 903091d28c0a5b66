"""What took a dataset's place: the version of today, or the dataset that it is a version of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog, Dataset


def current_version(catalog: Catalog, dataset: Dataset) -> str:
    """
    The id of the last on offer of those that took a dataset's place, one after the other; nothing where none did.

    Whoever says so counts: `isReplacedBy`, or in the other's file `replaces` or `previousVersion`.
    """
    followed, current = {dataset.id}, ""
    while key := next((key for key in successors(dataset) if key in catalog.datasets and key not in followed), ""):
        followed.add(key)
        dataset = catalog.datasets[key]
        current = key if dataset.offered else current
    return current


def successors(dataset: Dataset) -> Iterator[str]:
    if dataset.is_replaced_by:
        yield dataset.is_replaced_by
    yield from dataset.named_by.get("replaces", ())
    yield from dataset.named_by.get("previousVersion", ())


def whole_of(catalog: Catalog, dataset: Dataset) -> str:
    """The id of the dataset that this one is a version of, if it has data; a mere name for versions has none."""
    named = (dataset.is_version_of, *dataset.named_by.get("hasVersion", ()))
    for key in named:
        found = catalog.datasets.get(key)
        if found and found.offered and found.distribution and key != dataset.id:
            return key
    return ""
