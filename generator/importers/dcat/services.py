"""Data services, each with a code of its own in the catalogue's file."""

from __future__ import annotations

import re

import pyoxigraph as ox

from generator.importers.catalogs import Draft
from generator.importers.dcat.names import last_part, title_of
from generator.importers.dcat.statements import Statements, Subject, Term
from generator.importers.dcat.walk import Values, Walk
from generator.importers.distributions import shorten
from generator.site import iris
from generator.source.folders import CATALOG
from generator.standards import Property
from generator.text.slugs import is_slug, slugify

OWN_SERVICE = re.compile(r"https?://\S+/service/([^/#\s]+)#service")


def name_services(found: Statements, draft: Draft) -> dict[Subject, str]:
    """
    The services that can be called to codes of ours. What stands in a catalogue that is written already is not written
    again, so that a service it lacks has none.
    """
    declared = draft.folder.map_of(CATALOG).get("service") or []
    codes = {str(item.get("id")) for item in declared if isinstance(item, dict)}
    names: dict[Subject, str] = {}
    for node in found.of_type("dcat:DataService"):
        title = title_of(found, node)
        match = OWN_SERVICE.fullmatch(node.value)
        wanted = match[1] if match else slugify(title or last_part(node.value))
        base = wanted if is_slug(wanted) else shorten(slugify(wanted))
        name, number = base, 2
        while name in names.values():
            name, number = f"{base}-{number}", number + 1
        if not found.objects(node, "dcat:endpointURL") or (draft.folder.holds(CATALOG) and name not in codes):
            draft.report.tell("left-out.class", "", f"dcat:DataService {title}".strip())
        else:
            names[node] = name
    return names


def describe_services(walk: Walk, catalog: Values) -> list[Values]:
    return [service for node, name in walk.services.items() if (service := describe_service(walk, node, name, catalog))]


def describe_service(walk: Walk, node: Subject, name: str, catalog: Values) -> Values:
    """A service; of a Vitrine's, without what its feeds say of every service that says nothing else."""
    values = {"id": name, **walk.describe("DataService", node, "")}
    values.setdefault("title", name)
    contact = walk.found.objects(node, "dcat:contactPoint")
    publisher = values.get("publisher", "")
    shared = (iris.contact_iri(walk.base), iris.contact_iri(walk.base, publisher))
    if walk.base and contact and contact[0].value in shared:
        values.pop("contactPoint", None)
    if publisher == catalog.get("publisher"):
        values.pop("publisher", None)
    return values


def read_service(walk: Walk, term: Term, row: Property, subject: str) -> str:
    name = "" if isinstance(term, ox.Literal) else walk.services.get(term, "")
    if not name and not walk.found.about(term):
        walk.report.tell("left-out.undescribed", subject, f"{row.iri} {term.value}")
    return name
