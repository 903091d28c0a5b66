"""Text tables: separators, quotes, encodings, lines above the header, in a time that grows with the file alone."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from generator.previews.readers import delimited
from tests.previews.conftest import Look, codes, kinds, profiles, table_of


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Date;Prix, en $\n2024-01-01;12,5\n2024-02-01;13,25\n", [("Date", "date"), ("Prix, en $", "number")]),
        ("Nom, prénom;Âge\nTremblay, Luc;12\nGagnon, Ève;40\n", [("Nom, prénom", "string"), ("Âge", "integer")]),
        ("a, b;c\nx, y;z\nu, v;w\n", [("a, b", "string"), ("c", "string")]),
        ("Rue|No\nA, B|1\nC, D|2\n", [("Rue", "string"), ("No", "code")]),
        ("ville\tpop\nA, x\t1\nB, y\t2\n", [("ville", "string"), ("pop", "integer")]),
        ("adresse\n12, rue A\n13, rue B\n", [("adresse", "string")]),
        ('nom,note\n"A; B",1\n"C; D",2\n', [("nom", "string"), ("note", "integer")]),
        ("region;2019;2020\nA;1,5;2\nB;3;4,25\n", [("region", "string"), ("2019", "number"), ("2020", "number")]),
    ],
)
def test_the_separator_gives_typed_cells(content: str, expected: list[tuple[str, str]], look: Look) -> None:
    """
    Of separators that cut the rows evenly the one that makes figures and dates of cells is it, the semicolon first.
    """
    found = look(content)
    assert (kinds(found), found.problems) == (expected, ())


def test_cells_of_many_lines_are_read_once(look: Look) -> None:
    """
    A file whose every row has a cell of three lines is read to its end, and no record is read again for it.
    """
    rows = "".join(f'{n},"Nid-de-poule\ndevant le {n}\nMerci",ouvert\n' for n in range(16_000))
    with patch.object(delimited, "is_unclosed", wraps=delimited.is_unclosed) as again:
        found = look("id,commentaire,suivi\n" + rows)
    assert found.problems == ()
    assert (table_of(found).row_count, profiles(found)["suivi"].top) == (16_000, (("ouvert", 16_000),))
    assert again.call_count <= len(delimited.SEPARATORS) + 1


def test_rows_of_empty_cells_are_cut_once(look: Look) -> None:
    """
    A million separators behind a row are no columns, and taking them off does not copy the row for each.
    """
    found = look("a,b\n" + f"1,2{',' * 1_000_000}\n" * 4)
    assert (found.problems, table_of(found).row_count, table_of(found).column_count) == ((), 4, 2)


def test_a_sample_cuts_no_record(look: Look) -> None:
    """
    Where only the beginning of a file is read, the record at its end is left out rather than cut.
    """
    comment = "Signalement\n" * 5
    rows = "".join(f'{n},"{comment}fin",ouvert\n' for n in range(5_000))
    with patch("generator.previews.text_files.SAMPLE", 30_007):
        found = look("id,commentaire,suivi\n" + rows)
    assert (found.problems, profiles(found)["suivi"].missing, table_of(found).exact) == ((), 0, False)


@pytest.mark.parametrize(
    ("content", "line", "columns"),
    [
        ("Source : Ville\nDate : 2024-05-01\n\nville,pop\nA,10\nB,20\n", "4", ["ville", "pop"]),
        ("Population par ville;;\n;;\nville;pop;annee\nA;10;2020\nB;20;2020\n", "3", ["ville", "pop", "annee"]),
        ("# commentaire\nid,nom\n1,A\n2,B\n", "2", ["id", "nom"]),
        ("Titre, avec virgule\nx,y,z\n1,2,3\n4,5,6\n", "2", ["x", "y", "z"]),
        ("id;nom\nid;nom\nid;nom\n1;A\n2;B\n", "3", ["id", "nom"]),
        ("Exporté le 3 mai\nregion;2019;2020\nA;1;2\nB;3;4\n", "2", ["region", "2019", "2020"]),
    ],
)
def test_lines_above_the_header_are_told(content: str, line: str, columns: list[str], look: Look) -> None:
    """
    The table begins at the first line that names all of its columns, and the lines above it are told.
    """
    found = look(content)
    assert codes(found) == [("data-file-lines-above", {"line": line, "count": str(int(line) - 1)})]
    assert [name for name, _ in kinds(found)] == columns
    assert table_of(found).dialect.skipped == int(line) - 1


@pytest.mark.parametrize("content", [",b\nx,1\n", "a,b\n1,2,,\n3,4\n", "a,,\n1,2,3\n", "x\ny\n", "2019,2020\n1,2\n"])
def test_a_header_is_not_passed_over(content: str, look: Look) -> None:
    """
    A first line that lacks a name, or is as wide as the others, is the header.
    """
    assert "data-file-lines-above" not in [code for code, _ in codes(look(content))]


@pytest.mark.parametrize(
    ("content", "codes_found", "cells"),
    [
        (b"nom,n\n\xc3\x89rable,1\nch\xc3\xaane\xff,2\n", ["data-file-octets"], ["Érable", "chêne\ufffd"]),
        (b"nom,n\nA\0B,1\nC,2\n" + b"D,3\n" * 100, ["data-file-octets"], ["A\ufffdB", "C"]),
        ("nom,n\nÉrable,1\nchêne,2\n".encode("cp1252"), ["data-file-encoding"], ["Érable", "chêne"]),
        ("nom,n\nÉrable,1\nchêne,2\n".encode("utf-16-le"), [], ["Érable", "chêne"]),
        ("nom,n\nÉrable,1\nchêne,2\n".encode("utf-16"), [], ["Érable", "chêne"]),
    ],
)
def test_one_bad_octet_spoils_one_cell(content: bytes, codes_found: list[str], cells: list[str], look: Look) -> None:
    """
    A file in UTF-8 with an octet that is none stays in UTF-8; the cell shows where it stood.
    """
    found = look(content)
    assert [code for code, _ in codes(found)] == codes_found
    assert [row[0] for row in table_of(found).rows[:2]] == cells


def test_quotes_are_read_as_they_are_written(look: Look) -> None:
    """
    Quotes doubled, behind a backslash, or after a space are part of the cell or around it, never rows of their own.
    """
    found = look('id, texte\n1, "a, b"\n2, "dit ""oui"""\n3, "dit \\"non\\" enfin"\n')
    assert [row[1] for row in table_of(found).rows] == ["a, b", 'dit "oui"', 'dit "non" enfin']


def test_twins_are_told_once(look: Look) -> None:
    """
    Names that several columns bear are told in one line, and the columns stay two.
    """
    found = look("annee,total,total,n,n\n2020,1,100,3,4\n")
    assert codes(found) == [("data-file-twins", {"names": "`total`, `n`"})]
    assert [name for name, _ in kinds(found)] == ["annee", "total", "total", "n", "n"]


def test_headers_are_shown_as_they_are_written(look: Look) -> None:
    """
    Long names that begin alike stay whole, and are two.
    """
    names = [f"Population totale estimée au premier juillet de l’année de référence, {year}" for year in (2021, 2022)]
    assert [name for name, _ in kinds(look(f'"{names[0]}","{names[1]}"\n1,2\n'))] == names
