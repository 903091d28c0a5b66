"""
A period starts before it ends.

Bad:

    temporal: {start: 2025, end: 2010}

Good:

    temporal: {start: 2010, end: 2025-06}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        for period in dataset.temporal:
            length = min(len(period.start), len(period.end), 10)
            if period.start[:length] > period.end[:length]:
                dates = {"start": period.start, "end": period.end}
                yield Diagnostic.at(period.origin["start"], "period-reversed", **dates)
