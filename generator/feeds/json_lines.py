"""JSON as lines: one dataset or node a line, so that git shows what changed and memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.feeds.joined import HERE

# The lists whose items stand on lines of their own. They may be iterators, used up as they are written.
SPREAD = ("@graph", "dataset", "dcat:dataset")


BETWEEN = b",\n"
"""Between two items on lines of their own."""


class JsonLine(str):
    """An item that is written already."""

    __slots__ = ()


PLACE = JsonLine(HERE.decode())
"""Instead of the items of a list that is joined from pieces."""


def iter_json(document: Mapping[str, Any]) -> Iterator[bytes]:
    """
    The document in UTF-8, chunk by chunk.

    >>> print(b"".join(iter_json({"a": {"é": 1}, "dataset": iter([{"b": 2}, {"c": [3]}])})).decode(), end="")
    {"a":{"é":1},"dataset":[
    {"b":2},
    {"c":[3]}
    ]}
    """
    for chunk in iter_object(document):
        yield chunk.encode()
    yield b"\n"


def iter_object(document: Mapping[str, Any]) -> Iterator[str]:
    before = "{"
    for key, value in document.items():
        head = f"{before}{write_value(key)}:"
        before = ","
        if key in SPREAD:
            yield head + "["
            yield from write_items(value)
        else:
            yield head + write_value(value)
    yield "{}" if before == "{" else "}"


def write_items(items: Any) -> Iterator[str]:
    before = "\n"
    for item in items:
        yield before
        if not isinstance(item, JsonLine) and any(key in item for key in SPREAD):
            yield from iter_object(item)
        else:
            yield write_value(item)
        before = BETWEEN.decode()
    yield "]" if before == "\n" else "\n]"


def write_line(value: Any) -> JsonLine:
    return JsonLine(write_value(value))


def write_value(value: Any) -> str:
    return value if isinstance(value, JsonLine) else ENCODER.encode(value)


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def read_lines(content: bytes) -> list[JsonLine]:
    """
    The items that stand on lines of their own in a document with one such list, as they are written there.

    >>> read_lines(render_json({"a": 1, "@graph": [{"b": 2}, {"c": [3]}]}))
    ['{"b":2}', '{"c":[3]}']
    """
    return [JsonLine(line.removesuffix(",")) for line in content.decode().split("\n")[1:-2]]


def render_json(document: Mapping[str, Any]) -> bytes:
    """The same bytes at once."""
    return b"".join(iter_json(document))


def with_lists(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its iterators as lists, and with what was written read again."""
    return {
        key: [collect_item(item) for item in value] if key in SPREAD else parse_line(value)
        for key, value in document.items()
    }


def collect_item(item: Any) -> Any:
    return json.loads(item) if isinstance(item, JsonLine) else with_lists(item)


def parse_line(value: Any) -> Any:
    return json.loads(value) if isinstance(value, JsonLine) else value
