"""
A dataset's theme is one of the portal's.

Bad:

    theme: [transports]

Good:

    theme: [transport]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Catalog, Concept
from generator.model.diagnostics import Diagnostic, closest
from generator.standards import vocabulary


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    themes = catalog.themes
    for dataset in catalog.datasets.values():
        for value in dataset.theme:
            if value not in themes:
                known = {"choices": "`, `".join(themes), "suggestion": suggest_theme(value, themes)}
                yield Diagnostic.at(dataset.origin.part("theme", value), "unknown-theme", value=value, **known)


def suggest_theme(value: str, themes: Mapping[str, Concept]) -> str:
    """The theme that another spelling stands for, else the nearest word."""
    known = vocabulary("themes").find(value)
    return known.code if known and known.code in themes else closest(value, themes)
