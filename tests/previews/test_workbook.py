"""Workbooks: the sheet that shows, cells of every type, columns of several types."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import polars as pl
import pytest
from odf import opendocument, style, table, text
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.previews.conftest import Look, codes, kinds, ranges, table_of


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = (), epoch: datetime | None = None
) -> bytes:
    """An XLSX with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.epoch = epoch or CALENDAR_WINDOWS_1900
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
        for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, timedelta)):
            cell.number_format = "[h]:mm:ss"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spreadsheet(sheets: dict[str, Sequence[Sequence[dict[str, str]]]], hidden: Sequence[str] = ()) -> bytes:
    """An ODS with these sheets, whose cells are attributes of OpenDocument."""
    document = opendocument.OpenDocumentSpreadsheet()
    unseen = style.Style(name="unseen", family="table")
    unseen.addElement(style.TableProperties(display="false"))
    document.automaticstyles.addElement(unseen)
    for name, rows in sheets.items():
        sheet = table.Table(name=name, stylename="unseen") if name in hidden else table.Table(name=name)
        for row in rows:
            line = table.TableRow()
            for cell in row:
                made = table.TableCell(**cell)
                made.addElement(text.P(text=cell.get("stringvalue", "?")))
                line.addElement(made)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(value: str) -> dict[str, str]:
    return {"valuetype": "string", "stringvalue": value}


VILLES = [["ville", "pop"], ["A", 10], ["B", 20]]
PERSONAL = [["nas", "salaire"], ["000 000 000", 1]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "shown", "others"),
    [
        ({"Feuil1": [], "Données": VILLES}, [], "Données", ("Feuil1",)),
        ({"brouillon": PERSONAL, "Données": VILLES}, ["brouillon"], "Données", ()),
        ({"Données": VILLES, "paie": PERSONAL, "Notes": [["x"]]}, ["paie"], "Données", ("Notes",)),
        ({"Vide": [[None, " "]], "paie": PERSONAL, "Données": VILLES}, ["paie"], "Données", ("Vide",)),
    ],
)
def test_the_first_visible_sheet_with_data_is_shown(
    sheets: dict[str, Any], hidden: list[str], shown: str, others: tuple[str, ...], look: Look
) -> None:
    """
    A hidden sheet is neither shown nor named; an empty one is passed over, and the others that show are named.
    """
    found = table_of(look(workbook(sheets, hidden), "XLSX"))
    assert (found.sheet, found.sheets, found.rows) == (shown, others, (("A", "10"), ("B", "20")))


def test_a_hidden_sheet_of_an_ods_is_not_shown(look: Look) -> None:
    """
    OpenDocument hides a sheet by its style.
    """
    rows = [[word("ville"), word("pop")], [word("A"), {"valuetype": "float", "value": "10"}]]
    found = table_of(
        look(spreadsheet({"Feuille1": [[word("nas")], [word("0")]], "Données": rows}, ["Feuille1"]), "ODS")
    )
    assert (found.sheet, found.sheets, found.rows) == ("Données", (), (("A", "10"),))


def test_a_workbook_of_hidden_sheets_is_empty(look: Look) -> None:
    """
    Where nothing shows but an empty sheet, there is nothing to show.
    """
    assert codes(look(workbook({"paie": PERSONAL, "Vide": []}, ["paie"]), "XLSX")) == [("data-file-empty", {})]


MOMENTS = [
    ["jour", "moment", "heure", "duree", "part", "n", "vrai"],
    [date(2024, 1, 2), datetime(2024, 1, 2, 8, 5, 9), time(8, 30), timedelta(hours=30, minutes=5), 0.25, 12, True],
    [date(2024, 2, 29), datetime(2024, 2, 29, 0, 0, 1), time(23, 59, 59), timedelta(hours=1), 1.5, -3, False],
]


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_cells_of_every_type_are_shown(epoch: datetime, look: Look) -> None:
    """
    Days, moments, hours, lengths of time beyond a day, fractions, truth: the same by both of Excel's calendars.
    """
    found = look(workbook({"D": MOMENTS}, epoch=epoch), "XLSX")
    assert table_of(found).rows == (
        ("2024-01-02", "2024-01-02T08:05:09", "08:30:00", "30:05:00", "0.25", "12", "true"),
        ("2024-02-29", "2024-02-29T00:00:01", "23:59:59", "01:00:00", "1.5", "-3", "false"),
    )
    assert ranges(found) == {
        "jour": ("date", 0, "2024-01-02", "2024-02-29"),
        "moment": ("datetime", 0, "2024-01-02T08:05:09", "2024-02-29T00:00:01"),
        "heure": ("time", 0, "", ""),
        "duree": ("duration", 0, "", ""),
        "part": ("number", 0, "0.25", "1.5"),
        "n": ("integer", 0, "-3", "12"),
        "vrai": ("boolean", 0, "", ""),
    }


