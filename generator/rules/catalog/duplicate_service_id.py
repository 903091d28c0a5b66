"""
The codes of the catalogue's services differ: each one is an address.

Bad, in datasets/catalog.yaml:

    service:
      - {id: geo, title: {fr: Carte, en: Map}, endpointURL: "https://exemple.org/wms"}
      - {id: geo, title: {fr: Objets, en: Features}, endpointURL: "https://exemple.org/wfs"}

Good, in datasets/catalog.yaml:

    service:
      - {id: wms, title: {fr: Carte, en: Map}, endpointURL: "https://exemple.org/wms"}
      - {id: wfs, title: {fr: Objets, en: Features}, endpointURL: "https://exemple.org/wfs"}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    taken: set[str] = set()
    for service in catalog.service:
        if service.id in taken:
            yield Diagnostic.at(service.origin["id"], "duplicate-service-id", value=service.id)
        taken.add(service.id)
