"""What is found in files: tables, maps, structures and charts, and what is said of files that hold something else."""

from __future__ import annotations

import io
import json
import random
import signal
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import odfdo
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.previews import limits
from generator.previews.backdrop import Backdrop, ground_of
from generator.previews.maps import thin
from generator.previews.process_pool import ReaderProcess
from generator.previews.profile import Finding, Profile, pack, unpack
from tests.previews.conftest import Look, codes, kinds, table_of

ARBRES = """\
essence,hauteur,plantation,remarquable,code
Érable,12.5,2001-05-06,oui,007
Bouleau,,2010-09-30,non,012
Épinette,8,2015-01-02,non,113
Érable,10,,oui,114
"""


def test_a_table_is_described(look: Look) -> None:
    """
    Rows, columns, each column's kind, what is missing, how many values, from where to where, which ones.
    """
    found = table_of(look(ARBRES))
    essence, hauteur, plantation, _, code = found.columns

    assert (found.row_count, found.column_count, found.exact, found.read) == (4, 5, True, 4)
    assert found.rows[1] == ("Bouleau", "", "2010-09-30", "non", "012")
    assert [column.kind for column in found.columns] == ["string", "number", "date", "boolean", "code"]
    assert (essence.missing, essence.distinct, essence.top) == (
        0,
        3,
        (("Érable", 2), ("Bouleau", 1), ("Épinette", 1)),
    )
    assert (hauteur.missing, hauteur.distinct, hauteur.low, hauteur.high, sum(hauteur.bins)) == (1, 3, "8", "12.5", 3)
    assert (plantation.low, plantation.high) == ("2001-05-06", "2015-01-02")
    assert code.bins == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a;b\n1,5;2\n-3,25;4\n", [("a", "number"), ("b", "integer")]),
        ("a\tb\n1\t2\n", [("a", "integer"), ("b", "integer")]),
        ("a|b\n1|x\n", [("a", "integer"), ("b", "string")]),
        ("sep=;\na;b\n1;2\n", [("a", "integer"), ("b", "integer")]),
        ("nom\nDupont\n", [("nom", "string")]),
        ("montant\n1 234\n12 345 678\n", [("montant", "integer")]),
        ('montant\n"1,234"\n"12,345,678"\n', [("montant", "integer")]),
        ('montant\n"1,5"\n"12,25"\n', [("montant", "number")]),
        ("annee\n1998\n2026\n", [("annee", "year")]),
        ("mois\n2026-01\n2026-12\n", [("mois", "yearmonth")]),
        ("j\n31/12/2025\n01/02/2026\n", [("j", "date")]),
        ("j\n03/04/2025\n01/02/2026\n", [("j", "string")]),
        ("j\n2025-02-30\n2025-01-01\n", [("j", "string")]),
        ("q\n2025-02-28T12:30:00Z\n2025-01-01 08:00\n", [("q", "datetime")]),
        ("h\n08:30\n23:59\n", [("h", "time")]),
        ("v\n1\nNA\n3\n", [("v", "integer")]),
        ("v\nNA\nNB\n", [("v", "string")]),
        ("v\n1e400\n2\n", [("v", "string")]),
        ("v\nnan\ninf\n", [("v", "string")]),
        ("a,b\n,\n ,\n", []),
        ("a,b\nx,\ny,\n", [("a", "string"), ("b", "empty")]),
        ('"Nom\nde  la rue",b\nx,1\n', [("Nom de la rue", "string"), ("b", "integer")]),
        (",b\nx,1\n", [("", "string"), ("b", "integer")]),
        ("\ufeffa,b\n1,2\n", [("a", "integer"), ("b", "integer")]),
        ("a,b\r1,2\r", [("a", "integer"), ("b", "integer")]),
        ("numero,téléphone\n1,418 555-0100\n2,418 555-0101\n", [("numero", "code"), ("téléphone", "string")]),
    ],
)
def test_kinds_are_recognized(content: str, expected: list[tuple[str, str]], look: Look) -> None:
    """
    Separators, decimal commas, thousands, dates and signs of absence are read as people mean them; doubt is text.
    """
    found = look(content)
    assert found.problems == ()
    assert [kind for kind in kinds(found) if expected] == expected


