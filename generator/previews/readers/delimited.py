"""Tables as text: CSV with whatever separator, and TSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame, name_columns
from generator.previews.headers import LOOKED_AT, filled, find_header, is_typed
from generator.previews.limits import CELLS, COLUMNS, FIELD, RECORD, ROWS, SHOWN_ROWS
from generator.previews.profile import Problem
from generator.previews.text_files import TextFile, estimate, read_text

SEPARATORS = ";\t|,"
"""What parts cells, the first where two do as well."""

MARKUP = ("<!doctype", "<html", "<?xml")

HEAD = 100_000
"""Characters from which the separator is learned."""

Record = tuple[int, list[str]]
"""The line on which it starts, and its cells."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted and quoted; `escaped` is whether a backslash stands before quotes inside."""

    separator: str
    spaced: bool = False
    escaped: bool = False

    def reader(self, text: str) -> Iterator[list[str]]:
        escape = "\\" if self.escaped else None
        lines = io.StringIO(text, newline="")
        return csv.reader(lines, delimiter=self.separator, skipinitialspace=self.spaced, escapechar=escape)


def read(path: Path, format: PreviewFormat) -> Frame:
    file = read_text(path)
    text, skipped = file.text, 0
    if text.lstrip()[:10].lower().startswith(MARKUP):
        raise Unreadable("data-file-broken")
    csv.field_size_limit(FIELD)
    named = re.match(r"(?i)sep=(.)?[^\n\r]*(?:\r\n|\n|\r)", text)  # Excel's own way to name the separator
    if named:
        text, skipped = text[named.end() :], 1
    tab = format.separator == "\t" and "\t" in text.partition("\n")[0]
    separator = "\t" if tab else named[1] if named and named[1] and named[1] in SEPARATORS else find_separator(text)
    records = read_records(text, dialect_of(text, separator), skipped, file.whole)
    head = list(islice(records, LOOKED_AT))
    if not head:
        raise Unreadable("data-file-empty")
    start = find_header([cells for _, cells in head])
    header = head[start][1]
    header = header[: max(filled(header), 1)]
    rows = Rows(width=len(header))
    for record in (*head[start + 1 :], *records):
        rows.add(*record)
    rows.check(file)
    line = head[start][0]
    if start:
        file.problems.append(Problem(code="data-file-lines-above", values={"line": str(line), "count": str(line - 1)}))
    return Frame(
        names=name_columns(header),
        columns=rows.columns(),
        column_count=len(header),
        row_count=rows.count if file.whole else estimate(rows.count, file, path),
        exact=file.whole,
        separator=separator,
        encoding=file.encoding,
        skipped=line - 1,
        is_usual=file.encoding == "utf-8" and line == 1 and not rows.ragged and separator == format.separator,
        lines=rows.lines,
        problems=file.problems,
    )


class Rows:
    """The rows of a table as wide as its header; those that are not are counted, and filled or cut."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.kept = min(width, COLUMNS)
        self.limit = max(SHOWN_ROWS, min(ROWS, CELLS // width))
        self.cells: list[list[str]] = []
        self.lines: list[int] = []
        self.count = self.ragged = 0
        self.first: dict[str, int] = {}

    def add(self, line: int, record: list[str]) -> None:
        self.count += 1
        if self.count > self.limit:
            return  # counted only
        if len(record) != self.width:
            cells = max(filled(record), self.width) if len(record) > self.width else len(record)
            if cells != self.width:
                self.first = self.first or {"line": line, "cells": cells}
                self.ragged += 1
                record = record + [""] * (self.width - len(record))
        self.cells.append(record[: self.kept])
        self.lines.append(line)

    def check(self, file: TextFile) -> None:
        if not self.ragged:
            return
        values = {**self.first, "columns": self.width, "count": self.ragged}
        if 2 * self.ragged > len(self.cells):
            raise Unreadable("data-file-ragged", **values)
        file.problems.append(Problem(code="data-file-ragged", values={k: str(v) for k, v in values.items()}))

    def columns(self) -> list[pl.Series]:
        columns = zip(*self.cells, strict=True) if self.cells else [()] * self.kept
        return [pl.Series("", list(column), dtype=pl.String) for column in columns]


def read_records(text: str, dialect: Dialect, skipped: int, whole: bool) -> Iterator[Record]:
    """
    Each record with the line on which it starts; blank lines are left out.

    The last record of a text that is cut is probably cut too: it is left out unless it is the only one.
    """
    reader = dialect.reader(text)
    held: Record | None = None
    before, given = 0, False
    while True:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise Unreadable("data-file-quote", line=skipped + before + 1) from error
        if held:
            given = True
            yield held
        held = (skipped + before + 1, record) if any(map(str.strip, record)) else None
        last, before = before, reader.line_num  # type: ignore[attr-defined]
    if held and before - last > 1 and is_unclosed(text, dialect, last):
        if whole or before - last > RECORD:
            raise Unreadable("data-file-quote", line=held[0])
    elif held and (whole or not given or before - last == 1):
        yield held


def is_unclosed(text: str, dialect: Dialect, lines: int) -> bool:
    """Whether the quotes of the last record, below so many lines, are still open at the end."""
    stream = io.StringIO(text, newline="")
    for _ in islice(stream, lines):
        pass
    rest = stream.read()
    if dialect.escaped:
        rest = re.sub(r"\\.", "", rest, flags=re.DOTALL)
    return rest.count('"') % 2 == 1


def dialect_of(text: str, separator: str) -> Dialect:
    """How quotes are used: after a space, with backslashes before those inside."""
    head, mark = text[:HEAD], re.escape(separator)
    spaced = separator != "\t" and re.search(rf'{mark} +"', head) is not None
    escaped = re.search(rf'[^\\"{mark}\n\r]\\"(?! *(?:{mark}|[\n\r]|$))', head) is not None
    return Dialect(separator, spaced, escaped)


def find_separator(text: str) -> str:
    """
    The separator that cuts the first lines into rows as wide as their header, most cells of which are figures or dates.

    >>> find_separator("a;b\\n1,5;2\\n"), find_separator("nom\\nDupont, Jean\\n"), find_separator("a,b\\nc;d,e\\n")
    (';', ';', ',')
    """
    head = text[:HEAD]
    is_cut = len(head) < len(text)

    def fitness(separator: str) -> float:
        rows: list[list[str]] = []
        with suppress(Unreadable):  # a quote that is never closed: what stands before it tells enough
            records = read_records(head, dialect_of(head, separator), 0, not is_cut)
            rows.extend(cells for _, cells in islice(records, LOOKED_AT))
        place = find_header(rows)
        width = filled(rows[place]) if rows else 0
        below = rows[place + 1 :]
        fitting = [row for row in below if len(row) == width or filled(row) == width] if below else []
        same = len(fitting) / len(below) if below else 1.0
        if width < 2:
            return same / 2 + (separator == ",") / 100  # where nothing is parted, nothing is proven by a semicolon
        cells = [cell for row in fitting for cell in row if cell.strip()]
        typed = sum(map(is_typed, cells)) / len(cells) if cells else 0.0
        # A header that is parted above rows that are not is a fault to be told, not one column.
        return same + typed if same > 0.5 else 0.6

    return max(SEPARATORS, key=fitness)
