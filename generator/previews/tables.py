"""Tables of every format to columns of texts, as far as the limits let one read."""

from __future__ import annotations

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from generator.previews.columns import cut, is_plain, profile_column, recognize
from generator.previews.limits import (
    CELLS,
    COLUMNS,
    FIELD,
    GRID,
    LABEL,
    RECORD,
    ROWS,
    SAMPLE,
    SHOWN_COLUMNS,
    SHOWN_ROWS,
    UNZIPPED,
    WHOLE,
)
from generator.previews.profile import Column, Problem, Table

SEPARATORS = ",;\t|"
MARKUP = ("<!doctype", "<html", "<?xml")


class Unfit(Exception):
    """A file of which there can be no preview; `problem` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.problem = Problem(code=code, values={key: str(value) for key, value in values.items()})


@dataclass(kw_only=True)
class Frame:
    """
    A table as columns of texts. `names` are of the first columns, `column_count` of all.

    `kinds`, `values` and `plain` come with `recognize_all`: numbers, where a column is of a kind that has a range.
    `header` are the whole names of what any program takes as it is.
    """

    names: list[str]
    columns: list[pl.Series]
    column_count: int
    row_count: int
    exact: bool = True
    typed: bool = False
    separator: str = ","
    sheet: str = ""
    sheets: int = 0
    problems: list[Problem] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    values: list[pl.Series | None] = field(default_factory=list)
    header: tuple[str, ...] = ()
    plain: list[bool] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def recognize_all(self) -> None:
        for place, (name, column) in enumerate(zip(self.names, self.columns, strict=True)):
            kind, text, values = recognize(name, column, self.separator)
            self.columns[place] = text
            self.kinds.append(kind)
            self.values.append(values)
            self.plain.append(bool(self.header) and is_plain(kind, column))


def name_columns(names: Sequence[str]) -> list[str]:
    return [cut(name, LABEL) for name in names[:COLUMNS]]


def describe(frame: Frame) -> Table:
    """The table that a page shows."""
    columns = [
        profile_column(*column)
        for column in zip(frame.names, frame.kinds, frame.columns, frame.values, frame.plain, strict=True)
    ]
    heads = [column.head(SHOWN_ROWS).to_list() for column in frame.columns[:SHOWN_COLUMNS]]
    return Table(
        columns=tuple[Column, ...](columns),
        rows=tuple(tuple("" if cell is None else cut(cell) for cell in row) for row in zip(*heads, strict=True)),
        column_count=frame.column_count,
        row_count=frame.row_count,
        exact=frame.exact,
        read=frame.read,
        typed=frame.typed,
        sheet=cut(frame.sheet, LABEL),
        sheets=frame.sheets,
        header=frame.header,
    )


# ------------------------------------------------------------------- texts


@dataclass(kw_only=True)
class Sample:
    """
    The beginning of a text file. `whole` is whether it is all of it, `size` the octets that were read, `utf_8` whether
    it is encoded so.
    """

    text: str
    whole: bool
    size: int
    utf_8: bool
    problems: list[Problem]


def read_sample(path: Path) -> Sample:
    with path.open("rb") as stream:
        data = stream.read(SAMPLE + 1)
    whole = len(data) <= SAMPLE
    data = data[:SAMPLE]
    problems = []
    utf_8 = False
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = decode(data, "utf-16", whole)
    else:
        try:
            text = decode(data, "utf-8-sig", whole, "strict")
            utf_8 = True
        except UnicodeDecodeError as error:
            text = decode(data, "cp1252", whole)
            line = data.count(b"\n", 0, error.start) + 1
            problems.append(Problem(code="data-file-encoding", values={"line": str(line)}))
    if "\0" in text:
        raise Unfit("data-file-broken")
    if not whole:  # the last line is probably cut
        end = max(text.rfind("\n"), text.rfind("\r"))
        text = text[: end + 1] or text
    if not text.strip():
        raise Unfit("data-file-empty")
    return Sample(text=text, whole=whole, size=len(data), utf_8=utf_8, problems=problems)


def decode(data: bytes, encoding: str, whole: bool, errors: str = "replace") -> str:
    """A text that may be cut in the middle of a character."""
    return codecs.getincrementaldecoder(encoding)(errors).decode(data, final=whole)


def estimate(rows: int, sample: Sample, path: Path) -> int:
    """The rows of a file of which only the beginning was read, in two figures."""
    whole = round(rows * path.stat().st_size / sample.size)
    return round(whole, 2 - len(str(whole)))


def read_csv(path: Path, tab: bool = False) -> Frame:
    sample = read_sample(path)
    text = sample.text
    if text.lstrip()[:10].lower().startswith(MARKUP):
        raise Unfit("data-file-broken")
    start = 0
    if text[:4].lower() == "sep=" and len(text) > 4:  # Excel's own way to name the separator
        text = text.partition("\n")[2]
        start = 1
    separator = "\t" if tab and "\t" in text.partition("\n")[0] else find_separator(text)
    csv.field_size_limit(FIELD)
    records = read_records(text, separator, start, sample.whole)
    _, header = next(records, (0, []))
    header = trim(header, 1)
    if not header:
        raise Unfit("data-file-empty")
    width = len(header)
    kept = min(width, COLUMNS)
    limit = max(SHOWN_ROWS, min(ROWS, CELLS // width))
    rows: list[list[str]] = []
    count = ragged = 0
    first: dict[str, int] = {}
    for line, record in records:
        count += 1
        if count > limit:
            continue  # counted only
        if len(record) != width:
            record = trim(record, width)
            if len(record) != width:
                first = first or {"line": line, "cells": len(record)}
                ragged += 1
                record += [""] * (width - len(record))
        rows.append(record[:kept])
    if ragged:
        values = {**first, "columns": width, "count": ragged}
        if 2 * ragged > len(rows):
            raise Unfit("data-file-ragged", **values)
        sample.problems.append(Problem(code="data-file-ragged", values={k: str(v) for k, v in values.items()}))
    usual = sample.utf_8 and not start and not ragged and separator == ("\t" if tab else ",")
    return Frame(
        names=name_columns(header),
        header=tuple(header[:kept]) if usual and len({*header} - {""}) == width else (),
        columns=to_columns(rows, kept),
        column_count=width,
        row_count=count if sample.whole else estimate(count, sample, path),
        exact=sample.whole,
        separator=separator,
        problems=sample.problems,
    )


def read_records(text: str, separator: str, start: int, whole: bool) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it starts; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unfit("data-file-quote", line=start + before + 1) from error
        here, spanned = before + 1, reader.line_num - before
        before = reader.line_num
        if spanned > RECORD or (spanned > 1 and whole and is_unclosed(text, separator, here)):
            raise Unfit("data-file-quote", line=start + here)
        if any(map(str.strip, record)):
            yield start + here, record


def is_unclosed(text: str, separator: str, line: int) -> bool:
    """Whether a quote opens on a line, or after it, and nothing closes it before the end."""
    rest = list(io.StringIO(text, newline=""))[line - 1 :]
    if len(rest) > RECORD:
        return False
    reader = csv.reader(rest, delimiter=separator, strict=True)
    try:
        next(reader)
    except csv.Error as error:
        return "unexpected end" in str(error)
    except StopIteration:
        return False
    return False


def find_separator(text: str) -> str:
    """
    The separator that cuts the first lines into rows of one width; the comma when none does.

    >>> find_separator("a;b\\n1,5;2\\n"), find_separator("nom\\nDupont, Jean\\n")
    (';', ',')
    """
    head = text[:20_000]

    def fitness(separator: str) -> tuple[bool, float, int]:
        try:
            rows = list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), 30))
        except csv.Error:
            return False, 0.0, 0
        rows = [row for row in rows if row][: -1 if len(head) < len(text) else None]
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows) / len(rows) if rows else 0.0
        return width > 1, same, width

    best = max(SEPARATORS, key=fitness)
    return best if fitness(best)[0] else ","


def trim(record: list[str], width: int) -> list[str]:
    """A record without the empty cells beyond a width."""
    while len(record) > width and not record[-1].strip():
        record = record[:-1]
    return record


def to_columns(rows: Sequence[Sequence[str | None]], width: int) -> list[pl.Series]:
    columns = zip(*rows, strict=True) if rows else [()] * width
    return [pl.Series("", list(column), dtype=pl.String) for column in columns]


# ------------------------------------------------------------------- JSON


def to_text(value: object) -> str | None:
    """A JSON value as a cell."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value if abs(value) < 1e15 else 0):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)[:FIELD] if isinstance(value, list | dict) else str(value)


