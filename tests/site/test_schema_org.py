"""What pages say to search engines, as schema.org's JSON-LD."""

import json
import re
from html.parser import HTMLParser
from typing import Any

from generator.build.pipeline import read_portal
from generator.site import iris
from generator.text.slugs import encode_url
from tests.conftest import ROOT

BASE = "https://exemple.org/portail/"

FULL = """\
title: {fr: Arbres, en: Trees}
description: {fr: "Les **arbres** de la ville, leur essence et leur diamètre, relevés chaque année.", en: Trees.}
publisher: ville
contactPoint: {name: {fr: Équipe}, email: arbres@exemple.org}
theme: [transport]
keyword: {fr: [arbre, "</script>"]}
license: cc-by-4.0
issued: 2015-02-06
modified: 2026-03-09
version: "2"
language: [fr]
identifier: 2b2a9a6e
spatial: {bbox: [-73.98, 45.40, -73.47, 45.70], name: Montréal}
temporal: {start: 2010, end: 2025}
page: ["https://exemple.org/guide"]
distribution:
  - {id: csv, title: Tableau, file: arbres d’été.csv, columns: [{name: dhp, title: Diamètre, unit: cm}]}
  - {id: wfs, accessURL: "https://exemple.org/wfs", format: WFS}
  - {id: html, title: Carte, accessURL: "https://exemple.org/carte"}
"""


