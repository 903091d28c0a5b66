"""Registers: the rows of CSV files, and YAML files, as records of their type."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from generator import model
from generator.model.conditions import meets
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.model.pages import LASTING
from generator.source.files import Source
from generator.source.nodes import Mapping_, Node, Refused, Scalar
from generator.source.nodes import Sequence as List
from generator.source.structure.objects import read_object, read_property
from generator.source.structure.records import DATES, FieldRow, PlaceOf, RecordReader
from generator.source.structure.types import TYPES, read_node
from generator.source.tables import MOST_COLUMNS, Cell, read_rows
from generator.standards import Property, fold_code
from generator.text.slugs import slugify

TABLE_LIMIT = 100_000_000
"""Bytes of a table that is read: some half a million rows."""

MARKS = (";", "|")
"""What parts the items of a list in one cell."""


class Column(NamedTuple):
    """Which field a column of a table holds, or which part of one, and in which language."""

    row: Property
    language: str
    part: str = ""


def structure_register(reader: RecordReader, source: Source) -> Iterator[model.Page]:
    """The records of a register that may be published, each once."""
    names: dict[str, Place] = {}
    for path in claim_files(source, reader.type.id):
        rows = read_table if path.endswith(".csv") else read_file
        for values, origin, place_of in rows(reader, source, path):
            if (record := make_record(reader, values, origin, place_of, names)) is not None:
                yield record


def claim_files(source: Source, name: str) -> list[str]:
    """The files that hold a register's records, which are not published as they are."""
    beside = [f"{TYPES}{name}.csv"]
    below = f"content/{name}/"
    own = [path for path in source.content_files if path.startswith(below) and path.endswith((".csv", ".yaml", ".yml"))]
    found = [path for path in source.content_files if path in beside or path in own]
    source.content_files = [path for path in source.content_files if path not in found]
    return found


Reading = Iterator[tuple[dict[str, Any], model.Origin, PlaceOf]]


def read_file(reader: RecordReader, source: Source, path: str) -> Reading:
    """The record of one YAML file."""
    node = read_node(source, path, reader.context)
    if node is not None:
        origin, values = read_object(reader.shape, node, reader.context, Place(path), {})
        yield values, origin, origin.of


