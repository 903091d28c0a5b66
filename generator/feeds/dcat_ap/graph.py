"""
The catalogue as linked data: one walk over the property table, with one writer for each range.

A row with an IRI becomes a statement, `license` as much as a property added tomorrow. Keys are compact IRIs:
the context follows from the same rows. What datasets share (publishers, licences, terms of vocabularies) is
described once, among the nodes that the graph gathers while datasets are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from generator.feeds.complete import complete_agent
from generator.feeds.dcat_ap.literals import (
    write_bbox,
    write_date,
    write_email,
    write_geometry,
    write_integer,
    write_keywords,
    write_markdown,
    write_point,
    write_sha256,
    write_statement,
    write_text,
    write_token,
    write_url,
)
from generator.feeds.dcat_ap.nodes import PREFIXES, Node, Nodes, Slot, blank
from generator.feeds.dcat_ap.vocabularies import (
    EU_THEMES,
    SCHEME_TITLES,
    classify,
    scheme_node,
    write_license,
    write_media_type,
    write_term,
)
from generator.feeds.plain_text import worded
from generator.model import Concept, DataService, Written
from generator.site import iris
from generator.site.contacts import Contact, contact_or_publisher
from generator.standards import Property, properties
from generator.text.languages import present
from generator.text.slugs import encode_url

# The model's classes in RDF.
CLASSES = {
    "Agent": "foaf:Agent",
    "Catalog": "dcat:Catalog",
    "Concept": "skos:Concept",
    "DataService": "dcat:DataService",
    "Dataset": "dcat:Dataset",
    "Distribution": "dcat:Distribution",
    "Kind": "vcard:Kind",
    "LinkedCatalog": "dcat:Catalog",
    "Location": "dct:Location",
    "PeriodOfTime": "dct:PeriodOfTime",
}


SERIES = "dcat:DatasetSeries"


@dataclass(slots=True)
class Graph(Nodes):
    """Nodes that describe things row by row."""

    def describe(self, thing: Written, iri: str) -> Node:
        """A node with a statement for each row of the thing's class that has an IRI and a value."""
        kind = type(thing).__name__
        node: Node = {"@id": iri, "@type": CLASSES[kind]}
        for attribute, row in stated_rows(kind):
            if values := self.write(getattr(thing, attribute), row, iri):
                node[row.iri] = values if row.many or len(values) > 1 else values[0]
        return node

    def write(self, value: Any, row: Property, subject: str) -> list[Any]:
        """The JSON of a property's value or values, without repetition."""
        if value in ("", None, (), {}):
            return []
        writer = range_of(row.range).write
        written: list[Any] = []
        for number, item in enumerate(value if row.many else [value], start=1):
            found = writer(item, Slot(subject, row, number), self)
            written += [json for json in found if json not in written]
        return written


@cache
def stated_rows(kind: str) -> tuple[tuple[str, Property], ...]:
    """The rows of a class that feeds state, each with the model's field."""
    return tuple((row.attribute, row) for row in properties()[kind].values() if row.iri)


Writer = Callable[[Any, Slot, Graph], list[Any]]
"""A value to what JSON-LD says of it under the range's context; an empty list when that is nothing."""


def write_dataset(value: str, place: Slot, graph: Graph) -> list[Any]:
    """
    Another dataset by its IRI. DCAT-AP wants the class of a series, so that it is described too: enough of it to be
    one, and not as a dataset, which harvesters of a part of the catalogue would take it for.
    """
    named = graph.catalog.datasets.get(value)
    if named is None or not named.offered:
        return []
    iri = iris.dataset_iri(graph.base, value)
    if place.row.iri == "dcat:servesDataset":
        return [iri] if value in graph.within else []
    if place.row.iri != "dcat:inSeries":
        return [iri]
    title = present(named.title) or {graph.catalog.portal.default_language: named.id}
    about = {"dct:title": title, "dct:description": worded(named.description) or title}
    return [graph.add(iri, lambda: {"@id": iri, "@type": SERIES, **about})]


def write_service(value: str, place: Slot, graph: Graph) -> list[Any]:
    services = graph.catalog.services
    return add_service(services[value], place, graph) if value in services else []


def add_service(value: DataService, place: Slot, graph: Graph) -> list[Any]:
    """A service, described once; what it does not say of itself its publisher and the catalogue say."""
    iri = iris.service_iri(graph.base, value.id)
    return [graph.add(iri, lambda: service_node(value, iri, graph))]


def service_node(value: DataService, iri: str, graph: Graph) -> Node:
    value = replace(value, publisher=value.publisher or graph.catalog.publisher)
    contact = contact_or_publisher(graph.catalog, value)
    node = graph.describe(replace(value, contact_point=contact.named if contact else None), iri)
    return share_contact(node, contact)


def share_contact(node: Node, contact: Contact | None) -> Node:
    """The node, its contact under the IRI that it has wherever else it is named."""
    if contact and contact.iri and "dcat:contactPoint" in node:
        node["dcat:contactPoint"]["@id"] = contact.iri
    return node


def write_publisher(value: str, place: Slot, graph: Graph) -> list[Any]:
    agent = graph.catalog.publishers.get(value)
    if agent is None:
        return []
    named = complete_agent(agent)
    iri = iris.publisher_iri(graph.base, value)
    return [graph.add(iri, lambda: graph.describe(named, iri) | classify(named, graph))]


