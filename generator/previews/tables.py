"""Tables of every format to columns of texts, as far as the limits let one read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from generator.previews.delimited import read_csv
from generator.previews.frames import Frame, Unfit, name_columns
from generator.previews.limits import CELLS, COLUMNS, FIELD, GRID, ROWS, SHOWN_ROWS, UNZIPPED, WHOLE
from generator.previews.samples import estimate, read_sample


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
