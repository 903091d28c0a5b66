"""
Linked data from a file, a folder or an address, page after page, as statements by subject.

What others publish is not to be trusted: nothing but the source's own pages is fetched, a document has a size beyond
which it is refused, XML's entities may not grow, and JSON-LD contexts that stand elsewhere are not read.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pyoxigraph as ox

from generator.feeds.graph import PREFIXES
from generator.importers import pod
from generator.importers.report import Report, SourceError

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
NAMES = {
    **PREFIXES,
    "dcat-us": "http://data.resources.gov/ontology/dcat-us#",
    "hydra": HYDRA,
    "locn": "http://www.w3.org/ns/locn#",
    "pod": pod.VOCAB,
    "rdf": RDF,
    "schema": "http://schema.org/",
    "time": "http://www.w3.org/2006/time#",
}
# Spellings of namespaces that are often met and mean the same.
TWINS = {
    "http://purl.org/dc/elements/1.1/": NAMES["dct"],
    "https://schema.org/": NAMES["schema"],
    "https://www.w3.org/ns/dcat#": NAMES["dcat"],
    "http://www.w3.org/ns/hydra#": HYDRA,
}

LIMIT = 200_000_000
"""The size in bytes beyond which a document is refused."""
PAGES = 10_000
TIMEOUT = httpx.Timeout(30, connect=10)
DEADLINE = 600
"""Seconds within which a document must have arrived."""
TRIES = 3
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.9, application/json;q=0.8, */*;q=0.1"

# What relative addresses of a file are relative to: nobody knows, and nothing may come of it.
NOWHERE = "relative:/"

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


@dataclass(frozen=True, kw_only=True)
class Document:
    """One answer or file: where it was, what it says that it is, and its bytes."""

    name: str
    data: bytes
    type: str = ""
    base: str = NOWHERE


def expand(name: str) -> str:
    """
    >>> expand("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    return NAMES[prefix] + local


def compact(iri: str) -> str:
    """
    >>> compact("http://purl.org/dc/terms/title"), compact("https://exemple.org/a")
    ('dct:title', 'https://exemple.org/a')
    """
    return next((f"{prefix}:{iri[len(start) :]}" for prefix, start in NAMES.items() if iri.startswith(start)), iri)


def unify(iri: str) -> str:
    """A predicate or class in the spelling that we know it by."""
    return next((known + iri[len(twin) :] for twin, known in TWINS.items() if iri.startswith(twin)), iri)


@dataclass
class Statements:
    """Subject to predicate to objects, each in the order of the documents."""

    subjects: dict[Subject, dict[str, dict[Term, None]]] = field(default_factory=dict)
    known: set[Subject] = field(default_factory=set)

    def add(self, subject: Subject, predicate: str, value: Term) -> None:
        self.subjects.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def objects(self, subject: Term, path: str) -> list[Term]:
        """What stands at the end of a path of names: `dct:title`, `vcard:hasEmail/vcard:value`."""
        found = [subject]
        for name in path.split("/"):
            iri = expand(name)
            found = [value for node in found for value in self.about(node).get(iri, ())]
        return found

    def about(self, node: Term) -> Mapping[str, Iterable[Term]]:
        """What is said of a node; of a literal that spells a node's address, what is said of the node."""
        if isinstance(node, ox.Literal):
            try:
                node = ox.NamedNode(node.value)
            except ValueError:
                return {}
        return self.subjects.get(node, {})

    def types(self, node: Term) -> set[str]:
        return {compact(unify(item.value)) for item in self.about(node).get(f"{RDF}type", ())}

    def of_type(self, name: str) -> list[Subject]:
        return [node for node in self.subjects if name in self.types(node)]

    def datasets(self) -> list[Subject]:
        """The datasets that are described, in their order; a catalogue is none, though DCAT 3 says so."""
        found = dict.fromkeys(self.of_type("dcat:Dataset"))
        for catalog in self.of_type("dcat:Catalog"):
            named = self.objects(catalog, "dcat:dataset")
            found |= dict.fromkeys(n for n in named if not isinstance(n, ox.Literal) and n in self.subjects)
        return [node for node in found if not self.types(node) & {"dcat:Catalog", "dcat:DatasetSeries"}]

    def merge(self, page: Statements) -> int:
        """Another page's statements; the number of datasets that it brings. One that is known already stays."""
        fresh = set(page.datasets()) - self.known
        for subject, predicates in page.subjects.items():
            if subject not in self.known:
                for predicate, values in predicates.items():
                    self.subjects.setdefault(subject, {}).setdefault(predicate, {}).update(values)
        self.known |= fresh
        return len(fresh)


def read_statements(source: str, report: Report) -> Statements:
    """All that a source says. SourceError when it can't be read, or holds no dataset."""
    if re.match(r"https?://", source, re.IGNORECASE):
        found = fetch_pages(source, report)
    elif Path(source).is_dir():
        found = read_folder(Path(source), report)
    else:
        found = read_document(read_file(Path(source)), report)
        tell_pages(found, report)
    if not found.datasets():
        raise SourceError("no-datasets", path=source)
    return found


def read_file(file: Path) -> Document:
    try:
        if file.stat().st_size > LIMIT:
            raise SourceError("too-large", path=file, limit=LIMIT // 1_000_000)
        return Document(name=str(file), data=file.read_bytes(), type=file.suffix.lower())
    except FileNotFoundError:
        raise SourceError("no-source", path=file) from None
    except OSError as error:
        raise SourceError("unreadable-source", path=file, problem=error.strerror or error) from None


def read_folder(folder: Path, report: Report) -> Statements:
    """Every file below; one that holds no linked data is told, and each dataset is taken from the first that has it."""
    found = Statements()
    for file in sorted(folder.rglob("*"), key=lambda file: file.relative_to(folder).as_posix()):
        if file.suffix.lower() not in EXTENSIONS or not file.is_file():
            continue
        try:
            found.merge(read_document(read_file(file), report))
        except SourceError:
            report.tell("left-out.file", "", file.relative_to(folder).as_posix())
    return found


def next_pages(page: Statements) -> list[str]:
    """The addresses of the pages that follow; ckanext-dcat writes them as literals."""
    return [
        term.value
        for node in page.subjects
        for name in ("hydra:next", "hydra:nextPage")
        for term in page.objects(node, name)
        if not isinstance(term, ox.BlankNode)
    ]


def tell_pages(page: Statements, report: Report) -> None:
    for url in dict.fromkeys(next_pages(page)):
        report.tell("left-out.page", "", url)


def fetch_pages(url: str, report: Report) -> Statements:
    """
    The pages of a catalogue, each once.

    A page that brings no new dataset is the last, wherever it leads; one on another host is not ours to ask.
    """
    found = Statements()
    seen: set[str] = set()
    waiting = [urldefrag(url).url]
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": "vitrine"}) as client:
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            if len(seen) >= PAGES:
                raise SourceError("too-many-pages", url=url, limit=PAGES)
            seen.add(address)
            document = fetch(client, address)
            page = read_document(document, report)
            if not found.merge(page) and len(seen) > 1:
                break
            for target in next_pages(page):
                following = urldefrag(urljoin(document.base, target)).url
                if urlsplit(following).hostname not in (urlsplit(url).hostname, urlsplit(document.base).hostname):
                    raise SourceError("foreign-page", url=address, page=following)
                waiting.append(following)
    return found


def fetch(client: httpx.Client, url: str) -> Document:
    """One answer, no larger and no slower than is sound; a server that stumbles is asked again."""
    for attempt in range(1, TRIES + 1):
        start = time.monotonic()
        try:
            with client.stream("GET", url, headers={"Accept": ACCEPT}) as response:
                response.raise_for_status()
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > LIMIT:
                        raise SourceError("too-large", path=url, limit=LIMIT // 1_000_000)
                    if time.monotonic() - start > DEADLINE:
                        raise SourceError("timeout", url=url)
                type_ = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if type_ not in FORMATS and type_ not in XML_TYPES:
                    type_ = Path(urlsplit(url).path).suffix.lower()
                return Document(name=url, data=bytes(data), type=type_, base=str(response.url))
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500 or attempt == TRIES:
                raise SourceError("http-status", url=url, status=error.response.status_code) from None
        except httpx.TimeoutException:
            if attempt == TRIES:
                raise SourceError("timeout", url=url) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError("unreachable", url=url, problem=error) from None
    raise AssertionError("unreachable")


# ---------------------------------------------------------------- syntax

XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE\s+(?!html)|(?:[\w-]+:)?RDF[\s>])", re.IGNORECASE)
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(rb"""<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)""")


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
