"""Digests of what feeds are made from: the catalogue without the theme, and each dataset with those above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model import Agent, Dataset, Portal
from generator.model.digest import digest, program_digest
from generator.site.memory import remembered
from generator.site.site import Site
from generator.standards import properties


def about(site: Site) -> str:
    """A digest of what is said of the catalogue itself, of which any dataset's record holds some."""
    portal = Portal(base_url=site.catalog.portal.base_url, languages=site.catalog.portal.languages)
    catalog = replace(
        site.catalog, portal=portal, publishers={}, datasets={}, pages=(), deleted={}, shallow_history=False
    )
    named = [catalog.publisher, *(item.publisher for item in catalog.service)]
    named += [item.publisher for item in catalog.catalog]
    return digest(program_digest(), catalog, [lineage(site.catalog.publishers, id) for id in dict.fromkeys(named)])


@remembered
def dataset_inputs(site: Site) -> Mapping[str, str]:
    """Dataset id to a digest of all that feeds say of it."""
    shared = about(site)
    agents = site.catalog.publishers
    lineages = {id: lineage(agents, id) for id in agents}
    return {
        id: digest(
            shared, "feeds", site.dataset_digests[id], lineages.get(dataset.publisher), named_digests(site, dataset)
        )
        for id, dataset in site.catalog.datasets.items()
    }


def named_digests(site: Site, dataset: Dataset) -> Sequence[str]:
    """The other datasets that a dataset's record names, as far as they are on offer; of its series what they are."""
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    ids = dict.fromkeys(id for row in rows for id in row.listed(getattr(dataset, row.attribute)))
    others = [item for id in ids if (item := site.catalog.datasets.get(id)) and item.offered]
    return [site.dataset_digests[item.id] if item.id in dataset.in_series else item.id for item in others]


def lineage(agents: Mapping[str, Agent], id: str) -> Sequence[Agent]:
    """A publisher and those above it; a circle ends where it closes."""
    found: dict[str, Agent] = {}
    while id in agents and id not in found:
        found[id] = agents[id]
        id = agents[id].parent
    return list(found.values())
