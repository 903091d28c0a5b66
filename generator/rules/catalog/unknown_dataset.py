"""
A dataset that portal.yaml, a service or another dataset names is one of the catalogue.

Bad, in portal.yaml:

    featured: [arbre]

Good, in portal.yaml:

    featured: [arbres]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog, Origin
from generator.model.diagnostics import Diagnostic, closest
from generator.standards import properties


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for origin, key, value in datasets_named(catalog):
        if value not in catalog.datasets:
            meant = closest(value, catalog.datasets)
            yield Diagnostic.at(origin.part(key, value), "unknown-dataset", value=value, suggestion=meant)


def datasets_named(catalog: Catalog) -> Iterator[tuple[Origin, str, str]]:
    """Each dataset named elsewhere than in its file, with where it is."""
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    for dataset in catalog.datasets.values():
        for row in rows:
            for value in row.listed(getattr(dataset, row.attribute)):
                yield dataset.origin, row.name, value
    for service in catalog.service:
        for value in service.serves_dataset:
            yield service.origin, "servesDataset", value
    for value in catalog.portal.featured:
        yield catalog.portal.origin, "featured", value
