"""The home page: the blocks that portal.yaml names, each from the repository, none of them empty."""

import pkgutil
import re
from html import unescape
from pathlib import Path

from generator.pages import blocks
from generator.standards import vocabulary

THEME = Path(__file__).parents[2] / "themes" / "default"
PORTAL = "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\n"
DATASET = """\
title: {{fr: {0}, en: {0}}}
description: {{fr: Texte., en: Text.}}
publisher: ville
theme: [transport]
license: cc-by-4.0
issued: {1}
modified: {2}
distribution:
  - {{id: csv, downloadURL: "https://exemple.org/{0}.csv"}}
"""
NEWS = "---\ntitle: {{fr: {0}, en: {0}}}\ndate: {1}\ncategory: Avis\n---\n\nDu *neuf*.\n"


def home(portal, files=None, language=""):
    return portal(files).build()[f"{language}index.html"].decode()


def sections(html: str) -> list[str]:
    return re.findall(r'<section class="block[^"]*" aria-labelledby="([\w-]+)"', html)


def links(html: str, block: str) -> list[str]:
    """The words of the links in a block."""
    part = re.search(rf'aria-labelledby="{block}">(.*?)</section>', html, re.DOTALL)
    return [unescape(text) for text in re.findall(r"<a [^>]*>([^<]+)</a>", part[1] if part else "")]


def test_each_block_has_its_template():
    """
    A block that portal.yaml may name has what it shows, and a template that shows it; content types share one.
    """
    templates = {file.stem for file in (THEME / "templates" / "blocks").glob("*.html")}

    modules = {module.name for module in pkgutil.iter_modules(blocks.__path__)}
    assert set(vocabulary("blocks").terms) == modules == templates - {"records"}


def test_each_theme_has_its_symbol():
    """
    The sprite holds one symbol a default theme and one for others, in six kilobytes.
    """
    sprite = (THEME / "assets" / "icons.svg").read_text(encoding="utf-8")

    assert set(vocabulary("themes").terms) | {"other"} <= set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    assert len(sprite.encode()) <= 6144


def test_blocks_stand_in_the_order_chosen(portal):
    """
    Those that portal.yaml names, in its order, each once; those with nothing to show are left out.
    """
    named = "home: [publishers, popular, latest, latest, news, themes]\n"
    files = {"portal.yaml": PORTAL + named, "datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01")}

    assert sections(home(portal, files)) == ["publishers", "latest", "themes"]


def test_without_a_choice_every_block_that_has_something_is_shown(portal):
    """
    A portal that names no block still has a home page.
    """
    html = home(portal, {"datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01")})

    assert sections(html) == ["themes", "latest", "publishers"]
    assert 'class="figures"' in html and 'role="search"' in html


def test_nothing_is_latest_without_a_date(portal):
    """
    Of datasets without a date none is called recent: neither on the home page nor in what the list says of its order.
    """
    site = portal({"datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01")}).build()
    undated = portal(name="undated").build()

    latest = re.search(r'aria-labelledby="latest">(.*?)</section>', site["en/index.html"].decode(), re.DOTALL)[1]
    assert re.findall(r"<li><a[^>]*>([^<]*)", latest) == ["a"]
    assert "latest" not in sections(undated["en/index.html"].decode())
    said = [
        re.search(r'name="description" content="([^"]*)"', one["en/dataset/index.html"].decode())[1]
        for one in (site, undated)
    ]
    assert said == [
        "The 2 datasets of the catalogue, the most recently updated first.",
        "The only dataset of the catalogue.",
    ]


def test_an_empty_catalogue_has_a_home_page(portal):
    """
    With no dataset at all, blocks of datasets are not there.
    """
    blocks = f"home: [{', '.join(list(vocabulary('blocks').terms))}]\n"
    html = home(portal, {"portal.yaml": PORTAL + blocks, "datasets/autre.yaml": None})

    assert sections(html) == ["themes", "publishers", "declaration"]


def test_latest_popular_added_and_featured(portal):
    """
    Each block orders datasets by its own measure.
    """
    files = {
        "portal.yaml": PORTAL + "home: [popular, additions, latest, featured]\nfeatured: [c, a]\n",
        "datasets/autre.yaml": None,
        "datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01"),
        "datasets/b.yaml": DATASET.format("b", "2022-01-01", "2025-01-01"),
        "datasets/c.yaml": DATASET.format("c", "2021-01-01", "2024-01-01") + "formerly: [vieux]\n",
        "usage.csv": "dataset,count\nb,10\nc,7\nvieux,5\na,0\n",
    }
    html = home(portal, files, "en/")

    assert links(html, "popular") == ["c", "b"]
    assert "12 uses" in html
    assert links(html, "additions") == ["b", "c", "a"]
    assert links(html, "latest") == ["a", "b", "c", "All datasets"]
    assert links(html, "featured") == ["c", "a"]
    assert html.count('class="row"') == 1  # the three short blocks share it


