"""CKAN's packages as they come: what a record says, in which languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from generator.importers.html import to_line
from generator.importers.languages import guess_language
from generator.importers.terms import find_code
from generator.text.languages import DEFAULT_LANGUAGE

Package = Mapping[str, Any]


def said(value: Any) -> str:
    """
    A scalar as text; lists, maps and nothing say nothing.

    >>> said(12), said(None), said(True), said([1])
    ('12', '', 'True', '')
    """
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def extras_of(package: Package) -> dict[str, Any]:
    """CKAN's extras, as a map or as a list of key and value."""
    extras = package.get("extras") or {}
    if isinstance(extras, list):
        return {said(item.get("key")): item.get("value") for item in extras if isinstance(item, dict)}
    return dict(extras) if isinstance(extras, dict) else {}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def package_name(package: Package) -> str:
    return to_line(said(package.get("name"))) or to_line(said(package.get("id")))


def organization_name(package: Package) -> str:
    organization = package.get("organization")
    if isinstance(organization, dict):
        return to_line(said(organization.get("name"))) or to_line(said(organization.get("title")))
    return to_line(said(organization)) or to_line(said(extras_of(package).get("publisher_name")))


def language_words(value: Any) -> list[str]:
    """
    >>> language_words("FR"), language_words('["fr", "en"]'), language_words("{fr,en}"), language_words(None)
    (['FR'], ['fr', 'en'], ['fr', 'en'], [])
    """
    if isinstance(value, list):
        return [said(item) for item in value]
    text = said(value)
    if text[:1] in "[{":
        return [part for part in re.split(r"[\s,\[\]{}\"']+", text) if part]
    return [part.strip() for part in text.split(",") if part.strip()]


def translated(record: Package, key: str) -> dict[str, str]:
    """A text of a record: its own under "", translations (ckanext-fluent) under their language."""
    texts = {}
    value = record.get(f"{key}_translated") or record.get(key)
    if isinstance(value, dict):
        for language, text in value.items():
            if (code := find_code("languages", said(language).partition("-t-")[0])) and said(text).strip():
                texts[code] = said(text)
    return texts or {"": said(record.get(key))}


def guess_source_language(packages: Iterable[Package]) -> str:
    """The language that most packages say they are in, else the one that their texts look like, else French."""
    packages = list(packages)
    spellings = (spelling for package in packages for spelling in language_words(package.get("language")))
    counts = Counter(code for spelling in spellings if (code := find_code("languages", spelling)))
    if counts:
        return min(counts, key=lambda code: (-counts[code], code))
    return guess_language(said(package.get("notes")) for package in packages) or DEFAULT_LANGUAGE


def translations(packages: Iterable[Package]) -> list[str]:
    """The languages that titles are translated into, the most frequent first."""
    counts = Counter(code for package in packages for code in translated(package, "title") if code)
    return sorted(counts, key=lambda code: (-counts[code], code))
