"""The plan of the catalogue's feeds: whole, in parts, in pages, and a dataset at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.feeds import dcat_us_3, documents
from generator.feeds.dcat_ap.serialization import iter_turtle, iter_xml
from generator.feeds.dcat_us_1 import pod_document
from generator.feeds.digests import about, dataset_inputs
from generator.feeds.json_lines import iter_json, render_json
from generator.feeds.parts import Part, catalog_page_path, last_change, pages, part_of
from generator.feeds.records import records_of
from generator.model.digest import digest
from generator.site.site import Site
from generator.site.tasks import Content, Task

LARGE = 2000
"""A part with more datasets than this is written piece by piece."""


def plan(site: Site) -> Iterator[Task]:
    """Datasets first, each one's forms together, so that what one has worked out serves the next."""
    made = dataset_inputs(site)
    for id in site.catalog.datasets:
        for form in DATASET_FORMS:
            yield Task(f"dataset/{id}.{form}", render_dataset, (id, form), made[id])
    shared = about(site)
    ids = [dataset.id for dataset in site.catalog.datasets.values() if dataset.offered]
    told = (shared, len(ids), last_change(site.catalog.datasets.values()))
    for number, page in enumerate(pages(Part(ids=ids)), start=1):
        yield Task(catalog_page_path(number), render_page, (number,), digest(told, [made[id] for id in page.ids]))
    for kind in ("publisher", "theme"):
        for key, collection in site.collections[site.default][kind].items():
            inputs = digest(shared, kind, key, collection.title, [made[id] for id in sorted(collection.datasets)])
            for name in PART_FORMS:
                path = f"{collection.path}{name}"
                yield Task(path, render_part, (kind, key, name), inputs, streamed=len(collection.datasets) > LARGE)
    whole = digest(told, list(made.items()))
    for name in WHOLE_FORMS:
        yield Task(name, render_whole, (name,), whole, streamed=True)


def counts(site: Site) -> Iterator[tuple[str, int]]:
    """How many datasets each catalogue holds, by its path."""
    yield from ((name, len(site.order)) for name in WHOLE_FORMS)
    cut = pages(Part(ids=site.order))
    yield from ((catalog_page_path(number), len(page.ids)) for number, page in enumerate(cut, start=1))
    for kind in ("publisher", "theme"):
        for collection in site.collections[site.default][kind].values():
            yield from ((f"{collection.path}{name}", len(collection.datasets)) for name in PART_FORMS)


# ---------------------------------------------------------------- rendering

Form = Callable[[Site, Part], Iterator[bytes]]


def render_whole(site: Site, name: str) -> Iterator[bytes]:
    return WHOLE_FORMS[name](site, records_of(site).whole)


def render_part(site: Site, kind: str, key: str, name: str) -> Content:
    part = part_of(site.catalog, kind, key, site.collections[site.default][kind][key].datasets)
    chunks = PART_FORMS[name](site, part)
    return chunks if len(part.ids) > LARGE else b"".join(chunks)


def render_page(site: Site, number: int) -> bytes:
    return render_json(documents.page_document(records_of(site), number))


def render_dataset(site: Site, id: str, form: str) -> bytes:
    return DATASET_FORMS[form](site, id)


def jsonld(site: Site, part: Part) -> Iterator[bytes]:
    return iter_json(documents.catalog_document(records_of(site), part))


def turtle(site: Site, part: Part) -> Iterator[bytes]:
    return iter_turtle(documents.flat_nodes(records_of(site), part))


def xml(site: Site, part: Part) -> Iterator[bytes]:
    return iter_xml(documents.flat_nodes(records_of(site), part))


def pod(site: Site, part: Part) -> Iterator[bytes]:
    records = records_of(site)
    return iter_json(pod_document(site.catalog, f"{part.path}data.json", map(records.pod, part.ids)))


def us_3(site: Site, part: Part) -> Iterator[bytes]:
    return iter_json(dcat_us_3.catalog_document(records_of(site), part))


WHOLE_FORMS: Mapping[str, Form] = {
    "catalog.jsonld": jsonld,
    "catalog.ttl": turtle,
    "catalog.rdf": xml,
    "data.json": pod,
    "dcat-us-3.json": us_3,
}
PART_FORMS: Mapping[str, Form] = {"catalog.jsonld": jsonld, "data.json": pod}


def dataset_jsonld(site: Site, id: str) -> bytes:
    return render_json(documents.dataset_document(records_of(site), id))


def dataset_turtle(site: Site, id: str) -> bytes:
    return b"".join(documents.dataset_turtle(records_of(site), id))


def dataset_xml(site: Site, id: str) -> bytes:
    return b"".join(documents.dataset_xml(records_of(site), id))


def dataset_us_3(site: Site, id: str) -> bytes:
    return render_json(dcat_us_3.dataset_document(records_of(site), id))


DATASET_FORMS: Mapping[str, Callable[[Site, str], bytes]] = {
    "jsonld": dataset_jsonld,
    "ttl": dataset_turtle,
    "rdf": dataset_xml,
    "json": dataset_us_3,
}