def test_a_header_alone_is_a_table_without_rows(look: Look) -> None:
    """
    A file that names its columns and has no row yet is no mistake.
    """
    found = table_of(look("a,b\n"))
    assert (found.row_count, found.rows, [column.name for column in found.columns]) == (0, (), ["a", "b"])


@pytest.mark.parametrize(
    ("content", "format", "expected"),
    [
        ("", "CSV", [("data-file-empty", {})]),
        (" \n\n", "CSV", [("data-file-empty", {})]),
        ("<!DOCTYPE html><p>Introuvable", "CSV", [("data-file-broken", {})]),
        (b"PK\3\4\0\0\0", "CSV", [("data-file-broken", {})]),
        ('a,b\n1,"2\n3,4\n', "CSV", [("data-file-quote", {"line": "2"})]),
        ("a,b\n" + '1,"2\n' + "3,4\n" * 2000, "CSV", [("data-file-quote", {"line": "2"})]),
        ("a,b\n1\n2\n", "CSV", [("data-file-ragged", {"line": "2", "cells": "1", "columns": "2", "count": "2"})]),
        (b"not a zip", "XLSX", [("data-file-broken", {})]),
        (b"not a zip", "ODS", [("data-file-broken", {})]),
        (b"PAR1 and nothing more", "Parquet", [("data-file-broken", {})]),
        ('{"a": 1}\n{"a": \n', "JSON Lines", [("data-file-syntax", {"line": "2"})]),
        ("{", "JSON", [("data-file-syntax", {"line": "1"})]),
        ('{"a": 1,\n "b" 2}', "JSON", [("data-file-syntax", {"line": "2"})]),
        (b'{"a":\n"\xe9"}', "JSON", [("data-file-syntax", {"line": "2"})]),
        ("[" * 200_000, "JSON", [("data-file-broken", {})]),
        ("[1]", "GeoJSON", [("data-file-broken", {})]),
        ('{"type": "FeatureCollection", "features": []}', "GeoJSON", [("data-file-empty", {})]),
    ],
)
def test_a_bad_file_has_no_preview(content: str | bytes, format: str, expected: Any, look: Look) -> None:
    """
    What a file should have been and is not is a problem, with its line where there is one; never an exception.
    """
    found = look(content, format)
    assert codes(found) == expected
    assert not found.profile


def test_other_encodings_are_read_and_reported(look: Look) -> None:
    """
    Windows-1252 is read, and the first line that is no UTF-8 named; UTF-16 has a mark of its own.
    """
    latin = look("nom\nEve\nÉrable\n".encode("cp1252"))
    assert codes(latin) == [("data-file-encoding", {"line": "3"})]
    assert table_of(latin).rows == (("Eve",), ("Érable",))
    assert table_of(look("nom;n\nÉrable;1\n".encode("utf-16"))).rows == (("Érable", "1"),)


def test_a_few_ragged_rows_are_tolerated(look: Look) -> None:
    """
    Empty cells at the end are no fault; a row that lacks some, or has more, is named and the table shown.
    """
    found = look("a,b\n1,2,,\n3,4\n5\n6,7\n8,9,10\n11,12\n13,14\n")
    assert codes(found) == [("data-file-ragged", {"line": "4", "cells": "1", "columns": "2", "count": "2"})]
    assert table_of(found).rows[2:5] == (("5", ""), ("6", "7"), ("8", "9"))


def test_a_large_file_is_sampled(look: Look) -> None:
    """
    Only the beginning of a large file is read; what it holds in all is an estimate, and said to be one.
    """
    with patch("generator.previews.text_files.SAMPLE", 10_000):
        found = table_of(look("a,b\n" + "123,456\n" * 100_000))
    assert not found.exact
    assert found.read < 1_300
    assert found.row_count == 100_000


def test_a_wide_file_is_bounded(look: Look) -> None:
    """
    Of 5,000 columns all are counted, some are described, fewer are shown.
    """
    names = ",".join(f"c{n}" for n in range(5_000))
    found = table_of(look(f"{names}\n" + f"{','.join('1' * 5_000)}\n" * 3))
    assert found.column_count == 5_000
    assert len(found.columns) == limits.COLUMNS
    assert {len(row) for row in found.rows} == {limits.SHOWN_COLUMNS}
    assert len(pack(Profile(table=found))) < 40_000


