"""
What templates receive: one dataclass a page, all words chosen, all links made.

Links are as `urls.link` writes them; they become relative when the page is finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its text; `count` is how many datasets it leads to, `current` that this is the page one is on."""

    title: Words
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The page in a language: `code` for hreflang, `name` in that language itself, `absolute` its canonical address."""

    code: str
    name: str
    url: str
    absolute: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A machine-readable form of the page or the catalogue."""

    title: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """What surrounds every page."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page: its title and description for the head, the way to it, and what surrounds it."""

    chrome: Chrome
    title: Words
    description: str = ""
    trail: Sequence[Link] = ()
    """From the home page to the parent of this page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A dataset in a list."""

    title: Words
    url: str
    excerpt: Words
    publisher: Link | None
    modified: str
    formats: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """`pages` are links, None standing for a gap; numbers start at 1."""

    number: int
    total: int
    previous: str
    next: str
    pages: Sequence[tuple[int, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A way to narrow down without scripts: the most used values of a kind, and the page of all of them."""

    kind: str
    links: Sequence[Link]
    more: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page. `figures` are counts by kind: dataset, publisher, file."""

    introduction: str
    introduction_language: str
    blocks: Sequence[str]
    figures: Mapping[str, int]
    themes: Sequence[Link]
    latest: Sequence[str]
    """Cards, rendered."""
    publishers: Sequence[PublisherGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherGroup:
    """Publishers of one kind."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """Datasets on pages of a list. `cards` are rendered; `search` is whether this page searches."""

    introduction: str
    introduction_language: str
    facts: Sequence[Fact]
    count: int
    cards: Sequence[str]
    pagination: Pagination
    facets: Sequence[Facet]
    children: Sequence[Link] = ()
    search: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView(View):
    """All collections of a kind. `groups` have a title when there are several."""

    kind: str
    groups: Sequence[PublisherGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of the metadata table: a label and values, each a link or plain words."""

    label: str
    values: Sequence[Link | Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A distribution. `anchor` is its fragment; `kind` is download, service or page; `size` is said, `modified` ISO."""

    anchor: str
    title: Words
    description: str
    description_language: str
    url: str
    kind: str
    format: str
    format_title: str
    size: str
    modified: str
    checksum: str
    license: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetView(View):
    """A dataset's page. `description_html` is safe HTML."""

    id: str
    iri: str
    publisher: Link | None
    description_html: str
    description_language: str
    files: Sequence[FileView]
    keywords: Sequence[Link]
    themes: Sequence[Link]
    license: Link | None
    facts: Sequence[Fact]
    contact: ContactView | None
    modified: str
    frequency: str
    withdrawn: WithdrawnView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    name: Words
    email: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView:
    date: str
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """A Markdown page. `translated` is false when the body is in another language than the page."""

    body: str
    body_language: str
    translated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    """The page of an address that leads nowhere, in every language of the portal."""

    languages: Sequence[NotFoundWords] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundWords:
    language: str
    title: str
    message: str
    home: Link
