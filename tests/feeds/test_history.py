"""`dataset/<id>/feed.atom`: what happened to a dataset, as a feed reader takes it."""

import re

import feedparser

from tests.conftest import ARBRES
from tests.feeds.test_atom import problems

FOLDER = "datasets/arbres"
OWN = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")
PAGE = "https://exemple.org/portail/en/dataset/arbres/"


def test_a_dataset_is_followed_by_its_history(portal):
    """
    An entry a day, the latest first, in each language's words, with an id that stays; the page declares the feed and
    leads to it.
    """
    small = portal({})
    small.commit("2026-01-01", {f"{FOLDER}/dataset.yaml": OWN, f"{FOLDER}/arbres.csv": "a\n1\n"})
    small.commit("2026-02-03", {f"{FOLDER}/arbres.csv": "a\n2\n", f"{FOLDER}/dataset.yaml": OWN + "version: 2\n"})
    site = small.build()
    feed = site["en/dataset/arbres/feed.atom"]
    found = feedparser.parse(feed)

    assert problems(feed) == []
    assert [(entry.id, entry.title, entry.updated, entry.get("summary")) for entry in found.entries] == [
        (
            f"{PAGE}#_changed-2026-02-03",
            "File replaced: arbres.csv",
            "2026-02-03T00:00:00Z",
            "File replaced: arbres.csv\nDescription changed",
        ),
        (f"{PAGE}#_changed-2026-01-01", "Dataset added to the catalogue", "2026-01-01T00:00:00Z", None),
    ]
    french = feedparser.parse(site["dataset/arbres/feed.atom"])
    assert french.entries[0].title == "Fichier remplacé\u202f: arbres.csv"
    html = site["en/dataset/arbres/index.html"].decode()
    assert 'type="application/atom+xml" title="Updates: Trees" href="../../../en/dataset/arbres/feed.atom"' in html
    assert 'class="button button-quiet follow" href="../../../en/dataset/arbres/feed.atom"' in html
    assert {entry.id.partition("#")[2] for entry in found.entries} <= set(re.findall(r' id="([^"]+)"', html))


def test_a_dataset_of_which_nothing_is_known_has_no_feed(portal):
    """
    Without a day of anything there is nothing to tell: no feed, and no button; lists have theirs.
    """
    site = portal({"datasets/arbres.yaml": ARBRES}).build()

    assert "dataset/arbres/feed.atom" not in site
    assert b'follow" href' not in site["dataset/arbres/index.html"]
    assert b'follow" href="../feed.atom"' in site["dataset/index.html"]
    assert b'follow" href="../../theme/transport/feed.atom"' in site["theme/transport/index.html"]
    assert b'follow" href' not in site["theme/index.html"]


def test_those_who_follow_are_told_of_a_withdrawal(portal):
    """
    The feed stays where it was, and its latest entry says that the dataset is gone.
    """
    text = ARBRES + "issued: 2020-01-01\nwithdrawn: {date: 2026-05-01}\n"
    found = feedparser.parse(portal({"datasets/arbres.yaml": text}).build()["en/dataset/arbres/feed.atom"])

    assert [entry.title for entry in found.entries] == ["Dataset withdrawn", "Dataset published"]
