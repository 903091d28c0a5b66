"""What is not to be published yet stays out of every file, and is told."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from generator.build.editions import Edition, today
from generator.build.pipeline import build, read_portal
from generator.cli import cli
from tests.conftest import ARBRES, SmallPortal, read_tree

DRAFT = """\
title: {fr: Secret-un, en: Secret-un}
publisher: ville
draft: true
inSeries: autre
distribution:
  - {id: csv, file: secret-deux.csv}
"""

FILES = {
    "datasets/secret/dataset.yaml": DRAFT,
    "datasets/secret/secret-deux.csv": "a,b\n1,2\n",
    "datasets/autre.yaml": """\
title: {fr: Autre, en: Other}
description: {fr: Tout le reste., en: All the rest.}
publisher: ville
theme: [transport]
license: cc-by-4.0
""",
    "content/news/index.md": "---\ntitle: Nouvelles\n---\n",
    "content/news/plus-tard.md": "---\ntitle: Secret-trois\ndate: 2027-02-01\n---\n![x](/news/secret-quatre.png)\n",
    "content/news/plus-tard.en.md": "---\ntitle: Secret-trois\n---\n[x](secret-cinq.pdf)\n",
    "content/news/secret-quatre.png": b"png",
    "content/news/secret-cinq.pdf": b"pdf",
    "content/news/commun.pdf": b"pdf",
    "content/dossier/index.md": "---\ntitle: Secret-six\ndraft: true\n---\nUn\n",
    "content/dossier/images/secret-sept.png": b"png",
    "content/aide.md": "---\ntitle: Aide\n---\nVoir [ceci](/dossier/), [là](/dataset/secret/), "
    "[cela](/news/commun.pdf).\n",
    "content/aide.en.md": "---\ntitle: Secret-huit\ndraft: true\n---\nHelp.\n",
    "usage.csv": "secret,12\n",
}


@pytest.fixture
def small(portal) -> SmallPortal:
    made: SmallPortal = portal(FILES)
    return made


def build_edition(small: SmallPortal, edition: Edition, output: str = "site") -> dict[str, bytes]:
    found = read_portal(small.folder, edition=edition)
    assert [] == found.errors
    build(found, small.folder / output)
    return read_tree(small.folder / output)


def test_what_waits_is_nowhere_in_the_site(small: SmallPortal) -> None:
    """
    No published file says a word of a draft or of a page dated later, or holds a file of theirs; texts lose the link.
    """
    site = build_edition(small, Edition("2027-01-31"))

    assert [] == [path for path, content in site.items() if "secret" in path or b"ecret" in content]
    text = site["aide/index.html"].decode().partition("<p>Voir")[2].partition("</p>")[0]
    assert ['<a href="../news/commun.pdf">'] == re.findall("<a [^>]*>", text)
    assert site["news/commun.pdf"] == b"pdf"


def test_a_page_comes_out_on_its_day(small: SmallPortal) -> None:
    """
    A build on the day of publication adds the page and its files to the site of the day before, as a fresh one would.
    """
    before = build_edition(small, Edition("2027-01-31"))
    after = build_edition(small, Edition("2027-02-01"))

    assert after == build_edition(small, Edition("2027-02-01"), "fresh")
    assert sorted(after.keys() - before.keys()) == [
        "en/news/plus-tard/index.html",
        "news/plus-tard/index.html",
        "news/secret-cinq.pdf",
        "news/secret-quatre.png",
    ]


def test_drafts_are_shown_with_a_mark(small: SmallPortal) -> None:
    """
    An edition with drafts has all of it, each page marked, and tells robots to stay away.
    """
    site = build_edition(small, Edition("2027-01-31", drafts=True))

    def notice(path: str) -> str:
        html = site[path].decode()
        return html.partition('<p class="notice waits">')[2].partition("</p>")[0]

    assert {
        "dataset/secret/index.html": "Brouillon\u202f: cette page n’est pas publiée.",
        "en/dataset/secret/index.html": "Draft: this page is not published.",
        "news/plus-tard/index.html": "Cette page attend sa date de publication\u202f: 1er février 2027.",
        "en/news/plus-tard/index.html": "This page waits for its date of publication: February 1, 2027.",
        "dossier/index.html": "Brouillon\u202f: cette page n’est pas publiée.",
        "aide/index.html": "",
        "en/aide/index.html": "Draft: this page is not published.",
    } == {
        path: notice(path)
        for path in site
        if path.endswith(("secret/index.html", "plus-tard/index.html", "dossier/index.html", "aide/index.html"))
        and path != "en/dossier/index.html"
    }
    assert ['<strong class="mark">Draft</strong>'] == [
        line.partition(">")[0] and line[line.index("<strong") : line.index("</strong>") + 9]
        for line in site["en/dataset/index.html"].decode().splitlines()
        if '<strong class="mark">' in line
    ]
    assert b'<meta name="robots" content="noindex">' in site["aide/index.html"]


def test_a_drafts_mistakes_stop_nothing(small: SmallPortal) -> None:
    """
    What is unfinished in a draft is told with `--drafts`, and is no reason not to publish the rest.
    """
    small.lay({"datasets/secret/dataset.yaml": "title: X\ndraft: true\nlicense: cc\n"})

    found = read_portal(small.folder, edition=Edition("2027-01-31"))
    shown = read_portal(small.folder, edition=Edition("2027-01-31", drafts=True))

    assert [] == [str(item.place) for item in found.diagnostics if "secret" in item.place.path]
    assert {"missing-property", "unknown-license"} == {item.code for item in shown.errors}


def test_a_translation_waits_alone(portal) -> None:
    """
    A draft in the first language holds the page in all of them; a draft translation holds itself alone.
    """
    first = {"content/a.md": "---\ntitle: A\ndraft: true\n---\n", "content/a.en.md": "---\ntitle: A\n---\n"}
    other = {"content/b.md": "---\ntitle: B\n---\n", "content/b.en.md": "---\ntitle: B\ndraft: true\n---\n"}
    found = read_portal(portal({**first, **other}).folder, edition=Edition("2026-01-01"))

    assert ["content/a.en.md", "content/a.md", "content/b.en.md"] == [item.source for item in found.waiting]
    assert [("b", {"fr": "content/b.md"})] == [(page.path, page.sources) for page in found.site.catalog.pages]


def test_check_says_what_waits(small: SmallPortal) -> None:
    """
    `vitrine check` names each file that waits and what it waits for.
    """
    told = CliRunner().invoke(cli, ["check", "--portal", str(small.folder), "--lang", "en", "--date", "2027-01-31"])

    assert [
        "5 files are not to be published yet:",
        "  content/aide.en.md: a draft (`draft: true`)",
        "  content/dossier/index.md: a draft (`draft: true`)",
        "  content/news/plus-tard.en.md: from February 1, 2027 on",
        "  content/news/plus-tard.md: from February 1, 2027 on",
        "  datasets/secret/dataset.yaml: a draft (`draft: true`)",
    ] == told.stderr.splitlines()[-6:]


def test_the_day_is_what_was_asked_for(small: SmallPortal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    `--date` decides, else SOURCE_DATE_EPOCH; a day or a number of seconds that is none is wrong usage.
    """
    page = small.folder / "site/news/plus-tard/index.html"
    command = ["build", "--portal", str(small.folder), "--lang", "en", "--jobs", "1"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801440000")  # 2027-02-01

    assert (0, True) == (CliRunner().invoke(cli, command).exit_code, page.is_file())
    assert (0, False) == (CliRunner().invoke(cli, [*command, "--date", "2027-01-31"]).exit_code, page.is_file())
    assert 2 == CliRunner().invoke(cli, [*command, "--date", "31/01/2027"]).exit_code
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    told = CliRunner().invoke(cli, command)
    assert (2, "The environment's SOURCE_DATE_EPOCH is not a number of seconds: `soon`.\n") == (
        told.exit_code,
        told.stderr.replace("invalid literal for int() with base 10: 'soon'", "soon"),
    )


def test_the_clock_decides_where_nothing_else_does() -> None:
    """
    Without SOURCE_DATE_EPOCH, the day is the clock's.
    """
    assert today({}) == today({"SOURCE_DATE_EPOCH": ""})


def test_a_record_names_no_dataset_that_is_left_out(portal):
    """
    A reuse of a dataset that has errors is published without it, where the rest is.
    """
    reuse = "---\ntitle: Carte\ndataset: [arbres, autre]\n---\n"
    small = portal({"datasets/arbres.yaml": ARBRES.replace("cc-by-4.0", "cc-by-9"), "content/reuses/carte.md": reuse})
    found = read_portal(small.folder)
    build(found, small.folder / "site")

    assert ["datasets/arbres.yaml"] == [item.place.path for item in found.errors]
    page = (small.folder / "site/reuses/carte/index.html").read_text(encoding="utf-8")
    assert ("dataset/autre/" in page, "dataset/arbres/" in page) == (True, False)
