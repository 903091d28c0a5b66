"""A portal's words for frequencies, languages, formats and themes as codes of our vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.importers.languages import read_tag
from generator.source.ranges.codes import FEDERAL_CODES
from generator.standards import fold_code, properties, vocabulary


@dataclass(frozen=True)
class TextLanguages:
    """Which language texts are in: `source` is that of a text that does not say, `default` the portal's own."""

    default: str
    source: str

    def say(self, texts: Mapping[str, Any]) -> Any:
        """Language to text, "" for the source's own, as it is to be written; None when nothing is said."""
        spoken: dict[str, Any] = {}
        for language, text in texts.items():
            if text:
                spoken.setdefault(language or self.source, text)
        if self.default in spoken:
            spoken = {self.default: spoken.pop(self.default), **spoken}
        return spoken[self.default] if list(spoken) == [self.default] else spoken or None


def find_code(name: str, spelling: str) -> str:
    """
    The code in a vocabulary that a spelling stands for, by its codes and aliases, else by its titles; or nothing.

    >>> find_code("frequencies", "Mensuelle"), find_code("frequencies", "R/P1M"), find_code("frequencies", "lunaire")
    ('monthly', 'monthly', '')
    """
    line = to_line(spelling) if spelling.strip() else ""
    term = vocabulary(name).find(line) if line else None
    return term.code if term else titles(name).get(fold_code(line), "")


@cache
def titles(name: str) -> Mapping[str, str]:
    """Every title of a vocabulary, in any language, to its code; the first of two that share one."""
    found: dict[str, str] = {}
    for term in vocabulary(name).terms.values():
        for title in term.title.values():
            found.setdefault(fold_code(title), term.code)
    return found


def find_languages(report: Report, subject: str, spellings: Iterable[str]) -> list[str]:
    found = []
    for spelling in spellings:
        if code := read_tag(spelling):
            found.append(code)
        elif spelling.strip():
            report.tell("left-out.language", subject, to_line(spelling))
    return list(dict.fromkeys(found))


def find_federal_codes(report: Report, subject: str, name: str, words: Iterable[str]) -> list[str]:
    """The codes of a property of United States agencies; what is none is told."""
    form = FEDERAL_CODES[properties()["Dataset"][name].range]
    found = list(dict.fromkeys(filter(None, map(str.strip, words))))
    for word in found:
        if not form.fullmatch(word):
            report.tell("left-out.code", subject, f"{name} {to_line(word)}")
    return [word for word in found if form.fullmatch(word)]


def fold_keywords(words: Iterable[str]) -> list[str]:
    """
    Keywords without twins: the first spelling of each stays.

    >>> fold_keywords(["Eau", "eau", " cours  d'eau "])
    ['Eau', "cours d'eau"]
    """
    found: dict[str, str] = {}
    for word in words:
        if line := to_line(word):
            found.setdefault(line.casefold(), line)
    return list(found.values())
