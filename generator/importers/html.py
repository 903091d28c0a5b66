"""Texts, dates and addresses of other portals as a publisher of ours would write them."""

from __future__ import annotations

import html
import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

from generator.source.nodes import UNPRINTABLE
from generator.text.code_spans import find_code, mask_code
from generator.text.slugs import encode_url

TAGS = (
    "a abbr article b big blockquote br center cite code dd del div dl dt em font footer h1 h2 h3 h4 h5 h6 header hr i"
    " iframe img ins kbd li main ol p pre q s samp script section small span strike strong style sub sup table tbody td"
    " tfoot th thead title tr tt u ul var"
)
NAMES = TAGS.replace(" ", "|")
# What stands between quotes ends where another tag begins: so each tag is looked at once.
QUOTED = rf"""(?:[^{{0}}<]|<(?!/?(?:{NAMES})[\s/>]))*"""
TAG = re.compile(
    rf"""</?(?:{NAMES})(?:\s*/?>|\s(?:[^<>"']|"{QUOTED.format('"')}"|'{QUOTED.format("'")}')*>|\s[^<>]*>)""",
    re.IGNORECASE,
)
BARE_AMPERSAND = re.compile(r"&(?!#?\w+;)")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8}\d?);", re.IGNORECASE)
LOST_TAG = re.compile(r"<(?=[a-z/!?])(?!(?:https?|ftp|mailto):[^\s<>]+>)(?!/?(?:sub|sup|br)\s*/?>)", re.IGNORECASE)
SCRIPTS = ("script", "style")
DEEPEST = 100
"""How many elements may stand in each other."""