def write_theme(value: str, place: Slot, graph: Graph) -> list[Any]:
    """
    The EU's theme, which harvesters know, then the portal's own. DCAT-AP: "Multiple themes can be used but at
    least one concept of data-theme should be present"; its shape warns of every other one.
    """
    concept = graph.themes.get(value)
    if concept is None:
        return []
    return [*write_term("data-themes", concept.close_match, graph), add_theme(concept, graph)]


def add_theme(concept: Concept, graph: Graph) -> str:
    iri = iris.theme_iri(graph.base, concept.id)
    scheme = iris.theme_scheme_iri(graph.base)
    return graph.add(iri, lambda: graph.describe(concept, iri) | {"skos:inScheme": scheme})


def write_scheme(value: Concept, place: Slot, graph: Graph) -> list[Any]:
    """A concept of a taxonomy stands for its scheme; the EU's stands beside it where its themes are used."""
    scheme = iris.theme_scheme_iri(graph.base)
    graph.add(scheme, lambda: scheme_node(scheme, graph.texts(place.row.label)))
    add_theme(value, graph)
    if not write_term("data-themes", value.close_match, graph):
        return [scheme]
    graph.add(EU_THEMES, lambda: scheme_node(EU_THEMES, SCHEME_TITLES[EU_THEMES]))
    return [EU_THEMES, scheme]


def write_object(value: Any, place: Slot, graph: Graph) -> list[Any]:
    """A part of the subject, inside it; nothing when it says nothing."""
    node = graph.describe(value, part_iri(value, place, graph))
    return [node] if len(node) > 2 else []


def part_iri(value: Any, place: Slot, graph: Graph) -> str:
    """
    Distributions and contacts keep an IRI beside their owner's. Periods are blank (udata follows an IRI), and
    areas with them: nothing permanent tells two of them apart.
    """
    match place.row.range:
        case "object:LinkedCatalog":
            return encode_url(value.iri)
        case "object:Distribution":
            return iris.distribution_iri(place.subject, value.id)
        case "object:Kind":
            return iris.beside(place.subject, place.row.name + (f"-{place.number}" if place.row.many else ""))
    return blank(place, graph)


@dataclass(frozen=True, slots=True)
class Range:
    """How values of a range are written, and what the JSON-LD context says of their properties."""

    write: Writer
    context: Mapping[str, str] = field(default_factory=dict)


BY_LANGUAGE = {"@container": "@language"}
BY_IRI = {"@type": "@id"}

RANGES: Mapping[str, Range] = {
    "text": Range(write_text, BY_LANGUAGE),
    "markdown": Range(write_markdown, BY_LANGUAGE),
    "statement": Range(write_statement, BY_IRI),
    "keywords": Range(write_keywords, BY_LANGUAGE),
    "token": Range(write_token),
    "slug": Range(write_token),
    "bureau-code": Range(write_token),
    "program-code": Range(write_token),
    "url": Range(write_url, BY_IRI),
    "link": Range(write_url, BY_IRI),
    "email": Range(write_email, BY_IRI),
    "date": Range(write_date),
    "duration": Range(write_token, {"@type": "xsd:duration"}),
    "integer": Range(write_integer, {"@type": "xsd:nonNegativeInteger"}),
    "decimal": Range(write_token, {"@type": "xsd:decimal"}),
    "sha256": Range(write_sha256, BY_IRI),
    "bbox": Range(write_bbox, {"@type": "geosparql:wktLiteral"}),
    "point": Range(write_point, {"@type": "geosparql:wktLiteral"}),
    "geometry": Range(write_geometry),
    "license": Range(write_license, BY_IRI),
    "ref:datasets": Range(write_dataset, BY_IRI),
    "ref:services": Range(write_service, BY_IRI),
    "ref:publishers": Range(write_publisher, BY_IRI),
    "ref:themes": Range(write_theme, BY_IRI),
    "code:media-types": Range(write_media_type, BY_IRI),
    "object:DataService": Range(add_service, BY_IRI),
    "object:Concept": Range(write_scheme, BY_IRI),
}


@cache
def range_of(name: str) -> Range:
    """The row for a range; other codes are a vocabulary's, other objects a class's. KeyError for the rest."""
    kind, _, rest = name.partition(":")
    if name in RANGES or kind not in ("code", "object"):
        return RANGES[name]
    if kind == "object":
        return Range(write_object, BY_IRI)
    return Range(lambda value, place, graph: write_term(rest, value, graph), BY_IRI)


# What is stated beyond the table.
OWN_CONTEXT = {
    "adms:status": BY_IRI,
    "oa:hasBody": BY_IRI,
    "oa:hasTarget": BY_IRI,
    "oa:motivatedBy": BY_IRI,
    "org:classification": BY_IRI,
    "rdf:value": BY_LANGUAGE,
    "rdfs:label": BY_LANGUAGE,
    "skos:changeNote": BY_LANGUAGE,
    "skos:inScheme": BY_IRI,
    "spdx:algorithm": BY_IRI,
}


@cache
def json_ld_context() -> Mapping[str, Any]:
    """The inline JSON-LD context: prefixes, then how each property of the table is to be read."""
    found: dict[str, Any] = dict(PREFIXES)
    stated = [row for kind in CLASSES for _, row in stated_rows(kind)]
    said = [(row.iri, range_of(row.range).context) for row in stated] + list(OWN_CONTEXT.items())
    for iri, reading in said:
        if reading and found.setdefault(iri, {"@id": iri, **reading}) != {"@id": iri, **reading}:
            raise ValueError(f"two rows of properties.yaml read {iri} differently")
    return found
