"""
Nodes as Turtle and RDF/XML, one after the other: the statements of the JSON-LD, in its order.

pyoxigraph writes the statements. Heads are written here, since it lists prefixes in an order that changes from run to
run; blank nodes keep the labels that the nodes have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from generator.feeds.dcat_ap.graph import json_ld_context
from generator.feeds.dcat_ap.nodes import PREFIXES, Node

TYPE = NamedNode(f"{PREFIXES['rdf']}type")

Subject = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal

TURTLE_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()
XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    + "".join(f'\n  xmlns:{name}="{iri}"' for name, iri in sorted(PREFIXES.items()))
    + ">\n"
).encode()
# The characters, in UTF-8, that no XML document may hold.
XML_REFUSES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
XML_END = b"</rdf:RDF>\n"


def iter_turtle(nodes: Iterable[Node | bytes]) -> Iterator[bytes]:
    """The nodes as Turtle, chunk by chunk, among what is written already."""
    yield TURTLE_HEAD
    for node in nodes:
        yield node if isinstance(node, bytes) else write_turtle(node)


def write_turtle(node: Node) -> bytes:
    """A node's statements, without a head; a list of datasets has one on a line."""
    body = serialize_turtle(triples(node))
    # Nothing but addresses, in which a comma has no space.
    return body.replace(b" , ", b" ,\n\t\t") if node.keys() == {"@id", "dcat:dataset"} else body


def serialize_turtle(statements: Iterable[Triple]) -> bytes:
    written = serialize(statements, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    return b"\n" + written.split(b"\n", len(PREFIXES))[-1]


def iter_xml(nodes: Iterable[Node | bytes]) -> Iterator[bytes]:
    """The nodes as RDF/XML, chunk by chunk, among what is written already."""
    yield XML_HEAD
    for node in nodes:
        yield node if isinstance(node, bytes) else write_xml(node)
    yield XML_END


def write_xml(node: Node) -> bytes:
    return serialize_xml(triples(node))


def serialize_xml(statements: Iterable[Triple]) -> bytes:
    written = serialize(statements, format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    start = written.index(b"\n", written.index(b"<rdf:RDF")) + 1
    return XML_REFUSES.sub(b"", written[start : written.rindex(b"</rdf:RDF>")])


# ---------------------------------------------------------------- statements


def triples(node: Node) -> list[Triple]:
    """A node's statements; those of the nodes within it come after its own."""
    found: list[Triple] = []
    within = [node]
    for item in within:  # which grows as it is gone through
        subject = resource(item["@id"])
        types = item.get("@type", ())
        found += [Triple(subject, TYPE, named_node(kind)) for kind in ([types] if isinstance(types, str) else types)]
        for key, value in item.items():
            if key[0] != "@":
                predicate, read = named_node(key), reader(key)
                for object in read(value, within):
                    found.append(Triple(subject, predicate, object))
    return found


Reader = Callable[[Any, list[Node]], Iterable[Value]]


@cache
def reader(key: str) -> Reader:
    """How the values of a key are read, which the JSON-LD context says."""
    reading = json_ld_context().get(key, {})
    if reading.get("@container") == "@language":
        return read_texts
    if reading.get("@type", "@id") == "@id":
        return read_addresses if reading else read_literals
    datatype = named_node(reading["@type"])
    return lambda value, within: [Literal(str(item), datatype=datatype) for item in as_list(value)]


def read_texts(value: Any, within: list[Node]) -> Iterator[Value]:
    for language, words in value.items():
        for word in as_list(words):
            yield Literal(word, language=language)


def read_addresses(value: Any, within: list[Node]) -> Iterator[Value]:
    for item in as_list(value):
        if isinstance(item, str):
            yield resource(item)
        elif "@value" in item:
            yield typed(item)
        else:
            if len(item) > 1:
                within.append(item)
            yield resource(item["@id"])


def read_literals(value: Any, within: list[Node]) -> Iterator[Value]:
    for item in as_list(value):
        if isinstance(item, str):
            yield Literal(item)
        elif "@value" in item:
            yield typed(item)
        else:
            yield from read_addresses(item, within)


def typed(item: Node) -> Literal:
    return Literal(item["@value"], datatype=named_node(item["@type"]))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@lru_cache(maxsize=4096)
def resource(iri: str) -> Subject:
    return BlankNode(iri[2:]) if iri.startswith("_:") else NamedNode(iri)


@cache
def named_node(compact: str) -> NamedNode:
    """
    >>> named_node("dct:title").value
    'http://purl.org/dc/terms/title'
    """
    prefix, _, name = compact.partition(":")
    return NamedNode(PREFIXES[prefix] + name)
