"""What `preview.html` receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.previews.backdrop import Ground, Name
from generator.previews.chart_drawing import Drawing
from generator.previews.profile import Shape
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramView:
    """Bars as `(x, y, height)` in a drawing of 16 by 8 units a bar wide; `title` says it in words."""

    title: str
    width: int
    bars: Sequence[tuple[int, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSummary:
    """A column's profile. `top` are values with how often they are there, said, and a bar's length in per cent."""

    name: str
    type: str
    facts: Sequence[str]
    low: str
    high: str
    histogram: HistogramView | None
    top: Sequence[tuple[str, str, str]]
    top_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """The head of a column: `figure` tells that it is one of numbers, `long` that some of its cells are."""

    name: str
    unit: str
    figure: bool
    long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    A cell as it is shown; `value` is what it is sorted by when that is another text, `long` whether it may take several
    lines.
    """

    text: str
    value: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """
    The first rows. `whole` is whether they are all the file's: what is sorted and filtered is then the file.
    """

    headers: Sequence[HeaderView]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map: `grounds` lie below, in their order; `sea` tells that what is not land is water."""

    title: str
    description: str
    width: int
    height: int
    sea: bool
    grounds: Sequence[Ground]
    names: Sequence[Name]
    shapes: Sequence[Shape]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchView:
    """A key of a structure. `named` is whether it is a key of the file rather than words of ours."""

    key: str
    named: bool
    said: str
    note: str
    children: Sequence[BranchView]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """
    A chart for wide and for narrow windows, and its data. `legend` names the series when there are several, and
    `legend_name` the column that parts them, if one does.
    """

    kind: str
    title: Words
    description: str
    drawings: Sequence[Drawing]
    legend_name: Words
    legend: Sequence[Words]
    notes: Sequence[str]
    headers: Sequence[Words]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """
    A file's preview. `id` begins the ids of its parts, `language` is that of the file's content (or ""), `opened`
    whether it stands open.
    """

    id: str
    language: str
    opened: bool
    summary: Sequence[str]
    chart: ChartView | None
    map: MapView | None
    table: TableView | None
    columns: Sequence[ColumnSummary]
    columns_note: str
    tree: BranchView | None
