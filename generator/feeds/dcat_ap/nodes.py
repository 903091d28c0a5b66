"""Nodes of linked data, and the store of those that others point to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model import Catalog, Concept, Text
from generator.standards import Property

Node = dict[str, Any]

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pod": "https://project-open-data.cio.gov/v1.1/schema#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value is about to stand: whose it is, of which property, and which of several."""

    subject: str
    row: Property
    number: int


@dataclass(slots=True)
class Nodes:
    """
    The nodes that were pointed to, by IRI, in the order in which they were met.

    `within` are the ids of the datasets that the document holds, which alone its services are said to serve.
    """

    catalog: Catalog
    within: Collection[str] = ()
    nodes: dict[str, Node] = field(default_factory=dict)
    themes: Mapping[str, Concept] = field(init=False)

    def __post_init__(self) -> None:
        self.themes = self.catalog.themes

    @property
    def base(self) -> str:
        return self.catalog.portal.base_url

    def add(self, iri: str, describe: Callable[[], Node]) -> str:
        """A node that others point to, described when first met; in a circle, in the midst of itself."""
        if iri not in self.nodes:
            node: Node = {}
            self.nodes[iri] = node
            node.update(describe())
        return iri

    def gather(self, nodes: Iterable[Node], own: Collection[str]) -> None:
        """Nodes that a dataset points to, but for those that the document has among its own datasets."""
        for node in nodes:
            if node["@id"] not in own:
                self.nodes.setdefault(node["@id"], node)

    def label(self, iri: str, type_: str) -> str:
        return self.add(iri, lambda: {"@id": iri, "@type": type_})

    def texts(self, text: Text) -> dict[str, str]:
        """A vocabulary's labels in the portal's languages, else in all that it has."""
        wanted = {language: text[language] for language in self.catalog.portal.languages if language in text}
        return wanted or dict(text)


def blank(place: Slot, nodes: Nodes) -> str:
    """A blank node's label, the same in every build. No id holds `__`, so no two places share a label."""
    subject = place.subject.removeprefix(nodes.base)
    return "_:" + "__".join([*filter(None, re.split("[/#]", subject)), place.row.name, str(place.number)])
