"""Workbooks, Excel's and OpenDocument's: the first sheet, whose first row names the columns."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame
from generator.previews.limits import CELLS, GRID, ROWS, SHOWN_ROWS, UNZIPPED
from generator.previews.typed_columns import from_polars


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
    names = reader.sheet_names
    if not names:
        raise Unreadable("data-file-empty")
    sheet = reader.load_sheet(0, header_row=0, n_rows=ROWS)
    height, width = sheet.total_height, sheet.width
    if height * width > GRID:
        raise Unreadable("data-file-too-large", limit=format.most // 1_000_000)
    if not width:
        raise Unreadable("data-file-empty")
    frame = sheet.to_polars()
    facts = {"row_count": height, "column_count": width, "sheet": names[0], "sheets": len(names)}
    made = from_polars(frame.head(max(SHOWN_ROWS, min(ROWS, CELLS // width))), **facts)
    made.names = ["" if name.startswith("__UNNAMED__") else name for name in made.names]
    return made
