"""The rows that a JSON value holds, in the shapes in which portals and programs write tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Row = Mapping[str, Any]

DEEPEST = 3
"""Keys that lead to rows at most, but for one."""


class Rows(NamedTuple):
    """Rows, and the keys below which they stand."""

    rows: Sequence[Row]
    path: tuple[str, ...] = ()


def find_rows(value: object, depth: int = 0) -> Rows:
    """
    The rows of a value, or of the only part of it that has some.

    >>> find_rows({"meta": 1, "result": {"trees": [{"a": 1}]}})
    Rows(rows=[{'a': 1}], path=('result', 'trees'))
    """
    if rows := rows_of(value):
        return Rows(rows)
    if not isinstance(value, dict) or depth > DEEPEST:
        return Rows(())
    parts = [(key, find_rows(item, depth + 1)) for key, item in value.items() if isinstance(item, dict | list)]
    inside = [Rows(part.rows, (key, *part.path)) for key, part in parts if part.rows]
    return inside[0] if len(inside) == 1 else Rows(())


def rows_of(value: object) -> Sequence[Row]:
    """
    Objects in a list; lists below a list of names; columns as lists; or objects by key.

    >>> rows_of([{"a": 1}, {"a": 2}]), rows_of([["a", "b"], [1, 2]])
    ([{'a': 1}, {'a': 2}], [{'a': 1, 'b': 2}])
    >>> rows_of({"a": [1, 2], "b": [3, 4]}), rows_of({"meta": 1, "data": [{"a": 1}]})
    ([{'a': 1, 'b': 3}, {'a': 2, 'b': 4}], ())
    >>> rows_of({"columns": ["a"], "data": [[1], [2]]}), rows_of({"A": {"n": 1}, "B": {"n": 2}})
    ([{'a': 1}, {'a': 2}], [{'': 'A', 'n': 1}, {'': 'B', 'n': 2}])
    """
    if isinstance(value, list):
        return rows_of_list(value)
    if not isinstance(value, dict):
        return ()
    return rows_below_names(value) or rows_of_columns(value) or rows_by_key(value)


def rows_of_list(items: Sequence[Any]) -> Sequence[Row]:
    if items and all(isinstance(item, dict) for item in items):
        return items
    lists = len(items) > 1 and all(isinstance(item, list) for item in items)
    if lists and is_names(items[0]) and all(len(item) == len(items[0]) for item in items):
        return [dict(zip(items[0], item, strict=True)) for item in items[1:]]
    return ()


def is_names(value: object) -> bool:
    """Whether a value is a list of names, each another one."""
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(isinstance(name, str) and name for name in value)
        and len({*value}) == len(value)
    )


def column_names(value: Mapping[str, Any]) -> list[Any]:
    """The names that an object gives its columns: as texts, or as objects that have names."""
    meta = value.get("meta")
    view = meta.get("view") if isinstance(meta, dict) else None
    for source in (value, meta, view):
        for key in ("columns", "fields", "header", "headers"):
            listed = source.get(key) if isinstance(source, dict) else None
            if not isinstance(listed, list):
                continue
            names = [item.get("name") or item.get("id") if isinstance(item, dict) else item for item in listed]
            if is_names(names):
                return names
    return []


def rows_below_names(value: Mapping[str, Any]) -> Sequence[Row]:
    names = column_names(value)
    for key in ("data", "rows", "values", "records"):
        rows = value.get(key)
        fits = isinstance(rows, list) and rows and all(isinstance(r, list) and len(r) == len(names) for r in rows)
        if names and fits and isinstance(rows, list):
            return [dict(zip(names, row, strict=True)) for row in rows]
    return ()


def rows_of_columns(value: Mapping[str, Any]) -> Sequence[Row]:
    lists = list(value.values())
    if len(lists) < 2 or not all(isinstance(item, list) for item in lists) or len({len(item) for item in lists}) != 1:
        return ()
    if not lists[0] or any(isinstance(cell, dict | list) for item in lists for cell in item):
        return ()
    return [dict(zip(value, row, strict=True)) for row in zip(*lists, strict=True)]


def rows_by_key(value: Mapping[str, Any]) -> Sequence[Row]:
    """Objects that are alike, by a key that tells them apart."""
    items = list(value.values())
    if len(items) < 2 or not all(isinstance(item, dict) and item for item in items):
        return ()
    keys = set(items[0])
    if any(set(item) != keys for item in items) or "" in keys:
        return ()
    return [{"": key, **item} for key, item in value.items()]
