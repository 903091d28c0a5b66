"""What feeds add to what was written: which datasets to list, contacts, licences, addresses of own files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.feeds.iris import contact_iri, file_url
from generator.feeds.plain_text import languages, present
from generator.model import Agent, Catalog, DataService, Dataset, Distribution, Kind


class FeedError(Exception):
    """A feed that would lie about the catalogue. It is a bug: the build fails and publishes nothing."""


def offered(catalog: Catalog) -> Iterator[Dataset]:
    """The datasets that were not withdrawn; each once, all of them, with identifiers that differ."""
    seen: set[str] = set()
    for dataset in catalog.datasets.values():
        if dataset.offered:
            identifier = dataset.identifier or dataset.id
            if identifier in seen:
                raise FeedError(f"two datasets have the identifier {identifier!r}")
            seen.add(identifier)
            yield dataset


def count_offered(catalog: Catalog) -> int:
    return sum(dataset.offered for dataset in catalog.datasets.values())


def complete_dataset(catalog: Catalog, dataset: Dataset) -> Dataset:
    """The dataset with everything that the catalogue knows of it."""
    title = present(dataset.title) or {languages(catalog)[0]: dataset.id}
    return replace(
        dataset,
        title=title,
        description=present(dataset.description) or title,
        identifier=dataset.identifier or dataset.id,
        contact_point=find_contact(catalog, dataset),
        distribution=tuple(complete_distribution(catalog, dataset, item) for item in dataset.distribution),
    )


def complete_distribution(catalog: Catalog, dataset: Dataset, item: Distribution) -> Distribution:
    download_url = item.download_url
    if item.file:
        download_url = file_url(catalog.portal.base_url, dataset.id, item.file)
    return replace(item, download_url=download_url, license=item.license or dataset.license)


def complete_agent(agent: Agent) -> Agent:
    """The publisher with a contact that has a name."""
    return replace(agent, contact_point=named_after(agent, agent.contact_point)) if agent.contact_point else agent


def named_after(agent: Agent, contact: Kind) -> Kind:
    """The contact, with the name of whose it is where it has none."""
    return replace(contact, name=present(contact.name) or present(agent.name))


def find_contact(catalog: Catalog, thing: Dataset | DataService) -> Kind | None:
    """The contact of a dataset or a service, be it another's."""
    contact, agent, _ = owned_contact(catalog, thing)
    return contact and named_after(agent, contact)


def owned_contact(catalog: Catalog, thing: Dataset | DataService) -> tuple[Kind | None, Agent, str]:
    """
    A dataset's or service's contact, else its publisher's, else the catalogue's, else the publisher's bare name; whom
    it belongs to; and the IRI of one that is not its own.
    """
    base = catalog.portal.base_url
    publisher = catalog.publishers.get(thing.publisher, Agent())
    owner = catalog.publishers.get(catalog.publisher, Agent())
    shared = contact_iri(base, thing.publisher)
    for contact, agent, iri in (
        (thing.contact_point, publisher, ""),
        (publisher.contact_point, publisher, shared),
        (catalog.contact_point, owner, contact_iri(base)),
    ):
        if contact and (contact.email or contact.url or present(contact.name)):
            return contact, agent, iri
    return (Kind() if present(publisher.name) else None), publisher, shared
