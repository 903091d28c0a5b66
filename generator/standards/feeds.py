"""Every feed, one row each: those of feeds.yaml, then those that packages bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from functools import cache
from types import ModuleType
from typing import Any

from generator.standards import read_rows
from generator.standards.packages import Brought, Fault, accept, first_wrong, in_both_languages, is_said

ROOM = "generator.feeds."

SCOPES: Mapping[str, str] = {"catalog": "", "page": "{n}", "publisher": "{id}", "theme": "{id}", "dataset": "{id}"}
"""What a feed has a file for, and what of its path tells one file from the next."""

NEEDS = ("", "offer", "checksum", "history")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A row of feeds.yaml, whose head says what each fact is. `package` is whose feed it is, when it is not ours."""

    path: str
    type: str
    title: Mapping[str, str]
    check: str | Mapping[str, str]
    render: str
    first: str = ""
    scope: str = ""
    needs: str = ""
    moves: str = ""
    spoken: bool = False
    profile: str = ""
    syntax: str = ""
    judge: Mapping[str, Any] = field(default_factory=dict)
    limit: Mapping[str, Any] = field(default_factory=dict)
    served: str = ""
    entry: bool = False
    package: str = ""

    @property
    def name(self) -> str:
        """What links to it are called: its profile, and its syntax where the profile has several."""
        return f"{self.profile} ({self.syntax})" if self.syntax else self.profile

    @property
    def planned(self) -> bool:
        """Whether the row says all that planning it takes; else its module plans it."""
        return ":" in self.render

    @property
    def of_dataset(self) -> str:
        """The path that holds a dataset's identifier as `{id}`, for a feed that has a file for each."""
        return self.moves or (self.path if self.scope == "dataset" else "")

    @property
    def file(self) -> str:
        """The name of its files."""
        return self.path.rpartition("/")[2]


@cache
def feeds() -> Mapping[str, FeedRow]:
    """Path to row, ours first."""
    return own_feeds() | {row.path: row for row in map(row_of, accepted()[0])}


@cache
def own_feeds() -> dict[str, FeedRow]:
    rows = (FeedRow(**{**row, "render": ROOM + row["render"]}) for row in read_rows("feeds"))
    return {row.path: row for row in rows}


@cache
def scoped(scope: str) -> Sequence[FeedRow]:
    """The feeds that have a file for each thing of a sort."""
    return [row for row in feeds().values() if row.scope == scope]


@cache
def linked(scope: str) -> Sequence[FeedRow]:
    """Those of them that conform to a profile: what pages link, and what programs are told of."""
    return [row for row in scoped(scope) if row.profile]


def find_feed(path: str) -> FeedRow | None:
    """
    The feed that a published file belongs to.

    >>> [row.path for row in (find_feed("theme/transport/data.json"), find_feed("catalog/12.jsonld")) if row]
    ['theme/{id}/data.json', 'catalog/{n}.jsonld']
    """
    return next((row for row in feeds().values() if re.fullmatch(pattern(row.path), path)), None)


@cache
def pattern(path: str) -> str:
    """
    A row's path as a regular expression of paths from the site's root.

    >>> pattern("dataset/{id}.ttl")
    'dataset/[^/]+\\\\.ttl'
    """
    parts = {"{id}": "[^/]+", "{n}": r"\d+", "{kind}": "[a-z_]+"}
    return "".join(parts.get(part) or re.escape(part) for part in re.split(r"(\{\w+\})", path))


# ---------------------------------------------------------------- packages

WORDS = ("path", "type", "scope")
MEMBERS: Mapping[str, Callable[[object], bool]] = {"FEED": lambda value: isinstance(value, Mapping), "render": callable}
OURS = ("render", "package", "judge", "moves", "spoken")
"""Facts that are ours to give."""


@cache
def accepted() -> tuple[Sequence[Brought], Sequence[Fault]]:
    """The feeds of packages that can be published, and what is wrong with the others."""
    return accept("feeds", lambda item: first_wrong(item.module, MEMBERS) or wrong_fact(item.module.FEED), find_clash)


def wrong_fact(facts: Mapping[str, Any]) -> str:
    """The first fact of a package's row that is missing, unknown or of another sort, as `FEED[…]`."""
    known = {item.name: item for item in fields(FeedRow) if item.name not in OURS}
    wrong = [name for name in facts if name not in known]
    wrong += [name for name, item in known.items() if name not in facts and is_required(item)]
    wrong += [name for name in WORDS if not is_said(facts.get(name))]
    wrong += ["title"] * (not in_both_languages(facts.get("title")))
    wrong += ["check"] * (not knows_check(facts.get("check")))
    wrong += ["scope"] * (facts.get("scope") not in SCOPES)
    wrong += ["needs"] * (facts.get("needs", "") not in NEEDS)
    wrong += [name for name in ("first", "profile", "syntax", "served") if not isinstance(facts.get(name, ""), str)]
    wrong += ["limit"] * (not is_limit(facts.get("limit", {})))
    wrong = wrong or ["path"] * (not fits(facts["path"], facts["scope"]))
    return f"FEED[{wrong[0]!r}]" if wrong else ""


def is_required(item: Any) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def knows_check(value: object) -> bool:
    return in_both_languages(value) or value in {
        row.check for row in own_feeds().values() if isinstance(row.check, str)
    }


def is_limit(value: object) -> bool:
    return value == {} or (
        isinstance(value, Mapping) and isinstance(value.get("megabytes"), int) and is_said(value.get("reader"))
    )


def fits(path: str, scope: str) -> bool:
    """
    Whether a path stays in the site and has the place that its scope fills, and no other.

    >>> fits("a/{id}.txt", "dataset"), fits("a.txt", "dataset"), fits("{id}.txt", "catalog"), fits("../a", "catalog")
    (True, False, False, False)
    """
    places = [SCOPES[scope]] if SCOPES[scope] else []
    parts = path.split("/")
    return (
        re.findall(r"\{.*?\}", path) == places
        and re.fullmatch(r"[\w.{}/-]+", path) is not None
        and not ({"", ".", ".."} & {*parts})
    )


def find_clash(item: Brought, others: Sequence[Brought]) -> str:
    """The path of a package's feed, if another has it."""
    path = item.module.FEED["path"]
    known = [*own_feeds(), *(other.module.FEED["path"] for other in others)]
    return path if any(path == other or re.fullmatch(pattern(other), path) for other in known) else ""


def row_of(item: Brought) -> FeedRow:
    module: ModuleType = item.module
    row = FeedRow(**module.FEED, render=f"{module.__name__}:render")
    return replace(row, package=item.package.name)
