"""
A former identifier is no other dataset's, today or formerly.

Bad:

    formerly: [autre]

Good:

    formerly: [ancien]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    taken = {key: dataset.origin.path for key, dataset in catalog.datasets.items()}
    for dataset in catalog.datasets.values():
        for value in dataset.formerly:
            if value in taken:
                code = "former-id-taken" if value in catalog.datasets else "former-id-twice"
                place = dataset.origin.part("formerly", value)
                yield Diagnostic.at(place, code, value=value, first=taken[value])
            taken[value] = dataset.origin.path
