"""
The catalogue as the publisher meant it: frozen values named by DCAT, with the place each one was written.

A class's fields are the rows of `standards/properties.yaml` in snake case; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.diagnostics import Place

Text = Mapping[str, str]
"""Language code to text; empty when nothing was written."""

Keywords = Mapping[str, tuple[str, ...]]
"""Language code to keywords, in the order written."""


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where an object and each of its keys were written. A key that is absent has the object's own place.

    `unread` objects could not be read: nothing in them can be missing.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    keys: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    unread: bool = False

    def __contains__(self, key: str) -> bool:
        return self.unread or key in self.keys

    def __getitem__(self, key: str) -> Place:
        return Place(self.path, *self.keys.get(key, (self.line, self.column)))

    def part(self, key: str, part: str) -> Place:
        """The place of a part of a value, a language's text or an item of a list; else that of the whole value."""
        return self[f"{key}.{part}" if f"{key}.{part}" in self.keys else key]

    @property
    def place(self) -> Place:
        return Place(self.path, self.line, self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Whatever a publisher wrote down; two values that say the same are equal wherever they stand."""

    origin: Origin = field(default_factory=Origin, compare=False, repr=False)


class Change(NamedTuple):
    """A commit that touched a file: how many commits are newer, its day, and the first line of its message."""

    number: int
    date: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseDocument(Written):
    """A licence (dct:LicenseDocument); `code` is empty when the portal's list lacks it."""

    code: str = ""
    iri: str = ""
    name: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Written):
    """Whom to write to (vcard:Kind)."""

    name: Text = field(default_factory=dict)
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Written):
    """
    An area (dct:Location) in CRS84 degrees: `bbox` is west, south, east, north, `centroid` longitude and latitude,
    `geometry` WKT or GeoJSON; each may be empty.
    """

    bbox: tuple[float, ...] = ()
    centroid: tuple[float, ...] = ()
    geometry: str = ""
    name: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOfTime(Written):
    """A period (dct:PeriodOfTime): ISO 8601 years, months or dates; either end may be open, the end is inclusive."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Written):
    """When and why a dataset was withdrawn."""

    date: str = ""
    reason: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Written):
    """A theme of the portal (skos:Concept); `close_match` is an EU data-theme code."""

    id: str = ""
    pref_label: Text = field(default_factory=dict)
    close_match: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Written):
    """A publisher (foaf:Agent); `id` is its file's name."""

    id: str = ""
    name: Text = field(default_factory=dict)
    kind: str = ""
    parent: str = ""
    description: Text = field(default_factory=dict)
    homepage: str = ""
    contact_point: Kind | None = None
    identifier: str = ""
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataService(Written):
    """A service that gives access to datasets (dcat:DataService); `serves_dataset` also holds those that name it."""

    id: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    endpoint_url: str = ""
    endpoint_description: tuple[str, ...] = ()
    serves_dataset: tuple[str, ...] = ()
    publisher: str = ""
    contact_point: Kind | None = None
    license: LicenseDocument | None = None
    access_rights: str = ""
    conforms_to: tuple[str, ...] = ()
    applicable_legislation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCatalog(Written):
    """Another catalogue, elsewhere, that this one leads to."""

    iri: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    publisher: str = ""
    homepage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Written):
    """A column of a table: `name` as the file writes it, `type` a code of the column types, `unit` a symbol."""

    name: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    type: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Written):
    """A chart to draw from a file: `x` and `y` name columns, `series` the one that parts the rows into series."""

    kind: str = ""
    x: str = ""
    y: tuple[str, ...] = ()
    series: str = ""
    title: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Written):
    """One downloadable form of a dataset, or one way to call it (dcat:Distribution). `id` is never empty."""

    id: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    access_url: str = ""
    download_url: str = ""
    access_service: tuple[str, ...] = ()
    file: str = ""
    format: str = ""
    media_type: str = ""
    license: LicenseDocument | None = None
    language: tuple[str, ...] = ()
    conforms_to: tuple[str, ...] = ()
    applicable_legislation: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""
    byte_size: int | None = None
    checksum: str = ""
    columns: tuple[Column, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Written):
    """A dataset (dcat:Dataset); `id` is its file's or folder's name, `folder` where its data files are."""

    id: str = ""
    folder: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    publisher: str = ""
    contact_point: Kind | None = None
    theme: tuple[str, ...] = ()
    keyword: Keywords = field(default_factory=dict)
    license: LicenseDocument | None = None
    access_rights: str = ""
    accrual_periodicity: str = ""
    issued: str = ""
    modified: str = ""
    spatial: tuple[Location, ...] = ()
    temporal: tuple[PeriodOfTime, ...] = ()
    language: tuple[str, ...] = ()
    landing_page: str = ""
    page: tuple[str, ...] = ()
    conforms_to: tuple[str, ...] = ()
    identifier: str = ""
    version: str = ""
    version_notes: Text = field(default_factory=dict)
    has_version: tuple[str, ...] = ()
    is_version_of: str = ""
    previous_version: str = ""
    in_series: tuple[str, ...] = ()
    is_referenced_by: tuple[str, ...] = ()
    provenance: Text = field(default_factory=dict)
    has_quality_annotation: Text = field(default_factory=dict)
    temporal_resolution: str = ""
    spatial_resolution_in_meters: str = ""
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    distribution: tuple[Distribution, ...] = ()
    history: tuple[Change, ...] = ()
    """The latest changes to its files that git knows of, the newest first."""
    named_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Property to the ids of the datasets on offer that name this one by it: `inSeries` to a series' members."""

    @property
    def members(self) -> tuple[str, ...]:
        """The datasets of the series that this one is; none for what is no series."""
        return self.named_by.get("inSeries", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Written):
    """
    A Markdown page. `path` is its address without language (`about`); `body` is Markdown by language.

    `sources` are the files, by language; `lines` the line of each file at which the body starts.
    """

    path: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    date: str = ""
    body: Text = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class News(Page):
    """A piece of news: a page below `content/news/`."""

    category: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse(Page):
    """
    What somebody made of datasets: a page below `content/reuses/`. `kind` says what it is in the author's words,
    `picture` is a file beside the page, `dataset` the ids of the datasets used.
    """

    kind: Text = field(default_factory=dict)
    author: Text = field(default_factory=dict)
    url: str = ""
    picture: str = ""
    dataset: tuple[str, ...] = ()


