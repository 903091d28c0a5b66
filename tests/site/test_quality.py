"""The points of every real dataset, against a computation of its own from what is published."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from generator.build.pipeline import read_portal
from generator.site.quality import quality_of
from generator.standards import AUTHORITY, read_rows
from generator.standards.quality import indicators
from tests.catalogues import imported, needed, published
from tests.conftest import ROOT, Once

PREFIXES = f"""
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX file: <{AUTHORITY}file-type/>
"""

IANA = "https://www.iana.org/assignments/media-types/"


def listed(*facts: str) -> str:
    """The EU's codes of the formats that have all the facts."""
    rows = [row for row in read_rows("formats") if row.get("eu") and all(row.get(fact) for fact in facts)]
    return " ".join(f"<{AUTHORITY}file-type/{row['eu']}>" for row in rows)


LICENSES = " ".join(f"<{row['iri']}>" for row in read_rows("licenses") if row.get("eu") and row.get("iri"))
RIGHTS = " ".join(f"<{AUTHORITY}access-right/{row['eu']}>" for row in read_rows("access-rights") if row.get("eu"))

OF_DATASETS: Mapping[str, str] = {
    "keyword": "?dataset dcat:keyword ?any",
    "theme": "?dataset dcat:theme ?any",
    "spatial": "?dataset dct:spatial ?any",
    "temporal": "?dataset dct:temporal ?any",
    "download": "?dataset dcat:distribution/dcat:downloadURL ?any",
    "license": "?dataset dct:license|(dcat:distribution/dct:license) ?any",
    "license-listed": f"VALUES ?any {{ {LICENSES} }} ?dataset dct:license|(dcat:distribution/dct:license) ?any",
    "access-rights": "?dataset dct:accessRights ?any",
    "access-rights-listed": f"VALUES ?any {{ {RIGHTS} }} ?dataset dct:accessRights ?any",
    "contact": "?dataset dcat:contactPoint ?any",
    "publisher": "?dataset dct:publisher ?any",
    "rights": "?dataset dcat:distribution/dct:rights ?any",
    "byte-size": "?dataset dcat:distribution/dcat:byteSize ?any",
    "issued": "?dataset dct:issued|(dcat:distribution/dct:issued) ?any",
    "modified": "?dataset dct:modified|(dcat:distribution/dct:modified) ?any",
}

OF_FILES: Mapping[str, str] = {
    "format": "?file dct:format ?any",
    "media-type": "?file dcat:mediaType ?any",
    "vocabularies": "?file dct:format ?format ; dcat:mediaType ?type . "
    f'FILTER(STRSTARTS(STR(?format), STR(file:)) && STRSTARTS(STR(?type), "{IANA}"))',
    "non-proprietary": f"VALUES ?any {{ {listed('nonProprietary')} }} ?file dct:format ?any",
    "machine-readable": f"VALUES ?any {{ {listed('machineReadable')} }} ?file dct:format ?any",
}

MANDATORY = """
?dataset dct:title ?title ; dct:description ?description .
FILTER NOT EXISTS { ?dataset dcat:distribution ?one . FILTER NOT EXISTS { ?one dcat:accessURL ?url } }
FILTER NOT EXISTS { ?dataset dct:publisher ?agent . FILTER NOT EXISTS { ?agent foaf:name ?name } }
FILTER NOT EXISTS { ?dataset dct:publisher ?a, ?b . FILTER(?a != ?b) }
"""
"""What DCAT-AP 3 makes mandatory of a dataset and of what hangs on it; the shapes are for `tests/feeds`."""


def ask(graph: Store, what: str, where: str) -> set[str]:
    rows = graph.query(f"{PREFIXES} SELECT DISTINCT ?{what} WHERE {{ ?dataset a dcat:Dataset . {where} }}")
    return {row[what].value for row in rows}


def answers_of(links: Path) -> dict[str, bool]:
    """The addresses that answered last, and those that failed three days over a week, from `links.csv` alone."""
    found: dict[str, bool] = {}
    with links.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["status"].startswith("2"):
                found[row["address"]] = True
            elif row["failing"] and row["failed"] and int(row["failures"]) >= 3:
                span = date.fromisoformat(row["failed"]) - date.fromisoformat(row["failing"])
                found |= {row["address"]: False} if span.days >= 7 else {}
    return found


def best_answer(points: int, addresses: set[str], known: Mapping[str, bool]) -> int | None:
    """All points where one answers, none where all are known not to, else not measured."""
    told = [known.get(address.partition("#")[0]) for address in addresses]
    return points if True in told else None if None in told else 0


def points_by_sparql(catalog: Path, links: Path | None = None) -> dict[str, dict[str, int | None]]:
    """Dataset IRI to the points of each indicator, from what harvesters are given and what was asked."""
    known = answers_of(links) if links else {}
    graph = Store()
    graph.load(path=str(catalog), format=RdfFormat.TURTLE)
    all_datasets = ask(graph, "dataset", "MINUS { ?dataset adms:status ?status }")
    has = {code: ask(graph, "dataset", where) for code, where in OF_DATASETS.items()}
    has["dcat-ap"] = ask(graph, "dataset", MANDATORY)
    files = {
        code: ask(graph, "file", f"?dataset dcat:distribution ?file . {where}") for code, where in OF_FILES.items()
    }
    pairs = graph.query(f"{PREFIXES} SELECT ?dataset ?file WHERE {{ ?dataset dcat:distribution ?file }}")
    urls: dict[str, dict[str, set[str]]] = {"accessURL": {}, "downloadURL": {}}
    for name, addresses in urls.items():
        for row in graph.query(f"{PREFIXES} SELECT ?d ?url WHERE {{ ?d dcat:distribution/dcat:{name} ?url }}"):
            addresses.setdefault(row["d"].value, set()).add(row["url"].value)
    of: dict[str, list[str]] = {}
    for row in pairs:
        of.setdefault(row["dataset"].value, []).append(row["file"].value)
    worth = {code: row.points for code, row in indicators().items()}
    found: dict[str, dict[str, int | None]] = {}
    for dataset in all_datasets:
        points: dict[str, int | None] = {code: worth[code] * (dataset in has[code]) for code in has}
        best = max(
            ({code: worth[code] * (file in files[code]) for code in files} for file in sorted(of.get(dataset, [""]))),
            key=lambda each: (sum(each.values()), list(each.values())),
        )
        asked = {
            "access-answers": best_answer(worth["access-answers"], urls["accessURL"].get(dataset, set()), known),
            "download-answers": best_answer(worth["download-answers"], urls["downloadURL"].get(dataset, set()), known),
        }
        found[dataset] = points | best | asked
    return found


def points_of(portal: Path) -> dict[str, dict[str, int | None]]:
    site = read_portal(portal).site
    base = site.catalog.portal.base_url
    return {
        f"{base}dataset/{key}#dataset": {code: quality_of(site, key).points(row) for code, row in indicators().items()}
        for key in site.order
    }


def test_points_of_the_demonstration(demonstration: Path) -> None:
    """
    Each indicator of each dataset of the demonstration portal has the points that its DCAT-AP gives.
    """
    assert points_by_sparql(demonstration / "catalog.ttl", ROOT / "links.csv") == points_of(ROOT)


@needed
@pytest.mark.parametrize("name", ["montreal-ckan", "estonia-jkan"])
def test_points_of_real_catalogues(name: str, once: Once) -> None:
    """
    Each indicator of each dataset of Montréal and of Estonia has the points that its DCAT-AP gives.
    """
    assert points_by_sparql(published(name, once) / "catalog.ttl") == points_of(imported(name, once))
