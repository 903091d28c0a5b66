"""
What templates receive: one dataclass a page, all words chosen, all links made.

Links are as `urls.link` writes them; they become relative when the page is finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.site.links import Link
from generator.site.representations import Feed
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The page in a language: `code` for hreflang, `name` in that language itself, `absolute` its canonical address."""

    code: str
    name: str
    url: str
    absolute: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoView:
    """The portal's logo. `alt` is what it says that the title beside it does not, sizes are in pixels, 0 if unknown."""

    url: str
    alt: Words
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """
    What surrounds every page: its language, the portal's title, the home page, the menu, the page in each language.

    `feeds` are the machine-readable forms, `publisher` who is behind the portal, `footer` the links at the foot.
    """

    language: str
    site: Words
    home: str
    menu: Sequence[Link]
    alternates: Sequence[Alternate]
    feeds: Sequence[Feed]
    search: str
    """The page that the search form leads to."""
    index: str
    """The file from which scripts find the language's search index."""
    publisher: Link
    follow: Feed | None = None
    """The feed by which one is told what becomes of what the page is about."""
    following: Link | None = None
    """The page that explains following."""
    footer: Sequence[Link] = ()
    logo: LogoView | None = None
    noindex: bool = False
    """Whether robots are to leave the site alone: it is a preview."""
    waits: str = ""
    """That the page is not published yet, and what it waits for: only where drafts are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page: its title and description for the head, the way to it, and what surrounds it."""

    chrome: Chrome
    title: Words
    description: str = ""
    trail: Sequence[Link] = ()
    """From the home page to the parent of this page."""
    linked: Sequence[Mapping[str, Any]] = ()
    """What the page is about, in schema.org's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A dataset in a list."""

    title: Words
    url: str
    excerpt: Words
    publisher: Link | None
    modified: str
    formats: Sequence[str]
    waits: str = ""
    """That the dataset is a draft, in a word: only where drafts are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """`pages` are links, None standing for a gap; numbers start at 1."""

    number: int
    total: int
    previous: str
    next: str
    pages: Sequence[tuple[int, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What a publisher wrote at some length, as safe HTML."""

    html: str
    language: str


class Elapsed(Words):
    """A number of days in words that is counted since the day `since`, and on the day of the build, `day`, in words."""

    __slots__ = ("day", "since")
    since: str
    day: str

    def __new__(cls, text: str, language: str, since: str, day: str) -> Elapsed:
        words = super().__new__(cls, text, language)
        assert isinstance(words, Elapsed)
        words.since, words.day = since, day
        return words

    def __reduce__(self) -> tuple[type[Words], tuple[str, ...]]:
        return type(self), (str(self), self.language, self.since, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of the metadata table: a label and values, each a link, plain words or prose."""

    label: str
    values: Sequence[Link | Prose | Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A dataset that resembles the page's own."""

    dataset: Link
    publisher: Link
