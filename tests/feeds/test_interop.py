"""The pure parts of `make interop`: what is counted as arrived, and the page that tells of it."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from tests.interop.arrivals import Harvest, Row, compare, harvest
from tests.interop.page import page, unexplained

ROOT = Path(__file__).parents[2]

TURTLE = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<#arbres> a dcat:Dataset ;
  dct:title "Arbres"@fr , "Trees"@en ;
  dcat:theme <#nature> ;
  dct:publisher <#ville> ;
  dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2010" ] ;
  dcat:distribution <#csv> , <#zip> .
<#csv> a dcat:Distribution ; dct:title "Tableau"@fr .
<#zip> a dcat:Distribution ; dct:title "Archive"@fr .
<#ville> a foaf:Agent ; foaf:name "Ville" .
<#nature> a skos:Concept ; skos:prefLabel "Nature"@fr .
<#perdu> a dcat:Dataset ; dct:title "Perdu"@fr .
"""

PACKAGE = {
    "title": "Arbres",
    "notes": "Ville",
    "extras": [
        {"key": "uri", "value": "https://exemple.org/#arbres"},
        {"key": "theme", "value": '["https://exemple.org/#nature"]'},
        {"key": "publisher_name", "value": "Ville"},
        {"key": "temporal_start", "value": "2010"},
    ],
    "resources": [
        {"uri": "https://exemple.org/#csv", "name": "Tableau"},
        {"uri": "https://exemple.org/#zip", "name": "Tableau"},
    ],
}


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(data=TURTLE, format="turtle", publicID="https://exemple.org/")


def test_values_are_looked_for_where_they_belong(graph):
    """
    A dataset's values are sought in its own package and a file's in its own resource; a dataset that did not come has
    lost everything, and what is said of a theme is no field of a dataset.
    """
    found = {"/".join(path): (row.arrived, row.sent, row.keys) for path, row in compare(graph, [PACKAGE]).items()}

    assert found == {
        "dcat:distribution": (2, 2, ["resources.uri"]),
        "dcat:distribution/dct:title": (1, 2, ["resources.name"]),
        "dcat:theme": (1, 1, ["theme"]),
        "dct:publisher": (0, 1, []),
        "dct:publisher/foaf:name": (1, 1, ["notes", "publisher_name"]),
        "dct:temporal/dcat:startDate": (1, 1, ["temporal_start"]),
        "dct:title": (1, 3, ["title"]),
    }


def test_datasets_that_come_twice_or_not_at_all_are_counted(graph):
    """
    A package that comes again is one too many, and a dataset without one is missing.
    """
    answer = {"profile": "p", "versions": {}, "pages": 2, "packages": [PACKAGE, PACKAGE]}

    assert harvest(graph, answer).counts == {"datasets": 2, "arrived": 1, "twice": 1, "pages": 2}


def test_a_chance_match_is_no_arrival():
    """
    A key that holds a few of a field's values by chance is not where the field is.
    """
    row = Row([{"modified"}, {"modified"}, {"issued"}])

    assert (row.keys, row.arrived, row.sent) == (["modified"], 2, 3)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_explains_each_loss(language):
    """
    A field that is lost has its reason in the page's language; one without a reason stops the run.
    """
    lost, whole = Row([{"title"}, set()]), Row([{"name"}])
    rows = {("dct:title",): lost, ("dcat:distribution", "dct:title"): whole, ("dct:provenance",): Row([set()])}
    found = {"demonstration": Harvest("p", {"ckan": "1", "ckanext-dcat": "2"}, COUNTS, rows)}
    lines = page(found, language).splitlines()

    assert [line for line in lines if "| 1 / 2 |" in line] == [LINES[language]]
    assert unexplained(found) == ["dct:provenance"]


COUNTS = {"datasets": 2, "arrived": 2, "twice": 0, "pages": 1}
LINES = {
    "fr": "| Titre | `dct:title` | `title` | 1 / 2 | Une seule langue arrive, celle du CKAN\u202f; les autres demandent"
    " ckanext-scheming et ckanext-fluent. |",
    "en": "| Title | `dct:title` | `title` | 1 / 2 | One language arrives, that of the CKAN; the others take"
    " ckanext-scheming and ckanext-fluent. |",
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_documentation_holds_a_run_in_which_all_arrived(language):
    """
    The committed page says that every dataset arrived, and why what is lost is lost.
    """
    text = (ROOT / f"docs/interop.{language}.md").read_text(encoding="utf-8")
    counted = re.findall(r"(\d+) (?:of|jeux de données sur) (\d+)", text)
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|") and "`" in line]
    lost = [row for row in rows if any(len({*cell.split(" / ")}) == 2 for cell in map(str.strip, row[3:-1]))]

    assert [arrived for arrived, sent in counted] == [sent for arrived, sent in counted] != []
    assert lost and [row for row in lost if not row[-1].strip()] == []
