"""`feed.atom`, read by feedparser and by the rules of RFC 4287 and RFC 6721."""

import re
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest

from generator.feeds import atom
from generator.model import Catalog, Dataset, Distribution, Location, Withdrawal
from generator.site.site import Site
from generator.site.tasks import Task
from generator.theme.theme import Theme
from tests.feeds.test_dcat_ap import FULL, ODD, make, some

BASE = "https://donnees.exemple.org/p/"
ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

GONE = Withdrawal(date="2024-05-02", reason={"fr": "Remplacé.", "en": "Replaced."})


def feeds(catalog: Catalog) -> dict[str, bytes]:
    site = Site(catalog, Theme(name="none"))
    return {task.path: task.render(site, *task.arguments) for task in atom.plan(site)}


def tasks(catalog: Catalog) -> dict[str, Task]:
    return {task.path: task for task in atom.plan(Site(catalog, Theme(name="none")))}


def dated(id: str, modified: str, **fields: object) -> Dataset:
    return some(id=id, modified=modified, **fields)


def problems(feed: bytes) -> list[str]:
    """What RFC 4287 (4.1.1, 4.1.2, 4.2.7, 4.2.15) and RFC 6721 (3) refuse."""
    root = ElementTree.fromstring(feed)
    found = []
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            values = element.findall(f"{ATOM}{name}")
            if len(values) != 1 or not (values[0].text or "").strip():
                found.append(f"{len(values)} {name} in {element.tag}")
        if not (element.findall(f"{ATOM}author/{ATOM}name") or root.findall(f"{ATOM}author/{ATOM}name")):
            found.append(f"no author in {element.tag}")
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        if not alternates or len(alternates) != len(set(alternates)):
            found.append(f"alternates of {element.tag}: {alternates}")
    if len([link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]) != 1:
        found.append("no self")
    ids = [element.findtext(f"{ATOM}id") for element in root.findall(f"{ATOM}entry")]
    if len(ids) != len(set(ids)):
        found.append("an id twice")
    dates = [element.text for name in ("updated", "published") for element in root.iter(f"{ATOM}{name}")]
    dates += [element.get("when") for element in root.findall(f"{AT}deleted-entry")]
    found += [date for date in dates if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", date)]
    for date in dates:
        datetime.fromisoformat(date)
    links = [link.get("href") for link in root.iter(f"{ATOM}link")]
    return found + [href for href in links if not re.match(r"https?://[!-~]+$", href)]


@pytest.mark.parametrize("path", ["feed.atom", "en/feed.atom", "keyword/culture/feed.atom"])
def test_a_reader_takes_the_served_feeds(served, demonstration, path):
    """
    A feed reader takes the demonstration portal's feeds from a static host, whole and without complaint.
    """
    found = feedparser.parse(f"{served}{path}")

    assert (found.status, found.bozo, found.version) == (200, False, "atom10")
    assert found.headers["content-type"] == "application/atom+xml"
    assert len(found.entries) == len(re.findall(rb"<entry[ >]", (demonstration / path).read_bytes())) > 0


def test_a_reader_finds_what_changed():
    """
    A feed reader has each dataset once, the latest first, with its words, dates, page and files.
    """
    catalog = make(FULL, dated("b", "2020"), dated("c", "2026-03-10T08:00"))

    found = feedparser.parse(feeds(catalog)["en/feed.atom"])

    assert not found.bozo
    assert (found.feed.title, found.feed.id, found.feed.updated) == (
        "Data",
        f"{BASE}en/feed.atom",
        "2026-03-10T08:00:00Z",
    )
    assert [(entry.id, entry.updated) for entry in found.entries] == [
        (f"{BASE}dataset/c#dataset", "2026-03-10T08:00:00Z"),
        (f"{BASE}dataset/casernes#dataset", "2026-03-09T00:00:00Z"),
        (f"{BASE}dataset/b#dataset", "2020-01-01T00:00:00Z"),
    ]
    entry = found.entries[1]
    assert (entry.title, entry.summary, entry.author, entry.published) == (
        "Fire stations",
        "Emplacement des casernes.",
        "Incendie",
        "2015-01-01T00:00:00Z",
    )
    assert [tag.term for tag in entry.tags] == ["securite", "ville"]
    assert [(link.rel, link.href) for link in entry.links] == [
        ("alternate", f"{BASE}dataset/casernes/"),
        ("alternate", f"{BASE}en/dataset/casernes/"),
        ("alternate", f"{BASE}dataset/casernes.jsonld"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("enclosure", f"{BASE}dataset/casernes/%C3%A9t%C3%A9.csv"),
    ]
    assert (entry.enclosures[0].type, entry.enclosures[0].length) == ("text/csv", "0")


def test_words_in_another_language_say_so():
    """
    An entry without a translation is in the language it was written in, and says which.
    """
    root = ElementTree.fromstring(feeds(make(FULL, dated("b", "2020")))["en/feed.atom"])
    entries = root.findall(f"{ATOM}entry")

    assert root.get(LANG) == "en"
    assert [(entry.findtext(f"{ATOM}title"), entry.get(LANG)) for entry in entries] == [
        ("Fire stations", None),
        ("Titre", "fr"),
    ]
    assert entries[0].find(f"{ATOM}summary").get(LANG) == "fr"


def test_each_collection_has_its_feed_in_each_language():
    """
    The site, its publishers, themes, keywords, formats and licences have a feed wherever they have a page.
    """
    found = feeds(make(FULL, dated("b", "2020", theme=("ville",))))

    french = ["feed.atom", "format/csv/feed.atom", "keyword/caserne/feed.atom", "keyword/incendie/feed.atom"]
    both = ["license/cc-by-4.0", "publisher/autre", "publisher/incendie", "publisher/ville"]
    french += [f"{path}/feed.atom" for path in (*both, "theme/securite", "theme/ville")]
    assert [path for path in sorted(found) if not path.startswith("en/")] == french
    assert "en/keyword/fire-station/feed.atom" in found
    assert feedparser.parse(found["theme/ville/feed.atom"]).feed.title == "Ville – Données"
    assert [entry.id for entry in feedparser.parse(found["en/format/csv/feed.atom"]).entries] == [
        f"{BASE}dataset/casernes#dataset"
    ]


@pytest.mark.parametrize(
    "catalog",
    [
        make(),
        make(FULL, dated("gone", "2023", withdrawn=GONE)),
        make(
            *(
                some(**{"id": id, "modified": "2020-02", **fields})
                for id, fields in ODD.items()
                if id not in ("nobody", "theme")
            )
        ),
        make(
            dated("a", "2020", title={"fr": "<b>&</b> \x0b]]>"}, description={"fr": "a\n\n<p>b & c</p>" + "é" * 2000})
        ),
        make(
            dated(
                "a",
                "2020",
                distribution=(Distribution(id="x", title={"fr": 'A "b" <c>'}, download_url="https://é.example/a b"),),
            )
        ),
    ],
    ids=["empty", "full", "odd", "marks", "file"],
)
def test_every_feed_is_valid(catalog):
    """
    Each feed is read without complaint and has what the standard demands, with or without entries.
    """
    for path, feed in feeds(catalog).items():
        assert (path, problems(feed)) == (path, [])
        assert not feedparser.parse(feed).bozo


def test_a_feed_holds_the_fifty_latest():
    """
    Of sixty datasets, the feed has the fifty that changed last.
    """
    catalog = make(*(dated(f"d{day:02}", f"2020-{1 + day // 28:02}-{1 + day % 28:02}") for day in range(60)))

    found = feedparser.parse(feeds(catalog)["feed.atom"])

    assert [entry.id for entry in found.entries] == [f"{BASE}dataset/d{day:02}#dataset" for day in range(59, 9, -1)]


def test_a_dataset_without_a_date_is_in_no_feed():
    """
    No date is invented; a feed of datasets without dates is as old as the catalogue's last change.
    """
    found = feeds(make(some(id="a", publisher="autre"), dated("b", "2020-05")))

    assert [entry.id for entry in feedparser.parse(found["feed.atom"]).entries] == [f"{BASE}dataset/b#dataset"]
    undated = feedparser.parse(found["publisher/autre/feed.atom"])
    assert (undated.entries, undated.feed.updated) == ([], "2020-05-01T00:00:00Z")
    assert feedparser.parse(feeds(make())["feed.atom"]).feed.updated == "2010-01-01T00:00:00Z"
    assert feedparser.parse(feeds(make(issued=""))["feed.atom"]).feed.updated == "1970-01-01T00:00:00Z"


def test_a_withdrawn_dataset_leaves_a_tombstone():
    """
    In each feed that it was in, a withdrawn dataset is a deleted entry with the day and the reason; no entry.
    """
    gone = dated("gone", "2023", theme=("ville",), withdrawn=GONE, spatial=(Location(name={"fr": "Ici"}),))
    found = feeds(make(dated("b", "2020", publisher="autre"), gone))

    def tombstones(path: str) -> list[tuple[str | None, str | None, str | None]]:
        root = ElementTree.fromstring(found[path])
        assert f"{BASE}dataset/gone#dataset" not in {item.text for item in root.iter(f"{ATOM}id")}
        return [
            (item.get("ref"), item.get("when"), item.findtext(f"{AT}comment"))
            for item in root.findall(f"{AT}deleted-entry")
        ]

    tombstone = (f"{BASE}dataset/gone#dataset", "2024-05-02T00:00:00Z")
    assert tombstones("feed.atom") == tombstones("theme/ville/feed.atom") == [(*tombstone, "Remplacé.")]
    assert tombstones("en/publisher/ville/feed.atom") == [(*tombstone, "Replaced.")]
    assert tombstones("publisher/autre/feed.atom") == tombstones("theme/securite/feed.atom") == []
    assert feedparser.parse(found["feed.atom"]).feed.updated == "2024-05-02T00:00:00Z"


def test_only_what_changed_is_made_anew():
    """
    A dataset that changes makes the feeds that show it anew, and no other.
    """
    before = tasks(make(dated("a", "2020", theme=("ville",)), dated("b", "2021", publisher="autre")))
    after = tasks(make(dated("a", "2020", theme=("ville",), version="2"), dated("b", "2021", publisher="autre")))

    changed = {path for path in before if before[path].digest != after[path].digest}
    ours = {"feed.atom", "publisher/ville/feed.atom", "theme/ville/feed.atom"}
    assert changed == ours | {f"en/{path}" for path in ours}


def test_the_order_of_instants_is_that_of_time():
    """
    A feed is as new as its latest entry, whatever zones their times are in.
    """
    found = feeds(make(dated("a", "2020-01-01T23:00:00-05:00"), dated("b", "2020-01-02T01:00:00Z")))

    assert feedparser.parse(found["feed.atom"]).feed.updated == "2020-01-01T23:00:00-05:00"
