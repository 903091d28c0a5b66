"""Kinds of values: those that all cells of a column are, as people mean them, or as the publisher says."""

from __future__ import annotations

import pytest

from tests.previews.conftest import Look, codes, kinds, profiles, ranges


@pytest.mark.parametrize(
    "name",
    [
        "telephone",
        "No SIRET",
        "Code postal",
        "zip",
        "OBJECTID",
        "stop_id",
        "N° civique",
        "lotId",
        "fips",
        "NEQ",
        "ISBN",
    ],
)
def test_identifiers_by_name_have_no_range(name: str, look: Look) -> None:
    """
    Whole numbers under a name that promises identifiers are codes: nothing lowest or highest, no histogram.
    """
    found = profiles(look(f"{name};x\n" + "".join(f"{n};{n}\n" for n in (10001, 90210, 90211))))
    assert (found[name].kind, found[name].low, found[name].high, found[name].bins) == ("code", "", "", ())
    assert found["x"].bins != ()


@pytest.mark.parametrize(
    "values",
    [
        ["732829320", "552100554", "443061841"],  # SIREN
        ["5145550100", "4185550101", "4505550102"],
        ["55210055400013", "73282932000074", "73282932000082"],
        ["12345678901234567890", "3", "4"],
        ["00123", "123", "7"],
        ["1E5", "2E7", "3E1"],
    ],
)
def test_identifiers_by_shape_have_no_range(values: list[str], look: Look) -> None:
    """
    Long numbers all of one length, numbers that begin with zeros, and `1E5` are no quantities, whatever their heading.
    """
    found = profiles(look("valeur\n" + "\n".join(values) + "\n"))["valeur"]
    assert (found.kind in ("code", "string"), found.low, found.bins) == (True, "", ())


def test_numbers_in_exponents_are_numbers(look: Look) -> None:
    """
    An exponent with a sign, or below a fraction, is how programs write very large and very small numbers.
    """
    assert ranges(look("x,y\n1.5E3,1e+16\n2.5e-2,2e+15\n")) == {
        "x": ("number", 0, "0.025", "1500"),
        "y": ("number", 0, "2000000000000000", "10000000000000000"),
    }


@pytest.mark.parametrize("words", [("N", "O"), ("n", "o"), ("O", "O"), ("NO", "NO")])
def test_directions_are_no_yes_or_no(words: tuple[str, str], look: Look) -> None:
    """
    N and O are north and west as well as no and yes in French, and NO is a country.
    """
    assert kinds(look("cote\n" + "\n".join(words) + "\n")) == [("cote", "string")]


def test_yes_and_no_are_told(look: Look) -> None:
    """
    Words for yes and no are what they say, in capitals too, and one of them alone.
    """
    found = look("a,b,c,d\nOUI,true,Yes,oui\nnon,FALSE,No,oui\n")
    assert kinds(found) == [(name, "boolean") for name in "abcd"]


@pytest.mark.parametrize(
    "heading", ["annee", "Exercice financier", "Année de construction", "Colonne", "Relevé", "Season"]
)
def test_years_are_years_under_any_heading(heading: str, look: Look) -> None:
    """
    Numbers of four digits that follow one another in our times are years, whatever they stand under.
    """
    years = "\n".join(str(year) for year in range(2015, 2025))
    assert ranges(look(f"{heading};n\n" + years.replace("\n", ";1\n") + ";1\n"))[heading] == ("year", 0, "2015", "2024")


def test_amounts_like_years_are_amounts(look: Look) -> None:
    """
    Numbers of four digits that are strewn wide are quantities.
    """
    assert ranges(look("altitude\n1900\n2010\n2100\n"))["altitude"] == ("integer", 0, "1900", "2100")


