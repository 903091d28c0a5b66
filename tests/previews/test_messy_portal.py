"""A portal of messy files: what its pages say of them is what other programs read."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.pipeline import read_portal
from generator.previews.profile import Profile
from generator.text.slugs import slugify
from tests.conftest import MINIMAL, SmallPortal
from tests.previews.independent import bound, summary, sums, values_of
from tests.previews.messy_files import FILES, Messy
from tests.previews.test_charts import HEAD


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Profile]:
    """What is found in each file, by its name, once the portal is read."""
    small = SmallPortal(tmp_path_factory.mktemp("messy") / "portal")
    small.folder.mkdir()
    small.lay(MINIMAL)
    for file in FILES:
        folder = f"datasets/{slugify(file.name)}"
        kind, x, y, series = file.chart or ("", "", "", "")
        parting = f", series: {series}" if series else ""
        chart = f", chart: {{kind: {kind}, x: '{x}', y: '{y}'{parting}}}" if kind else ""
        small.lay(
            {
                f"{folder}/dataset.yaml": f"{HEAD}  - {{id: x, file: {file.name}{chart}}}\n",
                f"{folder}/{file.name}": file.content,
            }
        )
    site = read_portal(Path(small.folder)).site
    return {file.name: site.profiles[slugify(file.name), "x"].open() for file in FILES}


def named(file: Messy) -> str:
    return file.name


def test_the_portal_has_thirty_files() -> None:
    """
    Thirty files and more, in nine formats.
    """
    assert len(FILES) >= 30
    assert len({file.name.rpartition(".")[2] for file in FILES}) >= 7


@pytest.mark.parametrize("file", FILES, ids=named)
def test_columns_are_what_another_program_reads(file: Messy, profiles: dict[str, Profile]) -> None:
    """
    Rows, kinds, missing and different values, lowest and highest are those of an independent reading.
    """
    rows, table = file.read(file.content), profiles[file.name].table
    assert table
    assert (table.row_count, table.exact, table.whole) == (len(rows), True, True)
    found = {column.name: column for column in table.columns if column.name in file.kinds}
    assert {name: column.kind for name, column in found.items()} == dict(file.kinds)
    for name, column in found.items():
        missing, distinct, low, high = summary(rows, name, column.kind, file.styles.get(name, ""))
        stated = (column.missing, column.distinct, bound(column.kind, column.low), bound(column.kind, column.high))
        assert (name, *stated) == (name, missing, distinct, low, high)


@pytest.mark.parametrize("file", [file for file in FILES if file.chart], ids=named)
def test_charts_are_what_another_program_adds_up(file: Messy, profiles: dict[str, Profile]) -> None:
    """
    Each point of a chart is the sum of the rows that have its x, and each such sum is a point.
    """
    assert file.chart
    kind, x, y, series = file.chart
    rows, chart = file.read(file.content), profiles[file.name].chart
    assert chart
    xs = values_of(rows, x, file.kinds[x], file.styles.get(x, ""))
    ys = values_of(rows, y, file.kinds[y], file.styles.get(y, ""))
    parts = [row[series] for row in rows] if series else [y] * len(rows)
    if kind == "scatter":
        pairs = [(place, value) for place, value in zip(xs, ys, strict=True) if value is not None]
        values = chart.series[0].values
        assert [(float(p), v) for p, v in zip(chart.xs, values, strict=True)] == [
            (float(p), float(v)) for p, v in pairs
        ]
        return
    expected = sums(rows, xs, ys, parts)
    kept = list(expected)[:6]
    assert ([line.name for line in chart.series], chart.left_out) == (kept, tuple(list(expected)[6:]))
    places = [place if file.kinds[x] == "string" else bound(file.kinds[x], place) for place in chart.xs]
    for line in chart.series:
        there = {p: v for p, v in zip(places, line.values, strict=True) if v is not None}
        assert there == pytest.approx({p: float(v) for p, v in expected[line.name].items()})
    ordered = file.kinds[x] != "string"
    assert places == (sorted(places) if ordered else list(dict.fromkeys(places)))


@pytest.mark.parametrize("file", [file for file in FILES if file.points], ids=named)
def test_maps_have_every_place(file: Messy, profiles: dict[str, Profile]) -> None:
    """
    Every row that has a place is on the map.
    """
    made = profiles[file.name].map
    assert made
    assert (made.counts, made.skipped) == ((("point", file.points),), 0)
