"""The page for harvesters, the plan of feeds that it tells of, and what it says was left out."""

import html
import json
import re
from pathlib import Path

from click.testing import CliRunner

from generator.build.pipeline import read_portal
from generator.cli import cli
from generator.feeds import plan_feeds
from generator.standards.feeds import feeds

ROOT = Path(__file__).parents[2]
BASE = "https://exemple.org/portail/"


def pattern(path: str) -> str:
    found = re.escape(path).replace(r"\{n\}", r"\d+").replace(r"\{kind\}", "[a-z_]+")
    return found.replace(r"\{id\}", r"[a-z0-9._-]+")


def test_every_feed_has_its_row_and_every_row_its_feed(portal, arbres, monkeypatch):
    """
    The table names all feeds that are planned, in whatever language, and no other: what robots read is no feed.
    """
    monkeypatch.setattr("generator.feeds.api.lists.PAGE_SIZE", 1)
    folder = portal(
        {
            "datasets/arbres/dataset.yaml": f"{arbres}  - {{id: own, file: a.csv}}\nissued: 2020\n",
            "datasets/arbres/a.csv": "a,b\n1,2\n",
        }
    ).folder
    planned = {task.path.removeprefix("en/") for task in plan_feeds(read_portal(folder).site)}
    planned -= {"robots.txt", "sitemap.xml"}
    rows = [pattern(row.path) for row in feeds().values()]

    assert [path for path in planned if not any(re.fullmatch(row, path) for row in rows)] == []
    assert [row for row in rows if not any(re.fullmatch(row, path) for path in planned)] == []


def test_the_api_is_described_where_it_is(portal):
    """
    Each path that OpenAPI describes is that of a row, whatever the name of its parameter.
    """
    described = json.loads(portal().build()["api/openapi.json"])["paths"]
    rows = [pattern(path) for path in feeds()]
    paths = {path: path.removeprefix("/").replace("{page}", "2").replace("{id}", "a") for path in described}

    assert [path for path, sample in paths.items() if not any(re.fullmatch(row, sample) for row in rows)] == []
    assert len(paths) == 14


def test_the_page_lists_every_feed(portal):
    """
    The page has the absolute address of each feed and its media type, in each language, and every page leads to it.
    """
    files = portal().build()
    for path, title in (("harvest/index.html", "Pour les moissonneurs"), ("en/harvest/index.html", "For harvesters")):
        page = html.unescape(files[path].decode())
        assert f"<h1>{title}</h1>" in page
        assert [row.path for row in feeds().values() if f">{BASE}{row.path}<" not in page] == []
        assert [row.type for row in feeds().values() if f"<code>{row.type}</code>" not in page] == []
    assert b'href="../../harvest/">Pour les moissonneurs</a>' in files["dataset/autre/index.html"]


def test_the_report_counts_what_each_catalogue_holds(demonstration):
    """
    The number of datasets that the report gives for a catalogue is how many there are in it.
    """
    base = read_portal(ROOT).site.catalog.portal.base_url
    report = json.loads((demonstration / "harvest/report.json").read_bytes())
    found = {}
    for feed in report["feeds"]:
        path = feed["url"].removeprefix(base)
        found[path] = COUNTS[path.rpartition(".")[2] if "." in path else "ckan"]((demonstration / path).read_bytes())

    assert found == {feed["url"].removeprefix(base): feed["datasets"] for feed in report["feeds"]}
    assert {"data.json", "catalog.rdf", "catalog/1.jsonld", "theme/transport/data.json", "api/datasets.json"} < {*found}
    assert (report["datasets"], report["withdrawn"], report["leftOut"]) == (found["data.json"], 1, [])


def count_json(content: bytes) -> int:
    document = json.loads(content)
    return len(document["items"] if "items" in document else document["dataset"])


def count_ckan(content: bytes) -> int:
    result = json.loads(content)["result"]
    return len(result if isinstance(result, list) else result["results"])


COUNTS = {
    "json": count_json,
    "ckan": count_ckan,
    "jsonld": lambda content: content.count(b'"dcat:Dataset"'),
    "ttl": lambda content: content.count(b" a dcat:Dataset"),
    "rdf": lambda content: content.count(b"<dcat:Dataset "),
}


def test_what_is_left_out_is_said(portal, arbres):
    """
    With `--keep-going` a faulty dataset is in no feed; the exit code, the report and the page in each language tell
    which one and why, and stop telling once it is mended.
    """
    made = portal({"datasets/rues/arbres.yaml": f"{arbres}issued: hier\nmodified: demain\n"})
    build = ["build", "--portal", str(made.folder), "--keep-going", "--lang", "en", "--jobs", "1"]
    site = made.folder / "site"

    first = CliRunner().invoke(cli, build)
    report = json.loads((site / "harvest/report.json").read_bytes())
    pages = [(site / path).read_text(encoding="utf-8") for path in ("harvest/index.html", "en/harvest/index.html")]
    made.lay({"datasets/rues/arbres.yaml": arbres})
    second = CliRunner().invoke(cli, build)

    assert (first.exit_code, second.exit_code) == (1, 0)
    assert "datasets/rues/arbres.yaml" in first.output
    assert (report["datasets"], report["leftOut"]) == (
        1,
        [
            {
                "id": "arbres",
                "file": "datasets/rues/arbres.yaml",
                "problems": [
                    {
                        "code": "bad-date",
                        "line": 8,
                        "message": {"fr": "`hier` n’est pas une date", "en": "`hier` is not a date"},
                    },
                    {
                        "code": "bad-date",
                        "line": 9,
                        "message": {"fr": "`demain` n’est pas une date", "en": "`demain` is not a date"},
                    },
                ],
            }
        ],
    )
    assert "1 jeu de données a été laissé de côté dans cette publication :" in pages[0]
    assert "1 dataset was left out of this publication:" in pages[1]
    assert "<code>datasets/rues/arbres.yaml</code><br>`hier` is not a date<br>`demain` is not a date" in pages[1]
    report = json.loads((site / "harvest/report.json").read_bytes())
    assert (report["datasets"], report["leftOut"]) == (2, [])
    assert "None was left out." in (site / "en/harvest/index.html").read_text(encoding="utf-8")
