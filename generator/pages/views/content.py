"""What the templates of Markdown pages and of content types receive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import Fact, Pagination, Prose, Related, View
from generator.site.links import Link
from generator.site.representations import Feed
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """
    The state of a record. `phases` is JSON for a script, where dates decide: since when, tone, words, until when.
    """

    code: str
    label: Words
    tone: str
    phases: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCard:
    """
    A record in a list. `label` is its category or kind, `by` who made it, `picture` a link or "", `alternative` what
    the picture shows.

    `waits` says, where drafts are shown, that the page is not published yet.
    """

    title: Words
    url: str
    anchor: str
    excerpt: Words
    date: str = ""
    label: Words
    by: Words
    picture: str = ""
    alternative: str = ""
    waits: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record in a table: its heading, then its cells, each with the values of a column."""

    anchor: str
    heading: Link
    cells: Sequence[Sequence[Link | Prose | Words | Mark]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Records as rows; `heading` names the first column, `numbers` says of each other one whether it holds numbers."""

    heading: str
    columns: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many of some records are in a state, and their share of all, in percent, after `left` percent."""

    label: Words
    tone: str
    count: int
    left: float
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something on a timeline: its share of the whole from the left, in percent, and how wide it is."""

    title: Link
    start: str
    end: str
    left: float
    width: float
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What begins a group of records; `depth` is 0 for an outermost group."""

    depth: int
    title: Words | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Records that stand together under the headings that begin there, or all of them under none."""

    titles: Sequence[Heading]
    cards: Sequence[ContentCard] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSet:
    """
    Records as a layout shows them: `list`, `gallery`, `table`, `grid`, `timeline` or `progress`. `depth` is how many
    headings stand above a record.
    """

    kind: str
    layout: str
    depth: int = 0
    groups: Sequence[Group] = ()
    spans: Sequence[Span] = ()
    bars: Sequence[Bar] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    Numbers along time as an SVG, and as a table: of each row when, how much, and what was aimed at; `anchors` are those
    of the rows.
    """

    svg: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    anchors: Sequence[str]
    trend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """A part of a record’s page: a text, other records, or a chart."""

    anchor: str
    title: Words
    prose: Prose | None = None
    records: RecordSet | None = None
    chart: Chart | None = None
    more: Link | None = None
    """To all of the records, where the page shows the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A field by which a list is narrowed, and its values with how many records have each."""

    title: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentListView(View):
    """
    The records of a content type on numbered pages. `kind` is the type; `body` is safe HTML above the list.

    `downloads` are the list as files, `filters` what it can be narrowed to, `picked` what it is narrowed to; `search`
    is the index that the whole list is searched in, or "".
    """

    kind: str
    body: str
    body_language: str
    count: int
    records: RecordSet
    filters: Sequence[Filter]
    picked: Words | None
    whole: str
    downloads: Sequence[Feed]
    pagination: Pagination
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What stays of a withdrawn record: its name, when and why; `anchor` is where it was on another's page."""

    anchor: str
    title: Words
    date: str
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView(View):
    """
    A record’s page. `calendar` is the file for calendars, or "". One that was `withdrawn` says nothing more; `gone` are
    withdrawn records that had their places on the page.
    """

    kind: str
    singular: Words
    card: ContentCard
    body: str = ""
    body_language: str = ""
    facts: Sequence[Fact] = ()
    parts: Sequence[PagePart] = ()
    calendar: str = ""
    site_url: str = ""
    site_label: str = ""
    datasets: Sequence[Related] = ()
    datasets_title: str = ""
    withdrawn: Gone | None = None
    gone: Sequence[Gone] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """A Markdown page."""

    body: str
    body_language: str