CONTENT_TYPES: Mapping[str, type[Page]] = {"news": News, "reuses": Reuse}
"""Folder of `content/` to the class of the pages in it; other pages are plain ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem(Written):
    title: Text = field(default_factory=dict)
    url: str = ""


class Shades(NamedTuple):
    """A colour in the light scheme and in the dark one, `#rrggbb`; empty where none was given."""

    light: str = ""
    dark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors(Written):
    """The portal's own colours; what else a page needs is made of them."""

    accent: Shades | None = None
    band: Shades | None = None
    highlight: Shades | None = None
    ink: Shades | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo(Written):
    """The portal's logo: `file` is a path from the portal's folder, `alt` what it says beyond the title beside it."""

    file: str = ""
    alt: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal(Written):
    """portal.yaml. `base_url` ends with a slash."""

    base_url: str = ""
    languages: tuple[str, ...] = ()
    theme: str = "default"
    menu: tuple[MenuItem, ...] = ()
    footer: tuple[MenuItem, ...] = ()
    backdrop: str = ""
    home: tuple[str, ...] = ()
    actions: tuple[MenuItem, ...] = ()
    featured: tuple[str, ...] = ()
    declaration: str = ""
    population: int | None = None
    colors: Colors | None = None
    logo: Logo | None = None
    styleguide: bool = False
    hosts: tuple[str, ...] = ()
    compress: bool = False

    @property
    def default_language(self) -> str:
        return self.languages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog(Written):
    """The whole catalogue (dcat:Catalog), with everything in it; publishers, themes and datasets by id, sorted."""

    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    publisher: str = ""
    license: LicenseDocument | None = None
    homepage: str = ""
    language: tuple[str, ...] = ()
    issued: str = ""
    spatial: tuple[Location, ...] = ()
    contact_point: Kind | None = None
    theme_taxonomy: tuple[Concept, ...] = ()
    service: tuple[DataService, ...] = ()
    catalog: tuple[LinkedCatalog, ...] = ()
    portal: Portal = field(default_factory=Portal)
    publishers: Mapping[str, Agent] = field(default_factory=dict)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    pages: Sequence[Page] = ()
    files: Sequence[str] = ()
    """Files of `content/` that are no pages: POSIX paths from the portal's folder."""
    usage: Mapping[str, int] = field(default_factory=dict)
    """Dataset id to how often it was used, as `usage.csv` counts it."""
    deleted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Id to the path and date of each dataset that git saw deleted."""
    shallow_history: bool = False
    """Whether git's history is cut short, so that its dates may be wrong."""

    @property
    def themes(self) -> Mapping[str, Concept]:
        return {concept.id: concept for concept in self.theme_taxonomy}

    @property
    def services(self) -> Mapping[str, DataService]:
        return {service.id: service for service in self.service}
