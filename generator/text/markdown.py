"""Markdown to safe HTML, to plain text, and to the links it holds."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.treeprocessors import Treeprocessor

from generator.text.bare_addresses import link_addresses
from generator.text.code_spans import mask_code
from generator.text.list_layout import ListLayout
from generator.text.slugs import OPENED
from generator.text.tangles import find_tangle

# Text without any of these is plain paragraphs to Markdown; nine descriptions in ten are, and skip its cost.
MARKED = re.compile(
    r"[*_`\[\]<>&#|~\\\x02\x03\x85\u2028\u2029]|!\[|^\s*(?:[-+:=]|\d+[.)])|^[^\S\n]+\S|^[ \t]*[^\S \t\n]|  $|://",
    re.MULTILINE,
)

TAGS = """
    a abbr b blockquote br code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li
    ol p pre q s samp small span strong sub sup table tbody td th thead tr u ul var
"""
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
HEADING = re.compile("h[1-6]")
SCHEMES = {"http", "https", "mailto", "tel", "ftp", "ftps"}

# HTML has an attribute for it no more, and the site's policy refuses styles.
ALIGNMENTS = ("left", "center", "right")
ALIGNED = re.compile(rf'(<t[dh](?: [a-z]+="[^"]*")*) align="({"|".join(ALIGNMENTS)})"')

PREFIX = "text-"
"""What the ids of a text begin with on a page, so that they clash with none of its own."""


def prefix(part: str) -> str:
    """
    What the ids of one of several texts on a page begin with, so that they clash with none of another.

    >>> prefix(""), prefix("csv")
    ('text-', 'text-csv.')
    """
    return f"{PREFIX}{part}." if part else PREFIX


# The targets of Markdown links, images, reference definitions and HTML attributes.
TARGET = re.compile(
    r"""(?<!\\)\]\(\s*<?([^)\s>]+)|^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+["'(].*)?\s*$"""
    r"""|<(?:a|img)\s(?:[^<>]*\s)?(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.MULTILINE | re.IGNORECASE,
)
Rewrite = Callable[[str], str | None]
"""A link's target as written to the one to publish; None drops it."""


def leave(target: str) -> str:
    return target


class Outline(Treeprocessor):
    """Headings that start at a level and skip none, whatever levels the author used."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if HEADING.fullmatch(element.tag)]
        ranks = {tag: rank for rank, tag in enumerate(sorted({heading.tag for heading in headings}))}
        for heading in headings:
            heading.tag = f"h{min(self.level + ranks[heading.tag], 6)}"


def heading_id(title: str, separator: str) -> str:
    """
    What a heading is reached by: its words without accents, in whatever script.

    >>> heading_id("Où ça ? L’œuvre", "-"), heading_id("ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ", "-")
    ('ou-ca-loeuvre', 'ᐃᓄᒃᑎᑐᑦ-ᐅᖃᐅᓯᖅ')
    """
    letters = unicodedata.normalize("NFD", title.lower().translate(OPENED))
    return slugify_unicode(re.sub(r"[\u0300-\u036f]", "", letters), separator)


@lru_cache(maxsize=8)
def converter(level: int) -> Markdown:
    """A converter whose headings start at `level`."""
    markdown = Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),
            "fenced_code",
            "sane_lists",
            TocExtension(permalink=False, slugify=heading_id),
        ],
        output_format="html",
    )
    markdown.preprocessors.register(ListLayout(markdown), "list_layout", 15)
    markdown.treeprocessors.register(Outline(level), "outline", 1)
    return markdown


def render_markdown(text: str, level: int = 2, rewrite: Rewrite = leave, part: str = "") -> str:
    """
    Safe HTML; headings start at `level`. Pictures from elsewhere become links: no request leaves the site's host.

    `part` tells the text from others on its page.

    >>> render_markdown("Bonjour **vous** <script>alert(1)</script> [x](javascript:alert(1))")
    '<p>Bonjour <strong>vous</strong>  <a>x</a></p>'
    """
    text = text.strip()
    if not MARKED.search(text):
        return link_addresses(render_plain(text))
    return link_addresses(picture_links(sanitize(convert(text, level), rewrite, part)))


def convert(text: str, level: int = 2) -> str:
    """Markdown as HTML that holds whatever the author wrote; no page shows it. Of a tangled text nothing."""
    if find_tangle(text) is not None:
        return ""
    markdown = converter(level)
    markdown.reset()
    return markdown.convert(text)


def render_plain(text: str) -> str:
    """
    Paragraphs, as Markdown would write them.

    >>> render_plain("un\\ndeux\\n\\ntrois")
    '<p>un\\ndeux</p>\\n<p>trois</p>'
    """
    blocks = re.split(r"\n\s*\n", text)
    return "\n".join(f"<p>{block}</p>" for block in blocks if block)


PICTURE = re.compile(r'<img(?:\s[\w-]+="[^"]*")*>')
SOURCE = re.compile(r'\bsrc="([^"]*)"')
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
# As browsers read it: a scheme, or two slashes of either kind, leads to a host.
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


def picture_links(markup: str) -> str:
    """
    Sanitized HTML with links in place of the pictures of other hosts.

    >>> picture_links('<img alt="Carte" src="https://exemple.org/c.png">')
    '<a href="https://exemple.org/c.png">Carte</a>'
    """

    def link(match: re.Match[str]) -> str:
        source, words = SOURCE.search(match[0]), ALTERNATIVE.search(match[0])
        if source is None:  # an address that does not pass
            return words[1] if words else ""
        if not ELSEWHERE.match(re.sub(r"[\x00-\x20]", "", source[1])):
            return match[0]
        return f'<a href="{source[1]}">{(words and words[1]) or source[1]}</a>'

    return PICTURE.sub(link, markup)


def sanitize(markup: str, rewrite: Rewrite = leave, part: str = "") -> str:
    """
    HTML with only the tags, attributes and address schemes of text; scripts, styles and handlers are gone.

    An id stays where it is one: a word that no element before has.
    """
    ids: set[str] = set()

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ("href", "src"):
            return rewrite(value)
        if attribute == "id":
            is_new = value not in ids and re.fullmatch(r"\S+", value.removeprefix(prefix(part)))
            ids.add(value)
            return value if is_new else None
        return value if attribute != "align" or value in ALIGNMENTS else None

    cleaned = nh3.clean(
        markup,
        tags=set(TAGS.split()),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=keep,
        url_schemes=SCHEMES,
        link_rel=None,
        id_prefix=prefix(part),
    )
    return ALIGNED.sub(r'\1 class="align-\2"', cleaned)


PARTING = re.compile(r"<(?=/?(?:blockquote|br|d[dlt]|div|figure|h[1-6r]|li|ol|p|pre|t[dhr]|ul)\b)")
"""Tags that part words on a page."""


@lru_cache(maxsize=64)
def plain_text(text: str) -> str:
    """
    What Markdown says, without its marks, on one line.

    >>> plain_text("Un **mot**, [un lien](https://exemple.org)\\n\\n- et un point &amp; fin")
    'Un mot, un lien et un point & fin'
    >>> plain_text("un<br>deux <ul><li>trois</li><li>quatre</li></ul>")
    'un deux trois quatre'
    """
    if MARKED.search(text):
        text = html.unescape(nh3.clean(PARTING.sub(" <", render_markdown(text)), tags=set()))
    return one_line(text)


SPACES = re.compile(r"[ \t\n]+")


def one_line(text: str) -> str:
    """
    Text without line breaks or doubled spaces; the spaces that typography asks for stay.

    >>> one_line(" Quoi\\u202f?\\n Rien. ")
    'Quoi\\u202f? Rien.'
    """
    return SPACES.sub(" ", text).strip()


def excerpt(text: str, length: int = 220) -> str:
    """
    The first words of a text, cut between words.

    >>> excerpt("un deux trois", 8)
    'un deux…'
    """
    plain = plain_text(text)
    if len(plain) <= length:
        return plain
    cut = plain.rfind(" ", 0, length + 1)
    return plain[: cut if cut > 0 else length].rstrip(" ,;:.(«") + "…"


def find_links(text: str) -> Iterator[tuple[int, int, str]]:
    """
    Each link target in Markdown with its line and column from 1; code holds none.

    >>> list(find_links("a\\n[b](/c) `[d](/e)`"))
    [(2, 5, '/c')]
    """
    if ("](" not in text and "]:" not in text and "<" not in text) or find_tangle(text) is not None:
        return
    for match in TARGET.finditer(mask_code(text)):
        group = match.lastindex or 1
        yield *line_and_column(text, match.start(group)), match[group]


def line_and_column(text: str, start: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


@lru_cache(maxsize=8)
def find_anchors(text: str) -> tuple[str, ...]:
    """
    What a link within a text may lead to: the ids of its headings.

    >>> find_anchors("# Nous joindre\\n\\nSuite")
    ('nous-joindre',)
    """
    return tuple(name.removeprefix(PREFIX) for name in re.findall(r'<h[2-6] id="([^"]*)"', render_markdown(text)))
