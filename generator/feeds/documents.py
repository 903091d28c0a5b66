"""
The nodes of DCAT-AP in documents: `catalog.jsonld`, its parts and pages, `dataset/<id>.jsonld`, each as Turtle and
RDF/XML too. The JSON-LD context is inline.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, TypeVar

from pyoxigraph import Triple

from generator.feeds.dcat_ap.catalog import catalog_node
from generator.feeds.dcat_ap.graph import Graph, json_ld_context
from generator.feeds.dcat_ap.nodes import Node
from generator.feeds.dcat_ap.serialization import (
    TURTLE_HEAD,
    XML_END,
    XML_HEAD,
    iter_turtle,
    iter_xml,
    serialize_turtle,
    serialize_xml,
    triples,
    write_turtle,
    write_xml,
)
from generator.feeds.joined import HERE, Joined
from generator.feeds.json_lines import BETWEEN, PLACE, JsonLine, iter_json, write_line
from generator.feeds.parts import PAGE_SIZE, Part, catalog_page_path, pages
from generator.feeds.records import DatasetRecord, Records, read_node
from generator.site import iris

Placed = TypeVar("Placed", JsonLine, bytes)


def joined_json(records: Records, part: Part) -> Joined:
    """`catalog.jsonld`, of the whole or of a part of it."""
    return Joined(
        ids=part.ids,
        piece=lambda id: records.find(id).line.encode(),
        chunks=lambda: iter_json(catalog_document(records, part, joined=True)),
        between=BETWEEN,
    )


def joined_turtle(records: Records, part: Part) -> Joined:
    """The same as Turtle."""
    return Joined(
        ids=part.ids,
        piece=lambda id: serialize_turtle(dataset_triples(records.find(id).line)),
        chunks=lambda: iter_turtle(flat_nodes(records, part, joined=True)),
    )


def joined_xml(records: Records, part: Part) -> Joined:
    """The same as RDF/XML."""
    return Joined(
        ids=part.ids,
        piece=lambda id: serialize_xml(dataset_triples(records.find(id).line)),
        chunks=lambda: iter_xml(flat_nodes(records, part, joined=True)),
    )


def catalog_document(records: Records, part: Part, joined: bool = False) -> dict[str, Any]:
    """
    A catalogue, with iterators for lists: what datasets share is known when all of them are written. One that will be
    `joined` has a place for its datasets instead.
    """
    return {"@context": context_line(), "@graph": catalog_nodes(records, part, joined)}


def catalog_nodes(records: Records, part: Part, joined: bool = False) -> Iterator[Node]:
    """The catalogue with its datasets in it as lines, then what they share."""
    graph = Graph(records.catalog, frozenset(part.ids))
    lines = place_pieces(records, part, graph, PLACE) if joined else dataset_lines(records, part, graph)
    yield catalog_node(graph, part) | {"dcat:dataset": lines}
    yield from graph.nodes.values()


def place_pieces(records: Records, part: Part, graph: Graph, place: Placed) -> Iterator[Placed]:
    """A place for the datasets of a part, if it has any; then the graph gathers what they point to."""
    if part.ids:
        yield place
    whole = {iris.dataset_iri(graph.base, id) for id in part.ids}
    for id in part.ids:
        graph.gather(records.pointed(id), whole)


def dataset_lines(records: Records, part: Part, graph: Graph) -> Iterator[JsonLine]:
    for record in dataset_records(records, part, graph):
        yield record.line


def dataset_records(records: Records, part: Part, graph: Graph) -> Iterator[DatasetRecord]:
    """Each dataset of the part, once; the graph gathers what they point to."""
    whole = {iris.dataset_iri(graph.base, id) for id in part.ids}
    for id in part.ids:
        record = records.find(id)
        graph.gather(record.shared.values(), whole)
        yield record


def flat_nodes(records: Records, part: Part, joined: bool = False) -> Iterator[Node | bytes]:
    """The same statements, with the datasets after the catalogue instead of in it."""
    graph = Graph(records.catalog, frozenset(part.ids))
    node = catalog_node(graph, part)
    yield node
    if part.ids:
        yield {"@id": node["@id"], "dcat:dataset": [{"@id": iris.dataset_iri(graph.base, id)} for id in part.ids]}
    if joined:
        yield from place_pieces(records, part, graph, HERE)
    else:
        yield from (record.node for record in dataset_records(records, part, graph))
    yield from graph.nodes.values()


def page_document(records: Records, number: int) -> dict[str, Any]:
    """
    A page of the catalogue, for harvesters that do not take the whole at once.

    ckanext-dcat looks for a hydra:PagedCollection and its nextPage, udata for a PartialCollectionView and its next.
    """
    base, part = records.catalog.portal.base_url, records.whole
    parts = list(pages(part))
    last = len(parts)

    def page(number: int) -> str:
        return f"{base}{catalog_page_path(number)}"

    view: Node = {"@id": page(number), "@type": ["hydra:PartialCollectionView", "hydra:PagedCollection"]}
    steps = [("first", 1), ("previous", number - 1), ("next", number + 1), ("last", last)]
    for step, to in steps:
        if 1 <= to <= last:
            view |= {f"hydra:{step}": page(to), f"hydra:{step}Page": page(to)}
    view |= {"hydra:totalItems": len(part.ids), "hydra:itemsPerPage": PAGE_SIZE}
    hydra = {"hydra": "http://www.w3.org/ns/hydra/core#"}
    hydra_context = hydra | {
        key: {"@id": key, "@type": "@id"} for step, _ in steps for key in (f"hydra:{step}", f"hydra:{step}Page")
    }
    nodes = catalog_nodes(records, parts[number - 1])
    return {"@context": {**json_ld_context(), **hydra_context}, "@graph": chain([view], nodes)}


def dataset_document(records: Records, id: str) -> dict[str, Any]:
    """One dataset with all that it points to; of a withdrawn one its title, its status and the reason."""
    record = records.find(id)
    shared = (records.write(node, write_line) for node in record.shared.values())
    return {"@context": context_line(), "@graph": chain([record.line], shared)}


def serialize_dataset_turtle(records: Records, id: str) -> Iterator[bytes]:
    """The same as Turtle."""
    record = records.find(id)
    yield TURTLE_HEAD
    yield serialize_turtle(dataset_triples(record.line))
    yield from (records.write(node, write_turtle) for node in record.shared.values())


def serialize_dataset_xml(records: Records, id: str) -> Iterator[bytes]:
    """The same as RDF/XML."""
    record = records.find(id)
    yield XML_HEAD
    yield serialize_xml(dataset_triples(record.line))
    yield from (records.write(node, write_xml) for node in record.shared.values())
    yield XML_END


@lru_cache(maxsize=1)
def dataset_triples(line: JsonLine) -> list[Triple]:
    """A dataset's, for its Turtle and its RDF/XML, which are made one after the other."""
    return triples(read_node(line))


@cache
def context_line() -> JsonLine:
    return write_line(json_ld_context())
