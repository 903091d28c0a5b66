"""sitemap.xml: every page worth finding, with its translations and the day it changed, in as many files as it takes."""

from xml.etree import ElementTree

from generator.feeds import sitemap
from generator.model import Catalog, Withdrawal
from generator.site.site import Site
from generator.theme.theme import Theme
from tests.feeds.test_dcat_ap import FULL, make, some

BASE = "https://donnees.exemple.org/p/"
MAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"


def maps(catalog: Catalog) -> dict[str, ElementTree.Element]:
    site = Site(catalog, Theme(name="none"))
    found = {}
    for task in sitemap.plan(site):
        if task.path.endswith(".xml"):
            content = task.render(site, *task.arguments)
            found[task.path] = ElementTree.fromstring(content if isinstance(content, bytes) else b"".join(content))
    return found


def test_pages_name_their_translations_and_their_day():
    """
    A page in several languages names each of them, and is as old as its latest dataset.
    """
    root = maps(make(FULL, some(id="gone", withdrawn=Withdrawal(date="2024-01-01"))))["sitemap.xml"]
    found = {
        url.findtext(f"{MAP}loc"): (
            url.findtext(f"{MAP}lastmod"),
            [(link.get("hreflang"), link.get("href")) for link in url.findall(f"{XHTML}link")],
        )
        for url in root
    }

    both = [("fr", f"{BASE}dataset/casernes/"), ("en", f"{BASE}en/dataset/casernes/")]
    assert found[f"{BASE}en/dataset/casernes/"] == found[f"{BASE}dataset/casernes/"] == ("2026-03-09", both)
    assert found[f"{BASE}en/keyword/fire-station/"] == ("2026-03-09", [])
    assert found[f"{BASE}publisher/autre/"][0] is None
    assert not [address for address in found if "gone" in address]


def test_a_large_sitemap_is_split(monkeypatch):
    """
    Beyond what one file may hold, sitemap.xml lists files that hold every address once.
    """
    datasets = [some(id=f"d{n}") for n in range(30)]
    whole = [url.findtext(f"{MAP}loc") for url in maps(make(*datasets))["sitemap.xml"]]
    monkeypatch.setattr(sitemap, "MOST", 20)
    split = maps(make(*datasets))
    index = split.pop("sitemap.xml")

    assert index.tag == f"{MAP}sitemapindex"
    assert [item.findtext(f"{MAP}loc") for item in index] == [f"{BASE}{path}" for path in split]
    assert [url.findtext(f"{MAP}loc") for root in split.values() for url in root] == whole
    assert max(map(len, split.values())) == 20


def test_a_sitemap_stays_below_fifty_megabytes():
    """
    The more languages name each other at each address, the fewer addresses a file holds.
    """
    codes = ("fr", "en", "es", "de", "it", "pt", "nl", "sv", "fi")
    catalog = make()
    limits = [
        sitemap.limit(Site(make(portal=type(catalog.portal)(base_url=BASE, languages=codes[:n])), Theme(name="x")))
        for n in (1, 2, 9)
    ]

    assert limits == [50_000, 50_000, 20_000]


def test_a_page_named_with_spaces_and_accents_has_an_address(portal):
    """
    The address of a page in full is a URI, whatever its file is called.
    """
    site = portal({"content/Été à la ville.md": "---\ntitle: Été\n---\nBonjour.\n"}).build()

    assert b"<loc>https://exemple.org/portail/%C3%89t%C3%A9%20%C3%A0%20la%20ville/</loc>" in site["sitemap.xml"]
