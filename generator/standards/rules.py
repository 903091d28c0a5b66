"""The rules that packages bring: each gives one diagnostic, whose severity and words are in its module."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from generator.standards import read_rows
from generator.standards.packages import Brought, Fault, accept, first_wrong, in_both_languages, taken

SEVERITIES = ("error", "warning")

MEMBERS: Mapping[str, Callable[[object], bool]] = {
    "check": callable,
    "SEVERITY": SEVERITIES.__contains__,
    "MESSAGE": in_both_languages,
    "HELP": in_both_languages,
}


@cache
def own_severities() -> Mapping[str, str]:
    """Diagnostic code to severity, of those that are Vitrine's."""
    return {row["code"]: row["severity"] for row in read_rows("diagnostics")}


@cache
def accepted() -> tuple[Sequence[Brought], Sequence[Fault]]:
    """The rules of packages that can be asked, and what is wrong with the others."""
    return accept(
        "rules",
        lambda item: first_wrong(item.module, MEMBERS),
        lambda item, others: taken(item.name, [*own_severities(), *(other.name for other in others)]),
    )


@cache
def brought_rules() -> Mapping[str, Brought]:
    """Diagnostic code to the rule of a package that gives it."""
    return {item.name: item for item in accepted()[0]}
