"""What is wrong, where, and how to mend it: a place, a code and its values. The words are in `strings/`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from generator.standards.rules import brought_rules, own_severities
from generator.text.strings import strings


class Place(NamedTuple):
    """A position in a file: POSIX path from the portal's root, line and column from 1; line 0 is the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        path = visible(self.path)
        return f"{path}:{self.line}:{self.column}" if self.line else path


# Control characters, and those that turn the direction of what follows: what a file holds gives a terminal no orders.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """
    A text of a file, or its name, as it may be shown on a line: what would not be seen is written out.

    >>> visible("a\\x1b[2Jb\\n::error::c")
    'a\\\\x1b[2Jb\\\\n::error::c'
    """
    return UNSEEN.sub(lambda match: repr(match[0])[1:-1], text)


@cache
def severities() -> Mapping[str, str]:
    """Diagnostic code to `error` or `warning`: the one table, and the rules of packages."""
    return {**own_severities(), **{code: item.module.SEVERITY for code, item in brought_rules().items()}}


def message_of(code: str, language: str) -> str:
    """What a diagnostic says is wrong, its values still in braces."""
    if rule := brought_rules().get(code):
        return str(rule.module.MESSAGE[language])
    return strings(language)[f"diagnostics.{code}.message"]


def remedy_of(code: str, language: str) -> str:
    """What it says is to be done."""
    if rule := brought_rules().get(code):
        return str(rule.module.HELP[language])
    return strings(language)[f"diagnostics.{code}.help"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """
    One thing wrong.

    `values` fill its message; the values `rewritten`, the line as it should be, and `suggestion` become the help.
    """

    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, place: Place, code: str, **values: object) -> Diagnostic:
        return cls(place, code, {key: visible(str(value)) for key, value in values.items()})

    @property
    def severity(self) -> str:
        return severities()[self.code]

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def message(self, language: str) -> str:
        values = self.values
        if kind := values.get("kind"):
            values = {**values, "kind": strings(language)[f"guide.classes.{kind}.title"]}
        if reason := values.get("reason"):
            values = {**values, "reason": strings(language)[f"links.status.{reason}"]}
        return message_of(self.code, language).format_map(values)

    def help(self, language: str) -> str:
        """The remedy: the line, or the value, that was probably meant, else what the code's manual page advises."""
        if self.values.get("rewritten"):
            return strings(language)["diagnostics.write-the-line"].format_map(self.values)
        if self.values.get("suggestion"):
            return strings(language)["diagnostics.did-you-mean"].format_map(self.values)
        return remedy_of(self.code, language).format_map(self.values)

    def sort_key(self) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
        return self.place, self.code, tuple(sorted(self.values.items()))


def closest(word: str, choices: Iterable[str], alike: float = 0.6) -> str:
    """
    The choice that a misspelt word most likely stands for, or nothing.

    >>> closest("text/cvs", ["text/csv", "application/json"])
    'text/csv'
    >>> closest("zebra", ["text/csv"])
    ''
    """
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=alike)
    return folded[found[0]] if found else ""


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place, each once."""
    unique = {diagnostic.sort_key(): diagnostic for diagnostic in diagnostics}
    return [unique[key] for key in sorted(unique)]
