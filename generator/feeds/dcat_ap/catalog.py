"""DCAT-AP 3.0.1: the catalogue, its parts and its datasets as nodes of linked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.feeds.complete import complete_dataset
from generator.feeds.dcat_ap.graph import SERIES, Graph, share_contact
from generator.feeds.dcat_ap.literals import typed_date
from generator.feeds.dcat_ap.nodes import Node
from generator.feeds.parts import Part
from generator.feeds.plain_text import worded
from generator.model import Catalog, DataService, Dataset, Withdrawal
from generator.site import iris
from generator.site.contacts import contact_or_publisher
from generator.standards import AUTHORITY
from generator.text.languages import present

WITHDRAWN = f"{AUTHORITY}dataset-status/WITHDRAWN"


def catalog_node(graph: Graph, part: Part) -> Node:
    """The catalogue without its datasets; a part of it has a title, a page and a date of its own."""
    catalog = graph.catalog
    title = part.title(catalog)
    complete = replace(
        catalog,
        title=title,
        description=worded(catalog.description) or title,
        homepage=graph.base + part.path if part.path else catalog.homepage or graph.base,
        language=catalog.language or catalog.portal.languages,
        service=tuple(service for service in catalog.service if is_offered(service, part, graph)),
        catalog=() if part.path else catalog.catalog,
    )
    node = graph.describe(complete, iris.catalog_iri(graph.base, part.path))
    if "dcat:contactPoint" in node:
        node["dcat:contactPoint"]["@id"] = iris.contact_iri(graph.base)
    if part.modified:
        node["dct:modified"] = typed_date(part.modified)
    return node


def is_offered(service: DataService, part: Part, graph: Graph) -> bool:
    """Whether a service serves a dataset of the part; one that serves none is the whole catalogue's."""
    served = service.serves_dataset
    return any(id in graph.within for id in served) if served or part.path else True


def describe_dataset(catalog: Catalog, id: str) -> tuple[Node, Mapping[str, Node]]:
    """A dataset's node, and those that it points to."""
    graph = Graph(catalog, (id,))
    dataset = catalog.datasets[id]
    node = dataset_node(dataset, graph) if dataset.offered else tombstone(dataset, graph)
    return node, graph.nodes


def dataset_node(dataset: Dataset, graph: Graph) -> Node:
    contact = contact_or_publisher(graph.catalog, dataset)
    dataset = complete_dataset(graph.catalog, dataset)
    page = iris.dataset_page(graph.base, dataset.id)
    dataset = replace(
        dataset,
        description=worded(dataset.description) or dataset.title,
        # DCAT-AP wants an accessURL of every distribution: the file itself, else the page that tells of it.
        distribution=tuple(
            replace(item, access_url=item.access_url or item.download_url or page) for item in dataset.distribution
        ),
    )
    node = graph.describe(dataset, iris.dataset_iri(graph.base, dataset.id))
    if dataset.members:
        node["@type"] = [node["@type"], SERIES]
    share_contact(node, contact)
    for item, part in zip(dataset.distribution, node.get("dcat:distribution", ()), strict=True):
        if item.format and "dct:format" not in part:
            # DCAT-AP takes no dct:format that the EU's list lacks.
            part["schema:encodingFormat"] = item.format
    own = [node["dcat:landingPage"]] if "dcat:landingPage" in node else []
    node["dcat:landingPage"] = [{"@id": page, "@type": "foaf:Document"}, *own]
    return node


def tombstone(dataset: Dataset, graph: Graph) -> Node:
    """What remains of a withdrawn dataset under its permanent IRI."""
    withdrawn = dataset.withdrawn or Withdrawal()
    kept = ("id", "title", "description", "publisher", "identifier", "is_replaced_by")
    remains = Dataset(**{name: getattr(dataset, name) for name in kept}, modified=withdrawn.date)
    node = dataset_node(remains, graph) | {"adms:status": WITHDRAWN}
    return node | {"skos:changeNote": reason} if (reason := present(withdrawn.reason)) else node
