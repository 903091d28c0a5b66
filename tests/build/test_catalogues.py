"""Real catalogues, the whole way: imported, checked, built, and judged by what harvesters and readers use."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from generator.build.pipeline import ReadPortal, read_portal
from tests.catalogues import imported, needed, published
from tests.conftest import Once, read_tree
from tests.feeds.test_dcat_ap import violations
from tests.feeds.test_dcat_us_1 import schema_faults
from tests.pages.test_pages import Page, dead_links

pytestmark = needed

COUNTS = {"montreal-ckan": 390, "estonia-jkan": 788, "jkan-upstream": 2}


class Built(NamedTuple):
    name: str
    portal: ReadPortal
    files: dict[str, bytes]


@pytest.fixture(scope="module", params=COUNTS)
def built(request: pytest.FixtureRequest, once: Once) -> Built:
    name = request.param
    return Built(name, read_portal(imported(name, once)), read_tree(published(name, once)))


def test_nothing_published_is_wrong_or_lost(built: Built) -> None:
    """
    The import checks without error, and every dataset has its page in each language and is in both feeds.
    """
    ids = built.portal.site.catalog.datasets
    assert [] == [str(item.place) for item in built.portal.errors]
    assert COUNTS[built.name] == len(ids)
    pages = [
        built.portal.site.path(f"dataset/{key}/index.html", code) for key in ids for code in built.portal.site.languages
    ]
    assert [] == [path for path in pages if path not in built.files]
    pod = json.loads(built.files["data.json"])["dataset"]
    assert sorted(item.identifier for item in ids.values()) == sorted(item["identifier"] for item in pod)
    graph = json.loads(built.files["catalog.jsonld"])
    listed = json.dumps(graph, ensure_ascii=False)
    assert [] == [key for key in ids if f"dataset/{key}#dataset" not in listed]


def test_no_internal_link_is_broken(built: Built) -> None:
    """
    Every link to the site's own pages and files leads to one.
    """
    pages = {path: Page(content.decode()) for path, content in built.files.items() if path.endswith(".html")}
    assert [] == dead_links(built.files, pages)[:20]


def test_data_json_is_valid(built: Built) -> None:
    """
    The official non-federal schema of Project Open Data finds nothing.
    """
    assert [] == schema_faults(json.loads(built.files["data.json"]))


def test_catalog_jsonld_is_valid(built: Built) -> None:
    """
    The official shapes of DCAT-AP 3.0.1 find no violation.
    """
    assert [] == violations(json.loads(built.files["catalog.jsonld"]))
