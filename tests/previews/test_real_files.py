"""Small real files of public repositories, where they lie beside the project: a true preview, or a true message."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from generator.previews.examination import examine
from generator.previews.profile import Finding, Table
from generator.standards import vocabulary

FOLDER = Path(__file__).parents[3] / "shared/real/files"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the real files are not beside the project")

FORMATS = {"": "csv", "bad-format": "csv", "gz": "csv", "zip": "csv"}
"""What a dataset would say of files whose ending says nothing, or something else."""


def find(name: str) -> Finding:
    """What is found in a file, under the format that its name promises."""
    ending = name.rpartition(".")[2] if "." in name else ""
    format = vocabulary("formats").find("xlsx" if name == "xlsx_file" else FORMATS.get(ending, ending))
    assert format
    return examine(FOLDER / name, format.code)


def table(name: str) -> Table:
    found = find(name).profile.table
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("c_test_file.csv", ["data-file-ragged"]),
        ("doublequote.csv.zip", ["data-file-broken"]),
        ("file.csv.gz", ["data-file-broken"]),
        ("table.csv.zip", ["data-file-broken"]),
        ("file.xls", ["data-file-broken"]),  # an OpenDocument under Excel's name
    ],
)
def test_a_file_that_is_no_table_is_told(name: str, codes: list[str]) -> None:
    """
    What is packed, is of another format, or has rows wider than its header has a message and no preview.
    """
    found = find(name)
    assert ([problem.code for problem in found.problems], bool(found.profile)) == (codes, False)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("a_test_file.csv", ["data-file-lines-above"]),
        ("latin1.csv", ["data-file-encoding"]),
        ("skip-blank-at-the-end.csv", ["data-file-ragged"]),
        ("skip-rows-before-headers.csv", ["data-file-lines-above"]),
        ("skip-rows.csv", ["data-file-ragged", "data-file-lines-above"]),
        ("skip-rows.xlsx", ["data-file-lines-above"]),
        ("issue320.xlsx", ["data-file-lines-above", "data-file-twins"]),
    ],
)
def test_a_file_with_a_fault_is_shown_and_told(name: str, codes: list[str]) -> None:
    """
    Lines above the header, comments between rows, other encodings and twins are told, and the table is there.
    """
    found = find(name)
    assert ([problem.code for problem in found.problems], found.profile.table is not None) == (codes, True)


TOLD = [
    "c_test_file.csv",
    "doublequote.csv.zip",
    "file.csv.gz",
    "table.csv.zip",
    "file.xls",
    "a_test_file.csv",
    "latin1.csv",
    "skip-blank-at-the-end.csv",
    "skip-rows-before-headers.csv",
    "skip-rows.csv",
    "skip-rows.xlsx",
    "issue320.xlsx",
]


def test_every_other_table_is_shown_without_a_word() -> None:
    """
    All other files have a table or a structure, and nothing is wrong with them.
    """
    found = {file.name: find(file.name) for file in sorted(FOLDER.iterdir()) if file.name not in TOLD}
    wrong = {name for name, one in found.items() if one.problems or not (one.profile.table or one.profile.tree)}
    assert (wrong, len(found) > 20) == (set(), True)


CSV: Mapping[str, tuple[str, int]] = {
    "a_test_file.csv": (";", 2),
    "accent.csv": (";", 0),
    "b_test_file.csv": (",", 0),
    "csv_file": (",", 0),
    "doublequote.csv": (",", 0),
    "issue305.csv": (",", 0),
    "long.csv": (",", 0),
}


@pytest.mark.parametrize("name", CSV)
def test_a_text_table_is_what_csv_reads(name: str) -> None:
    """
    Names, rows and cells are those of Python's csv module; numbers have their zero before the point.
    """
    separator, above = CSV[name]
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=separator))[above:]
    found = table(name)
    assert [column.name for column in found.columns] == [" ".join(cell.split()) for cell in rows[0]]
    expected = [[re.sub(r"^\.(?=\d+$)", "0.", " ".join(cell.split())) for cell in row] for row in rows[1:]]
    assert [list(row) for row in found.rows] == expected


@pytest.mark.parametrize("name", ["sheet2.xlsx", "sheets.xlsx", "file.xlsx", "preserve-formatting-percentage.xlsx"])
def test_a_workbook_is_what_openpyxl_reads(name: str) -> None:
    """
    The first sheet with data has the cells that openpyxl finds in it.
    """
    book = openpyxl.load_workbook(FOLDER / name, data_only=True)
    sheet = next(one for one in book.worksheets if one.sheet_state == "visible" and any(one.values))
    header, *rows = ([spoken(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    found = table(name)
    assert (found.sheet, [column.name for column in found.columns]) == (sheet.title, header)
    assert [list(row) for row in found.rows] == rows


def spoken(cell: object) -> str:
    """A cell on one line, a whole number without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def test_a_parquet_is_what_pyarrow_reads() -> None:
    """
    Rows, missing values and bounds are those of pyarrow.
    """
    rows = pyarrow.parquet.read_table(FOLDER / "file.parquet")
    found = table("file.parquet")
    assert (found.row_count, [column.name for column in found.columns]) == (rows.num_rows, rows.column_names)
    for column in found.columns:
        values = rows[column.name].to_pylist()
        assert column.missing == values.count(None)
        if column.kind in ("number", "year"):
            assert (float(column.low), float(column.high)) == (float(min(values)), float(max(values)))
