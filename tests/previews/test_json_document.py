"""JSON: rows in the shapes that portals and programs write, and what is no JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.previews.conftest import Look, codes, kinds, table_of

ROWS = (("A", "10"), ("B", "20"))
PAIRS = [["A", 10], ["B", 20]]
OBJECTS = [{"ville": "A", "pop": 10}, {"ville": "B", "pop": 20}]


@pytest.mark.parametrize(
    "value",
    [
        OBJECTS,
        {"data": OBJECTS},
        {"success": True, "result": {"total": 2, "records": OBJECTS}},
        {"help": "x", "result": {"fields": [{"id": "ville"}, {"id": "pop"}], "records": PAIRS}},
        {"columns": ["ville", "pop"], "index": [0, 1], "data": PAIRS},
        {"meta": {"view": {"columns": [{"name": "ville"}, {"name": "pop"}]}}, "data": PAIRS},
        [["ville", "pop"], *PAIRS],
        {"ville": ["A", "B"], "pop": [10, 20]},
    ],
)
def test_rows_are_a_table_in_every_common_shape(value: Any, look: Look) -> None:
    """
    Lists of objects, alone or in an envelope, lists below names, and columns as lists are one table.
    """
    found = look(json.dumps(value), "JSON")
    assert (kinds(found), table_of(found).rows) == ([("ville", "string"), ("pop", "integer")], ROWS)
    assert found.profile.tree


def test_objects_by_key_are_rows(look: Look) -> None:
    """
    Objects that are alike are rows, and their keys the first column.
    """
    found = look(json.dumps({"A": {"pop": 10}, "B": {"pop": 20}}), "JSON")
    assert (table_of(found).rows, kinds(found)[1]) == (ROWS, ("pop", "integer"))


@pytest.mark.parametrize(
    "value",
    [{"a": 1}, [1, 2], {"a": [1], "b": [1, 2]}, {"x": OBJECTS, "y": OBJECTS}, [{"a": 1}, 2], [], {}, "x", None],
)
def test_what_is_no_table_has_a_structure_alone(value: Any, look: Look) -> None:
    """
    Values that are no rows, or several tables at once, are shown by their structure.
    """
    found = look(json.dumps(value), "JSON")
    assert (found.problems, found.profile.table, found.profile.tree is not None) == ((), None, True)


@pytest.mark.parametrize(
    ("content", "format", "line", "number"),
    [
        ('[{"n": 1},\n {"n": NaN}]', "JSON", "2", "NaN"),
        ('{"a": "NaN",\n\n "b": -Infinity}', "JSON", "3", "-Infinity"),
        ('{"n": 1}\n{"n": Infinity}\n', "JSON Lines", "2", "Infinity"),
        ('{"type": "Point",\n "coordinates": [NaN, 48]}', "GeoJSON", "2", "NaN"),
    ],
)
def test_what_json_has_no_word_for_is_told(content: str, format: str, line: str, number: str, look: Look) -> None:
    """
    NaN and infinity are named with their line; the same letters in a text are a text.
    """
    found = look(content, format)
    assert (codes(found), bool(found.profile)) == (
        [("data-file-not-a-number", {"line": line, "number": number})],
        False,
    )


@pytest.mark.parametrize("format", ["JSON", "GeoJSON"])
def test_a_feature_alone_is_a_map(format: str, look: Look) -> None:
    """
    GeoJSON may be one feature, or one geometry, under either ending.
    """
    point = {"type": "Point", "coordinates": [-72, 48]}
    for value in (point, {"type": "Feature", "geometry": point, "properties": {"nom": "A"}}):
        made = look(json.dumps(value), format).profile.map
        assert made
        assert made.counts == (("point", 1),)


def test_long_values_are_counted_whole(look: Look) -> None:
    """
    Values that differ after a thousand characters are two.
    """
    long = "x" * 2_000
    found = look(json.dumps([{"v": [long, 1]}, {"v": [long, 2]}, {"v": [long, 2]}]), "JSON")
    assert table_of(found).columns[0].distinct == 2
