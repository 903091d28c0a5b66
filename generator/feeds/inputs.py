"""Digests of what feeds are made from: the catalogue without the theme, and each dataset with those above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model import Agent, Dataset, Portal
from generator.site import Site
from generator.tasks import digest, program_digest


def about(site: Site) -> str:
    """A digest of what is said of the catalogue itself, of which any dataset's record holds some."""
    portal = Portal(base_url=site.catalog.portal.base_url, languages=site.catalog.portal.languages)
    catalog = replace(
        site.catalog, portal=portal, publishers={}, datasets={}, pages=(), deleted={}, shallow_history=False
    )
    return digest(program_digest(), catalog, lineage(site.catalog.publishers, site.catalog.publisher))


def dataset_inputs(site: Site) -> Mapping[str, str]:
    """Dataset id to a digest of all that feeds say of it."""
    shared = about(site)
    agents = site.catalog.publishers
    lineages = {id: lineage(agents, id) for id in agents}
    return {
        id: digest(shared, "feeds", site.dataset_digests[id], lineages.get(dataset.publisher), series(site, dataset))
        for id, dataset in site.catalog.datasets.items()
    }


def series(site: Site, dataset: Dataset) -> Sequence[str]:
    """The digests of the series that a dataset is in, of which its record says what they are."""
    return [site.dataset_digests[id] for id in dataset.in_series if id in site.dataset_digests]


def lineage(agents: Mapping[str, Agent], id: str) -> Sequence[Agent]:
    """A publisher and those above it; a circle ends where it closes."""
    found: dict[str, Agent] = {}
    while id in agents and id not in found:
        found[id] = agents[id]
        id = agents[id].parent
    return list(found.values())
