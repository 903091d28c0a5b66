"""
What the rows of feeds.yaml have made: the catalogue, its parts and pages, and a dataset, in DCAT-AP and DCAT-US.

A feed of the catalogue or of a part takes the datasets in it, one of a page its number, one of a dataset its id.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.feeds import dcat_us_3, documents
from generator.feeds.dcat_ap.serialization import iter_turtle, iter_xml
from generator.feeds.dcat_us_1 import pod_document
from generator.feeds.json_lines import iter_json, render_json
from generator.feeds.parts import Part
from generator.feeds.records import records_of
from generator.site.site import Site


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
    return iter_json(dcat_us_3.dcat_us_catalog(records_of(site), part))


def page(site: Site, number: int) -> bytes:
    return render_json(documents.page_document(records_of(site), number))


def dataset_jsonld(site: Site, id: str) -> bytes:
    return render_json(documents.dataset_document(records_of(site), id))


def dataset_turtle(site: Site, id: str) -> bytes:
    return b"".join(documents.serialize_dataset_turtle(records_of(site), id))


def dataset_xml(site: Site, id: str) -> bytes:
    return b"".join(documents.serialize_dataset_xml(records_of(site), id))


def dataset_us_3(site: Site, id: str) -> bytes:
    return render_json(dcat_us_3.dcat_us_dataset(records_of(site), id))
