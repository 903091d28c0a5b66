"""
A distribution leads to a file, a download or a page.

Bad:

    distribution:
      - title: Arbres

Good:

    distribution:
      - title: Arbres
        accessURL: https://exemple.org/arbres
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    for dataset in catalog.datasets.values():
        for item in dataset.distribution:
            if not item.access_url and not any(
                key in item.origin for key in ("accessURL", "accessService", "downloadURL", "file")
            ):
                yield Diagnostic.at(item.origin.place, "no-access")
