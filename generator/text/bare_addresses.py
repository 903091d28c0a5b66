"""Addresses of the web and of mail that stand in a text as such, made links."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?<![\w@/.:-])(?:https?://[^\s<>\"]+|www\.[\w-]+\.[^\s<>\"]+"
    r"|[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-]))",
    re.IGNORECASE,
)
# What ends the sentence rather than the address, and what stands for a sign of HTML.
AFTER = re.compile(r"(?:&(?!amp;)|[.,;:!?*_~'’»”…]+$|&amp;$).*", re.DOTALL)
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
    parts[::3] = [ADDRESS.sub(link, text) for text in parts[::3]]
    return "".join(part for index, part in enumerate(parts) if index % 3 < 2)


def link(match: re.Match[str]) -> str:
    """An address as a link, without the signs of the sentence that it ends."""
    address = AFTER.sub("", match[0])
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = AFTER.sub("", address[:-1])
    scheme = "" if "://" in address else "https://" if address[:4].casefold() == "www." else "mailto:"
    rest = match[0][len(address) :]
    return f'<a href="{scheme}{address}">{address}</a>{rest}'
