"""
What pages say of themselves to search engines: schema.org's words as JSON-LD, in a data block of the head.

HTML, "prepare the script element": a type that is no script's ends the algorithm before the Content-Security-Policy is
asked, so that a policy without `unsafe-inline` leaves a data block alone. `tests/browser` sees that it does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup

from generator.pages.views.frame import View
from generator.site.addresses import ROOT
from generator.site.links import Link
from generator.site.schema_org import Node

CONTEXT = "https://schema.org"


def breadcrumbs(trail: Iterable[Link], title: str, address: str, base: str) -> Node:
    """The way to a page, the page itself included; `base` is the portal's address."""
    steps = [(str(link.title), link.url.replace(ROOT, base)) for link in trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate([*steps, (title, address)], start=1)
        ],
    }


def page_nodes(page: View, base: str) -> list[Node]:
    """What a page is about, then the way to it."""
    here = next((item.absolute for item in page.chrome.alternates if item.current), "")
    way = [breadcrumbs(page.trail, str(page.title), here, base)] if page.trail and here else []
    return [*page.linked, *way]


def data_blocks(page: View, base: str) -> Markup:
    """The page's nodes, each in an element of its own: search engines read them one by one."""
    return Markup("\n").join(map(data_block, page_nodes(page, base)))


def data_block(node: Node) -> Markup:
    """
    A node in HTML. JSON may write any character by its number, so that nothing in it ends or opens an element.

    >>> print(data_block({"name": "</script> & é"}).partition(",")[2])
    "name":"\\u003c/script> & é"}</script>
    """
    text = json.dumps({"@context": CONTEXT, **node}, ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">' + text.replace("<", r"\u003c") + "</script>")
