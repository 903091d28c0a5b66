"""Places on Earth, in degrees."""

from __future__ import annotations

import re

from generator.ranges.context import Context
from generator.source.nodes import Node, Scalar, Sequence
from generator.standards import Property

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def read_bbox(node: Node, row: Property, context: Context) -> tuple[float, ...] | None:
    """West, south, east, north in degrees."""
    words = [item.value for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    if len(words) != 4 or not all(NUMBER.fullmatch(word) for word in words):
        written = node.value if isinstance(node, Scalar) else ", ".join(words)
        context.report(node.place, "bad-bbox", value=written)
        return None
    west, south, east, north = box = tuple(float(word) for word in words)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        context.report(node.place, "bad-bbox", value=", ".join(words))
        return None
    return box
