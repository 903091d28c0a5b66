"""
A document's bytes as statements, whatever syntax of linked data they are in.

What others publish is not to be trusted: XML's entities may not grow, and JSON-LD contexts that stand elsewhere are
not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from generator.authoring.report import Report, SourceError
from generator.importers.dcat import pod
from generator.importers.dcat.statements import NOWHERE, Statements, unify
from generator.importers.web import LIMIT

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
XML_TYPES = ("application/rdf+xml", ".rdf", ".owl", ".xml")
EXTENSIONS = frozenset((*(key for key in FORMATS if key.startswith(".")), *XML_TYPES[1:], ".jsonld", ".json"))

XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE\s+(?!html)|(?:[\w-]+:)?RDF[\s>])", re.IGNORECASE)
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(rb"""<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)""")


@dataclass(frozen=True, kw_only=True)
class Document:
    """One answer or file: where it was, what it says that it is, and its bytes."""

    name: str
    data: bytes
    type: str = ""
    base: str = NOWHERE


def read_document(document: Document, report: Report) -> Statements:
    """The statements of a document, whatever syntax it is in: as it says of itself, else as its first letters tell."""
    data = document.data.removeprefix(b"\xef\xbb\xbf")
    head = data[:2000]
    if HTML.match(head):
        raise SourceError("not-rdf", path=document.name, problem="HTML")
    if format_ := FORMATS.get(document.type):
        return parse(document, data, format_)
    if XML.match(head) or (document.type in XML_TYPES and head.lstrip()[:1] == b"<"):
        refuse_entities(document.name, data)
        return parse(document, data, ox.RdfFormat.RDF_XML)
    if head.lstrip()[:1] in (b"{", b"["):
        return parse(document, read_json(document.name, data, report), ox.RdfFormat.JSON_LD)
    return parse(document, data, ox.RdfFormat.TURTLE)


def parse(document: Document, data: bytes, format_: ox.RdfFormat) -> Statements:
    """
    Spaces in addresses and the like are let through: the mapping judges each value where it can tell of it.

    Blank nodes are given new names, so that those of two pages stay apart.
    """
    found = Statements()
    try:
        for quad in ox.parse(data, format=format_, base_iri=document.base, rename_blank_nodes=True, lenient=True):
            if isinstance(quad.subject, (ox.NamedNode, ox.BlankNode)) and not isinstance(quad.object, ox.Triple):
                found.add(quad.subject, unify(quad.predicate.value), quad.object)
    except (SyntaxError, ValueError) as error:
        raise SourceError("not-rdf", path=document.name, problem=getattr(error, "msg", None) or error) from None
    return found


def refuse_entities(name: str, data: bytes) -> None:
    """
    Entities may abbreviate namespaces, as OWL's tools write them; SourceError when they point outside or nest, or
    when they would make a document grow beyond the limit.
    """
    size = len(data)
    for parameter, entity, double, single, outside in ENTITY.findall(data):
        value = double or single
        size += data.count(b"&" + entity + b";") * len(value)
        if parameter or outside or re.search(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)", value) or size > LIMIT:
            raise SourceError("entities", path=name)


def read_json(name: str, data: bytes, report: Report) -> bytes:
    """JSON-LD whose contexts all stand in it: Project Open Data is given one, a remote one is told and replaced."""
    try:
        value = json.loads(data)
    except RecursionError:
        raise SourceError("not-json", path=name, line=1, problem="{{{{") from None
    except UnicodeDecodeError:
        raise SourceError("not-json", path=name, line=1, problem="UTF-8") from None
    except ValueError as error:
        raise SourceError(
            "not-json", path=name, line=getattr(error, "lineno", 1), problem=getattr(error, "msg", "")
        ) from None
    if pod.is_pod(value):
        return json.dumps(pod.to_jsonld(value)).encode()
    remote = list(dict.fromkeys(inline_contexts(value)))
    for address in remote:
        report.tell("guessed.context", "", address)
    return json.dumps(value).encode() if remote else data


def inline_contexts(value: Any) -> Iterator[str]:
    """The remote contexts of JSON-LD, each replaced in its place by the names that we know."""
    if isinstance(value, list):
        for item in value:
            yield from inline_contexts(item)
    if not isinstance(value, dict):
        return
    if "@context" in value:
        contexts = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
        remote = [item for item in contexts if isinstance(item, str)]
        yield from remote
        value["@context"] = [pod.context()] * bool(remote) + [item for item in contexts if not isinstance(item, str)]
        for item in contexts:
            if isinstance(item, dict) and isinstance(item.get("@import"), str):
                yield item.pop("@import")
    for item in value.values():
        yield from inline_contexts(item)
