"""The dashboards: switched on by the portal, and nothing without."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import datetime

import pytest

from tests.conftest import MINIMAL

ON = {"portal.yaml": str(MINIMAL["portal.yaml"]) + "dashboards: [health]\n"}

FULL = """\
title: {fr: "=Parcs", en: Parks}
description: {fr: Les parcs., en: The parks.}
publisher: ville
theme: [transport]
keyword: {fr: [parc], en: [park]}
license: cc-by-4.0
accessRights: public
accrualPeriodicity: monthly
issued: 2025
modified: 2026-12-01
spatial: {name: Ville}
temporal: {start: 2020}
distribution:
  - {id: csv, downloadURL: "https://exemple.org/parcs.csv", byteSize: 12, rights: "Contient des données de la Ville."}
"""


def test_without_dashboards_nothing_is_there(portal):
    """
    A portal that names no dashboard has no page, file or word of them.
    """
    site = portal().build()

    assert [path for path in site if "dashboard" in path or "badge" in path] == []
    assert [path for path, content in site.items() if path.endswith(".html") and b"_quality" in content] == []


def test_the_csv_has_every_dataset_and_indicator(portal):
    """
    What was not measured is empty, never nought, and what all gives counts as all that could be measured.
    """
    site = portal({**ON, "datasets/parcs.yaml": FULL}).build()

    assert list(csv.reader(io.StringIO(site["dashboard/health.csv"].decode()))) == [
        [
            *("id", "title", "publisher", "page", "rating", "points", "measured"),
            *("keyword", "theme", "spatial", "temporal", "access-answers", "download", "download-answers"),
            *("format", "media-type", "vocabularies", "non-proprietary", "machine-readable", "dcat-ap"),
            *("license", "license-listed", "access-rights", "access-rights-listed", "contact", "publisher"),
            *("rights", "byte-size", "issued", "modified"),
            *("updated", "frequency", "freshness", "license-code", "stars"),
        ],
        [
            *("autre", "Autre", "ville", "https://exemple.org/portail/dataset/autre/", "good", "220", "325"),
            *("0", "30", "0", "0", "", "20", "", "20", "10", "10", "20", "20", "30"),
            *("20", "10", "0", "0", "20", "10", "0", "0", "0", "0"),
            *("", "", "unpromised", "cc-by-4.0", "3"),
        ],
        [
            *("parcs", "'=Parcs", "ville", "https://exemple.org/portail/dataset/parcs/", "excellent", "325", "325"),
            *("30", "30", "20", "20", "", "20", "", "20", "10", "10", "20", "20", "30"),
            *("20", "10", "10", "5", "20", "10", "5", "5", "5", "5"),
            *("2026-12-01", "monthly", "current", "cc-by-4.0", "3"),
        ],
    ]


def test_the_dataset_s_page_says_what_to_mend(portal):
    """
    Each thing that is lacking is told with the key that says it and the points that it gains, the most first.
    """
    page = portal(ON).build()["en/dataset/autre/index.html"].decode()

    section = page.partition('aria-labelledby="_quality"')[2].partition("</section>")[0]
    assert re.findall(r"<li>(.*?) \(<code>(\w+)</code>\) <strong>(.*?)</strong></li>", section) == [
        ("give keywords", "keyword", "+30 points"),
        ("say which area is covered", "spatial", "+20 points"),
        ("say which period is covered", "temporal", "+20 points"),
        ("say who has access to the data", "accessRights", "+10 points"),
        ("give a code of the list of access rights", "accessRights", "+5 points"),
        ("state the rights that apply to the file", "rights", "+5 points"),
        ("give the file’s size", "byteSize", "+5 points"),
        ("give the release date", "issued", "+5 points"),
        ("give the date of the last update", "modified", "+5 points"),
    ]


def test_totals_are_there_for_programs(portal):
    """
    The whole and each publisher with their means, their late datasets, and what would gain most.
    """
    told = json.loads(portal({**ON, "datasets/parcs.yaml": FULL}).build()["dashboard/health.json"])

    assert (told["day"], told["points"], list(told["publishers"])) == ("2026-12-31", 405, ["ville"])
    assert told["publishers"]["ville"] == told["catalog"]
    assert told["catalog"] == {
        "datasets": 2,
        "rating": "good",
        "share": 0.8385,
        "ratings": {"excellent": 1, "good": 1},
        "dimensions": {
            "findability": 0.65,
            "accessibility": 1.0,
            "interoperability": 1.0,
            "reusability": 0.9,
            "contextuality": 0.5,
        },
        "freshness": {"current": 1, "late": 0, "free": 0, "unpromised": 1, "undated": 0},
        "missing": [
            {"indicator": "keyword", "datasets": 1, "gain": 15.0},
            {"indicator": "spatial", "datasets": 1, "gain": 10.0},
            {"indicator": "temporal", "datasets": 1, "gain": 10.0},
            {"indicator": "access-rights", "datasets": 1, "gain": 5.0},
            {"indicator": "access-rights-listed", "datasets": 1, "gain": 2.5},
            {"indicator": "byte-size", "datasets": 1, "gain": 2.5},
            {"indicator": "issued", "datasets": 1, "gain": 2.5},
            {"indicator": "modified", "datasets": 1, "gain": 2.5},
            {"indicator": "rights", "datasets": 1, "gain": 2.5},
        ],
    }


def test_a_badge_says_how_a_publisher_fares(portal):
    """
    It is a picture that is said in words too, in each language, and its lines lead to the page that explains it.
    """
    site = portal(ON).build()

    assert "<title>Données ouvertes 68\xa0%, Bon</title>" in site["publisher/ville/badge.svg"].decode()
    assert "<title>Open data 68%, Good</title>" in site["en/publisher/ville/badge.svg"].decode()
    lines = re.search(
        r"<pre class=\"snippet\" data-copy><code>(.*?)</code>",
        site["en/dashboard/health/ville/index.html"].decode(),
        re.DOTALL,
    )
    assert lines and html.unescape(lines[1]) == (
        '<a href="https://exemple.org/portail/en/dashboard/health/ville/">\n'
        '  <img src="https://exemple.org/portail/en/publisher/ville/badge.svg"'
        ' alt="Open data of City: the quality of their metadata">\n</a>'
    )


def test_a_portal_without_datasets_has_its_dashboard(portal):
    """
    The page says that there is nothing to count yet.
    """
    site = portal({**ON, "datasets/autre.yaml": None}).build()

    assert "There is nothing to count yet." in site["en/dashboard/health/index.html"].decode()
    assert site["dashboard/health.csv"].count(b"\n") == 1


@pytest.mark.parametrize("day", ["2026-12-15", "2027-03-01"])
def test_what_is_late_depends_on_the_day(portal, monkeypatch, day):
    """
    The edition of a day says what is late on it.
    """
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{day}T12:00Z").timestamp())))
    told = json.loads(portal({**ON, "datasets/parcs.yaml": FULL}).build()["dashboard/health.json"])

    assert told["catalog"]["freshness"]["late"] == (day > "2027-01-01")


def test_what_answers_and_what_does_not_has_its_points(portal):
    """
    An address that answered last has them, one that is broken has none; a doubtful one stays unknown.
    """
    heading = "address,status,answered,failing,failed,failures,type,bytes,moved\n"
    lines = {
        "answers": "https://exemple.org/autre.csv,200,2026-11-09,,,,text/csv,,\n",
        "broken": "https://exemple.org/autre.csv,404,2026-10-01,2026-11-01,2026-11-09,3,,,\n",
        "doubtful": "https://exemple.org/autre.csv,404,2026-10-01,2026-11-08,2026-11-08,1,,,\n",
    }
    told = {}
    for name, line in lines.items():
        site = portal({**ON, "links.csv": heading + line}, name=name).build()
        row = list(csv.reader(io.StringIO(site["dashboard/health.csv"].decode())))[1]
        told[name] = (row[5], row[6], row[11], row[13])

    assert told == {
        "answers": ("300", "405", "50", "30"),
        "broken": ("220", "405", "0", "0"),
        "doubtful": ("220", "325", "", ""),
    }


def test_indicators_are_listed_among_the_dashboards(portal):
    """
    A type of content whose address is below that of the dashboards is one of them, once it has records.
    """
    files = {
        "portal.yaml": "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\ndashboards: [health]\n",
        "content/types/essais.yaml": "shape: register\ntitle: {fr: Essais, en: Trials}\n"
        "singular: {fr: Essai, en: Trial}\n"
        "address: dashboard/trials\n"
        "key: [number]\nfields:\n  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}}\n"
        "  - {name: title, range: text, label: {fr: Titre, en: Title}}\n",
    }
    empty = portal(files, name="empty").build()["en/dashboard/index.html"].decode()
    full = portal({**files, "content/essais/a.csv": "number,title\n1,Un\n"}).build()["en/dashboard/index.html"].decode()

    assert re.findall(r"<h2>.*?>([^<]*)</a>", empty) == ["Catalogue health"]
    assert re.findall(r"<h2>.*?>([^<]*)</a>", full) == ["Catalogue health", "Trials"]
