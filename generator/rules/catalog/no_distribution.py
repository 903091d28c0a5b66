"""
A dataset that is not withdrawn offers a file or a service, unless it is the series of others that do.

Bad:

    distribution:

Good:

    distribution:
      - accessURL: https://exemple.org/arbres
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        offers = dataset.distribution or dataset.members or "distribution" in dataset.origin
        if not offers and dataset.offered:
            yield Diagnostic.at(dataset.origin.place, "no-distribution")
