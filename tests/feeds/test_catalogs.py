"""The feeds of whole catalogues, the demonstration's and real ones, judged by the official schemas and by rdflib."""

import json
import re
from collections import Counter
from pathlib import Path

import feedparser
import pytest
from rdflib import BNode, Graph

from generator.build.pipeline import read_portal
from generator.feeds import plan_feeds
from generator.feeds.records import Records
from generator.site.site import Site
from tests.catalogues import imported, needed, published
from tests.conftest import ROOT, Once
from tests.feeds.test_atom import problems
from tests.feeds.test_dcat_ap import violations
from tests.feeds.test_dcat_us_1 import schema_faults
from tests.feeds.test_dcat_us_3 import us_3_faults

pytestmark = needed


@pytest.fixture(scope="module", params=["demonstration", "montreal-ckan", "estonia-jkan"])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def site(name: str, once: Once) -> Site:
    return read_portal(ROOT if name == "demonstration" else imported(name, once)).site


@pytest.fixture(scope="module")
def feeds(name: str, site: Site, once: Once, demonstration: Path) -> dict[str, bytes]:
    folder = demonstration if name == "demonstration" else published(name, once)
    return {task.path: (folder / task.path).read_bytes() for task in plan_feeds(site)}


def test_json_feeds_are_valid(feeds):
    """
    The official schemas of DCAT-US 3.0 and 1.1 find nothing, in the whole and in the parts.
    """
    assert us_3_faults(json.loads(feeds["dcat-us-3.json"]))[:3] == []
    parts = [path for path in feeds if re.fullmatch(r"((theme|publisher)/[^/]+/)?data\.json", path)]
    assert [fault for path in parts for fault in schema_faults(json.loads(feeds[path]))][:3] == []


def test_the_three_forms_say_the_same(feeds):
    """
    JSON-LD, Turtle and RDF/XML are one graph to rdflib.
    """
    json_ld = statements(Graph().parse(data=feeds["catalog.jsonld"], format="json-ld"))

    assert json_ld == statements(Graph().parse(data=feeds["catalog.ttl"], format="turtle"))
    assert json_ld == statements(Graph().parse(data=feeds["catalog.rdf"], format="xml"))


def test_a_dataset_is_read_from_what_was_published_as_it_is_described(site, feeds):
    """
    A build that follows on another takes unchanged datasets from its documents: each says what describing it says.
    """
    described = Records(site.catalog)
    taken = Records(site.catalog, published=feeds.get)

    assert site.catalog.datasets
    for id in site.catalog.datasets:
        assert taken.take(id) == described.find(id)


def statements(graph: Graph) -> Counter[tuple[object, ...]]:
    """
    The statements of a graph whose blank nodes are each pointed to once: with what is said of one in its place, two
    isomorphic graphs are equal. rdflib's `isomorphic` compares small ones in test_rdf.py; here it takes minutes.
    """

    def said(node: object) -> object:
        if not isinstance(node, BNode):
            return node
        assert len([*graph.subjects(None, node)]) == 1
        return frozenset((predicate, said(value)) for predicate, value in graph.predicate_objects(node))

    return Counter(
        (subject, predicate, said(value)) for subject, predicate, value in graph if not isinstance(subject, BNode)
    )


def test_parts_and_pages_are_valid(feeds):
    """
    A page, the largest theme and a dataset's own file conform to DCAT-AP 3.0.1 by themselves.
    """
    themes = [path for path in feeds if re.fullmatch(r"theme/[^/]+/catalog\.jsonld", path)]
    dataset = next(path for path in feeds if re.fullmatch(r"dataset/[^/]+\.jsonld", path))
    smallest = min((path for path in themes if b'"dcat:Dataset"' in feeds[path]), key=lambda path: len(feeds[path]))

    for path in (smallest, dataset):
        assert (path, violations(json.loads(feeds[path]))) == (path, [])


def test_pages_and_parts_hold_every_dataset(site, feeds):
    """
    The pages together, and the publishers together, list each dataset once.
    """
    whole = listed(feeds["catalog.jsonld"])
    pages = [path for path in feeds if path.startswith("catalog/")]
    publishers = [path for path in feeds if re.fullmatch(r"publisher/[^/]+/catalog\.jsonld", path)]

    assert len(whole) == len(site.order)
    assert sorted(item for path in pages for item in listed(feeds[path])) == whole
    assert sorted(item for path in publishers for item in listed(feeds[path])) == whole


def listed(feed: bytes) -> list[str]:
    catalog = next(node for node in json.loads(feed)["@graph"] if node["@type"] == "dcat:Catalog")
    return sorted(dataset["@id"] for dataset in catalog["dcat:dataset"])


def test_iris_are_permanent(site, feeds):
    """
    Datasets and distributions have IRIs of ids alone: ASCII, absolute, none blank.
    """
    base = re.escape(site.catalog.portal.base_url)
    catalog = json.loads(feeds["catalog.jsonld"])["@graph"][0]
    datasets = [item["@id"] for item in catalog["dcat:dataset"]]
    files = [file["@id"] for item in catalog["dcat:dataset"] for file in item.get("dcat:distribution", ())]

    assert [iri for iri in datasets if not re.fullmatch(rf"{base}dataset/[a-z0-9._-]+#dataset", iri)] == []
    assert [iri for iri in files if not re.fullmatch(rf"{base}dataset/[a-z0-9._-]+#[a-z0-9._-]+", iri)] == []
    assert len(files) == len(set(files))


def test_languages_are_tagged_without_a_region(feeds):
    """
    Every language tag is two letters, as ckanext-dcat matches it.
    """
    assert set(re.findall(rb'"@([a-zA-Z-]+)', feeds["catalog.ttl"])) - {b"context", b"graph"} <= {b"fr", b"en", b"et"}


def test_atom_feeds_are_valid(feeds):
    """
    feedparser and the rules of the standard find nothing in any feed.
    """
    atoms = {path: feed for path, feed in feeds.items() if path.endswith("feed.atom")}

    assert [(path, found) for path, feed in atoms.items() if (found := problems(feed))][:3] == []
    assert not feedparser.parse(feeds["feed.atom"]).bozo
