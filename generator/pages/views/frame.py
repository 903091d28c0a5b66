"""
What templates receive: one dataclass a page, all words chosen, all links made.

Links are as `urls.link` writes them; they become relative when the page is finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its text; `count` is how many datasets it leads to, `current` that this is the page one is on.

    `under` are links that belong below it."""

    title: Words
    url: str
    count: int | None = None
    current: bool = False
    under: Sequence[Link] = ()


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
    footer: Sequence[Link] = ()
    logo: LogoView | None = None
    noindex: bool = False
    """Whether robots are to leave the site alone: it is a preview."""


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
    """
    A way to narrow down without scripts: the most used values of a kind, and the page of all of them.

    A `late` one stands closed: the search counts it only when it is opened.
    """

    kind: str
    links: Sequence[Link]
    more: str
    total: int
    late: bool


class Area(NamedTuple):
    """A part of the world; `box` is its west, south, east and north, as an address of the search has them."""

    name: Words
    box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneMap:
    """
    A small map: `degrees` is SVG's transform of longitudes and latitudes to its units, `sea` tells that what is not
    land is water; `grounds` are kinds with paths, the lowest first, `names` texts with their place.
    """

    degrees: str
    width: int
    height: int
    sea: bool
    grounds: Sequence[tuple[str, str]]
    names: Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What to narrow by area with: the `areas` by name, and a map to draw one on, if the portal has a backdrop."""

    areas: Sequence[Area]
    map: ZoneMap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page. `hero` are the blocks beside the introduction, `rows` the others, side by side in each."""

    introduction: str
    introduction_language: str
    hero: Sequence[Block]
    rows: Sequence[Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of the home page; the template `blocks/<name>.html` shows its content."""

    name: str
    content: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and what it counts, both said."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLink:
    """A theme with its symbol in `icons.svg`."""

    link: Link
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A dataset on one line, with a date or a note."""

    dataset: Link
    publisher: Link
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentBlock:
    """The latest pages of a content type, and the page of all of them."""

    cards: Sequence[ContentCard]
    all: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the portal commits to; `url` leads to all of it (or "")."""

    title: Words
    body: str
    body_language: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherGroup:
    """Publishers of one kind."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishersBlock:
    """The publishers on the home page; of too many, the largest, and `more` leads to the `total` of them."""

    groups: Sequence[PublisherGroup]
    more: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """
    Datasets on pages of a list. `cards` are rendered; `search` is whether this page searches, `narrow` where the search
    begins with what the list holds (or ""). `zone` is on the first page of a search, if any dataset says where it is.
    """

    introduction: str
    introduction_language: str
    facts: Sequence[Fact]
    count: int
    cards: Sequence[str]
    pagination: Pagination
    facets: Sequence[Facet]
    children: Sequence[Link] = ()
    narrow: str = ""
    search: bool = False
    zone: Zone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView(View):
    """All collections of a kind. `groups` have a title when there are several; `themes` are said with their symbols."""

    kind: str
    groups: Sequence[PublisherGroup]
    themes: Sequence[ThemeLink] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """What a publisher wrote at some length, as safe HTML."""

    html: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of the metadata table: a label and values, each a link, plain words or prose."""

    label: str
    values: Sequence[Link | Prose | Words]


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
    described_by: Sequence[Link] = ()
    """Where the service is described through which it comes."""
    columns: Sequence[ColumnView] = ()
    preview: str = ""
    """What is in it, rendered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A row of a data dictionary; `type` is said."""

    name: str
    title: Words
    description: Words
    type: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseView:
    """
    A licence and what it permits, as keys of `site.license`: what one may do, may not, and must do.

    `page` lists its datasets (or ""), `text` is its text elsewhere.
    """

    title: Words
    page: str
    text: str
    permits: Sequence[str] = ()
    forbids: Sequence[str] = ()
    requires: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change of the dataset's files, in the words of who made it."""

    date: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A dataset that resembles the page's own."""

    dataset: Link
    publisher: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView(View):
    """A data service's page, where its IRI leads. `url` is its endpoint, `datasets` what it gives access to."""

    description_html: str
    description_language: str
    url: str
    facts: Sequence[Fact]
    datasets: Sequence[Related] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """How to cite: in words, and in the formats of reference managers, by their name."""

    text: str
    formats: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippets:
    """How to load a file: a language's name to its lines."""

    title: Words
    format: str
    lines: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetView(View):
    """
    A dataset's page. `description_html` is safe HTML; `due` the day on which the next update is, or was, to come.

    `unshown` is how many files could have a preview, had the page not enough of them already.

    `permalink` is the page's absolute address, `report` where to say what is wrong with the data (or "").
    """

    id: str
    iri: str
    publisher: Link | None
    description_html: str
    description_language: str
    files: Sequence[FileView]
    unshown: int
    keywords: Sequence[Link]
    themes: Sequence[Link]
    license: LicenseView | None
    facts: Sequence[Fact]
    contact: ContactView | None
    modified: str
    frequency: str
    withdrawn: WithdrawnView | None
    due: str
    version: str
    members: Sequence[Related]
    """The datasets of the series that this one is."""
    history: Sequence[ChangeView]
    related: Sequence[Related]
    reuses: Sequence[ContentCard]
    citation: Citation
    snippets: Sequence[Snippets]
    permalink: str
    report: str
    forms: Sequence[Feed]


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
class ContentCard:
    """A page of a content type in a list. `label` is its category or kind, `by` who made it, `picture` a link or ""."""

    title: Words
    url: str
    excerpt: Words
    date: str = ""
    label: Words
    by: Words
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentListView(View):
    """The pages of a content type, on pages of a list. `kind` is its folder; `body` is safe HTML above the list."""

    kind: str
    body: str
    body_language: str
    cards: Sequence[ContentCard]
    pagination: Pagination


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView(View):
    """A page of a content type, with the fields that its front matter gives."""

    kind: str
    card: ContentCard
    body: str
    body_language: str
    translated: bool
    site_url: str
    datasets: Sequence[Related]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed: its absolute address, in which `{id}` stands for any, a link to it (or "") and how to check it."""

    title: str
    address: str
    url: str
    media_type: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A dataset that errors keep from the publication: its file, and what is wrong, said."""

    file: str
    problems: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestView(View):
    """The page for harvesters: every feed, how many datasets are on offer, and those that were left out."""

    feeds: Sequence[FeedRow]
    count: int
    left_out: Sequence[LeftOut]
    report: str
    """The same for programs."""
    apis: str
    """What the site offers to programs, as RFC 9727 has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """A Markdown page. `translated` is false when the body is in another language than the page."""

    body: str
    body_language: str
    translated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour of the theme: its custom property without dashes, and its value in each scheme."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A colour on another: two custom properties and their contrast in each scheme, said; `least` is what it takes."""

    ink: str
    ground: str
    light: str
    dark: str
    least: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleguideView(View):
    """
    The style guide, which shows the theme's colours and components.

    The rest is an example of each thing that macros take.
    """

    swatches: Sequence[Swatch]
    readings: Sequence[Reading]
    links: Sequence[Link]
    chips: Sequence[Link]
    facts: Sequence[Fact]
    cards: Sequence[str]
    pagination: Pagination
    prose: str
    """Safe HTML from Markdown, with each of its elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """A page that leads from a former address to today's, for hosts that can't redirect."""

    language: str
    title: Words
    url: str
    absolute: str


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
