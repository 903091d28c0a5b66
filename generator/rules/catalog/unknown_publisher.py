"""
A publisher that is named has a file in `datasets/publishers/`.

Bad:

    publisher: vile

Good:

    publisher: ville
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Agent, Catalog
from generator.model.diagnostics import Diagnostic, closest
from generator.text.slugs import slugify


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    named = [(catalog.origin, "publisher", catalog.publisher)]
    named += [(agent.origin, "parent", agent.parent) for agent in catalog.publishers.values()]
    named += [(dataset.origin, "publisher", dataset.publisher) for dataset in catalog.datasets.values()]
    named += [(service.origin, "publisher", service.publisher) for service in catalog.service]
    named += [(linked.origin, "publisher", linked.publisher) for linked in catalog.catalog]
    for origin, key, value in named:
        if value and value not in catalog.publishers:
            known = {"suggestion": suggest_publisher(value, catalog.publishers), "path": slugify(value)}
            yield Diagnostic.at(origin[key], "unknown-publisher", value=value, **known)


def suggest_publisher(value: str, publishers: Mapping[str, Agent]) -> str:
    """The publisher that a name stands for, else the nearest word."""
    codes = {name: key for key, agent in publishers.items() for name in agent.name.values()}
    codes |= {key: key for key in publishers}
    return codes.get(closest(value, codes), "")