def test_usage_may_have_no_heading_and_quotes(portal):
    """
    What a web-statistics program exports is read: quotes, no heading, empty lines.
    """
    small = portal({"usage.csv": '"autre","3"\n\nautre , 4\n'})

    assert small.check().codes == []
    assert "7 uses" in small.build()["en/index.html"].decode()


def test_a_share_is_shown_only_when_both_sides_are_known(portal):
    """
    The share of the population needs the whole and a publisher's own, of those that have datasets.
    """
    ville = "name: {fr: Ville, en: City}\npopulation: 41000\n"
    whole = PORTAL + "population: 50000\n"

    def share(name: str, files: dict) -> list[str]:
        return re.findall(r"<strong>(\d+%)</strong>", portal(files, name=name).build()["en/index.html"].decode())

    assert share("a", {"datasets/publishers/ville.yaml": ville}) == []
    assert share("b", {"portal.yaml": whole}) == []
    assert share("c", {"portal.yaml": whole, "datasets/publishers/ville.yaml": ville}) == ["82%"]
    ministry = "name: {fr: Ministère, en: Ministry}\npopulation: 9000\n"  # without datasets
    files = {"portal.yaml": whole, "datasets/publishers/ville.yaml": ville}
    assert share("d", files | {"datasets/publishers/ministere.yaml": ministry}) == ["82%"]


def test_actions_and_the_footer_lead_where_portal_yaml_says(portal):
    """
    Buttons and the links at the foot of every page, in the page's language, with their fragment.
    """
    entry = "- {title: {fr: Écrire, en: Write}, url: /joindre/#texte}\n"
    files = {
        "portal.yaml": f"{PORTAL}actions:\n  {entry}footer:\n  {entry}",
        "content/joindre.md": '---\ntitle: {fr: Joindre, en: Reach}\n---\n\n<h2 id="texte">Texte</h2>\n',
    }
    site = portal(files).build()
    link = '<a{} href="../en/joindre/#text-texte">Write</a>'

    assert link.format(' class="button button-quiet"') in site["en/index.html"].decode()
    assert link.format("") in site["en/index.html"].decode()
    assert 'href="../../joindre/#text-texte">Écrire</a>' in site["dataset/autre/index.html"].decode()


def test_a_link_of_portal_yaml_that_leads_nowhere_is_told(portal):
    """
    Actions, footer and declaration are checked as the menu is.
    """
    files = {
        "portal.yaml": PORTAL + "actions: [{title: A, url: /a/}]\nfooter: [{title: B, url: /b/}]\ndeclaration: /c/\n"
    }

    assert sorted(item.values["value"] for item in portal(files).check().diagnostics) == ["/a/", "/b/", "/c/"]


def test_the_declaration_is_a_page_or_the_catalogue_itself(portal):
    """
    A page gives its summary and a link; without one, the catalogue's description, which is then not said twice.
    """
    page = "---\ntitle: {fr: Serment, en: Oath}\ndescription: {fr: Nous **jurons**., en: We swear.}\n---\n\nTout.\n"
    chosen = PORTAL + "home: [declaration]\n"
    own = home(portal, {"portal.yaml": chosen + "declaration: /serment/\n", "content/serment.md": page})
    bare = portal({"portal.yaml": chosen}, name="bare").build()["index.html"].decode()

    assert "Nous <strong>jurons</strong>." in own and 'href="./serment/">Lire la déclaration</a>' in own
    assert bare.count("<p>Tout ce que la ville publie.</p>") == 1


