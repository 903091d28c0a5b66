"""
A service that a distribution names is declared in `datasets/catalog.yaml`.

Bad:

    distribution:
      - {id: api, accessService: geo}

Good, in datasets/catalog.yaml:

    service:
      - {id: geo, title: {fr: Service, en: Service}, endpointURL: "https://exemple.org/geo/"}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, closest


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    services = catalog.services
    for dataset in catalog.datasets.values():
        for item in dataset.distribution:
            for value in item.access_service:
                if value not in services:
                    meant = closest(value, services)
                    yield Diagnostic.at(
                        item.origin.part("accessService", value), "unknown-service", value=value, suggestion=meant
                    )
