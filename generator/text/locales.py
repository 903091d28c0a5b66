"""How a country writes a language of ours: other spellings of the program's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from generator.standards import vocabulary

PROOFLESS = frozenset({"organization", "organizations", "program", "programs", "analyze"})
"""What is written so in Great Britain too, and tells nothing of where a text is from."""


@cache
def spellings(locale: str) -> Mapping[str, str]:
    """Our words, and how they are written there; none where no country is named."""
    return vocabulary("locales")[locale].facts["words"] if locale else {}


def language_of(locale: str) -> str:
    return str(vocabulary("locales")[locale].facts["language"]) if locale else ""


def respell(text: str, locale: str) -> str:
    """
    A text as it is written in a country; addresses and what stands in braces stay.

    >>> respell("Licence of the catalogue, see [Licences](/licence/), {licence}", "en-US")
    'License of the catalog, see [Licenses](/licence/), {licence}'
    """
    words = spellings(locale)
    if not words:
        return text

    def spell(match: re.Match[str]) -> str:
        there = words[match[0].casefold()]
        return there.capitalize() if match[0][0].isupper() else there

    return re.sub(rf"(?<![{{/\w])(?:{'|'.join(words)})(?![\w/}}])", spell, text, flags=re.IGNORECASE)


def find_locale(texts: Iterable[str], stated: str = "") -> str:
    """
    The country whose spellings texts of a language have, and none of ours; where they have neither, the one that is
    stated.

    >>> find_locale(["Health centers"]), find_locale(["Health centres"]), find_locale(["Trees"], "en-US")
    ('en-US', '', 'en-US')
    """
    found = Counter(word for text in texts for word in re.findall(r"[a-z]+", text.casefold()))
    for locale in vocabulary("locales").terms:
        ours = sum(found[word] for word in spellings(locale))
        theirs = sum(found[word] for word in set(spellings(locale).values()) - PROOFLESS)
        if theirs > 2 * ours or (not theirs and not ours and stated == locale):
            return locale
    return ""