class Blocks(HTMLParser):
    """The data blocks of a page, as a browser finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def nodes(page: bytes) -> dict[str, Any]:
    """The nodes of a page by type."""
    found = [json.loads(block) for block in Blocks(page.decode()).found]
    return {node["@type"]: node for node in found}


def test_a_dataset_page_says_all_that_is_known(portal):
    """
    Every property of a dataset that schema.org knows is in its page, with absolute addresses, in the page's language.
    """
    files = {"datasets/arbres/dataset.yaml": FULL, "datasets/arbres/arbres d’été.csv": "dhp\n12\n"}
    found = nodes(portal(files).build()["dataset/arbres/index.html"])["Dataset"]
    body = {
        "@type": "Organization",
        "@id": f"{BASE}publisher/ville#agent",
        "name": "Ville",
        "url": f"{BASE}publisher/ville/",
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "name": "Équipe",
            "email": "arbres@exemple.org",
        },
    }
    (file, service) = found.pop("distribution")

    assert file.pop("sha256") and file.pop("contentSize") == "7 B"
    assert file == {
        "@type": "DataDownload",
        "@id": f"{BASE}dataset/arbres#csv",
        "name": "Tableau",
        "contentUrl": f"{BASE}dataset/arbres/arbres%20d%E2%80%99%C3%A9t%C3%A9.csv",
        "encodingFormat": "text/csv",
    }
    assert service["contentUrl"] == "https://exemple.org/wfs"
    assert found == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{BASE}dataset/arbres#dataset",
        "name": "Arbres",
        "description": "Les arbres de la ville, leur essence et leur diamètre, relevés chaque année.",
        "url": f"{BASE}dataset/arbres/",
        "identifier": "2b2a9a6e",
        "keywords": ["arbre", "</script>"],
        "about": [
            {
                "@type": "DefinedTerm",
                "@id": f"{BASE}theme/transport#concept",
                "name": "Transport",
                "url": f"{BASE}theme/transport/",
                "inDefinedTermSet": f"{BASE}theme/#scheme",
            }
        ],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "creator": body,
        "publisher": body,
        "datePublished": "2015-02-06",
        "dateModified": "2026-03-09",
        "version": "2",
        "inLanguage": ["fr"],
        "spatialCoverage": [
            {
                "@type": "Place",
                "name": "Montréal",
                "geo": {"@type": "GeoShape", "box": "45.4 -73.98 45.7 -73.47"},
            }
        ],
        "temporalCoverage": ["2010/2025"],
        "variableMeasured": [{"@type": "PropertyValue", "name": "dhp", "alternateName": "Diamètre", "unitText": "cm"}],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": f"{BASE}#catalog",
            "name": "Données de la ville",
            "url": BASE,
        },
        "subjectOf": [
            {"@type": "WebPage", "name": "Carte", "url": "https://exemple.org/carte"},
            {"@type": "WebPage", "url": "https://exemple.org/guide"},
        ],
    }


def test_a_short_description_is_completed_and_a_long_one_cut(portal, arbres):
    """
    Google takes descriptions of 50 to 5,000 characters: a short one is followed by whose dataset it is.
    """
    long = arbres.replace("Les arbres de la ville.", "mot " * 2000)
    files = portal({"datasets/arbres.yaml": arbres, "datasets/long.yaml": long}).build()
    said = [nodes(files[f"dataset/{id}/index.html"])["Dataset"]["description"] for id in ("arbres", "long")]

    assert said[0] == (
        "Les arbres de la ville. Jeu de données « Arbres », publié par Ville dans le catalogue « Données de la ville »."
    )
    assert 4900 < len(said[1]) <= 5000


def test_a_withdrawn_dataset_is_no_dataset(portal, arbres):
    """
    The page of a withdrawn dataset has its way alone, so that search engines let the dataset go.
    """
    gone = arbres + "withdrawn: {date: 2026-01-01}\n"
    files = portal({"datasets/arbres.yaml": gone}).build()

    assert list(nodes(files["dataset/arbres/index.html"])) == ["BreadcrumbList"]


def test_the_home_page_is_a_catalogue(portal):
    """
    The home page has a DataCatalog in its own language, and no way, as it is where ways begin.
    """
    found = nodes(portal().build()["en/index.html"])

    assert list(found) == ["DataCatalog"]
    assert (found["DataCatalog"]["name"], found["DataCatalog"]["url"]) == ("City data", f"{BASE}en/")
    assert found["DataCatalog"]["description"] == "All that the city publishes."


def test_pages_say_the_way_to_them(portal):
    """
    A page with a trail has it as a list of absolute addresses, itself the last.
    """
    found = nodes(portal().build()["en/dataset/autre/index.html"])["BreadcrumbList"]["itemListElement"]

    assert [(item["position"], item["name"], item["item"]) for item in found] == [
        (1, "Home", f"{BASE}en/"),
        (2, "Datasets", f"{BASE}en/dataset/"),
        (3, "Other", f"{BASE}en/dataset/autre/"),
    ]


def test_pages_and_feeds_name_the_same_things(demonstration):
    """
    The IRIs in pages are those of the feeds, and the addresses of files too.
    """
    catalog = read_portal(ROOT).site.catalog
    base = catalog.portal.base_url
    wrong = []
    for id, dataset in catalog.datasets.items():
        if dataset.withdrawn:
            continue
        said = nodes((demonstration / f"dataset/{id}/index.html").read_bytes())["Dataset"]
        iri = iris.dataset_iri(base, id)
        pairs = [(said["@id"], iri), (said["publisher"]["@id"], iris.publisher_iri(base, dataset.publisher))]
        told = {item["@id"]: item["contentUrl"] for item in said.get("distribution", ())}
        for item in dataset.distribution:
            address = iris.file_url(base, id, item.file) if item.file else encode_url(item.download_url or "")
            if address:
                pairs.append((told.get(iris.distribution_iri(iri, item.id)), address))
        wrong += [pair for pair in pairs if pair[0] != pair[1]]

    assert wrong == []


def test_no_data_block_is_relative_or_broken(demonstration):
    """
    Each block of each page is JSON, holds no mark of a page in the making, and every address in it is absolute.
    """
    wrong = []
    for path in demonstration.rglob("*.html"):
        for block in Blocks(path.read_text(encoding="utf-8")).found:
            json.loads(block)
            if found := re.findall(r'"(?:url|item|@id|contentUrl)":"(?!https?:)[^"]*', block) or "\x02" in block:
                wrong.append((path, found))

    assert wrong == []
