"""Conditions that a record may meet."""

from __future__ import annotations

from generator.model import Condition
from generator.source.nodes import Mapping_, Node, given_entries
from generator.source.ranges.context import Context, list_items, scalar, shape
from generator.standards import Property


def read_condition(node: Node, row: Property, context: Context) -> Condition | None:
    """A map of field to the value, or values, that it may hold."""
    if not isinstance(node, Mapping_):
        context.report(node.place, "not-a-condition", property=row.name, found=shape(node))
        return None
    found = {}
    for name, value in given_entries(node).items():
        words = [scalar(item, row, context) for item in list_items(value)]
        found[name] = tuple(word for word in words if word)
    return found or None
