"""
Titles, descriptions and keywords are in every language of the portal.

Bad:

    title: {fr: Arbres}

Good:

    title: {fr: Arbres, en: Trees}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog, Origin
from generator.model.diagnostics import Diagnostic
from generator.standards import vocabulary


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    languages = catalog.portal.languages
    for dataset in catalog.datasets.values():
        texts = {"title": dataset.title, "description": dataset.description, "keyword": dataset.keyword}
        lacking: dict[tuple[str, ...], list[str]] = {}
        for language in languages:
            missing = [
                key
                for key, text in texts.items()
                if text and language not in text and not is_misspelt(dataset.origin, key, language)
            ]
            if missing:
                lacking.setdefault(tuple(missing), []).append(language)
        for keys, absent in lacking.items():
            yield Diagnostic.at(
                dataset.origin[keys[0]],
                "missing-translation",
                properties="`, `".join(keys),
                first=keys[0],
                language="`, `".join(absent),
                example=", ".join(f"{code}: …" for code in languages),
            )


def is_misspelt(origin: Origin, key: str, language: str) -> bool:
    """Whether the text is there, but could not be read, or under a code that is no language's."""
    languages = {part.partition(".")[2] for part in origin.keys if part.startswith(f"{key}.")}
    return language in languages or any(code not in vocabulary("languages") for code in languages)
