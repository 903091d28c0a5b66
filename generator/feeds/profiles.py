"""
What the rows of feeds.yaml have made: the catalogue, its parts and pages, and a dataset, in DCAT-AP and DCAT-US.

A feed of the catalogue or of a part takes the datasets in it, one of a page its number, one of a dataset its id.
"""

from __future__ import annotations

from generator.feeds import dcat_us_3, documents
from generator.feeds.dcat_us_1 import joined_pod
from generator.feeds.joined import Joined
from generator.feeds.json_lines import render_json
from generator.feeds.parts import Part
from generator.feeds.records import records_of
from generator.site.site import Site


def jsonld(site: Site, part: Part) -> Joined:
    return documents.joined_json(records_of(site), part)


def turtle(site: Site, part: Part) -> Joined:
    return documents.joined_turtle(records_of(site), part)


def xml(site: Site, part: Part) -> Joined:
    return documents.joined_xml(records_of(site), part)


def pod(site: Site, part: Part) -> Joined:
    return joined_pod(site.catalog, part, records_of(site).pod)


def us_3(site: Site, part: Part) -> Joined:
    return dcat_us_3.joined_us_3(records_of(site), part)


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
