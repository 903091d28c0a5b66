"""Whom to ask about a dataset."""

import pytest

from generator.model import Agent, Catalog, Dataset, Kind, Portal
from generator.site.contacts import Contact, contact_of, contact_or_publisher

VILLE = Agent(id="ville", name={"fr": "Ville"})
PORTAIL = Agent(id="portail", name={"fr": "Portail"})
SHARED = "https://donnees.exemple.org/publisher/ville#contactPoint"


def make(publisher: Kind | None, catalog: Kind | None) -> Catalog:
    return Catalog(
        publisher="portail",
        contact_point=catalog,
        portal=Portal(base_url="https://donnees.exemple.org/"),
        publishers={"ville": Agent(id="ville", name=VILLE.name, contact_point=publisher), "portail": PORTAIL},
    )


OURS = Kind(name={"fr": "Équipe"}, email="equipe@exemple.org")
THEIRS = Kind(name={"fr": " "}, email="ville@exemple.org")
ALL = Kind(email="portail@exemple.org")


@pytest.mark.parametrize(
    ("own", "publisher", "catalog", "point", "iri"),
    [
        (OURS, THEIRS, ALL, OURS, ""),
        (None, THEIRS, ALL, Kind(name={"fr": "Ville"}, email="ville@exemple.org"), SHARED),
        (
            Kind(),
            Kind(),
            ALL,
            Kind(name={"fr": "Portail"}, email="portail@exemple.org"),
            "https://donnees.exemple.org/#contactPoint",
        ),
        (None, None, None, Kind(name={"fr": "Ville"}), SHARED),
    ],
)
def test_the_nearest_contact_is_taken(own, publisher, catalog, point, iri):
    """
    A dataset's contact is its own, else its publisher's, the catalogue's, or a bare name: named after whose it is.
    """
    found = contact_or_publisher(make(publisher, catalog), Dataset(id="arbres", publisher="ville", contact_point=own))

    assert isinstance(found, Contact)
    assert (point, iri) == (found.named, found.iri)


def test_a_bare_name_is_no_contact_to_show():
    """
    Pages show a contact only where somebody wrote one.
    """
    assert contact_of(make(None, None), Dataset(id="arbres", publisher="ville", contact_point=Kind())) is None


def test_nobody_to_write_to_is_no_contact():
    """
    A dataset of an unknown publisher, without any contact, has none: nothing is invented.
    """
    assert contact_or_publisher(make(None, None), Dataset(id="arbres")) is None
