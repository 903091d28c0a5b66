"""What must hold of every page, said once, over every page of the demonstration portal."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.conftest import read_tree

BASE = "https://hote.exemple/portail/"
ADDRESSES = ("href", "src", "action", "data-index", "data-documents", "data-directory")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page's elements in order; `text` is what an element holds up to its end, for those that are looked at."""

    markup: str
    elements: list[Element] = field(default_factory=list)
    templates: int = 0
    drawings: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.feed(self.markup)

    def handle_starttag(self, tag, attributes):
        self.templates += tag == "template"
        if self.templates:  # what a script fills in
            return
        self.drawings += tag == "svg"
        if tag == "title" and self.drawings:
            tag = "svg:title"
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.elements.append(element)
        if tag in ("a", "h1", "title", "script", "button"):
            self.open.append(element)

    def handle_endtag(self, tag):
        self.templates -= tag == "template"
        self.drawings -= tag == "svg"
        if self.open and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]


@pytest.fixture(scope="module")
def files(demonstration):
    return read_tree(demonstration)


@pytest.fixture(scope="module")
def pages(files):
    return {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}


def faults(pages, find):
    """What `find` says of each page, with the page's path, for the first few."""
    return [f"{path}: {fault}" for path, page in pages.items() for fault in find(page)][:20]


def test_the_demonstration_portal_is_whole(files):
    """
    Its pages, feeds and search are there, in both languages.
    """
    names = {"index.html", "en/index.html", "404.html", "data.json", "catalog.jsonld", "sitemap.xml", "robots.txt"}

    assert names <= set(files)
    assert {path.split("/")[1] for path in files if path.startswith("search/")} == {"fr", "en", "records"}


def dead_links(files, pages):
    """Every link, picture, script and form of the site's own that leads to no file, or to no id in it."""
    targets = {path.removesuffix("index.html"): set(pages[path].ids) if path in pages else set() for path in files}
    targets |= {path: set(Page(files[path].decode()).ids) for path in files if path.endswith(".svg")}

    def dead(path, page):
        here = BASE + path.removesuffix("index.html")
        for element in page.elements:
            for name, written in element.attributes.items():
                if name not in ADDRESSES or element.attributes.get("rel") in ("canonical", "alternate"):
                    continue
                url = urljoin(here, written)
                if not url.startswith(BASE):
                    continue
                parts = urlsplit(url.removeprefix(BASE))
                target = unquote(parts.path)
                if target not in targets or (parts.fragment and unquote(parts.fragment) not in targets[target]):
                    yield f"{path}: {element.tag} {name}={written}"

    return [fault for path, page in pages.items() if path != "404.html" for fault in dead(path, page)]


def test_links_lead_somewhere(files, pages):
    """
    Every link, picture, script and form of the site's own leads to a file, and to an id in it.
    """
    assert dead_links(files, pages)[:20] == []


def test_pages_work_below_any_path(pages):
    """
    No link starts at the host's root, nor leaves the portal's folder: the portal may stand at `https://host/portal/`.
    """

    def leaving(path, page):
        for element in page.elements:
            for name in ("href", "src", "action"):
                written = element.attributes.get(name, "")
                ups = len(re.match(r"(?:\.\./)*", written)[0]) // 3
                if written.startswith("/") or ups > path.count("/"):
                    yield f"{path}: {element.tag} {name}={written}"

    everywhere = {path: page for path, page in pages.items() if path != "404.html"}
    assert [fault for path, page in everywhere.items() for fault in leaving(path, page)][:20] == []


def test_the_page_of_no_address_links_from_the_root(pages):
    """
    A host shows 404.html at any depth: its links start at the root.
    """
    links = [e.attributes[n] for e in pages["404.html"].elements for n in ("href", "src") if n in e.attributes]

    assert [url for url in links if not re.match(r"/(?!/)|https?:|mailto:|#", url)] == []


def test_alternates_are_pages_of_the_site(files, pages):
    """
    Canonical and alternate addresses are absolute, of this portal, and each page's languages name one another.
    """
    base = "https://donnees.exemple.org/"

    def wrong(page):
        for element in page.all("link"):
            if element.attributes["rel"] in ("canonical", "alternate") and "type" not in element.attributes:
                url = element.attributes["href"]
                path = url.removeprefix(base)
                if not url.startswith(base) or (path + "index.html" if path[-1:] in ("/", "") else path) not in files:
                    yield url

    assert faults(pages, wrong) == []


def test_ids_are_unique(pages):
    """
    An id stands once in its page, and what refers to ids refers to ones that are there.
    """

    def wrong(page):
        yield from (f"twice #{name}" for name, count in Counter(page.ids).items() if count > 1)
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
                for target in element.attributes.get(name, "").split():
                    if target not in page.ids:
                        yield f"{name}={target}"

    assert faults(pages, wrong) == []


