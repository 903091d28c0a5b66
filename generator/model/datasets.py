"""Datasets, their distributions, and the services that give access to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.origin import Change, Written
from generator.model.values import Kind, LicenseDocument, Location, PeriodOfTime, Withdrawal
from generator.text.languages import Keywords, Text


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
    rights: Text = field(default_factory=dict)
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

    @property
    def address(self) -> str:
        """Its page\'s path in the site, without a language\'s prefix."""
        return f"service/{self.id}/"


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
    accrual_months: tuple[int, ...] = ()
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
    replaces: tuple[str, ...] = ()
    is_replaced_by: str = ""
    in_series: tuple[str, ...] = ()
    is_referenced_by: tuple[str, ...] = ()
    provenance: Text = field(default_factory=dict)
    has_quality_annotation: Text = field(default_factory=dict)
    temporal_resolution: str = ""
    spatial_resolution_in_meters: str = ""
    applicable_legislation: tuple[str, ...] = ()
    hvd_category: tuple[str, ...] = ()
    bureau_code: tuple[str, ...] = ()
    program_code: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    draft: bool = False
    distribution: tuple[Distribution, ...] = ()
    dated_by_record: bool = False
    """Whether `modified` is that of its description alone: nobody says when the data changed."""
    record_modified: str = ""
    """The day on which its description last changed, as git knows."""
    history: tuple[Change, ...] = ()
    """What git knows of its latest days of change, the newest first."""
    named_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Property to the ids of the datasets on offer that name this one by it: `inSeries` to a series' members."""

    @property
    def changed(self) -> str:
        """Its latest date: of update, else of release."""
        return self.modified or self.issued

    @property
    def data_modified(self) -> str:
        """When the data last changed; nothing where nobody says so."""
        return "" if self.dated_by_record else self.modified

    @property
    def members(self) -> tuple[str, ...]:
        """The datasets of the series that this one is; none for what is no series."""
        return self.named_by.get("inSeries", ())

    @property
    def offered(self) -> bool:
        """Whether it may still be had."""
        return self.withdrawn is None
