"""What a reader needs of the portal, and the node's text."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from typing import Any

from generator.model.diagnostics import Diagnostic, Place
from generator.source.nodes import Mapping_, Node, Scalar, Sequence
from generator.standards import Property
from generator.text.languages import DEFAULT_LANGUAGE


@dataclass
class Context:
    """What a reader needs of the portal, and where it reports; `day` is that of the build, or "" where it has none."""

    default_language: str = DEFAULT_LANGUAGE
    diagnostics: list[Diagnostic] = field(default_factory=list)
    day: str = ""

    def report(self, place: Place, code: str, **values: object) -> None:
        self.diagnostics.append(Diagnostic.at(place, code, **values))


Reader = Callable[[Node, Property, Context], Any]


def scalar(node: Node, row: Property, context: Context) -> str | None:
    """The text of a scalar; a list or map in its stead is reported."""
    if isinstance(node, Scalar):
        return node.value.strip()
    context.report(node.place, "not-text", property=row.name, found=shape(node))
    return None


def shape(node: Node) -> str:
    return {Scalar: "text", Sequence: "list", Mapping_: "map"}[type(node)]


def list_items(node: Node) -> Items[Node]:
    """The items of a list; a single value stands for a list of one."""
    if isinstance(node, Sequence):
        return [item for item in node.items if not (isinstance(item, Scalar) and item.is_null)]
    return [node]