def test_hours_of_an_ods_are_shown(look: Look) -> None:
    """
    OpenDocument writes an hour as a length of time.
    """
    rows = [
        [word("heure"), word("mixte")],
        [{"valuetype": "time", "timevalue": "PT08H30M00S"}, word("fermé")],
        [{"valuetype": "time", "timevalue": "PT17H00M00S"}, {"valuetype": "time", "timevalue": "PT17H00M00S"}],
    ]
    found = look(spreadsheet({"D": rows}), "ODS")
    assert table_of(found).rows == (("08:30:00", "fermé"), ("17:00:00", "17:00:00"))
    assert kinds(found) == [("heure", "time"), ("mixte", "string")]


def test_a_type_holds_for_the_whole_sheet(look: Look) -> None:
    """
    Words and days below a thousand numbers make a column one of texts; none of its cells is lost.
    """
    rows = [
        ["code", "n"],
        *([n, n] for n in range(1, 1201)),
        *([f"{n}-A", n] for n in range(1201, 1501)),
        [date(2024, 1, 2), 1501],
    ]
    found = look(workbook({"D": rows}), "XLSX")
    assert ranges(found) == {"code": ("string", 0, "", ""), "n": ("integer", 0, "1", "1501")}
    assert table_of(found).rows[-1] == ("2024-01-02", "1501")


def test_lines_above_the_header_of_a_sheet_are_told(look: Look) -> None:
    """
    A title and a blank row above the header are told by their rows; blank rows alone are not.
    """
    titled = look(workbook({"D": [["Population"], [], ["ville", "pop"], ["A", 10], [], ["B", 20]]}), "XLSX")
    assert codes(titled) == [("data-file-lines-above", {"line": "3", "count": "2"})]
    assert (table_of(titled).rows, table_of(titled).row_count) == ((("A", "10"), ("B", "20")), 2)
    blank = look(workbook({"D": [[], [], *VILLES]}), "XLSX")
    assert (blank.problems, table_of(blank).dialect.skipped, table_of(blank).row_count) == ((), 2, 2)


def test_headers_of_a_sheet_may_be_twins_or_missing(look: Look) -> None:
    """
    A name that stands twice is told; a column without one is still a column.
    """
    found = look(workbook({"D": [["total", "total", None], [1, 2, 3]]}), "XLSX")
    assert (codes(found), kinds(found)) == (
        [("data-file-twins", {"names": "`total`"})],
        [("total", "integer"), ("total", "integer"), ("", "integer")],
    )


def test_parquet_keeps_every_type(look: Look) -> None:
    """
    Decimals, hours, lengths, zones, categories, long whole numbers and lists are shown as they are.
    """
    frame = pl.DataFrame(
        {
            "prix": pl.Series(["1.50", "20.25"]).cast(pl.Decimal(10, 2)),
            "heure": [time(8, 30), time(9, 0, 1)],
            "duree": [timedelta(hours=30), timedelta(seconds=5)],
            "moment": pl.Series([datetime(2024, 7, 1, 12), datetime(2024, 7, 2, 12)]).dt.replace_time_zone(
                "America/Toronto"
            ),
            "classe": pl.Series(["a", "b"]).cast(pl.Categorical),
            "n": pl.Series([9007199254740993, 1], dtype=pl.UInt64),
            "simple": pl.Series([0.1, 0.2], dtype=pl.Float32),
            "liste": [[1, 2], [3]],
        }
    )
    stream = io.BytesIO()
    frame.write_parquet(stream)
    found = look(stream.getvalue(), "Parquet")
    assert table_of(found).rows == (
        ("1.5", "08:30:00", "30:00:00", "2024-07-01T12:00:00-04:00", "a", "9007199254740993", "0.1", "[1, 2]"),
        ("20.25", "09:00:01", "00:00:05", "2024-07-02T12:00:00-04:00", "b", "1", "0.2", "[3]"),
    )
    assert [found[0] for found in ranges(found).values()] == [
        "number", "time", "duration", "datetime", "string", "integer", "number", "string",
    ]  # fmt: skip
    assert ranges(found)["n"] == ("integer", 0, "1", "9007199254740993")