def read_table(reader: RecordReader, source: Source, path: str) -> Reading:
    """The records of a table's rows."""
    context = reader.context
    if (size := source.size(path)) > TABLE_LIMIT:
        values = {"size": size // 1_000_000, "limit": TABLE_LIMIT // 1_000_000, "value": reader.type.id}
        context.report(Place(path), "register-too-large", **values)
        return
    try:
        rows = read_rows(source.read_text(path, TABLE_LIMIT))
        head = next(rows, ())
        columns = read_head(reader, head, path)
        for row in rows:
            extra = [cell for cell in row[len(columns) :] if cell.text]
            if extra:
                context.report(Place(path, *extra[0][1:]), "long-row", value=extra[0].text, count=len(columns))
            yield read_cells(reader, columns, row, path)
    except Refused as refused:
        context.diagnostics.append(refused.diagnostic)
    except csv.Error as error:
        context.diagnostics.append(Diagnostic.at(Place(path), "unread-table", problem=error))


def read_head(reader: RecordReader, head: Sequence[Cell], path: str) -> list[Column | None]:
    """What each column holds; a heading that names no field is told, and so is a field that every row must have."""
    spellings = {fold_code(name): row for row in reader.rows.values() for name in (*row.label.values(), row.name)}
    meant_by = [find_column(cell.text, reader, spellings) for cell in head]
    spoken = {(column.row.name, column.part) for column in meant_by if column and column.language}
    found: list[Column | None] = []
    for cell, column in zip(head, meant_by, strict=True):
        if column and not column.language and (column.row.name, column.part) in spoken:
            column = column._replace(language=reader.languages[0])  # `name` beside `name_en`
        if column is None:
            meant = closest(fold_code(cell.text), [row.name for row in reader.rows.values()])
            place, known = Place(path, *cell[1:]), ", ".join(reader.rows)
            reader.context.report(place, "stray-column", value=cell.text, suggestion=meant, choices=known)
        elif column in found:
            reader.context.report(Place(path, *cell[1:]), "twin-column", value=cell.text)
            column = None
        found.append(column)
    if len(head) >= MOST_COLUMNS:
        reader.context.report(Place(path, 1, 1), "unread-table", problem=f"> {MOST_COLUMNS}")
    there = {column.row.name for column in found if column}
    for row in reader.rows.values():
        if row.name not in there and row.obliges("portal") == "mandatory":
            reader.context.report(Place(path, 1, 1), "missing-column", value=row.name)
    return found


def find_column(text: str, reader: RecordReader, spellings: Mapping[str, FieldRow]) -> Column | None:
    """The field of a heading: its name or one of its labels, with a language at its end for a text in several."""
    folded = fold_code(text)
    if row := spellings.get(folded):
        return Column(row, "")
    if folded in LASTING:
        return Column(reader.lasting[folded], "", "date" if folded == "withdrawn" else "")
    if folded == "reason":
        return Column(reader.lasting["withdrawn"], "", "reason")
    for language in reader.languages:
        for mark in ("_", "-", "@", ".", " ", " ("):
            ending = f"{mark}{language}" + (")" if "(" in mark else "")
            row = spellings.get(folded.removesuffix(ending)) if folded.endswith(ending) else None
            if row and row.range in ("text", "markdown"):
                return Column(row, language)
            if folded == f"reason{ending}":
                return Column(reader.lasting["withdrawn"], language, "reason")
    return None


def read_cells(
    reader: RecordReader, columns: Sequence[Column | None], cells: Sequence[Cell], path: str
) -> tuple[dict[str, Any], model.Origin, PlaceOf]:
    nodes: dict[str, Node] = {}
    places: dict[str, Place] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        row, place = column.row, Place(path, cell.line, cell.column)
        places.setdefault(row.name, place)
        if column.language:
            places[f"{row.name}.{column.language}"] = place
        if not cell.text:
            continue
        value: Node = Scalar(place, cell.text)
        if steps := [step for step in (column.part, column.language) if step]:
            lay(nodes, [row.name, *steps], value)
            continue
        nodes[row.name] = List(place, split_cell(cell, path)) if row.many else value
    start = Place(path, cells[0].line, 1)
    values = {}
    for name, node in nodes.items():
        found = read_property(reader.shape.rows[name], node, reader.context)
        if found not in (None, ()):
            values[name] = found
    for name, row in reader.rows.items():
        if name not in nodes and name in places and row.obliges("portal") == "mandatory":
            reader.context.report(places[name], "empty-cell", property=name)
    files = {name: places[name][1:] for name in nodes if reader.shape.rows[name].range == "file"}
    return (
        values,
        model.Origin(*start, files),
        lambda name: places.get(name) or places.get(name.partition(".")[0], start),
    )


def lay(nodes: dict[str, Node], steps: Sequence[str], value: Node) -> None:
    """Put a value where some keys, one within the other, lead."""
    for name, below in pairwise(steps):
        found = nodes.setdefault(name, Mapping_(value.place, {}, {}))
        assert isinstance(found, Mapping_)
        nodes = found.entries
        found.keys[below] = value.place
    nodes[steps[-1]] = value


def split_cell(cell: Cell, path: str) -> list[Node]:
    """
    The items of a list in a cell, each where it begins.

    >>> [(item.value, item.place.column) for item in split_cell(Cell("a; b", 2, 5), "x.csv")]
    [('a', 5), ('b', 8)]
    """
    mark = next((mark for mark in MARKS if mark in cell.text), MARKS[0])
    found: list[Node] = []
    column = cell.column
    for part in cell.text.split(mark):
        if word := part.strip():
            found.append(Scalar(Place(path, cell.line, column + part.index(word[0])), word))
        column += len(part) + 1
    return found


def make_record(
    reader: RecordReader, values: dict[str, Any], origin: model.Origin, place_of: PlaceOf, names: dict[str, Place]
) -> model.Page | None:
    """A row as a record with an address of its own; None for one that is withheld or can't be told from another."""
    declared = reader.type
    reader.check(values, place_of)
    key = "-".join(key_part(values.get(name)) for name in declared.key)
    if not key.strip("-") or any(values.get(name) is None and reader.obliges(name) for name in declared.key):
        return None  # what is missing was told
    if first := names.get(key):
        place = place_of(declared.key[0])
        reader.context.report(place, "twin-record", value=key, first=first)
        return None
    names[key] = place_of(declared.key[0])
    if declared.withheld and meets(declared.withheld, values.get, reader.context.day):
        return None
    page = register_page(declared, key, reader.published(values), origin, reader.languages[0])
    lasting = {name: values[name] for name in LASTING if name in values}
    return replace(page, **lasting) if lasting else page


def key_part(value: Any) -> str:
    if isinstance(value, tuple):
        return "-".join(map(key_part, value))
    word = next(iter(value.values()), "") if isinstance(value, dict) else value
    return "" if word in (None, "") else slugify(str(word))


def register_page(
    declared: model.ContentType, key: str, values: Mapping[str, Any], origin: model.Origin, language: str
) -> model.Page:
    heading = values.get(declared.heading, key)
    field = declared.by_name.get(declared.heading)
    if field and field.range == "choice" and not field.many:
        heading = field.labels.get(heading, heading)
    day = values.get(declared.card.date, "")
    is_date = (dated := declared.by_name.get(declared.card.date)) is not None and dated.range in DATES
    return model.Page(
        origin=origin,
        path=f"{declared.path}{key}",
        type=declared.id,
        title=heading if isinstance(heading, dict) else {language: str(heading)},
        date=day if is_date else "",
        values=values,
        sources={language: origin.path},
    )
