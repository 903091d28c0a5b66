"""
A dataset is not its own series, or a version of itself.

Bad, in datasets/arbres.yaml:

    previousVersion: arbres

Good, in datasets/arbres.yaml:

    previousVersion: autre
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic
from generator.standards import properties


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    for dataset in catalog.datasets.values():
        for row in rows:
            if dataset.id in row.listed(getattr(dataset, row.attribute)):
                place = dataset.origin.part(row.name, dataset.id)
                yield Diagnostic.at(place, "refers-to-itself", value=dataset.id, property=row.name)
