"""
A publisher that is named has a file in `datasets/publishers/`.

Bad:

    publisher: vile

Good:

    publisher: ville
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, closest
from generator.model import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    named = [(catalog.origin, "publisher", catalog.publisher)]
    named += [(agent.origin, "parent", agent.parent) for agent in catalog.publishers.values()]
    named += [(dataset.origin, "publisher", dataset.publisher) for dataset in catalog.datasets.values()]
    for origin, key, value in named:
        if value and value not in catalog.publishers:
            suggestion = closest(value, catalog.publishers)
            yield Diagnostic.at(origin[key], "unknown-publisher", value=value, suggestion=suggestion)
