"""What the pages leave out of a Markdown text: tags, attributes and addresses that the sanitizer takes away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic
from generator.rules.prose import find_prose
from generator.text.code_spans import mask_code
from generator.text.markdown import ATTRIBUTES, SCHEMES, TAGS, convert, find_links, line_and_column
from generator.text.tangles import find_tangle

# The elements of HTML, today's and yesterday's, that texts may not hold.
ELEMENTS = """
    acronym address applet area article aside audio base basefont bdi bdo big body button canvas caption center cite
    col colgroup data datalist details dialog dir embed fieldset font footer form frame frameset h1 head header hgroup
    html iframe input label legend link main map mark marquee math menu meta meter nav nobr noframes noscript object
    optgroup option output param picture portal progress rp rt ruby script search section select slot source strike
    style summary svg template textarea tfoot time title track tt video wbr
"""
CODES = dict.fromkeys(ELEMENTS.split(), "forbidden-tag") | dict.fromkeys(TAGS.split(), "")
"""Tag to what is said of it."""

UNTOLD = frozenset((*ATTRIBUTES["*"], "rel", "target"))
"""Attributes that any tag may have, and those of links that nobody misses."""

OPENING = re.compile(r"<[a-z/!]", re.IGNORECASE)
COMMENT = "<!--"
VOID = "area base br col embed hr img input link meta param source track wbr"
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def check_markup(catalog: Catalog) -> Iterator[Diagnostic]:
    """One warning a text and kind of thing, where the first such thing stands."""
    for prose in find_prose(catalog):
        if (start := find_tangle(prose.words)) is not None:
            yield Diagnostic.at(prose.place(*line_and_column(prose.words, start)), "tangled-text")
        for code, names, line, column in find_forbidden(prose.words):
            yield Diagnostic.at(prose.place(line, column), code, value="`, `".join(names))


def find_forbidden(text: str) -> Iterator[tuple[str, list[str], int, int]]:
    """
    A diagnostic's code, the names that it is about, the line and column of the first.

    >>> list(find_forbidden("a\\n<b>c</b> <u style='x'>d</u> <script>e()</script> `<i class=x>`"))
    [('forbidden-attribute', ['style'], 2, 13), ('forbidden-tag', ['<script>'], 2, 29)]
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    if OPENING.search(text):
        source = mask_code(text)
        for code, pattern in Tags(convert(text)).found:
            # What is not in the text as such was written by Markdown.
            if match := re.search(pattern, source, re.IGNORECASE):
                name = name_of(match[1])
                found.setdefault(code, {}).setdefault(name, line_and_column(text, match.start(1)))
    for line, column, target in find_links(text):
        scheme = SCHEME.match(target)
        if scheme and scheme[1].lower() not in SCHEMES:
            found.setdefault("forbidden-scheme", {}).setdefault(f"{scheme[1].lower()}:", (line, column))
    for code, names in found.items():
        yield code, list(names), *min(names.values())


def name_of(found: str) -> str:
    """
    >>> name_of("<script"), name_of("<!--"), name_of("style")
    ('<script>', '<!-- -->', 'style')
    """
    if found == COMMENT:
        return f"{COMMENT} -->"
    return f"{found}>" if found.startswith("<") else found


class Tags(HTMLParser):
    """
    `found` are the code and the pattern, in the source, of each tag, attribute and comment that does not pass, and of
    each tag that ends nothing.
    """

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(markup.replace("<![", ""))  # a section, as Word writes them, which HTMLParser may not know

    def handle_comment(self, data: str) -> None:
        self.found.append(("stripped-markup", f"({COMMENT})"))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]
        elif tag not in VOID.split():
            self.found.append(("stripped-markup", rf"(</{re.escape(tag)}(?![\w-]))"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID.split():
            self.open.append(tag)
        if code := CODES.get(tag, "unknown-tag"):
            self.found.append((code, rf"(<{re.escape(tag)}(?![\w-]))"))
            return
        for name, _ in attributes:
            if name not in UNTOLD and name not in ATTRIBUTES.get(tag, ()):
                self.found.append(("forbidden-attribute", rf"<{tag}\s[^<>]*?(?<![\w-])({re.escape(name)})"))
