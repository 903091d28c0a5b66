"""Charts: every point that the file has, none that it has not, and a word about what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from generator.previews.chart_drawing import line_path
from tests.conftest import SmallPortal
from tests.previews.conftest import Look, chart_of, codes, profiles

Make = Callable[..., SmallPortal]


def points(look: Look, content: str, **chart: object) -> list[tuple[str, list[tuple[str, float | None]]]]:
    """Each series of a chart with its xs and values."""
    made = chart_of(look(content, **chart))
    return [(series.name, list(zip(made.xs, series.values, strict=True))) for series in made.series]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "2024-05-01T08:00:05,10\n2024-05-01T08:00:20,11\n2024-05-01T08:01:05,20\n",
            [("2024-05-01T08:00:05", 10), ("2024-05-01T08:00:20", 11), ("2024-05-01T08:01:05", 20)],
        ),
        (
            "2024-11-03T01:30:00-04:00,10\n2024-11-03T01:30:00-05:00,11\n",
            [("2024-11-03T05:30Z", 10), ("2024-11-03T06:30Z", 11)],
        ),
        (
            "2024-05-01T08:00:00.25,1\n2024-05-01T08:00:00.75,2\n",
            [("2024-05-01T08:00:00.25", 1), ("2024-05-01T08:00:00.75", 2)],
        ),
        (
            "2024-05-01T12:00Z,1\n2024-05-01T08:00-04:00,2\n",
            [("2024-05-01T12:00Z", 1), ("2024-05-01T12:00Z", 2)],
        ),
        ("2024-05-01,1\n2024-05-01,2\n2024-05-02,4\n", [("2024-05-01", 3), ("2024-05-02", 4)]),
    ],
)
def test_only_rows_written_alike_are_added(rows: str, expected: list[tuple[str, float]], look: Look) -> None:
    """
    Moments a second or a zone apart are points of their own; a day that is written twice is one, and the sum of both.
    """
    assert points(look, f"moment,debit\n{rows}", kind="line", x="moment", y=["debit"]) == [("debit", expected)]


def test_a_column_is_found_at_its_full_length(look: Look) -> None:
    """
    Names that differ in their last word alone are two columns; one that two columns bear is told, and not guessed.
    """
    names = [f"Population totale estimée au premier juillet, {year}" for year in (2021, 2022)]
    content = f'region,"{names[0]}","{names[1]}"\nA,100,900\nB,200,800\n'
    assert points(look, content, kind="bar", x="region", y=[names[1]]) == [(names[1], [("A", 900), ("B", 800)])]
    twins = look("annee,total,total\n2020,1,100\n2021,2,200\n", kind="line", x="annee", y=["total"])
    assert (codes(twins), twins.profile.chart) == ([("chart-column-twins", {"value": "total", "count": "2"})], None)


@pytest.mark.parametrize("names", [("Été", "E\u0301te\u0301"), ("Nom  de\nla rue", "Nom de la rue")])
def test_names_are_one_however_they_are_composed(names: tuple[str, str], look: Look) -> None:
    """
    The accents of a name may be composed or not, in the file as in the YAML.
    """
    for written, asked in (names, names[::-1]):
        made = points(look, f'x,"{written}"\n1,2\n2,3\n', kind="line", x="x", y=[asked])
        assert [values for _, values in made] == [[("1", 2), ("2", 3)]]


STATIONS = "station,heure,niveau\n" + "".join(f"S{n},{hour},{n * hour}\n" for n in range(9) for hour in (1, 2))


def test_series_are_left_out_by_order_and_named(look: Look, portal: Make) -> None:
    """
    Of more series than a chart takes the first ones of the file stay, small ones too, and the page names the others.
    """
    made = chart_of(look(STATIONS, kind="line", x="heure", y=["niveau"], series="station"))
    assert ([series.name for series in made.series], made.left_out) == ([f"S{n}" for n in range(6)], ("S6", "S7", "S8"))
    page = chart_page(portal, STATIONS, "{kind: line, x: heure, y: niveau, series: station}")
    assert "Of 9 series the chart takes the first 6 in the file; not shown: “S6”, “S7”, “S8”." in page


def test_the_largest_bars_are_said_to_be(portal: Make) -> None:
    """
    Of more bars than a chart takes the largest stay, and the page says so.
    """
    rows = "".join(f"c{n},{n}\n" for n in range(60))
    assert "Of 60 bars the chart has the 40 largest." in chart_page(
        portal, f"nom,n\n{rows}", "{kind: bar, x: nom, y: n}"
    )


HEAD = """\
title: {fr: A, en: A}
description: {fr: A., en: A.}
publisher: ville
theme: [transport]
license: cc-by-4.0
distribution:
"""


def chart_page(portal: Make, content: str, chart: str) -> str:
    """The English page of a dataset whose file has a chart."""
    small = portal(
        {
            "datasets/a/dataset.yaml": f"{HEAD}  - {{id: csv, file: a.csv, chart: {chart}}}\n",
            "datasets/a/a.csv": content,
        }
    )
    return small.build()["en/dataset/a/index.html"].decode()


def test_groups_that_begin_alike_are_two_series(look: Look) -> None:
    """
    Values are told apart at their full length, however short a legend says them.
    """
    long = "Station de contrôle de la qualité de l’eau du fleuve, "
    made = chart_of(look(f'x,y,s\n1,5,"{long}amont"\n1,7,"{long}aval"\n', kind="line", x="x", y=["y"], series="s"))
    assert [series.values for series in made.series] == [(5,), (7,)]
    assert not made.added


def test_lines_break_where_a_value_is_missing_and_nowhere_else(look: Look) -> None:
    """
    A row without a value is a gap; an x that only another series has is none.
    """
    rows = "s,x,y\nA,1,1\nA,3,3\nA,4,\nA,5,5\nB,2,2\nB,4,4\n"
    made = chart_of(look(rows, kind="line", x="x", y=["y"], series="s"))
    assert [(series.name, series.values, series.gaps) for series in made.series] == [
        ("A", (1, None, 3, None, 5), (3,)),
        ("B", (None, 2, None, 4, None), ()),
    ]
    assert [line_path([1, 2, 3, 4, 5], series, float).count("M") for series in made.series] == [2, 1]


def test_sums_of_fractions_have_no_dust(look: Look) -> None:
    """
    A tenth and two tenths are three tenths.
    """
    assert points(look, "x,y\na,0.1\na,0.2\n", kind="bar", x="x", y=["y"]) == [("y", [("a", 0.3)])]


# ------------------------------------------------------------------- histograms


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("n", [str(n) for n in range(1, 101)]),
        ("annee", [str(n) for n in range(1950, 2025)]),
        ("taux", [f"{n / 10:.1f}" for n in range(200)]),
        ("jour", [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29, 3)]),
    ],
)
def test_histograms_have_no_false_gaps(column: str, values: list[str], look: Look) -> None:
    """
    Values as even as they can be fill every step, and none but the last has less than half of what another has.
    """
    bins = profiles(look(f"{column}\n" + "\n".join(values) + "\n"))[column].bins
    assert (sum(bins), min(bins[:-1]) * 2 >= max(bins)) == (len(values), True)


def test_identifiers_and_coordinates_have_no_histogram(look: Look) -> None:
    """
    How codes and places are spread over numbers says nothing.
    """
    rows = "".join(f"{n},{45 + n / 1000:.4f},{-73 - n / 1000:.4f},{300000 + n},{n}\n" for n in range(1, 40))
    found = profiles(look("objectid,latitude,longitude,coord_x,nb\n" + rows))
    assert [(name, bool(column.bins)) for name, column in found.items()] == [
        ("objectid", False),
        ("latitude", False),
        ("longitude", False),
        ("coord_x", True),
        ("nb", True),
    ]


def test_a_page_says_the_steps_of_a_histogram(portal: Make) -> None:
    """
    In words a histogram says from where to where, in how many steps, and where the fullest one starts.
    """
    page = chart_page(portal, "x,n\n" + "".join(f"a,{n}\n" for n in (1, 2, 2, 3)), "{kind: bar, x: x, y: n}")
    assert re.findall(r'class="histogram"[^>]*aria-label="([^"]*)"', page) == [
        "Distribution from 1 to 3 in 3 steps; the one with most values starts at 2."
    ]
