"""Values without the keys that they need, and what they were meant to be."""

from __future__ import annotations

import re

from generator.source.mended_lines import mend_text
from generator.source.nodes import Node, Scalar
from generator.source.ranges.addresses import EMAIL
from generator.standards import properties
from generator.text.slugs import slugify

PERIOD = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:\s*(?:/|-|–|—|à|to)\s*(\d{4}(?:-\d\d){0,2}))?")

MEANT = {
    "Column": "name",
    "Kind": "name",
    "Location": "name",
    "Distribution": "title",
    "Colors": "accent",
    "Withdrawal": "reason",
}
"""The key of a class that a text alone was most likely written for."""

ADDRESSES = {"Distribution": "downloadURL", "Kind": "url"}
"""The key that an address alone was written for."""


def wrap_value(kind: str, node: Node) -> str:
    """The map that a text was meant to be, as a value of some class; nothing where that can't be told."""
    text = node.value.strip() if isinstance(node, Scalar) else ""
    if not text or "\n" in text:
        return ""
    if kind == "Choice":
        code = slugify(text)
        return f"{{code: {code}, label: {mend_text(text, 'label', inside=True)}}}"
    if kind == "PeriodOfTime":
        found = PERIOD.fullmatch(text)
        return f"{{start: {found[1]}, end: {found[2] or found[1]}}}" if found else ""
    if EMAIL.fullmatch(text):
        key = "email" if "email" in properties()[kind] else ""
    elif re.match("https?://", text):
        key = ADDRESSES.get(kind, "")
    elif kind == "Distribution" and re.fullmatch(r"[^\s/.][^/]*\.\w{2,8}", text):
        key = "file"
    elif kind == "Location" and not re.search("[^\\W\\d]", text):
        key = ""  # coordinates
    else:
        key = MEANT.get(kind, "")
    return f"{{{key}: {mend_text(text, key, inside=True)}}}" if key else ""