def test_json_lines_are_a_table(look: Look) -> None:
    """
    Each line is a row, each key a column.
    """
    found = look('{"a": 1, "b": "x"}\n\n{"a": 2.5, "c": {"d": [1]}}\n', "JSON Lines")
    assert kinds(found) == [("a", "number"), ("b", "string"), ("c", "string")]
    assert table_of(found).rows == (("1", "x", ""), ("2.5", "", '{"d": [1]}'))


def test_parquet_is_a_table(look: Look) -> None:
    """
    Types come from the file; nested values and octets do not fail.
    """
    frame = pl.DataFrame(
        {
            "n": [1, 2, None],
            "x": [1.0, 2.0, float("nan")],
            "jour": pl.Series(["2026-01-01", None, "2026-03-01"]).str.to_date(),
            "liste": [[1], [], None],
            "octets": [b"\xff", None, b""],
            "vrai": [True, False, None],
        }
    )
    stream = io.BytesIO()
    frame.write_parquet(stream)
    found = look(stream.getvalue(), "Parquet")
    assert [kind for _, kind in kinds(found)] == ["integer", "integer", "date", "string", "string", "boolean"]
    assert table_of(found).rows[0] == ("1", "1", "2026-01-01", "[1]", "0xff", "true")


# ------------------------------------------------------------------- workbooks