@pytest.mark.parametrize(
    "cell", ["N/D", "s.o.", "--", ".", "nd", "NC", "…", "#N/A", "not available", "sans objet", "—", "?"]
)
def test_marks_are_missing_values(cell: str, look: Look) -> None:
    """
    What people write for nothing, in French and English, is nothing where the others are numbers, dates or hours.
    """
    found = look(f"a;b;c\n1;2024-01-01;08:00\n{cell};{cell};{cell}\n3;2024-03-01;09:00\n")
    assert ranges(found) == {
        "a": ("integer", 1, "1", "3"),
        "b": ("date", 1, "2024-01-01", "2024-03-01"),
        "c": ("time", 1, "", ""),
    }


def test_marks_among_texts_are_texts(look: Look) -> None:
    """
    In a column of texts a mark is a value that somebody wrote.
    """
    found = profiles(look("a\nx\nN/D\nN/D\n"))["a"]
    assert (found.kind, found.missing, found.top) == ("string", 0, (("N/D", 2), ("x", 1)))


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2013"])
def test_a_true_minus_is_a_minus(minus: str, look: Look) -> None:
    """
    The sign that typography asks for is read as the one on the keyboard.
    """
    assert ranges(look(f"solde\n{minus}500\n{minus}3\n20\n"))["solde"] == ("integer", 0, "-500", "20")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('r\n"0,125"\n"0,250"\n"0,500"\n', ("number", 0, "0.125", "0.5")),
        ("r;x\n1,250;0,5\n2,500;1,75\n", ("number", 0, "1.25", "2.5")),
        ('r\n"1,250"\n"2,500"\n', ("string", 0, "", "")),
        ('r,x\n"1,250",0.5\n"2,500",1.75\n', ("integer", 0, "1250", "2500")),
        ('r,x\n"1,250","0,5"\n"2,500","1,75"\n', ("number", 0, "1.25", "2.5")),
        ("r;x\n1.250,50;1\n12.500,25;2\n", ("number", 0, "1250.5", "12500.25")),
        ("r;x\n1.250;1\n2.500;2\n", ("string", 0, "", "")),
        ("r;x\n1.250;1\n2.50;2\n", ("number", 0, "1.25", "2.5")),
        ("r,x\n1.250,1\n2.500,2\n", ("number", 0, "1.25", "2.5")),
        ("r\n1\u202f250\n12\u00a0500\n", ("integer", 0, "1250", "12500")),
        ("r\n1'250\n12'500\n", ("integer", 0, "1250", "12500")),
        ("r;x\n,5;1\n-,25;2\n", ("number", 0, "-0.25", "0.5")),
    ],
)
def test_a_comma_is_what_the_file_proves(content: str, expected: tuple[str, int, str, str], look: Look) -> None:
    """
    A comma before three digits parts thousands or fractions: as the rest of the file shows, else it is not guessed.
    """
    assert ranges(look(content))["r"] == expected


