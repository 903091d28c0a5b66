"""
There is somebody to write to: in the dataset, its publisher or the catalogue.

Bad, in datasets/catalog.yaml:

    contactPoint:

Good, in datasets/catalog.yaml:

    contactPoint: {name: Équipe, email: donnees@exemple.org}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    if "contactPoint" in catalog.origin:
        return
    for dataset in catalog.datasets.values():
        agent = catalog.publishers.get(dataset.publisher)
        if "contactPoint" not in dataset.origin and agent and "contactPoint" not in agent.origin:
            yield Diagnostic.at(dataset.origin.place, "no-contact")
