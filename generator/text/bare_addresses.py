"""Addresses of the web and of mail that stand in a text as such, made links."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?<![\w@/.:+-])(?:https?://[^\s<>\"]+|www\.[\w-]+\.[^\s<>\"]+"
    r"|[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-]))",
    re.IGNORECASE,
)
ENTITY = re.compile("&(?!amp;)")
MARKS = ".,;:!?*_~'’»”…"
"""What ends the sentence rather than the address."""
# Tags, and what no link may stand in.
KEPT = re.compile(r"(<(a|code|pre|kbd|samp)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def link_addresses(markup: str) -> str:
    """
    Safe HTML whose bare addresses are links.

    >>> link_addresses("<p>Voir https://exemple.org/a?b=1&amp;c (ou www.exemple.org).</p>")
    '<p>Voir <a href="https://exemple.org/a?b=1&amp;c">https://exemple.org/a?b=1&amp;c</a> \
(ou <a href="https://www.exemple.org">www.exemple.org</a>).</p>'
    >>> link_addresses('<a href="x">https://exemple.org</a> a@exemple.org'), link_addresses("a@b")
    ('<a href="x">https://exemple.org</a> <a href="mailto:a@exemple.org">a@exemple.org</a>', 'a@b')
    """
    if "://" not in markup and "@" not in markup and "www." not in markup.casefold():
        return markup
    # Split by tags, `KEPT` gives text, the tag, and the name in it when there is one.
    parts = KEPT.split(markup)
    parts[::3] = [ADDRESS.sub(link_address, text) for text in parts[::3]]
    return "".join(part for index, part in enumerate(parts) if index % 3 < 2)


def link_address(match: re.Match[str]) -> str:
    """An address as a link, without the signs of the sentence that it ends."""
    entity = ENTITY.search(match[0])
    address = match[0][: entity.start()] if entity else match[0]
    address = address[: end_of(address)]
    scheme = "" if "://" in address else "https://" if address[:4].casefold() == "www." else "mailto:"
    rest = match[0][len(address) :]
    return f'<a href="{scheme}{address}">{address}</a>{rest}'


def end_of(address: str) -> int:
    """
    Where an address ends before the marks of its sentence, and the brackets that it did not open.

    >>> end_of("www.exemple.org/a_(b)),"), end_of("https://exemple.org/?a&amp;")
    (21, 22)
    """
    end, excess = len(address), address.count(")") - address.count("(")
    while end:
        if address.endswith("&amp;", 0, end):
            end -= 5
        elif address[end - 1] in MARKS:
            end -= 1
        elif address[end - 1] == ")" and excess > 0:
            end, excess = end - 1, excess - 1
        else:
            break
    return end