def test_pages_say_what_they_are(pages):
    """
    Each page has its language, one title, one h1 with words, one main part, a viewport and a way past the menu.
    """

    def wrong(page):
        language = page.all("html")[0].attributes.get("lang")
        if language not in ("fr", "en"):
            yield f"lang={language}"
        for tag in ("title", "h1"):
            if [bool(element.text.strip()) for element in page.all(tag)] != [True]:
                yield f"{len(page.all(tag))} {tag}"
        if len(page.all("main")) != 1:
            yield f"{len(page.all('main'))} main"
        if "viewport" not in [element.attributes.get("name") for element in page.all("meta")]:
            yield "no viewport"

    # A page that only leads elsewhere is no page to read.
    assert faults({path: page for path, page in pages.items() if not moved(page)}, wrong) == []


def moved(page: Page) -> bool:
    return any(element.attributes.get("http-equiv", "").lower() == "refresh" for element in page.all("meta"))


def test_titles_tell_pages_apart(pages):
    """
    No two pages of a language have the same title.
    """
    titles = Counter(
        (page.all("html")[0].attributes["lang"], page.all("title")[0].text)
        for page in pages.values()
        if not moved(page)
    )

    assert [title for title, count in titles.items() if count > 1] == []


def test_headings_skip_no_level(pages):
    """
    A heading is at most one level below the one before it.
    """

    def wrong(page):
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        yield from (f"h{a} h{b}" for a, b in pairwise(levels) if b > a + 1)

    assert faults(pages, wrong) == []


def test_pictures_and_controls_have_words(pages):
    """
    A picture has an alternative, a link or button has words or a label, and a field has a label.
    """

    def wrong(page):
        labelled = {element.attributes.get("for") for element in page.all("label")}
        for element in page.elements:
            said = element.attributes
            if element.tag == "img" and "alt" not in said:
                yield f"img {said}"
            if element.tag in ("a", "button") and not element.text.strip() and not said.get("aria-label"):
                yield f"{element.tag} {said}"
            fields = element.tag in ("input", "select", "textarea") and said.get("type") not in ("hidden", "submit")
            if fields and said.get("id") not in labelled and not said.get("aria-label"):
                yield f"{element.tag} {said}"

    assert faults(pages, wrong) == []


def test_nothing_is_loaded_from_elsewhere(pages, files):
    """
    Scripts, styles, pictures and frames come from the site's own host, in pages and in style sheets.
    """

    def wrong(page):
        for element in page.elements:
            if element.tag == "link" and element.attributes["rel"] in ("canonical", "alternate", "license"):
                continue
            if element.tag in ("script", "link", "img", "iframe", "source", "video", "audio", "object", "embed"):
                for name in ("src", "href", "data", "poster", "srcset"):
                    if re.match(r"(?:[a-z]+:)?//", element.attributes.get(name, "")):
                        yield f"{element.tag} {element.attributes[name]}"

    sheets = {path: content.decode() for path, content in files.items() if path.endswith(".css")}
    assert faults(pages, wrong) == []
    assert [path for path, sheet in sheets.items() if re.search(r"@import|url\([\"']?(?:https?:)?//", sheet)] == []


def test_a_strict_content_security_policy_holds(pages):
    """
    No page has a script or style of its own, nor a handler: a policy without `unsafe-inline` lets all of it through.
    """

    def wrong(page):
        for element in page.elements:
            data = element.attributes.get("type", "") in ("application/ld+json", "application/json")
            if element.tag == "style" or (element.tag == "script" and element.text.strip() and not data):
                yield element.tag
            yield from (name for name in element.attributes if name == "style" or name.startswith("on"))
            if element.attributes.get("href", "").startswith("javascript:"):
                yield "javascript:"

    assert faults(pages, wrong) == []


def test_pages_hold_no_trace_of_their_making(pages):
    """
    No page shows a template's mark, an undefined value or the sign that stands for the root.
    """
    trace = re.compile(r"\{\{\s|\{%|\x02|>\s*None\s*<|Undefined|Markup\(|>[^<]*\{(?!(?:id|kind|n)\})[a-z_]+\}")

    assert faults(pages, lambda page: trace.findall(page.markup)) == []


def test_french_pages_are_set_in_french(pages):
    """
    In a French page's own words, no ordinary space comes before `;`, `!`, `?`, `»` or after `«`.
    """
    french = {path: page for path, page in pages.items() if not path.startswith("en/") and path != "404.html"}
    wrong = re.compile(r"\S+ [;!?»]|« \S+")

    assert faults(french, lambda page: wrong.findall(re.sub(r"<script.*?</script>|<[^>]*>", "", page.markup))) == []
