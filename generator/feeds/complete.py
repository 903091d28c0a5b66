"""What feeds add to what was written: which datasets to list, contacts, licences, addresses of own files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Agent, Catalog, Dataset, Distribution
from generator.site.contacts import Contact, contact_or_publisher
from generator.site.iris import file_url
from generator.text.languages import present


class FeedError(Exception):
    """A feed that would lie about the catalogue. It is a bug: the build fails and publishes nothing."""


def distinct_offered(catalog: Catalog) -> Iterator[Dataset]:
    """The datasets that were not withdrawn; each once, all of them, with identifiers that differ."""
    seen: set[str] = set()
    for dataset in catalog.offered:
        identifier = dataset.identifier or dataset.id
        if identifier in seen:
            raise FeedError(f"two datasets have the identifier {identifier!r}")
        seen.add(identifier)
        yield dataset


def complete_dataset(catalog: Catalog, dataset: Dataset) -> Dataset:
    """The dataset with everything that the catalogue knows of it."""
    contact = contact_or_publisher(catalog, dataset)
    title = present(dataset.title) or {catalog.portal.default_language: dataset.id}
    return replace(
        dataset,
        title=title,
        description=present(dataset.description) or title,
        identifier=dataset.identifier or dataset.id,
        contact_point=contact.named if contact else None,
        distribution=tuple(complete_distribution(catalog, dataset, item) for item in dataset.distribution),
    )


def complete_distribution(catalog: Catalog, dataset: Dataset, item: Distribution) -> Distribution:
    download_url = item.download_url
    if item.file:
        download_url = file_url(catalog.portal.base_url, dataset.id, item.file)
    return replace(item, download_url=download_url, license=item.license or dataset.license)


def complete_agent(agent: Agent) -> Agent:
    """The publisher with a contact that has a name."""
    point = agent.contact_point
    return replace(agent, contact_point=Contact(point=point, owner=agent).named) if point else agent
