"""
The catalogue as linked data: one walk over the property table, with one writer for each range.

A row with an IRI becomes a statement, `license` as much as a property added tomorrow. Keys are compact IRIs:
the context follows from the same rows. What datasets share (publishers, licences, terms of vocabularies) is
described once, among the nodes that the graph gathers while datasets are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.feeds import iris
from generator.feeds.text import languages, paragraphs, present
from generator.model import Agent, Catalog, Concept, Keywords, LicenseDocument, Text, Written
from generator.standards import AUTHORITY, Property, Term, Vocabulary, fold_code, properties, vocabulary
from generator.urls import encode_url

Node = dict[str, Any]

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# The model's classes in RDF.
CLASSES = {
    "Agent": "foaf:Agent",
    "Catalog": "dcat:Catalog",
    "Concept": "skos:Concept",
    "Dataset": "dcat:Dataset",
    "Distribution": "dcat:Distribution",
    "Kind": "vcard:Kind",
    "Location": "dct:Location",
    "PeriodOfTime": "dct:PeriodOfTime",
}

# The class that DCAT-AP's range shapes want of an address or of a term.
CLASS_OF_ADDRESS = {
    "dcat:landingPage": "foaf:Document",
    "dct:conformsTo": "dct:Standard",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}
CLASS_OF_TERM = {
    "access-rights": "dct:RightsStatement",
    "formats": "dct:MediaTypeOrExtent",
    "frequencies": "dct:Frequency",
    "languages": "dct:LinguisticSystem",
}

# The schemes that must be described, not only named: dcat:themeTaxonomy and the publisher types want their
# class, which in turn wants a title. Those of the EU's other lists are only named.
EU_THEMES = f"{AUTHORITY}data-theme"
PUBLISHER_TYPES = "http://purl.org/adms/publishertype/1.0"
SCHEME_TITLES = {EU_THEMES: {"en": "Data theme"}, PUBLISHER_TYPES: {"en": "Publisher type"}}

SHA256 = f"{PREFIXES['spdx']}checksumAlgorithm_sha256"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is about to stand: whose it is, of which property, and which of several."""

    subject: str
    row: Property
    number: int


@dataclass(slots=True)
class Graph:
    """The nodes that were pointed to, by IRI, in the order in which they were met."""

    catalog: Catalog
    nodes: dict[str, Node] = field(default_factory=dict)
    themes: Mapping[str, Concept] = field(init=False)

    def __post_init__(self) -> None:
        self.themes = self.catalog.themes

    @property
    def base(self) -> str:
        return self.catalog.portal.base_url

    def describe(self, thing: Written, iri: str) -> Node:
        """A node with a statement for each row of the thing's class that has an IRI and a value."""
        kind = type(thing).__name__
        node: Node = {"@id": iri, "@type": CLASSES[kind]}
        for attribute, row in statements(kind):
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
            found = writer(item, Place(subject, row, number), self)
            written += [json for json in found if json not in written]
        return written

    def add(self, iri: str, describe: Callable[[], Node]) -> str:
        """A node that others point to, described when first met; in a circle, in the midst of itself."""
        if iri not in self.nodes:
            node: Node = {}
            self.nodes[iri] = node
            node.update(describe())
        return iri

    def label(self, iri: str, type_: str) -> str:
        return self.add(iri, lambda: {"@id": iri, "@type": type_})

    def texts(self, text: Text) -> dict[str, str]:
        """A vocabulary's labels in the portal's languages, else in all that it has."""
        wanted = {language: text[language] for language in languages(self.catalog) if language in text}
        return wanted or dict(text)


@cache
def statements(kind: str) -> tuple[tuple[str, Property], ...]:
    """The rows of a class that feeds state, each with the model's field."""
    return tuple((row.attribute, row) for row in properties()[kind].values() if row.iri)


# ---------------------------------------------------------------- a writer for each range

Writer = Callable[[Any, Place, Graph], list[Any]]
"""A value to what JSON-LD says of it under the range's context; an empty list when that is nothing."""


def write_text(value: Text, place: Place, graph: Graph) -> list[Any]:
    return [words] if (words := present(value)) else []


def write_markdown(value: Text, place: Place, graph: Graph) -> list[Any]:
    return write_text({language: paragraphs(words) for language, words in value.items()}, place, graph)


def write_keywords(value: Keywords, place: Place, graph: Graph) -> list[Any]:
    words = {language: [word for word in items if word.strip()] for language, items in value.items()}
    words = {language: items for language, items in words.items() if items}
    return [words] if words else []


def write_token(value: str, place: Place, graph: Graph) -> list[Any]:
    return [value]


def write_url(value: str, place: Place, graph: Graph) -> list[Any]:
    url = encode_url(value)
    type_ = CLASS_OF_ADDRESS.get(place.row.iri)
    return [{"@id": url, "@type": type_} if type_ else url]


