"""The page for harvesters, and the plan of feeds that it tells of."""

import html
import re

from generator.feeds import plan_feeds
from generator.pipeline import read_portal
from generator.standards import read_rows

BASE = "https://exemple.org/portail/"


def pattern(path: str) -> str:
    found = re.escape(path).replace(r"\{n\}", r"\d+").replace(r"\{kind\}", "[a-z_]+")
    return found.replace(r"\{id\}", r"[a-z0-9._-]+")


def test_every_feed_has_its_row_and_every_row_its_feed(portal, arbres, monkeypatch):
    """
    The table names all feeds that are planned, in whatever language, and no other.
    """
    monkeypatch.setattr("generator.feeds.api.PAGE_SIZE", 1)
    folder = portal(
        {
            "datasets/arbres/dataset.yaml": f"{arbres}  - {{id: own, file: a.csv}}\n",
            "datasets/arbres/a.csv": "a,b\n1,2\n",
        }
    ).folder
    planned = [task.path.removeprefix("en/") for task in plan_feeds(read_portal(folder).site)]
    rows = [pattern(row["path"]) for row in read_rows("feeds")]

    assert [path for path in planned if not any(re.fullmatch(row, path) for row in rows)] == []
    assert [row for row in rows if not any(re.fullmatch(row, path) for path in planned)] == []


def test_the_page_lists_every_feed(portal):
    """
    The page has the absolute address of each feed and its media type, in each language, and every page leads to it.
    """
    files = portal().build()
    for path, title in (("harvest/index.html", "Pour les moissonneurs"), ("en/harvest/index.html", "For harvesters")):
        page = html.unescape(files[path].decode())
        assert f"<h1>{title}</h1>" in page
        assert [row["path"] for row in read_rows("feeds") if f">{BASE}{row['path']}<" not in page] == []
        assert [row["type"] for row in read_rows("feeds") if f"<code>{row['type']}</code>" not in page] == []
    assert b'href="../../harvest/">Pour les moissonneurs</a>' in files["dataset/autre/index.html"]
