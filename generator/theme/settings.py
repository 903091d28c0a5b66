"""theme.yaml: what a theme says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.model.diagnostics import Diagnostic, Place
from generator.source.nodes import Mapping_, Node, Refused, Scalar, Sequence, decode_yaml, parse_yaml

Settings = Mapping[str, list[tuple[str, Place]]]
"""Key to its values with their places."""


def read_settings(file: Path, path: str) -> tuple[Settings, Settings, tuple[Diagnostic, ...]]:
    """theme.yaml: key to its values with their places, and name of a published file to what is joined in it."""
    try:
        node, diagnostics = parse_yaml(path, decode_yaml(path, file.read_bytes()))
    except Refused as refused:
        return {}, {}, (refused.diagnostic,)
    entries = node.entries if isinstance(node, Mapping_) else {}
    return scalars(node), scalars(entries.get("join")), tuple(diagnostics)


def scalars(node: Node | None) -> Settings:
    """A mapping's keys to the text that each has, or to those of its list."""
    entries = node.entries if isinstance(node, Mapping_) else {}
    values = {key: value.items if isinstance(value, Sequence) else [value] for key, value in entries.items()}
    return {
        key: [(item.value, item.place) for item in items if isinstance(item, Scalar)] for key, items in values.items()
    }
