"""The country whose English a source writes, and our words beside its own spelt as it spells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.text.locales import language_of, respell


def english(value: Any, default: str) -> Iterator[str]:
    """The English texts in what was read, in whatever form; `default` is the language of those without one."""
    if isinstance(value, str):
        yield from [value] if default == "en" else []
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from english(item, "en" if key == "en" else default)
    elif isinstance(value, Iterable):
        for item in value:
            yield from english(item, default)


def respell_in(text: str, language: str, locale: str) -> str:
    """A text of ours as a country writes it, where it is in that country's language."""
    return respell(text, locale) if language == language_of(locale) else text


def respell_entries(entries: list[dict[str, Any]], default: str, locale: str) -> list[dict[str, Any]]:
    """The entries of a menu, whose titles are a text or a text in each language."""
    found = []
    for entry in entries:
        title = entry["title"]
        if isinstance(title, Mapping):
            title = {language: respell_in(text, language, locale) for language, text in title.items()}
        else:
            title = respell_in(title, default, locale)
        found.append({**entry, "title": title})
    return found
