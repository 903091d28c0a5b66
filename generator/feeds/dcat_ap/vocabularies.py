"""Terms of vocabularies, licences and media types: nodes that datasets share."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from generator.feeds.dcat_ap.nodes import Node, Nodes, Slot, blank
from generator.model import Agent, LicenseDocument, Text
from generator.site import iris
from generator.standards import AUTHORITY, fold_code, vocabulary
from generator.text.languages import present
from generator.text.slugs import encode_url

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
SCHEMES = {"hvd-categories": "http://data.europa.eu/bna/asd487ae75", "publisher-kinds": PUBLISHER_TYPES}
SCHEME_TITLES = {EU_THEMES: {"en": "Data theme"}, PUBLISHER_TYPES: {"en": "Publisher type"}}


def write_license(value: LicenseDocument, place: Slot, nodes: Nodes) -> list[Any]:
    """
    The licence's own IRI. It has a title, by which ckanext-dcat finds licences whose address it lacks, and no
    rdfs:label, which ckanext-dcat would take for the licence itself. One that is known by its name alone has no IRI.
    """
    if not value.iri:
        named = nodes.texts(present(value.name))
        label = blank(place, nodes)
        return [{"@id": label, "@type": "dct:LicenseDocument", "dct:title": named}] if named else []
    iri = encode_url(value.iri)
    node: Node = {"@id": iri, "@type": "dct:LicenseDocument"}
    if present(value.name):
        node["dct:title"] = nodes.texts(present(value.name))
    return [nodes.add(iri, lambda: node)]


def classify(agent: Agent, nodes: Nodes) -> Node:
    """What kind of body it is in the portal's own words: several of them are one publisher type of ADMS's."""
    term = vocabulary("publisher-kinds").terms.get(agent.kind)
    if term is None:
        return {}
    iri = iris.kind_iri(nodes.base, term.code)
    scheme = iris.kind_scheme_iri(nodes.base)

    def describe() -> Node:
        label = nodes.texts(term.title)
        return {"@id": iri, "@type": "skos:Concept", "skos:prefLabel": label, "skos:inScheme": scheme}

    return {"org:classification": nodes.add(iri, describe)}


def scheme_node(iri: str, title: Text) -> Node:
    return {"@id": iri, "@type": "skos:ConceptScheme", "dct:title": dict(title)}


def write_term(name: str, code: str, nodes: Nodes) -> list[Any]:
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
    scheme = SCHEMES.get(name) or words.authority.rstrip("/")
    if name == "publisher-kinds":
        nodes.add(scheme, lambda: scheme_node(scheme, SCHEME_TITLES[scheme]))

    def describe() -> Node:
        return {
            "@id": iri,
            "@type": CLASS_OF_TERM.get(name, "skos:Concept"),
            "skos:prefLabel": nodes.texts(authority_label(name, code)),
            "skos:inScheme": scheme,
        }

    return [nodes.add(iri, describe)]


@cache
def authority_label(name: str, code: str) -> Text:
    """
    The name of what the authority calls a vocabulary's term: the term's own, unless several of ours share it
    ("ministry" and "agency" are both its NationalAuthority).
    """
    words = vocabulary(name)
    term = words.terms[code]
    same = [other for other in words.terms.values() if term.eu and other.eu == term.eu]
    namesake = next((other for other in same if fold_code(other.code) == fold_code(term.eu)), None)
    if len(same) > 1 and namesake is None:
        return {"en": re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", term.eu)}
    return (namesake or term).title


def write_media_type(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    return [nodes.label(iris.media_type_iri(value), "dct:MediaType")]
