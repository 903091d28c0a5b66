"""Files read by csv, openpyxl, odfpy, pyarrow and json, and what can be said of their columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet
from odf import opendocument, table, teletype

Rows = list[dict[str, Any]]

ABSENT = {"N/D", "s.o.", "--", "."}
"""What the messy files write for nothing."""


def csv_rows(
    data: bytes,
    separator: str = ",",
    encoding: str = "utf-8",
    skip: int = 0,
    escape: str | None = None,
    spaced: bool = False,
) -> Rows:
    lines = io.StringIO(data.decode(encoding), newline="")
    for _ in range(skip):
        next(lines)
    header, *rows = csv.reader(lines, delimiter=separator, escapechar=escape, skipinitialspace=spaced)
    return [dict(zip(map(str.strip, header), row, strict=True)) for row in rows]


def sheet_rows(data: bytes, name: str, skip: int = 0) -> Rows:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[name]
    header, *rows = list(sheet.iter_rows(values_only=True))[skip:]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def table_rows(data: bytes, name: str) -> Rows:
    sheets = opendocument.load(io.BytesIO(data)).getElementsByType(table.Table)
    sheet = next(item for item in sheets if item.getAttribute("name") == name)

    def value(cell: Any) -> Any:
        kind = cell.getAttribute("valuetype")
        if kind == "float":
            return Decimal(cell.getAttribute("value"))
        if kind == "date":
            return date.fromisoformat(cell.getAttribute("datevalue"))
        return cell.getAttribute("booleanvalue") == "true" if kind == "boolean" else teletype.extractText(cell)

    rows = [
        [value(cell) for cell in row.getElementsByType(table.TableCell)]
        for row in sheet.getElementsByType(table.TableRow)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def parquet_rows(data: bytes) -> Rows:
    rows: Rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def json_rows(items: Sequence[Mapping[str, Any]]) -> Rows:
    return [dict(item) for item in items]


def number(value: Any, style: str) -> Decimal:
    text = str(value).replace("\u202f", "").replace("\u2212", "-")
    return Decimal(text.replace(",", "") if style == "thousands" else text.replace(",", ".") if style == "," else text)


def moment(value: Any, style: str) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.strptime(value, style) if style else datetime.fromisoformat(value)


def day(value: Any, style: str) -> date:
    return (
        value.date()
        if isinstance(value, datetime)
        else value
        if isinstance(value, date)
        else moment(value, style).date()
    )


MEASURES = {"integer": number, "number": number, "year": number, "date": day, "datetime": moment}


def values_of(rows: Rows, column: str, kind: str, style: str) -> list[Any]:
    """A column's values, None where a row says nothing."""
    cells = [row.get(column) for row in rows]
    cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    if kind == "string":
        return cells
    cells = [None if isinstance(cell, str) and cell in ABSENT else cell for cell in cells]
    measure = MEASURES.get(kind)
    return [None if cell is None else measure(cell, style) for cell in cells] if measure else cells


def summary(rows: Rows, column: str, kind: str, style: str) -> tuple[int, int, Any, Any]:
    """How many values are missing, how many differ, the lowest and the highest where the kind has an order."""
    there = [value for value in values_of(rows, column, kind, style) if value is not None]
    bounds = (min(there), max(there)) if kind in MEASURES else (None, None)
    return len(rows) - len(there), len({json.dumps(value, default=str) for value in there}), *bounds


def bound(kind: str, text: str) -> Any:
    """A bound that a preview gives, as a value."""
    if not text:
        return None
    return date.fromisoformat(text) if kind == "date" else moment(text, "") if kind == "datetime" else number(text, "")


def sums(
    rows: Rows, x: Sequence[Any], y: Sequence[Decimal | None], parts: Sequence[Any]
) -> dict[Any, dict[Any, Decimal]]:
    """The sum of y by the value of x, for each part."""
    found: dict[Any, dict[Any, Decimal]] = {}
    for place, value, part in zip(x, y, parts, strict=True):
        if place is None:
            continue
        line = found.setdefault(part, {})
        if value is not None:
            line[place] = line.get(place, Decimal(0)) + value
    return found