def write_email(value: str, place: Place, graph: Graph) -> list[Any]:
    return [iris.mail_iri(value)]


def write_date(value: str, place: Place, graph: Graph) -> list[Any]:
    return [typed_date(value)]


def write_integer(value: int, place: Place, graph: Graph) -> list[Any]:
    return [value]


def write_sha256(value: str, place: Place, graph: Graph) -> list[Any]:
    checksum = {
        "@id": blank(place, graph),
        "@type": "spdx:Checksum",
        "spdx:algorithm": graph.label(SHA256, "spdx:ChecksumAlgorithm"),
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": value},
    }
    return [checksum]


def write_bbox(value: tuple[float, ...], place: Place, graph: Graph) -> list[Any]:
    return [well_known_text(value)]


def write_license(value: LicenseDocument, place: Place, graph: Graph) -> list[Any]:
    """
    The licence's own IRI. It has a title, by which ckanext-dcat finds licences whose address it lacks, and no
    rdfs:label, which ckanext-dcat would take for the licence itself.
    """
    if not value.iri:
        return []
    iri = encode_url(value.iri)
    node: Node = {"@id": iri, "@type": "dct:LicenseDocument"}
    if present(value.name):
        node["dct:title"] = graph.texts(present(value.name))
    return [graph.add(iri, lambda: node)]


def write_publisher(value: str, place: Place, graph: Graph) -> list[Any]:
    agent = graph.catalog.publishers.get(value)
    if agent is None:
        return []
    named: Agent = agent
    iri = iris.publisher_iri(graph.base, value)
    return [graph.add(iri, lambda: graph.describe(named, iri) | classify(named, graph))]


def classify(agent: Agent, graph: Graph) -> Node:
    """What kind of body it is in the portal's own words: several of them are one publisher type of ADMS's."""
    term = vocabulary("publisher-kinds").terms.get(agent.kind)
    if term is None:
        return {}
    iri = iris.kind_iri(graph.base, term.code)
    scheme = iris.kind_scheme_iri(graph.base)

    def describe() -> Node:
        label = graph.texts(term.title)
        return {"@id": iri, "@type": "skos:Concept", "skos:prefLabel": label, "skos:inScheme": scheme}

    return {"org:classification": graph.add(iri, describe)}


def write_theme(value: str, place: Place, graph: Graph) -> list[Any]:
    """
    The EU's theme, which harvesters know, then the portal's own. DCAT-AP: "Multiple themes can be used but at
    least one concept of data-theme should be present"; its shape warns of every other one.
    """
    concept = graph.themes.get(value)
    if concept is None:
        return []
    return [*write_term("data-themes", concept.exact_match, graph), add_theme(concept, graph)]


def add_theme(concept: Concept, graph: Graph) -> str:
    iri = iris.theme_iri(graph.base, concept.id)
    scheme = iris.theme_scheme_iri(graph.base)
    return graph.add(iri, lambda: graph.describe(concept, iri) | {"skos:inScheme": scheme})


def write_scheme(value: Concept, place: Place, graph: Graph) -> list[Any]:
    """A concept of a taxonomy stands for its scheme; the EU's stands beside it where its themes are used."""
    scheme = iris.theme_scheme_iri(graph.base)
    graph.add(scheme, lambda: scheme_node(scheme, graph.texts(place.row.label)))
    add_theme(value, graph)
    if not write_term("data-themes", value.exact_match, graph):
        return [scheme]
    graph.add(EU_THEMES, lambda: scheme_node(EU_THEMES, SCHEME_TITLES[EU_THEMES]))
    return [EU_THEMES, scheme]


def scheme_node(iri: str, title: Text) -> Node:
    return {"@id": iri, "@type": "skos:ConceptScheme", "dct:title": dict(title)}


def write_term(name: str, code: str, graph: Graph) -> list[Any]:
    """
    A term by its IRI in the authority list; nothing for one that the list lacks, since DCAT-AP's shapes
    refuse any other value.
    """
    words = vocabulary(name)
    term = words.terms.get(code)
    local = (term.eu or (code if name == "data-themes" else "")) if term else ""
    if not term or not local:
        return []
    iri = words.authority + local
    scheme = PUBLISHER_TYPES if name == "publisher-kinds" else words.authority.rstrip("/")
    if name == "publisher-kinds":
        graph.add(scheme, lambda: scheme_node(scheme, SCHEME_TITLES[scheme]))

    def describe() -> Node:
        return {
            "@id": iri,
            "@type": CLASS_OF_TERM.get(name, "skos:Concept"),
            "skos:prefLabel": graph.texts(authority_label(words, term)),
            "skos:inScheme": scheme,
        }

    return [graph.add(iri, describe)]


