"""Numbers, truths and digests."""

from __future__ import annotations

import re

from generator.source.nodes import Node
from generator.source.ranges.context import Context, scalar
from generator.standards import Property


def read_integer(node: Node, row: Property, context: Context) -> int | None:
    text = scalar(node, row, context)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text):
        digits = re.sub(r"[\s  ,_.]", "", text)
        context.report(
            node.place,
            "not-a-number",
            value=text,
            property=row.name,
            suggestion=str(int(digits)) if re.fullmatch(r"\d{1,18}", digits) else "",
        )
        return None
    return int(text)


def read_decimal(node: Node, row: Property, context: Context) -> str | None:
    """A number of some size, as it is written: `0.5` stays `0.5`."""
    text = scalar(node, row, context)
    if text and not (re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,15})?", text) and float(text) > 0):
        point = re.sub(r"[\s  ]|m(?:è|e)tres?$|m$", "", text).replace(",", ".")
        meant = point if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", point) and float(point) > 0 else ""
        context.report(node.place, "bad-decimal", value=text, suggestion=meant)
        return None
    return text or None


def read_whole(node: Node, row: Property, context: Context) -> int | None:
    """A whole number, of either sign."""
    text = (scalar(node, row, context) or "").replace("\u2212", "-")
    if text.startswith("-") and re.fullmatch(r"-[0-9]{1,18}", text):
        return int(text)
    return read_integer(node, row, context) if text else None


def read_number(node: Node, row: Property, context: Context) -> str | None:
    """A number of either sign, as it is written: `-0.50` stays `-0.50`."""
    text = (scalar(node, row, context) or "").replace("\u2212", "-")
    if text and not re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", text):
        point = re.sub(r"\s[^\W\d]\w{0,3}$|[\s$€%]", "", text).replace(",", ".")
        meant = point if re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", point) else ""
        context.report(node.place, "bad-number", value=text, property=row.name, suggestion=meant)
        return None
    return text or None


def read_sha256(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        context.report(node.place, "bad-checksum", value=text)
        return None
    return text.lower() if text else None


YES = ("true", "vrai", "yes", "oui", "y", "o", "on", "1", "x")
NO = ("false", "faux", "no", "non", "n", "off", "0")
"""How spreadsheets and people write the two."""


def read_boolean(node: Node, row: Property, context: Context) -> bool | None:
    text = scalar(node, row, context)
    if text and text not in ("true", "false"):
        word = text.casefold()
        meant = "true" if word in YES else "false" if word in NO else ""
        context.report(node.place, "not-a-boolean", value=text, suggestion=meant)
        return None
    return text == "true" if text else None
