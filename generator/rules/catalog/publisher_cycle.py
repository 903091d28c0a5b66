"""
No publisher is its own parent, directly or through others.

Bad, in datasets/publishers/ville.yaml:

    parent: ville

Good, in datasets/publishers/ville.yaml:

    parent: ministere
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    reported: set[str] = set()
    for agent in catalog.publishers.values():
        way = [agent.id]
        while (parent := catalog.publishers.get(way[-1])) and parent.parent and parent.parent not in way:
            way.append(parent.parent)
        last = catalog.publishers.get(way[-1])
        if last and last.parent == agent.id and agent.id not in reported:
            reported.update(way)
            files = ", ".join(f"`{catalog.publishers[key].origin.path}`" for key in way)
            yield Diagnostic.at(agent.origin["parent"], "publisher-cycle", value=agent.id, files=files)
