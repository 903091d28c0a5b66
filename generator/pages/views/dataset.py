"""What the templates of a dataset, a service and what became of them receive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.pages.views.content import PagePart
from generator.pages.views.dashboards import QualityView, Sparkline
from generator.pages.views.frame import Fact, Related, View
from generator.site.citation import Citation
from generator.site.history import DayOfChange
from generator.site.links import Link
from generator.site.representations import Feed
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """
    A distribution. `anchor` is its fragment; `kind` is download, service or page; `size` is said, `modified` ISO.

    `address` is its whole address, for paper.
    """

    anchor: str
    title: Words
    description: str
    description_language: str
    url: str
    address: str
    kind: str
    format: str
    format_title: str
    size: str
    modified: str
    checksum: str
    license: Link | None
    failing: str = ""
    """ISO date since which its address fails; empty while that is not certain."""
    gives_page: bool = False
    """Whether it fails as a web page comes in place of the file."""
    rights: str = ""
    """What applies beside the licence, as safe HTML."""
    rights_language: str = ""
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
class ServiceView(View):
    """A data service's page, where its IRI leads. `url` is its endpoint, `datasets` what it gives access to."""

    description_html: str
    description_language: str
    url: str
    facts: Sequence[Fact]
    datasets: Sequence[Related] = ()


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
    months: Sequence[int]
    """Those in which updates keep to the frequency; none for a whole year."""
    version: str
    successor: SuccessorView | None
    members: Sequence[MemberView]
    """The datasets of the series that this one is."""
    newest_file: str
    """The date of the latest of its files, where it is not that of the dataset."""
    record_modified: str
    """When its description changed, if that was after the data."""
    dated_by_record: bool
    """Whether `modified` is only when its description changed."""
    history: Sequence[DayOfChange]
    related: Sequence[Related]
    mentions: Sequence[PagePart]
    citation: Citation
    snippets: Sequence[Snippets]
    permalink: str
    report: str
    forms: Sequence[Feed]
    quality: QualityView | None = None
    """The quality of its metadata, where the portal shows its catalogue's health."""
    use: Sparkline | None = None
    """How it was used, where months are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessorView:
    """
    Where a reader of a dataset rather goes. `relation` says why: there is a `newer` one, this one was `replaced`, or is
    a `version` of the other.
    """

    relation: str
    dataset: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A dataset of a series, with the first of its files, of which there are `others`; `kind` is as in FileView."""

    dataset: Link
    years: str
    format: str
    size: str
    url: str
    kind: str
    others: int


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
class MovedView:
    """A page that leads from a former address to today's, for hosts that can't redirect."""

    language: str
    title: Words
    url: str
    absolute: str
