"""Writers of single values: texts, addresses, dates, numbers, boxes."""

from __future__ import annotations

import re
from typing import Any

from generator.feeds.dcat_ap.nodes import PREFIXES, Node, Nodes, Slot, blank
from generator.feeds.plain_text import paragraphs
from generator.model import Keywords, Text
from generator.site import iris
from generator.text.languages import present
from generator.text.slugs import encode_url

# The class that DCAT-AP's range shapes want of an address or of a term.
CLASS_OF_ADDRESS = {
    "dcat:landingPage": "foaf:Document",
    "dcatap:applicableLegislation": "eli:LegalResource",
    "dct:conformsTo": "dct:Standard",
    "foaf:homepage": "foaf:Document",
    "foaf:page": "foaf:Document",
}

SHA256 = f"{PREFIXES['spdx']}checksumAlgorithm_sha256"


def write_text(value: Text, place: Slot, nodes: Nodes) -> list[Any]:
    return [words] if (words := present(value)) else []


def write_markdown(value: Text, place: Slot, nodes: Nodes) -> list[Any]:
    return write_text({language: paragraphs(words) for language, words in value.items()}, place, nodes)


def write_keywords(value: Keywords, place: Slot, nodes: Nodes) -> list[Any]:
    words = {language: [word for word in items if word.strip()] for language, items in value.items()}
    words = {language: items for language, items in words.items() if items}
    return [words] if words else []


def write_token(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    return [value]


def write_url(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    url = encode_url(value)
    type_ = CLASS_OF_ADDRESS.get(place.row.iri)
    return [{"@id": url, "@type": type_} if type_ else url]


def write_email(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    return [iris.mail_iri(value)]


def write_date(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    return [typed_date(value)]


def write_integer(value: int, place: Slot, nodes: Nodes) -> list[Any]:
    return [value]


def write_sha256(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    checksum = {
        "@id": blank(place, nodes),
        "@type": "spdx:Checksum",
        "spdx:algorithm": nodes.label(SHA256, "spdx:ChecksumAlgorithm"),
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": value},
    }
    return [checksum]


STATEMENTS = {"dct:provenance": "dct:ProvenanceStatement", "dct:rights": "dct:RightsStatement"}
"""The property of a statement to what the statement is."""


def write_statement(value: Text, place: Slot, nodes: Nodes) -> list[Any]:
    """A text as a thing that is said: of the data's provenance or rights, or, as DQV annotates, of their quality."""
    words = present({language: paragraphs(said) for language, said in value.items()})
    if not words:
        return []
    iri = blank(place, nodes)
    if kind := STATEMENTS.get(place.row.iri):
        return [{"@id": iri, "@type": kind, "rdfs:label": words}]
    body = {"@id": f"{iri}__body", "@type": "oa:TextualBody", "rdf:value": words}
    why = {"oa:motivatedBy": f"{PREFIXES['dqv']}qualityAssessment", "oa:hasTarget": place.subject}
    return [{"@id": iri, "@type": "dqv:QualityAnnotation", **why, "oa:hasBody": body}]


def write_point(value: tuple[float, ...], place: Slot, nodes: Nodes) -> list[Any]:
    return [f"POINT({degrees(value)})"]


def write_geometry(value: str, place: Slot, nodes: Nodes) -> list[Any]:
    """GeoJSON or WKT, as it was written."""
    return [{"@type": f"geosparql:{'geoJSONLiteral' if value[:1] == '{' else 'wktLiteral'}", "@value": value}]


def write_bbox(value: tuple[float, ...], place: Slot, nodes: Nodes) -> list[Any]:
    return [well_known_text(value)]


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
    return "((" + ",".join(map(degrees, corners)) + "))"


def degrees(point: tuple[float, ...]) -> str:
    """
    >>> degrees((-73.0, 45.5))
    '-73 45.5'
    """
    return " ".join(repr(side).removesuffix(".0") for side in point)
