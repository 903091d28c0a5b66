"""What catalogues and datasets are described with: licences, contacts, places, periods, themes, publishers."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.origin import Written
from generator.text.languages import Text


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
    exact_match: str = ""


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
