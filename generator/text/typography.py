"""The spaces of French typography, put into what publishers wrote with ordinary ones."""

from __future__ import annotations

import re

NARROW = "\u202f"

# A space that stands before a double mark or a closing guillemet, or after an opening one. What follows a double mark
# is the end of a word, so that `:-)` and `?q=` stay as they are.
LOOSE = re.compile(r" (?=[;:!?][;:!?]*(?:[\s»)\]}…\"'’.,<]|&(?!#|\w+;)|$)|»)|(?<=«) ")
QUICK = re.compile(r" [;:!?»]|« ")

# Tags, and what must stay as it was written.
KEPT = re.compile(r"(<(code|pre|kbd|samp)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def space_text(text: str) -> str:
    """
    French plain text with narrow no-break spaces where typography asks for them.

    >>> space_text("Pourquoi ? « Parce que » : voilà !").replace(NARROW, "_")
    'Pourquoi_? «_Parce que_»_: voilà_!'
    >>> space_text("l'eau, 12:30, a ?b=c"), space_text("")
    ("l'eau, 12:30, a ?b=c", '')
    """
    return LOOSE.sub(NARROW, text) if QUICK.search(text) else text


def space_html(markup: str) -> str:
    """
    French HTML with these spaces in its text, but for code; tags and their addresses stay as they are.

    >>> space_html('<p title="a : b">Lire : <code>a : b</code> <a href="x">ici</a> !</p>').replace(NARROW, "_")
    '<p title="a : b">Lire_: <code>a : b</code> <a href="x">ici</a>_!</p>'
    """
    if not QUICK.search(markup):
        return markup
    # Split by tags, `KEPT` gives text, the tag, and the name in it when there is one.
    parts = KEPT.split(markup)
    parts[::3] = map(space_text, parts[::3])
    return "".join(part for index, part in enumerate(parts) if index % 3 < 2)