def workbook(rows: Iterable[str], sheets: tuple[str, ...] = ("Données",), **more: bytes) -> bytes:
    """A small XLSX whose first sheet has these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="w" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}'
        f'<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
        **{
            f"xl/worksheets/sheet{n}.xml": sheet if n == 1 else f'<worksheet xmlns="{main}"><sheetData/></worksheet>'
            for n in range(1, len(sheets) + 1)
        },
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, content in more.items():
            archive.writestr(name, content)
    return stream.getvalue()


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(reference: str, value: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


HEADER = row(1, text("A1", "nom"), text("B1", "jour"), text("C1", "somme"))


def test_a_workbook_is_a_table(look: Look) -> None:
    """
    Dates are dates, a formula is what it came to, whole numbers have no point; the first of several sheets is named.
    """
    rows = [
        HEADER,
        row(2, text("A2", "a"), '<c r="B2" s="1"><v>46023</v></c>', '<c r="C2"><f>1+1</f><v>2</v></c>'),
        row(3, text("A3", "&lt;b&gt;"), '<c r="B3" s="1"><v>46054</v></c>', '<c r="C3"><v>1234567</v></c>'),
    ]
    found = table_of(look(workbook(rows, ("Données", "Notes")), "XLSX"))
    assert found.rows == (("a", "2026-01-01", "2"), ("<b>", "2026-02-01", "1234567"))
    assert [column.kind for column in found.columns] == ["string", "date", "integer"]
    assert (found.sheet, found.sheets, found.row_count, found.typed) == ("Données", ("Notes",), 2, True)


def opendocument(*rows: list[object], sheets: tuple[str, ...] = ("Données",)) -> bytes:
    """An ODS, as LibreOffice would write it, whose first sheet has these rows."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    for name in sheets:
        table = odfdo.Table(name)
        table.set_values(list(rows) if name == sheets[0] else [])
        document.body.append(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_an_opendocument_workbook_is_a_table(look: Look) -> None:
    """
    An ODS is read as an XLSX is: dates, whole numbers and fractions are told apart, and the first sheet is named.
    """
    rows = (
        ["nom", "jour", "somme", "part"],
        ["a", date(2026, 1, 1), 2, 0.5],
        ["<b>", date(2026, 2, 1), 1234567, 1.25],
    )
    found = table_of(look(opendocument(*rows, sheets=("Données", "Notes")), "ODS"))
    assert found.rows == (("a", "2026-01-01", "2", "0.5"), ("<b>", "2026-02-01", "1234567", "1.25"))
    assert [column.kind for column in found.columns] == ["string", "date", "integer", "number"]
    assert (found.sheet, found.sheets, found.row_count, found.typed) == ("Données", ("Notes",), 2, True)


def test_an_empty_opendocument_workbook_is_empty(look: Look) -> None:
    """
    A sheet without cells is reported as an empty file is.
    """
    assert [code for code, _ in codes(look(opendocument(), "ODS"))] == ["data-file-empty"]


def test_an_empty_workbook_is_empty(look: Look) -> None:
    """
    A sheet without cells is reported as an empty file is.
    """
    assert [code for code, _ in codes(look(workbook([]), "XLSX"))] == ["data-file-empty"]


def test_a_bomb_is_not_unzipped(look: Look) -> None:
    """
    A workbook that is small and would be huge is refused, before a library reads it.
    """
    with patch("generator.previews.readers.workbook.UNZIPPED", 1_000_000):
        found = look(workbook([HEADER], **{"xl/bomb.xml": bytes(2_000_000)}), "XLSX")
    assert [code for code, _ in codes(found)] == ["data-file-too-large"]


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """
    A file that takes too long, or kills the process that reads it, costs that process alone; the next file is read.
    """
    (tmp_path / "far.xlsx").write_bytes(workbook([HEADER, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']))
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    worker = ReaderProcess()

    def ask(name: str, format: str, seconds: float = 30.0) -> list[str]:
        order = {"path": str(tmp_path / name), "format": format, "chart": None, "types": {}, "tables": True}
        entry = worker.ask(order, seconds)
        return [problem.code for problem in entry.problems] or [f"{len(entry.data) > 0}"]

    try:
        assert ask("far.xlsx", "XLSX") in (["data-file-too-slow"], ["data-file-broken"], ["data-file-too-large"])
        assert ask("a.csv", "CSV") == ["True"]
        assert worker.process
        worker.process.send_signal(signal.SIGSTOP)
        assert ask("a.csv", "CSV", 0) == ["data-file-too-slow"]
        assert ask("a.csv", "CSV") == ["True"]
    finally:
        worker.stop()


# ------------------------------------------------------------------- maps


def collection(*geometries: Any) -> str:
    features = [
        {"type": "Feature", "properties": {"id": n, "nom": f"n{n}"}, "geometry": geometry}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_a_map_has_points_lines_and_polygons(look: Look) -> None:
    """
    Shapes lie from the ground up, carry their names, and the window holds them all.
    """
    found = look(
        collection(
            {"type": "Point", "coordinates": [-72, 48]},
            {"type": "LineString", "coordinates": [[-72, 48], [-71, 48]]},
            {"type": "MultiPolygon", "coordinates": [[[[-72, 48], [-71, 48], [-71, 49], [-72, 48]]]]},
        ),
        "GeoJSON",
    )
    made = found.profile.map
    assert made
    assert [(shape.kind, shape.label) for shape in made.shapes] == [("polygon", "n2"), ("line", "n1"), ("point", "n0")]
    west, south, east, north = made.bbox
    assert west < -72 < -71 < east
    assert south < 48 < 49 < north
    assert kinds(found) == [("id", "code"), ("nom", "string")]


def test_places_that_are_nowhere_are_left_out(look: Look) -> None:
    """
    Metres, texts and nothing at all are skipped and counted; when nothing is left, that is said.
    """
    bad = (
        '{"type": "Point", "coordinates": [5e300, 48]}',
        '{"type": "Point", "coordinates": [250000, 5200000]}',
        '{"type": "Point", "coordinates": ["x", "y"]}',
        '{"type": "Polygon", "coordinates": 3}',
        '{"type": "Point", "coordinates": []}',
        "null",
    )
    items = ",".join(f'{{"type": "Feature", "properties": null, "geometry": {geometry}}}' for geometry in bad)
    nowhere = look(f'{{"type": "FeatureCollection", "features": [{items}]}}', "GeoJSON")
    assert codes(nowhere) == [("bad-coordinates", {})]
    good = '{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [-72, 48]}}'
    made = look(f'{{"type": "FeatureCollection", "features": [{items}, {good}]}}', "GeoJSON").profile.map
    assert made
    assert (made.skipped, made.counts) == (6, (("point", 1),))


def test_a_map_is_bounded(look: Look) -> None:
    """
    Thousands of points and a coast of as many vertices make a map of a size that a page bears.
    """
    chance = random.Random(1)
    places = [{"type": "Point", "coordinates": [chance.uniform(-74, -70), chance.uniform(47, 50)]} for _ in range(3000)]
    x, y, coast = -72.0, 48.0, []
    for _ in range(30_000):
        x, y = x + chance.uniform(-0.01, 0.01), y + chance.uniform(-0.01, 0.01)
        coast.append([x, y])
    made = look(collection(*places, {"type": "LineString", "coordinates": coast}), "GeoJSON").profile.map
    assert made
    assert made.shown == limits.SHAPES
    assert sum(len(shape.path) for shape in made.shapes) < 60_000


def test_columns_of_coordinates_make_a_map(look: Look) -> None:
    """
    Degrees in columns with the usual names are a map; metres, or a column alone, are not.
    """
    made = look("nom,lat,lon\nA,48.5,-72\nB,48.6,\nC,0,0\nD,48.5,-72\n").profile.map
    assert made
    assert (made.counts, made.skipped, [shape.label for shape in made.shapes]) == ((("point", 2),), 2, ["A"])
    assert look("nom,x,y\nA,250000,5200000\n").profile.map is None
    assert look("nom,latitude\nA,48\n").profile.map is None


def test_thinning_keeps_near() -> None:
    """
    No vertex that goes was further from what stays than the tolerance; the ends stay.
    """
    path = [(float(n), 0.1 * (n % 2)) for n in range(100)]
    assert thin(path, 0.5) == [path[0], path[-1]]
    assert len(thin(path, 0.01)) == 100


def test_the_backdrop_is_cut_to_the_window() -> None:
    """
    What lies far from a map's window is not drawn below it; names stand apart from each other.
    """
    line = ((-80.0, 48.0), (-60.0, 48.0))
    backdrop = Backdrop(
        "x",
        (
            ("river", "line", "", (line,)),
            ("water", "polygon", "", (((10.0, 10.0), (11.0, 10.0), (11.0, 11.0), (10.0, 10.0)),)),
            ("place", "point", "A", (((-72.0, 48.0),),)),
            ("place", "point", "B", (((-72.01, 48.0),),)),
        ),
    )
    grounds, names = ground_of(backdrop, (-73.0, 47.5, -71.0, 48.5))
    assert [(ground.kind, ground.path) for ground in grounds] == [("river", "M-960 300l2880 0")]
    assert [name.text for name in names] == ["A"]


# ------------------------------------------------------------------- structures and charts


def test_a_structure_is_learned_from_all_items(look: Look) -> None:
    """
    Keys of all the objects of a list, the kinds of their values, and how many have them.
    """
    tree = look('{"regles": [{"zone": 1, "nom": "a"}, {"zone": null, "lots": [1, 2.5]}]}', "JSON").profile.tree
    assert tree
    [rules] = tree.children
    assert (rules.key, rules.kinds, rules.items) == ("regles", ("list",), 2)
    assert [(b.key, b.kinds, b.present, b.among, b.example) for b in rules.children] == [
        ("zone", ("integer", "null"), 2, 2, "1"),
        ("nom", ("string",), 1, 2, "a"),
        ("lots", ("list",), 1, 2, ""),
    ]
    assert rules.children[2].children[0].kinds == ("integer", "number")


def test_a_structure_is_bounded(look: Look) -> None:
    """
    Neither depth nor thousands of keys make a page of their own.
    """
    deep: Any = 1
    for _ in range(100):
        deep = {f"k{n}": deep for n in range(2)}
        if len(json.dumps(deep)) > 100_000:
            break
    wide = {f"k{n}": n for n in range(5_000)}
    tree = look(json.dumps({"deep": deep, "wide": wide}), "JSON").profile.tree
    assert tree
    assert tree.children[1].more == 5_000 - len(tree.children[1].children)
    assert len(pack(Profile(tree=tree))) < 60_000


SALES = "mois,lieu,ventes\n2026-02,A,1\n2026-01,A,2\n2026-01,B,5\n2026-02,B,\n2026-01,A,0.1\n"


def test_a_chart_has_its_points(look: Look) -> None:
    """
    Dates are in order, rows of one date and series add up, what is missing is missing.
    """
    chart = look(SALES, kind="line", x="mois", y=["ventes"], series="lieu").profile.chart
    assert chart
    assert (chart.xs, chart.x_kind, chart.added) == (("2026-01", "2026-02"), "yearmonth", True)
    assert [(series.name, series.values) for series in chart.series] == [("A", (2.1, 1.0)), ("B", (5.0, None))]


def test_bars_keep_the_order_of_the_file(look: Look) -> None:
    """
    Categories stand as the file has them; the largest ones, when there are too many.
    """
    rows = "".join(f"c{n},{n}\n" for n in range(60))
    chart = look(f"nom,n\n{rows}", kind="bar", x="nom", y=["n"]).profile.chart
    assert chart
    assert chart.xs == tuple(f"c{n}" for n in range(20, 60))
    assert chart.cut == 20


@pytest.mark.parametrize(
    ("chart", "expected"),
    [
        (
            {"kind": "bar", "x": "moi", "y": ["ventes"]},
            [("chart-column", "chart.x", {"value": "moi", "suggestion": "mois"})],
        ),
        ({"kind": "bar", "x": "mois", "y": ["lieu"]}, [("chart-not-numbers", "chart.y", {"value": "lieu"})]),
        ({"kind": "scatter", "x": "lieu", "y": ["ventes"]}, [("chart-not-numbers", "chart.x", {"value": "lieu"})]),
    ],
)
def test_a_chart_that_cannot_be_is_said(chart: Any, expected: Any, look: Look) -> None:
    """
    A column that is not there, or holds no numbers, costs the chart and not the preview.
    """
    found = look(SALES, **chart)
    assert [(problem.code, problem.key, dict(problem.values)) for problem in found.problems] == expected
    assert found.profile.chart is None
    assert found.profile.table


def test_a_chart_wants_a_table(look: Look) -> None:
    """
    A chart of a file that gives no table is said to be impossible.
    """
    assert codes(look('{"a": 1}', "JSON", kind="bar", x="a", y=["b"])) == [("chart-without-table", {})]


# ------------------------------------------------------------------- whatever comes

FORMATS = ("CSV", "TSV", "JSON Lines", "JSON", "GeoJSON", "XLSX", "ODS", "Parquet")

ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(content=st.binary(max_size=300), format=st.sampled_from(FORMATS))
def test_octets_never_fail(content: bytes, format: str, look: Look) -> None:
    """
    Whatever octets a file holds, there is a finding that travels.
    """
    found = look(content, format)
    assert unpack(Finding, pack(found)) == found


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["1", "-2,5", "1 000", "2026-01-31", "31/12/2020", "oui", "NA", "2026-13", "9999-12-31", "1e308"]),
)


@ANY
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t"),
    kind=st.sampled_from(["bar", "line", "area", "scatter"]),
)
def test_cells_never_fail(rows: list[list[str]], separator: str, kind: str, look: Look) -> None:
    """
    Whatever cells a table holds, its chart and its preview are drawn in both languages or a problem is told.
    """
    from generator.previews.dictionary import Dictionary
    from generator.previews.presentation import preview_view
    from generator.text.speech import Speech, Words
    from generator.text.strings import strings

    lines = [["a", "b", "lat", "lon"], *rows]
    found = look("\n".join(separator.join(line) for line in lines), kind=kind, x="a", y=["b"])
    assert unpack(Finding, pack(found)) == found
    assert "data-file-broken" not in [problem.code for problem in found.problems] or "\0" in "".join(map("".join, rows))
    for language in ("fr", "en"):
        preview_view(
            found.profile,
            anchor="x",
            speech=Speech(language, strings(language)),
            backdrop=Backdrop(),
            title=Words("", ""),
            dictionary=Dictionary(),
            opened=True,
        )


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "properties", "k"]), inner)
    ),
    max_leaves=20,
)


@ANY
@given(value=JSON, format=st.sampled_from(["JSON", "GeoJSON", "JSON Lines"]))
def test_values_never_fail(value: Any, format: str, look: Look) -> None:
    """
    Whatever JSON says, it is read or refused.
    """
    found = look(json.dumps(value), format)
    assert unpack(Finding, pack(found)) == found
    known = {"data-file-not-a-number", "data-file-twins"}
    assert format != "JSON" or {problem.code for problem in found.problems} <= known
