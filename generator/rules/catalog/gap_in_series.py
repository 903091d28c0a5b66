"""
Numbers along years skip none: a year that is not measured yet has a row without a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.model import Catalog, Computed, ContentType, Page
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for kind, declared in catalog.types.items():
        for rule in declared.computed:
            of = catalog.types.get(rule.of) if rule.range == "series" else None
            if of is not None:
                yield from gaps(catalog, kind, rule, of)


def gaps(catalog: Catalog, kind: str, rule: Computed, of: ContentType) -> Iterator[Diagnostic]:
    """The years that the records of a series skip, each told where the series goes on."""
    naming = next((item.name for item in of.fields if item.range == "record" and item.type == kind), "")
    series: dict[str, dict[int, Page]] = {}
    for page in catalog.pages:
        if page.type == of.id and page[naming] and len(year := str(page[rule.by])) == 4 and year.isdigit():
            series.setdefault(str(page[naming]), {})[int(year)] = page
    for name, years in series.items():
        for earlier, later in pairwise(sorted(years)):
            if later - earlier > 1:
                missing = ", ".join(map(str, range(earlier + 1, min(later, earlier + 6))))
                yield Diagnostic.at(years[later].origin.place, "gap-in-series", value=missing, property=name)
