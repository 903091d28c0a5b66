"""
A block of the home page is one that there is, or a content type.

Bad, in portal.yaml:

    home: [recherche]

Good, in portal.yaml:

    home: [search]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, closest
from generator.standards import vocabulary


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    portal, blocks = catalog.portal, vocabulary("blocks")
    known = [*blocks.terms, *catalog.types]
    for name in portal.home:
        if name not in known:
            term = blocks.find(name)
            meant = term.code if term else closest(name, known)
            place = portal.origin.part("home", name)
            yield Diagnostic.at(place, "unknown-block", value=name, suggestion=meant, choices=", ".join(known))
