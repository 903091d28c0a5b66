"""
The codes of a dataset's distributions differ: each one is an address.

Bad:

    distribution:
      - {id: csv, downloadURL: "https://exemple.org/a.csv"}
      - {id: csv, downloadURL: "https://exemple.org/b.csv"}

Good:

    distribution:
      - {id: a, downloadURL: "https://exemple.org/a.csv"}
      - {id: b, downloadURL: "https://exemple.org/b.csv"}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        taken: set[str] = set()
        for item in dataset.distribution:
            if item.id in taken:
                yield Diagnostic.at(item.origin["id"], "duplicate-distribution-id", value=item.id)
            taken.add(item.id)
