"""
Titles, descriptions and keywords are in every language of the portal.

Bad:

    title: {fr: Arbres}

Good:

    title: {fr: Arbres, en: Trees}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.model import Catalog


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    languages = catalog.portal.languages
    for dataset in catalog.datasets.values():
        texts = {"title": dataset.title, "description": dataset.description, "keyword": dataset.keyword}
        for language in languages:
            missing = [key for key, text in texts.items() if text and language not in text]
            if missing:
                example = ", ".join(f"{code}: …" for code in languages)
                yield Diagnostic.at(
                    dataset.origin[missing[0]],
                    "missing-translation",
                    properties="`, `".join(missing),
                    first=missing[0],
                    language=language,
                    example=example,
                )
