"""Parquet: the first rows, with the types that the file has."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame
from generator.previews.limits import CELLS, COLUMNS, READ, ROWS, SHOWN_ROWS
from generator.previews.typed_columns import from_polars


def read(path: Path, format: PreviewFormat) -> Frame:
    with path.open("rb") as stream:
        if stream.read(4) != b"PAR1":
            raise Unreadable("data-file-broken")
    lazy = pl.scan_parquet(path)
    names = lazy.collect_schema().names()
    if not names:
        raise Unreadable("data-file-empty")
    count = lazy.select(pl.len()).collect().item()
    limit = max(SHOWN_ROWS, min(ROWS, CELLS // len(names)))
    wanted = lazy.select(names[:COLUMNS])
    # What is written once and repeated takes nothing in the file, and everything in memory.
    first = wanted.head(SHOWN_ROWS).collect()
    affordable = READ * max(1, first.height) // max(1, first.estimated_size())
    frame = wanted.head(max(SHOWN_ROWS, min(limit, int(affordable)))).collect()
    return from_polars(frame, row_count=count, column_count=len(names))
