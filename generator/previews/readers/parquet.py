"""Parquet: the first rows, with the types that the file has."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame
from generator.previews.limits import CELLS, COLUMNS, ROWS, SHOWN_ROWS
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
    frame = lazy.select(names[:COLUMNS]).head(limit).collect()
    return from_polars(frame, row_count=count, column_count=len(names))