def from_objects(objects: Sequence[Mapping[str, Any]], **facts: Any) -> Frame:
    """Objects as rows: each key a column, in the order in which the keys come."""
    names = list(dict.fromkeys(key for item in objects for key in item))
    kept = objects[: max(SHOWN_ROWS, CELLS // max(len(names), 1))]
    columns = [pl.Series("", [to_text(item.get(name)) for item in kept], dtype=pl.String) for name in names[:COLUMNS]]
    return Frame(names=name_columns(names), columns=columns, column_count=len(names), typed=True, **facts)


def read_json_lines(path: Path) -> Frame:
    sample = read_sample(path)
    objects: list[Mapping[str, Any]] = []
    count = 0
    for number, line in enumerate(sample.text.split("\n"), 1):
        if not line.strip():
            continue
        count += 1
        if count > ROWS:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Unfit("data-file-syntax", line=number) from error
        objects.append(value if isinstance(value, dict) else {"": value})
    rows = count if sample.whole else estimate(count, sample, path)
    return from_objects(objects, row_count=rows, exact=sample.whole, problems=sample.problems)


# ------------------------------------------------------------------- workbooks and Parquet


def from_polars(frame: pl.DataFrame, **facts: Any) -> Frame:
    """A table of typed columns."""
    columns = [to_texts(frame[name]) for name in frame.columns[:COLUMNS]]
    return Frame(names=name_columns(frame.columns), columns=columns, typed=True, **facts)


def to_texts(column: pl.Series) -> pl.Series:
    """A column as canonical texts: midnight is a date, a whole number has no point."""
    kind = column.dtype
    if kind.is_float():
        column = column.fill_nan(None)
        there = column.drop_nulls()
        if len(there) and (there == there.round()).all() and (there.abs() < 1e15).all():
            return column.cast(pl.Int64).cast(pl.String)
        return pl.Series("", [None if value is None else to_text(value) for value in column], dtype=pl.String)
    if kind == pl.Datetime:
        texts = column.dt.strftime("%Y-%m-%dT%H:%M:%S")
        there = texts.drop_nulls()
        return texts.str.slice(0, 10) if there.str.ends_with("T00:00:00").all() else texts
    if kind == pl.String:
        return column
    if kind == pl.Binary or kind == pl.Object:
        return pl.Series("", [None if value is None else "…" for value in column], dtype=pl.String)
    if kind.is_nested():
        return pl.Series("", [nested_text(value) for value in column], dtype=pl.String)
    return column.cast(pl.String, strict=False)


def nested_text(value: object) -> str | None:
    if value is None:
        return None
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)[:1000]


def check_size(path: Path) -> None:
    if path.stat().st_size > WHOLE:
        raise Unfit("data-file-too-large", limit=WHOLE // 1_000_000)


def check_unzipped(path: Path) -> None:
    """Unzip a workbook to nowhere, to be sure of its size: what a zip says of itself may be a lie."""
    if not zipfile.is_zipfile(path):
        return
    left = UNZIPPED
    with zipfile.ZipFile(path) as archive:
        for item in archive.infolist():
            left -= item.file_size
            if left < 0:
                raise Unfit("data-file-too-large", limit=UNZIPPED // 1_000_000)
        left = UNZIPPED
        for item in archive.infolist():
            with archive.open(item) as stream:
                while piece := stream.read(1_000_000):
                    left -= len(piece)
                    if left < 0:
                        raise Unfit("data-file-too-large", limit=UNZIPPED // 1_000_000)


def read_workbook(path: Path) -> Frame:
    """The first sheet of a workbook, whose first row names the columns."""
    import fastexcel

    check_size(path)
    check_unzipped(path)
    reader = fastexcel.read_excel(path)
    names = reader.sheet_names
    if not names:
        raise Unfit("data-file-empty")
    sheet = reader.load_sheet(0, header_row=0, n_rows=ROWS)
    height, width = sheet.total_height, sheet.width
    if height * width > GRID:
        raise Unfit("data-file-too-large", limit=WHOLE // 1_000_000)
    if not width:
        raise Unfit("data-file-empty")
    frame = sheet.to_polars()
    facts = {"row_count": height, "column_count": width, "sheet": names[0], "sheets": len(names)}
    made = from_polars(frame.head(max(SHOWN_ROWS, min(ROWS, CELLS // width))), **facts)
    made.names = ["" if name.startswith("__UNNAMED__") else name for name in made.names]
    return made


def read_parquet(path: Path) -> Frame:
    """The first rows of a Parquet file."""
    with path.open("rb") as stream:
        if stream.read(4) != b"PAR1":
            raise Unfit("data-file-broken")
    lazy = pl.scan_parquet(path)
    names = lazy.collect_schema().names()
    if not names:
        raise Unfit("data-file-empty")
    count = lazy.select(pl.len()).collect().item()
    limit = max(SHOWN_ROWS, min(ROWS, CELLS // len(names)))
    frame = lazy.select(names[:COLUMNS]).head(limit).collect()
    return from_polars(frame, row_count=count, column_count=len(names))


READERS = {
    "CSV": read_csv,
    "TSV": lambda path: read_csv(path, tab=True),
    "XLSX": read_workbook,
    "XLSM": read_workbook,
    "XLSB": read_workbook,
    "XLS": read_workbook,
    "ODS": read_workbook,
    "Parquet": read_parquet,
    "JSON Lines": read_json_lines,
}
