"""`feeds.opml` and the page that explains following: every list that has a feed, in each language."""

from __future__ import annotations

import re
from xml.etree import ElementTree

NEWS = "---\ntitle: Un titre & plus\ndate: 2026-01-05\ncategory: Budget\n---\nCorps.\n"


def read_outline(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """The feeds of an outline, by their group: title and address."""
    body = ElementTree.fromstring(content).find("body")
    assert body is not None
    return {group.attrib["text"]: [(one.attrib["text"], one.attrib["xmlUrl"]) for one in group] for group in body}


def test_an_outline_holds_the_feeds_of_every_list(portal):
    """
    The whole, publishers, themes, formats and licences with datasets, and records with their parts are in it, in each
    language's words and addresses.
    """
    site = portal({"content/news/a.md": NEWS}).build()
    base = "https://exemple.org/portail/"

    assert read_outline(site["feeds.opml"]) == {
        "Jeux de données": [("Tout le catalogue", f"{base}feed.atom")],
        "Organismes": [("Ville", f"{base}publisher/ville/feed.atom")],
        "Thèmes": [("Transport", f"{base}theme/transport/feed.atom")],
        "Formats": [("CSV", f"{base}format/csv/feed.atom")],
        "Licences": [
            ("Creative Commons Attribution 4.0 International (CC BY 4.0)", f"{base}license/cc-by-4.0/feed.atom")
        ],
        "Actualités": [("Actualités", f"{base}news/feed.atom"), ("Budget", f"{base}news/category/budget/feed.atom")],
    }
    assert list(read_outline(site["en/feeds.opml"])["News"]) == [
        ("News", f"{base}en/news/feed.atom"),
        ("Budget", f"{base}en/news/category/budget/feed.atom"),
    ]


def test_every_feed_of_the_demonstration_s_lists_is_there_and_leads_somewhere(demonstration):
    """
    What an outline names is published, and what is published as the feed of a list is named; a dataset's own feed is
    on its page alone.
    """
    named = {
        url.removeprefix("https://donnees.exemple.org/")
        for feeds in read_outline((demonstration / "feeds.opml").read_bytes()).values()
        for _, url in feeds
    }
    published = {file.relative_to(demonstration).as_posix() for file in demonstration.rglob("feed.atom")}
    own = {path for path in published if not path.startswith("en/") and not re.match(r"dataset/.", path)}

    dated = {path for path in own if b"<entry" in (demonstration / path).read_bytes()}
    assert dated <= named <= published


def test_pages_lead_to_how_to_follow(portal):
    """
    The footer of each page, and the title of what can be followed, lead to the page that explains it, in their
    language.
    """
    site = {path: data.decode() for path, data in portal({"content/news/a.md": NEWS}).build().items() if "html" in path}

    assert '<a href="./follow/">Suivre ce qui change</a>' in site["index.html"]
    part = site["en/news/category/budget/index.html"]
    assert re.findall(r'<a [^>]*href="([^"]*(?:follow/|feed.atom))"', part) == [
        "../../../../en/news/category/budget/feed.atom",
        "../../../../en/follow/",
        "../../../../en/news/category/budget/feed.atom",
        "../../../../en/follow/",
    ]
    assert 'href="../feeds.opml"' in site["follow/index.html"]


def test_a_portal_with_nothing_to_follow_has_neither(portal):
    """
    Without a dataset or a dated record there is no outline, no page and no link to it.
    """
    site = portal({"datasets/autre.yaml": None}).build()

    assert [path for path in site if "follow" in path or path.endswith(".opml")] == []
    assert b"follow/" not in site["index.html"]
