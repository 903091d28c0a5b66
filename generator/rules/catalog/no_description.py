"""
A dataset has a description.

Bad:

    description:

Good:

    description: {fr: Les arbres., en: The trees.}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        if not dataset.description and "description" not in dataset.origin:
            yield Diagnostic.at(dataset.origin.place, "no-description")