class Converter(MarkdownConverter):
    """HTML to Markdown that leaves the Markdown between the tags as it is."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        if el.parent is not None and el.parent.name == "[document]":
            return str(el)
        return str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]

    def convert_br(self, el: object, text: str, parent_tags: set[str]) -> str:
        # Two spaces at a line's end, Markdown's own mark, do not survive most editors.
        inline = parent_tags & {"_inline", "a", "li", "b", "strong", "i", "em", "td", "th"}
        return " " if inline else "\n\n"

    def convert_a(self, el: object, text: str, parent_tags: set[str]) -> str:
        target = str(el.get("href") or "").strip()  # type: ignore[attr-defined]
        words = " ".join(text.split())
        if not target or scheme_of(target) not in ("", "http", "https", "ftp", "ftps", "mailto", "tel"):
            return text
        address = mend_target(target)
        if words == target and address == target and scheme_of(target):
            written = f"<{target}>"
        else:
            written = f"[{words or target}]({address})"
        before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
        return f"{before}{written}{after}"

    def convert_iframe(self, el: object, text: str, parent_tags: set[str]) -> str:
        # What a page of somebody else's showed: the address is what there is to say.
        return self.convert_a({"href": el.get("src")}, str(el.get("title") or el.get("src") or ""), parent_tags)  # type: ignore[attr-defined]

    def convert_td(self, el: object, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, escape_bars(text), parent_tags))  # type: ignore[misc]

    def convert_th(self, el: object, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_th(el, escape_bars(text), parent_tags))  # type: ignore[misc]


CONVERTER = Converter(
    bullets="-",
    heading_style="atx",
    escape_asterisks=False,
    escape_underscores=False,
    sub_symbol="<sub>",
    sup_symbol="<sup>",
)


def scheme_of(target: str) -> str:
    match = re.match(r"([a-z][a-z0-9+.-]*):", target, re.IGNORECASE)
    return match[1].lower() if match else ""


def mend_target(target: str) -> str:
    """
    A link's target as Markdown can hold it.

    >>> mend_target("https://exemple.org/<ID>/a b (1)")
    'https://exemple.org/%3CID%3E/a%20b%20%281%29'
    """
    try:
        target = encode_url(target)
    except (ValueError, UnicodeError):
        target = target.replace(" ", "%20")
    return target.replace("(", "%28").replace(")", "%29")


def clean(text: str) -> str:
    """Text of LF lines without control characters, spaces at line ends or blank lines around."""
    text = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text).replace("\t", "    ")
    text = UNPRINTABLE.sub("", text)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip().replace("\ufeff", "")


def to_markdown(text: str) -> str:
    """
    HTML as Markdown; Markdown and plain text stay as they are, even around a few tags.

    >>> to_markdown('<p>Un <b>mot</b>, <a href="/x">un lien</a></p><ul><li>a</li><li>b</li></ul>')
    'Un **mot**, [un lien](/x)\\n\\n- a\\n- b'
    >>> to_markdown("a < b, *déjà* [du Markdown](https://exemple.org/a_b_c)")
    'a < b, *déjà* [du Markdown](https://exemple.org/a_b_c)'
    """
    text = clean(text)
    if TAG.search(text) or "<!--" in text:
        soup = BeautifulSoup(protect(text), "html.parser")
        for element in soup(SCRIPTS):
            element.decompose()
        # Tags hundreds deep are no layout, and what they hold is its words.
        converted = CONVERTER.convert_soup(soup) if depth(soup) < DEEPEST else soup.get_text(" ")
        text = clean(str(converted).replace("\xa0", " "))
        text = re.sub(r"\n{3,}", "\n\n", text)
    return escape_lost(text)


def depth(soup: Tag) -> int:
    """
    How many elements stand in each other.

    >>> depth(BeautifulSoup("<p><b>a</b></p><i>b</i>", "html.parser"))
    2
    """
    deepest, rest = 0, [(soup, 0)]
    while rest:
        element, level = rest.pop()
        deepest = max(deepest, level)
        rest += [(child, level + 1) for child in element.children if isinstance(child, Tag)]
    return deepest


def protect(text: str) -> str:
    """
    HTML in which only known tags are tags.

    >>> protect("a < b & c <i>d</i> <X_ID> <a href='?a=1&copy=2'>e</a>")
    "a &lt; b &amp; c <i>d</i> &lt;X_ID> <a href='?a=1&amp;copy=2'>e</a>"
    """
    text = without_comments(text)
    text = re.sub(r"(<br\s*/?>)[ \t]*\n", r"\1", text, flags=re.IGNORECASE)
    text = BARE_AMPERSAND.sub("&amp;", text)
    parts, end = [], 0
    shown = mask_code(text)
    for match in TAG.finditer(text):
        if shown[match.start()] != "<":
            continue
        inside = match[0]
        parts += [text[end : match.start()].replace("<", "&lt;"), "<" + inside[1:].replace("<", "&lt;")]
        end = match.end()
    return "".join([*parts, text[end:].replace("<", "&lt;")])


def without_comments(text: str) -> str:
    """
    >>> without_comments("a<!-- b -->c<!-- d")
    'ac<!-- d'
    """
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[done:start])
        done = end + 3
    return "".join([*parts, text[done:]])


def escape_lost(text: str) -> str:
    """
    Text in which a `<` that looks like an unknown tag, which no page would show, is written out.

    >>> escape_lost("<ID> et `<ID>` et <https://exemple.org> et a < b")
    '&lt;ID> et `<ID>` et <https://exemple.org> et a < b'
    """
    parts, end = [], 0
    for start, stop in find_code(text):
        parts += [LOST_TAG.sub("&lt;", text[end:start]), text[start:stop]]
        end = stop
    return "".join([*parts, LOST_TAG.sub("&lt;", text[end:])])


def escape_bars(text: str) -> str:
    """
    A cell's text whose bars part no cells.

    >>> escape_bars("a | b")
    'a \\\\| b'
    """
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def lost_elements(text: str) -> list[str]:
    """
    The elements of HTML that no text keeps, as many times as they are there.

    >>> lost_elements("<script>a()</script> <STYLE>")
    ['script', 'style']
    """
    return [name.lower() for name in re.findall(rf"<({'|'.join(SCRIPTS)})[\s>]", text, re.IGNORECASE)]


def to_line(text: str) -> str:
    """
    A title or name: one line, without tags or entities.

    >>> to_line(" Dépenses &amp;\\n<b>revenus</b> ")
    'Dépenses & revenus'
    """
    text = clean(text)
    if TAG.search(text):
        text = TAG.sub("", text)
    if ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(re.split(r"[ \n]+", text)).strip()
