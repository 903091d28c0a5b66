"""
A document's bytes as statements, whatever syntax of linked data they are in.

What others publish is not to be trusted: XML's entities may not grow, and JSON-LD contexts that stand elsewhere are
not read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from generator.authoring.report import Report, SourceError
from generator.importers.dcat import pod
from generator.importers.dcat.recovery import Fault, recover
from generator.importers.dcat.statements import EMPTY, NOWHERE, Statements, unify
from generator.importers.dcat.tags import DEPTH, find_tags
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
class RdfDocument:
    """One answer or file: where it was, what it says that it is, and its bytes."""

    name: str
    data: bytes
    type: str = ""
    base: str = NOWHERE
    charset: str = ""


def read_document(document: RdfDocument, report: Report) -> Statements:
    """The statements of a document, whatever syntax it is in: as it says of itself, else as its first letters tell."""
    data = to_utf8(document)
    head = data[:2000]
    if HTML.match(head):
        raise SourceError("not-rdf", path=document.name, problem="HTML")
    if format_ := FORMATS.get(document.type):
        return parse_sound(document, data, format_, report)
    if XML.match(head) or (document.type in XML_TYPES and head.lstrip()[:1] == b"<"):
        refuse_entities(document.name, data)
        refuse_depth(document.name, data)
        return parse_sound(document, data, ox.RdfFormat.RDF_XML, report)
    if head.lstrip()[:1] in (b"{", b"["):
        return parse_json(document, read_json(document.name, data, report), report)
    return parse_sound(document, data, ox.RdfFormat.TURTLE, report)


def parse(document: RdfDocument, data: bytes, format_: ox.RdfFormat) -> Statements:
    """
    Spaces in addresses and the like are let through: the mapping judges each value where it can tell of it.

    Blank nodes are given new names, so that those of two pages stay apart; the same at each import, as some are told.
    """
    found = Statements()
    names = BlankNames(document.name)
    base = base_of(document)
    try:
        for quad in ox.parse(data, format=format_, base_iri=base, rename_blank_nodes=True, lenient=True):
            if isinstance(quad.subject, (ox.NamedNode, ox.BlankNode)) and not isinstance(quad.object, ox.Triple):
                # An empty address is the document's own: a subject may be it, but as a value it says nothing.
                if isinstance(quad.object, ox.NamedNode) and quad.object.value == base:
                    continue
                subject, value = (
                    names.get(restored(term, base, document.base)) for term in (quad.subject, quad.object)
                )
                found.add(subject, unify(quad.predicate.value), value)
    except (SyntaxError, ValueError) as error:
        fault = syntax_fault(error, data, format_)
        problem = f"{fault.line}: {fault.problem}" if fault.line else fault.problem
        raise SourceError("not-rdf", path=document.name, problem=problem) from None
    return found


def base_of(document: RdfDocument) -> str:
    """What relative addresses are relative to, so that an empty one is told apart."""
    whole = re.split(r"[?#]", document.base, maxsplit=1)[0]
    return f"{whole}?{EMPTY}"


def parse_sound(document: RdfDocument, data: bytes, format_: ox.RdfFormat, report: Report) -> Statements:
    """The statements of a document; of one with mistakes of syntax, which are told, those of its other records."""

    def judge(part: bytes) -> Fault | None:
        try:
            for _ in ox.parse(part, format=format_, base_iri=base_of(document), lenient=True):
                pass
        except (SyntaxError, ValueError) as error:
            return syntax_fault(error, part, format_)
        return None

    try:
        found, faults = parse(document, data, format_), []
        if format_ == ox.RdfFormat.RDF_XML and (fault := cut_off(data)):
            faults = [fault]
    except SourceError as error:
        recovered = recover(data, format_, judge)
        try:
            found, faults = parse(document, recovered.data, format_), recovered.faults
        except SourceError:
            raise error from None
        for subject in recovered.subjects:
            found.subjects.pop(subject, None)
        if not found.datasets():
            raise
    name = re.split(r"[/\\]", document.name)[-1] if "://" not in document.name else document.name
    for fault in faults:
        place = f"{name}:{fault.line}" if fault.line else name
        report.tell("left-out.bad-record", "", f"{place}: {fault.problem}")
    return found


def cut_off(data: bytes) -> Fault | None:
    """Where XML ends before its root does, which the parser of RDF lets through."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        if error.code in ENDINGS:
            return Fault(error.lineno, expat.ErrorString(error.code) or "")
    return None