def test_whole_numbers_keep_their_digits(look: Look) -> None:
    """
    Beyond what a fraction can hold, bounds and sums of whole numbers are exact.
    """
    found = look("x,y\na,9007199254740993\na,9007199254740993\nb,1\n", kind="bar", x="x", y=["y"])
    assert ranges(found)["y"] == ("integer", 0, "1", "9007199254740993")
    assert found.profile.chart
    assert found.profile.chart.series[0].values == (18014398509481986, 1)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2024-05-01T08:00:05", "2024-05-01T08:01:30"], ("datetime", 0, "2024-05-01T08:00:05", "2024-05-01T08:01:30")),
        (["2024-05-01 08:00", "2024-05-02 09:30"], ("datetime", 0, "2024-05-01T08:00", "2024-05-02T09:30")),
        (
            ["2024-05-01T08:00:00.25Z", "2024-05-01T08:00:00.5Z"],
            ("datetime", 0, "2024-05-01T08:00:00.25Z", "2024-05-01T08:00:00.5Z"),
        ),
        (
            ["2024-11-03T01:30:00-04:00", "2024-11-03T01:30:00-05:00"],
            ("datetime", 0, "2024-11-03T05:30Z", "2024-11-03T06:30Z"),
        ),
        (
            ["2024-07-01T08:00-04:00", "2024-07-02T08:00-04:00"],
            ("datetime", 0, "2024-07-01T08:00-04:00", "2024-07-02T08:00-04:00"),
        ),
        (["2024-07-01T08:00Z", "2024-07-02T08:00"], ("datetime", 0, "", "")),
        (["31/12/2024 08:30", "01/01/2025 09:00"], ("datetime", 0, "2024-12-31T08:30", "2025-01-01T09:00")),
        (["20240131", "20240229", "20241231"], ("date", 0, "2024-01-31", "2024-12-31")),
        (["02/01/2024", "11/12/2024"], ("string", 0, "", "")),
        (["25:10:00", "08:00:00"], ("duration", 0, "", "")),
        (["PT1H30M", "P2D"], ("duration", 0, "", "")),
        (["08:00:00", "23:59:59"], ("time", 0, "", "")),
    ],
)
def test_moments_keep_seconds_fractions_and_zones(
    cells: list[str], expected: tuple[str, int, str, str], look: Look
) -> None:
    """
    A moment is what is written, in its zone; in UTC where a column has several; without bounds where some have none.
    """
    assert ranges(look("moment\n" + "\n".join(cells) + "\n"))["moment"] == expected


def test_what_is_in_doubt_after_the_first_rows_is_text(look: Look) -> None:
    """
    One cell among thousands that fits no number makes a column one of texts; no cell is lost.
    """
    content = "code;n\n" + "".join(f"{n};{n}\n" for n in range(1, 3001)) + "3001-A;3001\n"
    found = profiles(look(content))
    assert (found["code"].kind, found["code"].missing, found["code"].distinct) == ("string", 0, 3001)
    assert (found["n"].kind, found["n"].high) == ("integer", "3001")


# ------------------------------------------------------------------- as the publisher says

ENTREPRISES = "siren,zip,jour,n\n552100554,10001,02/01/2024,1\n732829320,90210,11/12/2024,2\n"


def test_a_declared_type_wins(look: Look) -> None:
    """
    Texts have no range, and dates that could be read two ways begin with their day.
    """
    types = {"siren": "string", "zip": "string", "jour": "date", "n": "number"}
    found = look(ENTREPRISES, types=types)
    assert found.problems == ()
    assert ranges(found) == {
        "siren": ("string", 0, "", ""),
        "zip": ("string", 0, "", ""),
        "jour": ("date", 0, "2024-01-02", "2024-12-11"),
        "n": ("number", 0, "1", "2"),
    }


@pytest.mark.parametrize(
    ("declared", "column", "line", "cell"),
    [
        ("number", "a", "3", "douze"),
        ("date", "b", "3", "2024-13-40"),
        ("integer", "c", "2", "1.5"),
        ("boolean", "d", "4", "peut-être"),
        ("time", "a", "2", "12"),
        ("datetime", "c", "2", "1.5"),
    ],
)
def test_a_cell_that_differs_from_its_type_is_told(
    declared: str, column: str, line: str, cell: str, look: Look
) -> None:
    """
    The first cell that can't be of the declared type is named with its line; the preview follows the file.
    """
    content = "a,b,c,d\n12,2024-01-01,1.5,oui\ndouze,2024-13-40,2,non\n13,2024-01-02,2.5,peut-être\n"
    found = look(content, types={column: declared})
    assert codes(found) == [("column-type-differs", {"column": column, "type": declared, "cell": cell, "line": line})]
    assert dict(kinds(found)) == {"a": "string", "b": "string", "c": "number", "d": "string"}


def test_declared_columns_are_found_however_they_are_written(look: Look) -> None:
    """
    Accents composed in either way and lines in a heading make no other column of it.
    """
    found = look('"Quantite\u0301\ntotale",x\n1,2\n', types={"Quantité totale": "string"})
    assert [kind for _, kind in kinds(found)] == ["string", "integer"]
