"""Colours, in one scheme or in two."""

from __future__ import annotations

import re

from generator.model import Shades
from generator.model.diagnostics import closest
from generator.source.nodes import Mapping_, Node
from generator.source.ranges.context import Context, scalar
from generator.standards import Property


def read_color(node: Node, row: Property, context: Context) -> Shades | None:
    """A colour in hexadecimal, or a map of scheme, light or dark, to colour."""
    if not isinstance(node, Mapping_):
        return Shades(found) if (found := read_hex(node, row, context)) else None
    shades = {}
    for scheme, value in node.entries.items():
        if scheme in SCHEMES:
            shades[scheme] = read_hex(value, row, context) or ""
        else:
            meant = closest(scheme, SCHEMES)
            context.report(node.keys[scheme], "unknown-property", value=scheme, kind=row.name, suggestion=meant)
    return Shades(**shades) if any(shades.values()) else None


def read_hex(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text is not None and not HEX.fullmatch(text):
        named = text if HEX.fullmatch(f"#{text}") else ""
        # YAML takes what follows a bare `#` for a comment, and leaves nothing.
        context.report(node.place, "bad-color", value=text or "#…", suggestion=f'"#{named}"' if named else "")
        return None
    return full(text) if text else None


HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


SCHEMES = ("light", "dark")


def full(color: str) -> str:
    """
    >>> full("#FA0"), full("#095797")
    ('#ffaa00', '#095797')
    """
    digits = color.removeprefix("#").lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
