"""A theme's assets as they are published: hashed names, joined scripts, sheets without what only authors need."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

import rcssmin
import rjsmin

SHEET, OWN_SHEET, COLORS_SHEET, GUIDE_SHEET = "style.css", "theme.css", "colors.css", "styleguide.css"
"""
What pages load, in this order: the first theme's sheet, what its heirs change, what portal.yaml changes; and the style
guide's own.
"""


CUSTOM_MEDIA = re.compile(r"@custom-media\s+(--[\w-]+)\s+([^;]+);\s*")


CSS_URL = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")


class Picture(NamedTuple):
    """A picture among the assets, and its size in pixels; zeros when the file does not say."""

    asset: str
    width: int
    height: int


def hashed(name: str, content: bytes) -> str:
    """
    >>> hashed("fonts/a.woff2", b"")
    'assets/fonts/a.e3b0c44298.woff2'
    """
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{extension}"


def minify(name: str, content: bytes) -> bytes:
    """A script or style sheet without what only its author needs: comments and spare space."""
    if name.endswith(".js"):
        return str(rjsmin.jsmin(content.decode())).encode()
    return str(rcssmin.cssmin(content.decode())).encode() if name.endswith(".css") else content


def read_custom_media(sheet: str) -> Mapping[str, str]:
    """
    The media queries that a sheet gives names, the last of twins.

    >>> read_custom_media("@custom-media --wide (min-width: 60em); @custom-media --wide (min-width: 992px);")
    {'--wide': '(min-width: 992px)'}
    """
    return {name: " ".join(query.split()) for name, query in CUSTOM_MEDIA.findall(sheet)}


def put_custom_media(sheet: str, queries: Mapping[str, str]) -> str:
    """
    A sheet with media queries in the place of their names, as no browser knows them (Media Queries Level 5).

    >>> put_custom_media("@custom-media --a (width); @media (--a) { b { --a: c } }", {"--a": "(min-width: 1px)"})
    '@media (min-width: 1px) { b { --a: c } }'
    """
    named = re.compile(r"\((--[\w-]+)\)")
    return re.sub(
        r"@media\b[^{]*",
        lambda rule: named.sub(lambda match: queries.get(match[1], match[0]), rule[0]),
        CUSTOM_MEDIA.sub("", sheet),
    )


def link_assets(sheet: str, text: bytes, assets: Mapping[str, bytes], published: str) -> bytes:
    """
    A style sheet whose relative addresses lead to the hashed names of the assets.

    Written in the file `sheet`, they are read in the one that is `published`, which may stand in another folder.
    """

    def rewrite(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), match[2]))
        if target not in assets:
            return match[0]
        here = posixpath.dirname(hashed(published, b""))
        return f'url("{posixpath.relpath(hashed(target, assets[target]), here)}")'

    return CSS_URL.sub(rewrite, minify(sheet, text).decode()).encode()


def picture_size(name: str, content: bytes) -> tuple[int, int]:
    """
    A picture's width and height in pixels, so that a page keeps its place free; zeros when the file does not say.

    >>> picture_size("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40.5"></svg>')
    (120, 40)
    """
    if name.endswith(".svg"):
        opening = re.search(rb"<svg\b[^>]*>", content)
        box = re.search(
            rb"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)""",
            opening[0] if opening else b"",
        )
        return (int(float(box[1])), int(float(box[2]))) if box else (0, 0)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return 0, 0


def script_name(path: str) -> str:
    """
    What a script from npm is called in the site; hosts know JavaScript by the ending `.js` alone.

    >>> script_name("node_modules/@orama/stemmers/dist/fr.cjs")
    'fr.js'
    """
    return posixpath.splitext(posixpath.basename(path))[0] + ".js"
