"""Whom to ask about a dataset or a service."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model import Agent, Catalog, DataService, Dataset, Kind
from generator.site.iris import contact_iri
from generator.text.languages import present


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact point as it was written, and whose it is; `iri` is that of a point which many share."""

    point: Kind
    owner: Agent
    iri: str = ""

    @property
    def named(self) -> Kind:
        """The point, with the name of whose it is where it has none."""
        return replace(self.point, name=present(self.point.name) or present(self.owner.name))


def contact_of(catalog: Catalog, thing: Dataset | DataService) -> Contact | None:
    """The first that says something: a dataset's or service's own contact, its publisher's, the catalogue's."""
    base = catalog.portal.base_url
    publisher = catalog.publishers.get(thing.publisher, Agent())
    owner = catalog.publishers.get(catalog.publisher, Agent())
    for point, agent, iri in (
        (thing.contact_point, publisher, ""),
        (publisher.contact_point, publisher, contact_iri(base, thing.publisher)),
        (catalog.contact_point, owner, contact_iri(base)),
    ):
        if point and (point.email or point.url or present(point.name)):
            return Contact(point=point, owner=agent, iri=iri)
    return None


def contact_or_publisher(catalog: Catalog, thing: Dataset | DataService) -> Contact | None:
    """The contact, else the publisher's bare name, for those who ask for some contact of everything."""
    if contact := contact_of(catalog, thing):
        return contact
    publisher = catalog.publishers.get(thing.publisher, Agent())
    if not present(publisher.name):
        return None
    return Contact(point=Kind(), owner=publisher, iri=contact_iri(catalog.portal.base_url, thing.publisher))
