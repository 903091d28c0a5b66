"""
Words of the program that a page's language lacks: they come from another one, and the page says which.

A template writes such words between two control characters, wherever it says them, and knows nothing of it; once the
page is whole, they become a `lang` attribute. As with links, no YAML or Markdown file can hold these characters.
"""

from __future__ import annotations

import re

from generator.text.strings import FALLBACK

OPENED, CLOSED = "\x0e", "\x0f"

LANG = f' lang="{FALLBACK}"'

TAG = re.compile(rf"<[^<>]*{OPENED}[^<>]*>")
WHOLE = re.compile(rf"<([a-z][\w-]*)((?:\s[^<>]*)?)>(\s*){OPENED}([^<{OPENED}{CLOSED}]*){CLOSED}(\s*)(?=</\1>)")
DIRECTION = ' dir="ltr"'
"""Said beside it where something of the page is written from right to left: in SVG, nothing can say so."""

RIGHT_TO_LEFT = ' dir="rtl"'
SVG = ("text", "desc")

TEXT_ALONE = re.compile(rf"<(title|option|textarea|text|desc)\b[^<>]*>[^<]*{OPENED}[^<]*")
"""Elements that hold text and no other element."""

SIGNS = str.maketrans("", "", OPENED + CLOSED)


LENT = "\u2063"
"""What the words for scripts begin with when they are borrowed: scripts take it away, and say the language."""


def borrow(text: str) -> str:
    return f"{OPENED}{text}{CLOSED}"


def mark_borrowed(html: str) -> str:
    """
    A page whose borrowed words have their language, where HTML can say it: attributes have that of their element.

    >>> mark_borrowed(f'<h2 title="{borrow("Menu")}">{borrow("Menu")}</h2> {borrow("by")} Tallinn')
    '<h2 lang="en" title="Menu">Menu</h2> <span lang="en">by</span> Tallinn'
    >>> mark_borrowed(f'<title>{borrow("Themes")} – Tallinn</title>')
    '<title>Themes – Tallinn</title>'
    >>> mark_borrowed(f'<body dir="rtl"><h2>{borrow("Menu")}</h2>')
    '<body dir="rtl"><h2 lang="en" dir="ltr">Menu</h2>'
    """
    if OPENED not in html:
        return html
    html = TAG.sub(lambda match: match[0].translate(SIGNS), html)
    direction = DIRECTION if RIGHT_TO_LEFT in html else ""

    def mark_element(match: re.Match[str]) -> str:
        name, attributes, before, words, after = match.groups()
        turned = "" if name in SVG or " dir=" in attributes else direction
        said = "" if " lang=" in attributes else LANG + turned
        return f"<{name}{said}{attributes}>{before}{words}{after}"

    html = WHOLE.sub(mark_element, html)
    html = TEXT_ALONE.sub(lambda match: match[0].translate(SIGNS), html)
    return html.replace(OPENED, f"<span{LANG}{direction}>").replace(CLOSED, "</span>")