def test_news_and_reuses_have_their_lists(portal):
    """
    The latest first on the home page, all of them on the list, each with its fields on its own page.
    """
    files = {f"content/news/n{n}.md": NEWS.format(f"Nouvelle {n}", f"2026-0{n}-01") for n in range(1, 6)}
    site = portal(files).build()

    assert links(site["index.html"].decode(), "news") == [
        "Nouvelle 5",
        "Nouvelle 4",
        "Nouvelle 3",
    ]
    more = '<a href="./news/">Tout voir<span class="visually-hidden"> : Actualités</span></a>'
    assert more in site["index.html"].decode()
    listed = site["news/index.html"].decode()
    assert re.findall(r'<h2 class="card-title"><a href="[^"]+">([^<]+)</a>', listed) == [
        f"Nouvelle {n}" for n in (5, 4, 3, 2, 1)
    ]
    own = site["en/news/n3/index.html"].decode()
    assert '<p class="eyebrow"><span lang="fr">Avis</span></p>' in own and "March 1, 2026" in own
    assert '<a href="../../../en/news/">News</a>' in own
    assert "<loc>https://exemple.org/portail/news/</loc><lastmod>2026-05-01</lastmod>" in site["sitemap.xml"].decode()


def test_a_long_list_of_news_has_pages(portal):
    """
    Twenty to a page, the page of the folder itself above the first.
    """
    files = {f"content/news/n{n}.md": NEWS.format(f"N{n:02}", "2026-01-01") for n in range(25)}
    files["content/news/index.md"] = "---\ntitle: {fr: Nouvelles, en: Tidings}\n---\n\nÀ lire.\n"
    site = portal(files).build()

    assert "<h1>Nouvelles</h1>" in site["news/index.html"].decode()
    assert "<p>À lire.</p>" in site["news/index.html"].decode()
    listed, _, _ = site["news/page/2/index.html"].decode().partition("<template")
    assert listed.count('class="card-title"') == 5


def test_publishers_stand_below_their_parents(portal):
    """
    A publisher of the same kind is listed under the one that it reports to, whose page leads to it and back.
    """
    files = {
        "datasets/publishers/ville.yaml": "name: {fr: Ville, en: City}\nkind: municipality\n",
        "datasets/publishers/ministere.yaml": """\
name: {fr: Biblio, en: Library}
kind: municipality
parent: ville
population: 1200
""",
    }
    site = portal(files).build()
    listed = site["en/publisher/index.html"].decode()
    child = unescape(site["en/publisher/ministere/index.html"].decode())

    assert re.search(
        r'City</a> <span class="count">1</span><ul class="ledger ledger-under">\s*<li><a [^>]+>Library</a>', listed
    )
    assert '<a href="../../../en/publisher/ministere/">Library</a>' in site["en/publisher/ville/index.html"].decode()
    assert re.findall(r'<li><a href="[./]+/en/publisher/ville/">City</a></li>', child)
    assert "1,200" in child


def test_a_publisher_page_has_its_figures(portal):
    """
    Files, last update, and the shares under an open licence and translated.
    """
    files = {
        "datasets/autre.yaml": None,
        "datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01"),
        "datasets/b.yaml": DATASET.format("b", "2022-01-01", "2025-01-01")
        .replace("license: cc-by-4.0\n", "")
        .replace("{fr: Texte., en: Text.}", "Texte."),
    }
    html = portal(files).build()["en/publisher/ville/index.html"].decode()
    facts = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd><span>([^<]+)</span>", html))

    assert facts == {
        "Files and services": "2",
        "Last update": "January 1, 2026",
        "Under an open licence": "50%",
        "Title and description translated": "50%",
    }


def test_a_theme_page_has_its_figures_and_leads_to_the_search(portal):
    """
    Publishers too; the search begins with what the list holds, unless that is one dataset alone.
    """
    built = portal({"datasets/a.yaml": DATASET.format("a", "2020-01-01", "2026-01-01")}).build()
    html = built["en/theme/transport/index.html"].decode()
    facts = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd><span>([^<]+)</span>", html))

    assert facts == {
        "Publishers": "1",
        "Files and services": "2",
        "Last update": "January 1, 2026",
        "Under an open licence": "100%",
        "Title and description translated": "100%",
    }
    assert '<a href="../../../en/dataset/?theme=transport">' in html
    assert "?publisher=" not in built["en/publisher/ministere/index.html"].decode()


def test_too_many_publishers_are_not_all_on_the_home_page(portal):
    """
    Of more than forty, the twelve with the most datasets are named, and a link leads to all.
    """
    bodies = [f"organisme-{n}" for n in range(41)]
    files = {f"datasets/publishers/{body}.yaml": f"name: {body.title()}\n" for body in bodies}
    files |= {
        f"datasets/{body}.yaml": DATASET.format(body, "2020-01-01", "2026-01-01").replace(": ville", f": {body}")
        for body in bodies
    }
    block = home(portal, files).partition('id="publishers"')[2].partition("</section>")[0]

    assert 12 == block.count("<li>")
    assert '<a href="./publisher/">Les 42 organismes</a>' in block
