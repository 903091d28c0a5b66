"""A licence that is known by its name alone reaches whoever harvests."""

import json

import pyoxigraph as ox

from tests.conftest import ARBRES

NAMED = ARBRES.replace("license: cc-by-4.0", "license: {name: Harbour terms}")


def test_a_licence_without_an_address_is_in_the_feeds(portal):
    """
    DCAT-AP has it as a document with a title, DCAT-US, whose `license` is an address, in `rights`.
    """
    files = portal({"datasets/arbres.yaml": NAMED}).build()

    graph = ox.Store()
    graph.load(files["catalog.ttl"], format=ox.RdfFormat.TURTLE, base_iri="https://exemple.org/")
    question = "SELECT ?title { ?dataset dct:license ?license . ?license dct:title ?title FILTER isBlank(?license) }"
    found = graph.query(f"PREFIX dct: <http://purl.org/dc/terms/> {question}")
    assert {row["title"].value for row in found} == {"Harbour terms"}
    records = {item["identifier"]: item for item in json.loads(files["data.json"])["dataset"]}
    arbres = next(item for key, item in records.items() if "arbres" in key)
    assert ("license" in arbres, arbres["rights"]) == (False, "Harbour terms")
