"""The whole catalogue, and others that it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.answers import Answer
from generator.model.content_types import ContentType
from generator.model.datasets import DataService, Dataset
from generator.model.origin import Written
from generator.model.pages import Page
from generator.model.portal import Portal
from generator.model.redirect import Redirect
from generator.model.usage import Usage
from generator.model.values import Agent, Concept, Kind, LicenseDocument, Location
from generator.text.languages import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCatalog(Written):
    """Another catalogue, elsewhere, that this one leads to."""

    iri: str = ""
    title: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    publisher: str = ""
    homepage: str = ""


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
    types: Mapping[str, ContentType] = field(default_factory=dict)
    """Content types by id, those that ship first."""
    pages: Sequence[Page] = ()
    files: Sequence[str] = ()
    """Files of `content/` that are no pages: POSIX paths from the portal's folder."""
    redirects: Sequence[Redirect] = ()
    """Addresses of an older portal, by path, as `redirects.yaml` has them."""
    usage: Mapping[str, Usage] = field(default_factory=dict)
    """Dataset id to how often it was used, as `usage.csv` counts it."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Address of others to what it answered, as `links.csv` remembers it; `answer_of` finds one as it was written."""
    deleted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Id to the path and date of each dataset that git saw deleted."""
    shallow_history: bool = False
    """Whether git's history is cut short, so that its dates may be wrong."""

    @property
    def offered(self) -> Sequence[Dataset]:
        """The datasets that may be had, in the catalogue's order: all but the withdrawn."""
        return [dataset for dataset in self.datasets.values() if dataset.offered]

    @property
    def themes(self) -> Mapping[str, Concept]:
        return {concept.id: concept for concept in self.theme_taxonomy}

    @property
    def services(self) -> Mapping[str, DataService]:
        return {service.id: service for service in self.service}
