"""What stands below `.well-known`: the APIs for RFC 9727, the linked data for VoID."""

import json
from urllib.parse import urlsplit

import httpx
import rdflib

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


def links(found: object) -> list[str]:
    """Every address in a linkset."""
    if isinstance(found, dict):
        here = [found[key] for key in ("anchor", "href") if key in found]
        return [*here, *(link for value in found.values() for link in links(value))]
    return [link for item in found for link in links(item)] if isinstance(found, list) else []


def test_the_catalogue_of_apis_leads_to_each_of_them(served):
    """
    `/.well-known/api-catalog` is a linkset in which each API has its description, and every address answers.
    """
    answer = httpx.get(f"{served}.well-known/api-catalog")
    linkset = answer.json()["linkset"]
    items = [link["href"] for context in linkset for link in context.get("item", ())]
    described = {context["anchor"]: context["service-desc"] for context in linkset if "service-desc" in context}
    paths = [urlsplit(link).path for link in links(linkset)]

    assert answer.headers["content-type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    assert [urlsplit(item).path for item in items] == ["/api/datasets.json", "/api/3/action/package_list"]
    assert list(described) == items
    assert [path for path in paths if httpx.get(f"{served.rstrip('/')}{path}").status_code != 200] == []


def test_void_leads_to_all_of_the_catalogue(served, demonstration):
    """
    `/.well-known/void` names the dumps, each of which holds the resource that VoID gives as the root.
    """
    answer = httpx.get(f"{served}.well-known/void")
    found = rdflib.Graph().parse(data=answer.text, format="turtle")
    (whole,) = found.subjects(rdflib.RDF.type, VOID.Dataset)
    dumps = sorted(str(dump).rpartition("/")[2] for dump in found.objects(whole, VOID.dataDump))
    (example,) = found.objects(whole, VOID.exampleResource)
    turtle = rdflib.Graph().parse(demonstration / "catalog.ttl")

    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert dumps == ["catalog.jsonld", "catalog.rdf", "catalog.ttl"]
    assert (whole, rdflib.DCAT.dataset, example) in turtle
    assert {str(title) for title in found.objects(whole, rdflib.DCTERMS.title)} == {
        str(title) for title in turtle.objects(whole, rdflib.DCTERMS.title)
    }


def test_an_empty_catalogue_has_no_example(portal):
    """
    Without datasets there is a catalogue of linked data all the same.
    """
    files = portal({"datasets/autre.yaml": None}).build()

    assert b"exampleResource" not in files[".well-known/void"]
    assert [*json.loads(files[".well-known/api-catalog"])] == ["linkset"]