def authority_label(words: Vocabulary, term: Term) -> Text:
    """
    The name of what the authority calls `term.eu`: our term's own, unless several of ours share it
    ("ministry" and "agency" are both its NationalAuthority).
    """
    same = [other for other in words.terms.values() if term.eu and other.eu == term.eu]
    namesake = next((other for other in same if fold_code(other.code) == fold_code(term.eu)), None)
    if len(same) > 1 and namesake is None:
        return {"en": re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", term.eu)}
    return (namesake or term).title


def write_media_type(value: str, place: Place, graph: Graph) -> list[Any]:
    return [graph.label(iris.media_type_iri(value), "dct:MediaType")]


def write_object(value: Any, place: Place, graph: Graph) -> list[Any]:
    """A part of the subject, inside it; nothing when it says nothing."""
    node = graph.describe(value, part_iri(value, place, graph))
    return [node] if len(node) > 2 else []


def part_iri(value: Any, place: Place, graph: Graph) -> str:
    """
    Distributions and contacts keep an IRI beside their owner's. Periods are blank (udata follows an IRI), and
    areas with them: nothing permanent tells two of them apart.
    """
    match place.row.range:
        case "object:Distribution":
            return iris.distribution_iri(place.subject, value.id)
        case "object:Kind":
            return iris.beside(place.subject, place.row.name + (f"-{place.number}" if place.row.many else ""))
    return blank(place, graph)


def blank(place: Place, graph: Graph) -> str:
    """A blank node's label, the same in every build. No id holds `__`, so no two places share a label."""
    subject = place.subject.removeprefix(graph.base)
    return "_:" + "__".join([*filter(None, re.split("[/#]", subject)), place.row.name, str(place.number)])


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
    "keywords": Range(write_keywords, BY_LANGUAGE),
    "token": Range(write_token),
    "slug": Range(write_token),
    "url": Range(write_url, BY_IRI),
    "link": Range(write_url, BY_IRI),
    "email": Range(write_email, BY_IRI),
    "date": Range(write_date),
    "integer": Range(write_integer, {"@type": "xsd:nonNegativeInteger"}),
    "sha256": Range(write_sha256, BY_IRI),
    "bbox": Range(write_bbox, {"@type": "geosparql:wktLiteral"}),
    "license": Range(write_license, BY_IRI),
    "ref:publishers": Range(write_publisher, BY_IRI),
    "ref:themes": Range(write_theme, BY_IRI),
    "code:media-types": Range(write_media_type, BY_IRI),
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
    "org:classification": BY_IRI,
    "skos:changeNote": BY_LANGUAGE,
    "skos:inScheme": BY_IRI,
    "spdx:algorithm": BY_IRI,
}


@cache
def context() -> Mapping[str, Any]:
    """The inline JSON-LD context: prefixes, then how each property of the table is to be read."""
    found: dict[str, Any] = dict(PREFIXES)
    stated = [row for kind in CLASSES for _, row in statements(kind)]
    said = [(row.iri, range_of(row.range).context) for row in stated] + list(OWN_CONTEXT.items())
    for iri, reading in said:
        if reading and found.setdefault(iri, {"@id": iri, **reading}) != {"@id": iri, **reading}:
            raise ValueError(f"two rows of properties.yaml read {iri} differently")
    return found


# ---------------------------------------------------------------- literals


def typed_date(text: str) -> Node:
    """
    >>> typed_date("2010")["@type"], typed_date("2010-05")["@type"], typed_date("2010-05-01")["@type"]
    ('xsd:gYear', 'xsd:gYearMonth', 'xsd:date')
    >>> typed_date("2010-05-01T10:00+0200")
    {'@type': 'xsd:dateTime', '@value': '2010-05-01T10:00:00+02:00'}
    """
    kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
    if len(text) not in kinds:
        # ISO 8601 lets seconds and the zone's colon be left out; XML Schema does not.
        text = re.sub(r"(T\d\d:\d\d)(?!:\d)", r"\1:00", text)
        text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text)
    return {"@type": kinds.get(len(text), "xsd:dateTime"), "@value": text}


def well_known_text(bbox: tuple[float, ...]) -> str:
    """
    A box in WKT, in the CRS84 of geosparql:wktLiteral; one that crosses the antimeridian is cut in two there.

    >>> well_known_text((-73.98, 45.4, -73.47, 45.7))
    'POLYGON((-73.98 45.4,-73.47 45.4,-73.47 45.7,-73.98 45.7,-73.98 45.4))'
    >>> well_known_text((170, -20, -170, -10))[:40]
    'MULTIPOLYGON(((170 -20,180 -20,180 -10,1'
    """
    west, south, east, north = bbox
    if west > east:
        return f"MULTIPOLYGON({ring(west, south, 180, north)},{ring(-180, south, east, north)})"
    return f"POLYGON{ring(west, south, east, north)}"


def ring(west: float, south: float, east: float, north: float) -> str:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "((" + ",".join(f"{x!r} {y!r}".replace(".0 ", " ").removesuffix(".0") for x, y in corners) + "))"
