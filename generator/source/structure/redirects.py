"""`redirects.yaml`: addresses of an older portal, and where each one leads now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.model import Redirect
from generator.model.diagnostics import Place
from generator.source.files import REDIRECTS, Source
from generator.source.nodes import Mapping_, Node, Scalar
from generator.source.ranges.context import Context

STEP = re.compile(r"(?!\.{1,2}$)[^/?#\\\"<>\x00-\x1f\x7f]+")
LONGEST = 200
"""Bytes of a step of a path, which becomes the name of a file."""
NEW = re.compile(r"/(?!/)\S*|https?://[^\s/]+\S*", re.IGNORECASE)


def structure_redirects(source: Source, context: Context) -> tuple[Redirect, ...]:
    """The old addresses by path; what is no address, or can't be one of a static site, is told and left out."""
    document = source.documents.get(REDIRECTS)
    if document is None or document.node is None:
        return ()
    if not isinstance(document.node, Mapping_):
        context.report(document.node.place, "bad-redirect", value=REDIRECTS)
        return ()
    return tuple(sorted(read_entries(document.node, context), key=lambda redirect: redirect.path))


def read_entries(node: Mapping_, context: Context) -> Iterator[Redirect]:
    seen: dict[str, Place] = {}
    for old, value in node.entries.items():
        place = node.keys[old]
        target = target_of(value)
        path = path_of(old)
        if not path or not NEW.fullmatch(target) or path in seen:
            context.report(place, "bad-redirect", value=f"{old}: {target}")
            continue
        seen[path] = place
        yield Redirect(path=path, target=target, place=place)


def path_of(written: str) -> str:
    """
    The path below the site's root that an old address names, percent signs read; nothing where it names none.

    >>> path_of("/datasets/Puud%20ja/"), path_of("/organization/parks"), path_of("/about.html"), path_of("/../x")
    ('datasets/Puud ja/', 'organization/parks/', 'about.html', '')
    """
    if not written.startswith("/"):
        return ""
    steps = unquote(written[1:].removesuffix("/")).split("/")
    if not all(STEP.fullmatch(step) and len(step.encode("utf-8", "replace")) <= LONGEST for step in steps):
        return ""
    path = "/".join(steps)
    return path if "." in steps[-1] and not written.endswith("/") else f"{path}/"


def target_of(node: Node) -> str:
    return node.value.strip() if isinstance(node, Scalar) and not node.is_null else ""
