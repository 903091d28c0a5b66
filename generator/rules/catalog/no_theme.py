"""
A dataset has a theme.

Bad:

    theme:

Good:

    theme: transport
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        if not dataset.theme and "theme" not in dataset.origin:
            yield Diagnostic.at(dataset.origin.place, "no-theme")
