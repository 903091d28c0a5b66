"""Markdown pages, by content type."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.model.origin import Written
from generator.model.values import Withdrawal
from generator.text.languages import Text

OF_EVERY_PAGE = ("title", "description", "date")
"""The fields that a type does not declare."""

LASTING = ("formerly", "withdrawn")
"""What any page or record may say of its address."""


class Release(NamedTuple):
    """When something may be published: never while it is a draft, else from the first day of a date on."""

    draft: bool = False
    date: str = ""

    def waits(self, day: str) -> bool:
        """
        Whether it is not to be published yet on a day.

        >>> [Release(date=date).waits("2026-05-31") for date in ("2026", "2026-06", "2026-05-31T23:00:00Z")]
        [False, True, False]
        """
        return self.draft or first_day(self.date) > day


def first_day(date: str) -> str:
    """
    >>> first_day("2026"), first_day("2026-06"), first_day("")
    ('2026-01-01', '2026-06-01', '')
    """
    return date[:10] + "-01-01"[len(date) - 4 :] if 0 < len(date) < 10 else date[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Written):
    """
    A Markdown page, or a record of a register. `path` is its address without language (`about`); `body` is Markdown by
    language.

    `type` is the content type that it is of (or ""), `values` what it says in the fields that the type declares.
    `sources` are the files, by language; `lines` the line of each file at which the body starts; `releases` when each
    of them may be published.
    """

    path: str = ""
    type: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    date: str = ""
    draft: bool = False
    formerly: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    body: Text = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    releases: Mapping[str, Release] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """What it says in a field, whether every page has it or its type declares it; None where it says nothing."""
        return (
            self.values[name] if name in self.values else getattr(self, name, None) if name in OF_EVERY_PAGE else None
        )

    @property
    def id(self) -> str:
        """What tells it apart among those of its type."""
        return self.path.rpartition("/")[2]

    @property
    def address(self) -> str:
        """Its path in the site, without a language's prefix."""
        return f"{self.path}/" if self.path else ""

    @property
    def former_addresses(self) -> tuple[str, ...]:
        """Where it was before, beside where it is."""
        folder = self.path.rpartition("/")[0]
        return tuple(f"{folder}/{name}/".removeprefix("/") for name in self.formerly)

    @property
    def source(self) -> str:
        """The file of the page's first language."""
        return next(iter(self.sources.values()))

    @property
    def folder(self) -> str:
        """The folder of the page's file below `content/`: what its links are relative to."""
        folder = posixpath.dirname(self.source.removeprefix("content/"))
        return f"{folder}/" if folder else ""
