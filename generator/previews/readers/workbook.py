"""Workbooks, Excel's and OpenDocument's: the first sheet that shows and holds data."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import polars as pl

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame, name_columns
from generator.previews.headers import LOOKED_AT, filled, find_header
from generator.previews.limits import CELLS, COLUMNS, GRID, ROWS, SHOWN_ROWS, UNZIPPED
from generator.previews.profile import Problem
from generator.previews.typed_columns import duration_text

EARLY = r"^(?:1899-12-3[01]|1900-0[12]-\d\d|1904-0[12]-\d\d) \d\d:\d\d:\d\d"
"""Moments that are hours of a day, or times longer than one: a workbook counts them from its first day."""


def check_unzipped(path: Path) -> None:
    """Unzip a workbook to nowhere, to be sure of its size: what a zip says of itself may be a lie."""
    if not zipfile.is_zipfile(path):
        return
    left = UNZIPPED
    with zipfile.ZipFile(path) as archive:
        for item in archive.infolist():
            left -= item.file_size
            if left < 0:
                raise Unreadable("data-file-too-large", limit=UNZIPPED // 1_000_000)
        left = UNZIPPED
        for item in archive.infolist():
            with archive.open(item) as stream:
                while piece := stream.read(1_000_000):
                    left -= len(piece)
                    if left < 0:
                        raise Unreadable("data-file-too-large", limit=UNZIPPED // 1_000_000)


def read(path: Path, format: PreviewFormat) -> Frame:
    import fastexcel

    check_unzipped(path)
    reader = fastexcel.read_excel(path)
    shown: list[str] = []
    found: tuple[str, pl.DataFrame, int] | None = None
    for place, name in enumerate(reader.sheet_names):
        # All cells as texts: a type learned from the first rows would make nothing of those that have another.
        sheet = reader.load_sheet(place, header_row=None, skip_rows=0, n_rows=ROWS + LOOKED_AT, dtypes="string")
        if sheet.visible != "visible":
            continue
        shown.append(name)
        if found or not sheet.width or not sheet.total_height:
            continue
        if sheet.total_height * sheet.width > GRID:
            raise Unreadable("data-file-too-large", limit=format.most // 1_000_000)
        cells = read_cells(reader, place, sheet)
        if is_filled(cells).any():
            found = name, cells, sheet.total_height
    if found is None:
        raise Unreadable("data-file-empty")
    name, cells, height = found
    return to_frame(cells, height, name, tuple(other for other in shown if other != name))


def is_filled(cells: pl.DataFrame) -> pl.Series:
    """Which rows say anything."""
    return cells.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")).to_series()


def to_frame(cells: pl.DataFrame, height: int, name: str, others: tuple[str, ...]) -> Frame:
    filled_rows = is_filled(cells)
    numbers = [number + 1 for number in filled_rows.arg_true().to_list()]
    blank = len(cells) - len(numbers)
    cells = cells.filter(filled_rows)
    head = [["" if cell is None else cell for cell in row] for row in cells.head(LOOKED_AT).rows()]
    start = find_header(head)
    header = head[start]
    width = max(filled(header), *(filled(row) for row in head[start:]))
    problems = []
    line = numbers[start]
    if start:
        problems.append(Problem(code="data-file-lines-above", values={"line": str(line), "count": str(line - 1)}))
    body = cells.slice(start + 1, max(SHOWN_ROWS, min(ROWS, CELLS // max(width, 1))))
    return Frame(
        names=name_columns(header[:width]),
        columns=[body[column] for column in cells.columns[: min(width, COLUMNS)]],
        column_count=width,
        row_count=height - blank - start - 1,
        typed=True,
        skipped=line - 1,
        lines=numbers[start + 1 :],
        sheet=name,
        sheets=others,
        problems=problems,
    )


def read_cells(reader: Any, place: int, sheet: Any) -> pl.DataFrame:
    """
    A sheet's cells as canonical texts: midnights are dates, whole numbers have no point.

    Hours and lengths of time are moments of a workbook's first days, or nothing at all, in a sheet that is read as
    texts; what they last is then asked for.
    """
    cells: pl.DataFrame = sheet.to_polars()
    lasting: pl.DataFrame | None = None
    columns = []
    for number, column in enumerate(cells.get_columns()):
        early = column.str.contains(EARLY).fill_null(False)
        if early.any() or column.null_count():
            if lasting is None:
                lasting = reader.load_sheet(
                    place, header_row=None, skip_rows=0, n_rows=ROWS + LOOKED_AT, dtypes="duration"
                ).to_polars()
            column = with_lengths(column, lasting.to_series(number), early)
        columns.append(canonical(column).alias(cells.columns[number]))
    return pl.DataFrame(columns)


def with_lengths(column: pl.Series, lasting: pl.Series, early: pl.Series) -> pl.Series:
    """A column with lengths of time where its text is nothing, or a moment of the first days that is no midnight."""
    are_lengths = bool((early & ~column.str.ends_with(" 00:00:00")).any())
    texts = [
        duration_text(length) if length is not None and (text is None or (is_early and are_lengths)) else text
        for text, length, is_early in zip(column.to_list(), lasting.to_list(), early.to_list(), strict=True)
    ]
    return pl.Series("", texts, dtype=pl.String)


def canonical(column: pl.Series) -> pl.Series:
    """
    >>> canonical(pl.Series(["2026-01-31 00:00:00", "2026-01-31 08:30:00", "12.0", "A"])).to_list()
    ['2026-01-31', '2026-01-31T08:30:00', '12', 'A']
    """
    column = column.str.replace(r"^(\d{4}-\d\d-\d\d)[ T]00:00:00$", "$1")
    column = column.str.replace(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)", "${1}T$2")
    return column.str.replace(r"^(-?\d+)\.0$", "$1")