class BlankNames:
    """Names of blank nodes that the parser gave at random, as names by the order in which it met them."""

    def __init__(self, document: str) -> None:
        self.start = f"n{sha256(document.encode('utf-8', 'replace')).hexdigest()[:8]}"
        self.known: dict[ox.BlankNode, ox.BlankNode] = {}

    def get(self, term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            return self.known.setdefault(term, ox.BlankNode(f"{self.start}x{len(self.known)}"))
        return term


def restored(term: Any, base: str, address: str) -> Any:
    """A term whose address is the document's, or a part of it."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(base):
        return ox.NamedNode(address + term.value[len(base) :])
    return term


def syntax_fault(error: Exception, data: bytes, format_: ox.RdfFormat) -> Fault:
    """What a parser found, and on which line; 0 where nobody knows."""
    text = str(getattr(error, "msg", None) or error)
    text = re.sub(r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): ", "", text)
    line = getattr(error, "lineno", None) or (misplaced_line(data) if format_ == ox.RdfFormat.RDF_XML else 0)
    return Fault(line, text)


def misplaced_line(data: bytes) -> int:
    """The first line of XML that is not well formed, or where elements stand among words, as HTML's do; 0 for none."""
    parser = expat.ParserCreate()
    opened: list[list[int]] = []  # line, whether there are words, the line of the first element inside
    lines: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        line = parser.CurrentLineNumber
        if opened and not opened[-1][2]:
            opened[-1][2] = line
        opened.append([line, 0, 0])

    def words(text: str) -> None:
        if opened and text.strip():
            opened[-1][1] = 1

    def end(name: str) -> None:
        _, worded, inside = opened.pop()
        if worded and inside:
            lines.append(inside)

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, words, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        lines.append(error.lineno)
    return min(lines, default=0)


ENDINGS = [
    expat.errors.codes[text] for text in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN)
]

DECLARED = re.compile(rb"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def to_utf8(document: RdfDocument) -> bytes:
    """A document's bytes in UTF-8: from the encoding that its first bytes, XML's own declaration or the server tell."""
    data = document.data
    marked = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    declared = DECLARED.match(data[:500])
    encoding = marked or (declared[2].decode("ascii") if declared else document.charset)
    try:
        if encoding and codecs.lookup(encoding).name != "utf-8":
            data = data.decode(encoding).encode()
    except (LookupError, UnicodeError):
        raise SourceError("not-rdf", path=document.name, problem=encoding) from None
    return DECLARED.sub(rb"\1", data, count=1)


def refuse_depth(name: str, data: bytes) -> None:
    """SourceError for XML that nests deeper than any catalogue does, before a parser takes it in."""
    depth = 0
    for tag in find_tags(data):
        if tag.is_empty:
            continue
        depth += -1 if tag.closes else 1
        if depth > DEPTH:
            line = data.count(b"\n", 0, tag.start) + 1
            raise SourceError("too-deep", path=name, line=line, limit=DEPTH)


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


def parse_json(document: RdfDocument, value: Any, report: Report) -> Statements:
    """The statements of JSON-LD; where they can't be read as a whole, those of each record that can."""
    try:
        return parse(document, json.dumps(value).encode(), ox.RdfFormat.JSON_LD)
    except SourceError:
        key = records_key(value)
        sound = []
        for number, item in enumerate(value[key] if key else (), 1):
            try:
                parse(document, json.dumps({**value, key: [item]}).encode(), ox.RdfFormat.JSON_LD)
                sound.append(item)
            except SourceError:
                report.tell("left-out.bad-record", "", pod.pod_name(item, number))
        if not sound:
            raise
        return parse(document, json.dumps({**value, key: sound}).encode(), ox.RdfFormat.JSON_LD)


def records_key(value: Any) -> str:
    """Where a document lists its records, if it does."""
    keys = ("@graph", "dataset", "dcat:dataset") if isinstance(value, dict) else ()
    return next((key for key in keys if isinstance(value.get(key), list)), "")


def without_deep(name: str, value: Any, report: Report) -> Any:
    """A document without the records that nest too deep to be looked at; SourceError where it does so itself."""
    if key := records_key(value):
        for number, item in enumerate(value[key], 1):
            if pod.depth_of(item) > pod.DEPTH:
                report.tell("left-out.bad-record", "", pod.pod_name(item, number))
        value = {**value, key: [item for item in value[key] if pod.depth_of(item) <= pod.DEPTH]}
    if pod.depth_of(value) > pod.DEPTH:
        raise SourceError("too-deep", path=name, line=1, limit=pod.DEPTH)
    return value


def read_json(name: str, data: bytes, report: Report) -> Any:
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
        report.profiles.add("dcat-us")
        return pod.to_jsonld(value, report)
    value = without_deep(name, value, report)
    remote = list(dict.fromkeys(inline_contexts(value)))
    for address in remote:
        report.tell("guessed.context", "", address)
    return value


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
