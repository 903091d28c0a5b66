"""Words that a page's language lacks are in English, and say so."""

import re

from tests.conftest import MINIMAL

PORTAL = "baseURL: https://exemple.org/\nlanguages: [et, en]\ntheme: oma\n"
THEME = {
    "portal.yaml": PORTAL,
    "themes/oma/theme.yaml": "title: Oma\nparent: default\n",
    "themes/oma/strings/et.yaml": "site:\n  terms: {dataset: Andmestikud}\n",
}
ARBRES = """\
title: {et: Puud, en: Trees}
description: {et: Linna puud., en: The city's trees.}
publisher: ville
theme: [transport]
license: cc-by-4.0
accrualPeriodicity: monthly
distribution:
  - {id: csv, downloadURL: "https://exemple.org/puud.csv", format: CSV}
"""


def test_borrowed_words_have_their_language(portal):
    """
    In elements of their own and beside others, from the strings and from the standards, wherever the page says them.
    """
    html = portal(THEME | {"datasets/puud.yaml": ARBRES}).build()["dataset/puud/index.html"].decode()

    assert '<html lang="et">' in html and "<h1>Puud</h1>" in html
    assert '<h2 lang="en" id="_files">Files and services</h2>' in html
    assert '<dd lang="en">Monthly</dd>' in html
    assert '"><span lang="en">Download</span><span class="visually-hidden">' in html
    assert 'aria-label="At a glance"' in html
    assert '<a href="../../dataset/">Andmestikud</a>' in html


def test_no_page_is_marked_where_nothing_is_borrowed(portal):
    """
    English pages say nothing of English, and no file keeps a sign of what templates borrowed.
    """
    site = portal(THEME | {"datasets/puud.yaml": ARBRES}).build()
    french = portal({"datasets/autre.yaml": MINIMAL["datasets/autre.yaml"]}, name="french").build()

    assert [] == [
        path for path, content in {**site, **french}.items() if re.search(rb"[\x0e\x0f]", text(path, content))
    ]
    assert 'lang="en"' not in site["en/dataset/puud/index.html"].decode().partition("<main")[2]
    assert b'lang="en"' not in french["dataset/autre/index.html"].partition(b"<main")[2]


def text(path, content):
    return content if path.endswith((".html", ".json", ".jsonld", ".atom", ".ttl", ".rdf", ".xml")) else b""
