"""The page of a data service: what it tells, where it leads, and that the IRI which machines know leads to it."""

import json
import re

from tests.conftest import MINIMAL

SERVICE = """\
service:
  - id: geo
    title: {fr: Service cartographique, en: Map service}
    description: {fr: "Des **cartes**.", en: "**Maps**."}
    endpointURL: https://exemple.org/geo/wms
    endpointDescription: https://exemple.org/geo/wms?request=GetCapabilities
    servesDataset: [autre, parti]
    license: cc-by-4.0
    accessRights: public
"""
GONE = MINIMAL["datasets/autre.yaml"] + "withdrawn: {date: 2024-01-01, reason: {fr: Fini., en: Over.}}\n"
FILES = {"datasets/catalog.yaml": MINIMAL["datasets/catalog.yaml"] + SERVICE, "datasets/parti.yaml": GONE}


def test_a_service_has_a_page_where_its_iri_leads(portal):
    """
    In each language: what it is, its endpoint, its terms and the datasets on offer; in the sitemap, from its datasets.
    """
    site = portal(FILES).build()
    page = site["en/service/geo/index.html"].decode()
    graph = json.loads(site["catalog.jsonld"])["@graph"]
    (iri,) = [node["@id"] for node in graph if node.get("@type") == "dcat:DataService"]

    assert "https://exemple.org/portail/service/geo#service" == iri
    assert '<article class="wrap text" id="service">' in page and "<h1>Map service</h1>" in page
    assert "<p><strong>Maps</strong>.</p>" in page
    assert 'href="https://exemple.org/geo/wms">Open the service</a>' in page
    assert ["Publisher", "Service description", "Licence", "Access rights"] == re.findall("<dt>(.*?)</dt>", page)
    assert ["../../../en/dataset/autre/"] == re.findall(r'<li><a href="([^"]*/dataset/[^"]+)"', page)
    assert b"https://exemple.org/portail/en/service/geo/</loc>" in site["sitemap.xml"]
    assert 'href="../../service/geo/">Service cartographique</a>' in site["dataset/autre/index.html"].decode()


def test_a_contact_is_named_in_the_language_of_the_page(portal):
    """
    A contact point with a name in two languages has that of the page.
    """
    named = MINIMAL["datasets/autre.yaml"] + "contactPoint: {name: {fr: Équipe, en: Team}, email: a@exemple.org}\n"
    site = portal({"datasets/autre.yaml": named}).build()

    assert "<dd><span>Team</span></dd>" in site["en/dataset/autre/index.html"].decode()
    assert "<dd><span>Équipe</span></dd>" in site["dataset/autre/index.html"].decode()
