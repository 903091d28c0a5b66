"""
A dataset that the home page features is on offer: one that was withdrawn is not shown there.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for value in catalog.portal.featured:
        if value in catalog.datasets and not catalog.datasets[value].offered:
            yield Diagnostic.at(catalog.portal.origin.part("featured", value), "featured-withdrawn", value=value)
