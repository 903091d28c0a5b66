"""
Two datasets never share an identifier, even one from another system.

Bad:

    identifier: autre

Good:

    identifier: abc-123
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    # An identifier that was written clashes with one that its file's name gives, not the other way round.
    for dataset in sorted(catalog.datasets.values(), key=lambda dataset: "identifier" in dataset.origin):
        if dataset.identifier in first:
            other = first[dataset.identifier]
            place = dataset.origin["identifier"]
            yield Diagnostic.at(place, "duplicate-identifier", value=dataset.identifier, first=other)
        else:
            first[dataset.identifier] = dataset.origin.path
