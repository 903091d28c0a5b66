"""How a language writes what CLDR leaves open or says otherwise: the rows of languages.yaml, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.standards import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """
    `locale` is CLDR's, `first` the first day of a month in a date, `sizes` the units of a file's size from the octet
    up, `percent` a pattern of CLDR's in place of its own; `spaced` says whether double marks stand off by a space.
    """

    locale: str
    first: str = "1"
    sizes: Sequence[str] = ("B", "kB", "MB", "GB", "TB")
    percent: str | None = None
    spaced: bool = False


@cache
def conventions_of(language: str) -> Conventions:
    """
    A language's own conventions, else those that most share.

    >>> conventions_of("fr").locale, conventions_of("et").locale, conventions_of("x-none").first
    ('fr_CA', 'et', '1')
    """
    term = vocabulary("languages").terms.get(language)
    return Conventions(**{"locale": language, **(term.facts.get("conventions", {}) if term else {})})
