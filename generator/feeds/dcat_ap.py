"""`catalog.jsonld` and `dataset/<id>.jsonld`: DCAT-AP 3.0.1 as JSON-LD, the context inline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.feeds import iris
from generator.feeds.complete import FeedError, complete_dataset, count_offered, offered
from generator.feeds.graph import Graph, Node, context, typed_date
from generator.feeds.lines import collect, iter_json
from generator.feeds.text import languages, paragraphs, present
from generator.model import Catalog, Dataset, Withdrawal
from generator.standards import AUTHORITY

WITHDRAWN = f"{AUTHORITY}dataset-status/WITHDRAWN"


def jsonld_catalog(catalog: Catalog) -> dict[str, Any]:
    """The whole catalogue."""
    return collect(catalog_document(catalog))


def iter_jsonld(catalog: Catalog) -> Iterator[bytes]:
    """The whole catalogue as bytes, one dataset after the other."""
    return iter_json(catalog_document(catalog))


def jsonld_dataset(catalog: Catalog, id: str) -> dict[str, Any]:
    """One dataset with all that it points to; of a withdrawn one its title, its status and the reason."""
    graph = Graph(catalog)
    dataset = catalog.datasets[id]
    node = dataset_node(dataset, graph) if dataset.withdrawn is None else tombstone(dataset, graph)
    return {"@context": context(), "@graph": [node, *graph.nodes.values()]}


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """The document, with iterators for lists: what datasets share is known when all of them are written."""
    return {"@context": context(), "@graph": catalog_nodes(catalog)}


def catalog_nodes(catalog: Catalog) -> Iterator[Node]:
    graph = Graph(catalog)
    yield catalog_node(graph) | {"dcat:dataset": dataset_nodes(graph)}
    yield from graph.nodes.values()


def catalog_node(graph: Graph) -> Node:
    """The catalogue without its datasets."""
    catalog = graph.catalog
    title = present(catalog.title) or {languages(catalog)[0]: catalog.portal.base_url}
    complete = replace(
        catalog,
        title=title,
        description=worded(catalog.description) or title,
        homepage=catalog.homepage or catalog.portal.base_url,
        language=catalog.language or languages(catalog),
    )
    node = graph.describe(complete, iris.catalog_iri(catalog.portal.base_url))
    if modified := last_change(catalog):
        node["dct:modified"] = typed_date(modified)
    return node


def last_change(catalog: Catalog) -> str:
    """The latest date of a dataset, the day of a withdrawal included."""
    dates = (
        date
        for dataset in catalog.datasets.values()
        for date in (dataset.modified or dataset.issued, dataset.withdrawn.date if dataset.withdrawn else "")
    )
    return max(dates, default="")


def worded(text: Any) -> dict[str, str]:
    """The languages in which Markdown says something in words; a lone picture says nothing."""
    return {language: words for language, words in present(text).items() if paragraphs(words)}


def dataset_nodes(graph: Graph) -> Iterator[Node]:
    count = 0
    for dataset in offered(graph.catalog):
        yield dataset_node(dataset, graph)
        count += 1
    if count != count_offered(graph.catalog):
        raise FeedError(f"catalog.jsonld holds {count} datasets of {count_offered(graph.catalog)}")


def dataset_node(dataset: Dataset, graph: Graph) -> Node:
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
    own = [node["dcat:landingPage"]] if "dcat:landingPage" in node else []
    node["dcat:landingPage"] = [{"@id": page, "@type": "foaf:Document"}, *own]
    return node


def tombstone(dataset: Dataset, graph: Graph) -> Node:
    """What remains of a withdrawn dataset under its permanent IRI."""
    withdrawn = dataset.withdrawn or Withdrawal()
    kept = ("id", "title", "description", "publisher", "identifier")
    remains = Dataset(**{name: getattr(dataset, name) for name in kept}, modified=withdrawn.date)
    node = dataset_node(remains, graph) | {"adms:status": WITHDRAWN}
    return node | {"skos:changeNote": reason} if (reason := present(withdrawn.reason)) else node
