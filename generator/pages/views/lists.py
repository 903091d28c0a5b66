"""What the templates of lists receive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.pages.views.content import PagePart
from generator.pages.views.frame import Fact, Pagination, View
from generator.site.links import Link
from generator.text.speech import Words


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


class SearchArea(NamedTuple):
    """A part of the world; `box` is its west, south, east and north, as an address of the search has them."""

    name: Words
    box: str


class AskLink(NamedTuple):
    """Where the public asks for data, and the same with `{words}` in the place of what was looked for."""

    url: str
    pattern: str


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

    areas: Sequence[SearchArea]
    map: ZoneMap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLink:
    """A theme with its symbol in `icons.svg`."""

    link: Link
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherGroup:
    """Publishers of one kind."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """
    Datasets on pages of a list. `cards` are rendered; `search` is whether this page searches, `narrow` where the search
    begins with what the list holds (or ""). `filled` are the facets that scripts alone can fill; `zone` is on the first
    page of a search, if any dataset says where it is.
    `actions` are what portal.yaml offers the public, for a search that finds nothing close, and `ask` where to ask for
    what it did not find. `records` is the index of what is searched beside datasets, or "".
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
    filled: Sequence[str] = ()
    search: bool = False
    zone: Zone | None = None
    actions: Sequence[Link] = ()
    ask: AskLink | None = None
    records: str = ""
    mentions: Sequence[PagePart] = ()
    """On a publisher's first page, the records that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView(View):
    """All collections of a kind. `groups` have a title when there are several; `themes` are said with their symbols."""

    kind: str
    groups: Sequence[PublisherGroup]
    themes: Sequence[ThemeLink] = ()
