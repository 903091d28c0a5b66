"""Where everything of a chart goes: from points and a width to what SVG draws, one scale for each width of window."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from generator.previews.maps import draw
from generator.previews.profile import ChartProfile, Series
from generator.previews.scales import ORDERED, number_of
from generator.text.speech import Words

LETTER = 6.6
"""Mean width of a letter of a chart's labels."""

LINE = 18
BAR = 20

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What a chart says: the labels of its xs, its values, the levels of its upright scale and of the one below, and what
    both are of.
    """

    xs: Sequence[str]
    value: Say
    level: Say
    x_level: Say
    x_name: Words
    y_name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line of the grid; `strong` is that of zero."""

    x1: str
    y1: str
    x2: str
    y2: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """
    Letters at a place; `anchor` is start, middle or end. `tone` is name for what a scale is of, strong for what names
    what is drawn, otherwise nothing; `language` is that of the words, where it is known.
    """

    x: str
    y: str
    text: str
    anchor: str
    tone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What shows values: `kind` is bar, line, area or dots, `series` counts from 1, `path` an SVG path."""

    kind: str
    series: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart for a width of window, `wide` or `narrow`."""

    name: str
    width: int
    height: int
    rules: list[Rule] = field(default_factory=list)
    letters: list[Letters] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def rule(self, x1: float, y1: float, x2: float, y2: float, strong: bool = False) -> None:
        self.rules.append(Rule(x1=tenths(x1), y1=tenths(y1), x2=tenths(x2), y2=tenths(y2), strong=strong))

    def write(self, x: float, y: float, text: str, anchor: str = "middle", tone: str = "") -> None:
        self.letters.append(Letters(x=tenths(x), y=tenths(y), text=text, anchor=anchor, tone=tone))

    def write_name(self, x: float, y: float, name: Words, width: float, anchor: str = "start") -> None:
        """What a scale is of, in the room that there is."""
        text, language = fit(name, width), name.language
        letters = Letters(x=tenths(x), y=tenths(y), text=text, anchor=anchor, tone="name", language=language)
        self.letters.append(letters)


def tenths(value: float) -> str:
    """
    >>> tenths(1.0), tenths(2.345)
    ('1', '2.3')
    """
    return f"{value:.1f}".removesuffix(".0")


def ticks(low: float, high: float, count: int) -> list[float]:
    """
    Round numbers that enclose a range.

    >>> ticks(0, 97, 5), ticks(3.13, 3.4, 3)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [3.1, 3.2, 3.3, 3.4])
    """
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{place * step:.10g}") for place in range(first, last + 1)]


def room(texts: Iterable[str]) -> float:
    return max((len(text) for text in texts), default=0) * LETTER


def fit(text: str, width: float) -> str:
    """
    A text that fits a width.

    >>> fit("Centre-Ville", room(["Centre-Ville"]) + 12 - 12), fit("Centre-Ville", 40)
    ('Centre-Ville', 'Centr…')
    """
    letters = max(int(width / LETTER + 0.01), 2)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def draw_chart(chart: ChartProfile, name: str, width: int, said: Said) -> Drawing:
    """A chart in a width."""
    if chart.kind == "bar" and chart.x_kind not in ORDERED:
        return draw_rows(chart, name, width, said)
    return draw_plot(chart, name, width, said)


def values_of(chart: ChartProfile) -> list[float]:
    return [value for series in chart.series for value in series.values if value is not None] or [0.0]


def draw_rows(chart: ChartProfile, name: str, width: int, said: Said) -> Drawing:
    """Bars that lie: what has a name has room for it."""
    beside = width > 500
    each = len(chart.series)
    thick = BAR if each == 1 else 15
    values = values_of(chart)
    low, high = min(0.0, *values), max(0.0, *values)
    left = min(room([*said.xs, said.x_name]) + 12, 220) if beside else 0
    right = room(map(said.value, values)) + 10
    head = LINE + 6 if beside else 2 * LINE + 6
    across = (width - left - right) / ((high - low) or 1)
    zero = left - low * across
    gap = 8 if each == 1 else 12
    step = each * thick + gap + (0 if beside else LINE)
    drawing = Drawing(name=name, width=width, height=round(head + len(chart.xs) * step))
    drawing.write_name(left - 10 if beside else 0, 13, said.x_name, left or width, "end" if beside else "start")
    drawing.write_name(left, 13 if beside else 13 + LINE, said.y_name, width - left)
    paths: list[list[str]] = [[] for _ in chart.series]
    for row, label in enumerate(said.xs):
        top = head + row * step + gap / 2
        if beside:
            drawing.write(left - 10, top + each * thick / 2 + 4.5, fit(label, left - 12), "end", "strong")
        else:
            drawing.write(0, top + LINE - 5, fit(label, width), "start", "strong")
            top += LINE
        for place, series in enumerate(chart.series):
            value = series.values[row]
            y = top + place * thick
            if value is None:
                continue
            length = value * across
            paths[place].append(box(zero + min(length, 0), y + 1, abs(length), thick - 2))
            drawing.write(zero + max(length, 0) + 6, y + thick / 2 + 4.5, said.value(value), "start")
    drawing.rule(zero, head, zero, drawing.height, strong=True)
    for place, path in enumerate(paths):
        drawing.marks.append(Mark(kind="bar", series=place + 1, path="".join(path)))
    return drawing


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{tenths(x)} {tenths(y)}h{tenths(max(width, 0.5))}v{tenths(height)}h-{tenths(max(width, 0.5))}z"


def stack(chart: ChartProfile) -> list[list[tuple[float, float]]]:
    """The lower and upper edge of each series, one on the other."""
    below = [0.0] * len(chart.xs)
    edges = []
    for series in chart.series:
        above = [low + max(value or 0.0, 0.0) for low, value in zip(below, series.values, strict=True)]
        edges.append(list(zip(below, above, strict=True)))
        below = above
    return edges


def draw_plot(chart: ChartProfile, name: str, width: int, said: Said) -> Drawing:
    """A scale of values upright, one of xs below, each with what it is of."""
    height = 376 if width > 500 else 316
    values = values_of(chart)
    if chart.kind == "area":
        values = [above for edges in stack(chart) for _, above in edges] or [0.0]
    low, high = min(values), max(values)
    if chart.kind in ("bar", "area") or 0 < low < 0.6 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    levels = ticks(low, high, 5 if width > 500 else 4)
    left = room(map(said.level, levels)) + 10
    top, bottom, right = 30.0, height - 50.0, width - 12.0
    drawing = Drawing(name=name, width=width, height=height)
    drawing.write_name(0, 13, said.y_name, width)
    drawing.write_name(right, height - 5, said.x_name, width, "end")

    def y_of(value: float) -> float:
        return bottom - (value - levels[0]) / (levels[-1] - levels[0]) * (bottom - top)

    for level in levels:
        drawing.rule(left, y_of(level), right, y_of(level), strong=level == 0)
        drawing.write(left - 8, y_of(level) + 4.5, said.level(level), "end")
    if chart.kind == "bar":
        draw_bars(chart, drawing, left, right, bottom, said, y_of)
        return drawing
    xs = place_xs(chart, drawing, left, right, bottom, said)
    for place, series in enumerate(chart.series, 1):
        points = [(x, y_of(v)) for x, v in zip(xs, series.values, strict=True) if v is not None]
        if chart.kind == "scatter":
            path = "".join(draw([point], False) for point in points)
            drawing.marks.append(Mark(kind="dots", series=place, path=path))
        elif chart.kind == "line":
            drawing.marks.append(Mark(kind="line", series=place, path=line_path(xs, series, y_of)))
        else:
            edges = stack(chart)[place - 1]
            upper = [(x, y_of(above)) for x, (_, above) in zip(xs, edges, strict=True)]
            lower = [(x, y_of(below)) for x, (below, _) in zip(xs, edges, strict=True)]
            if upper:
                drawing.marks.append(Mark(kind="area", series=place, path=draw([*upper, *reversed(lower)], True)))
    return drawing


def line_path(xs: Sequence[float], series: Series, y_of: Callable[[float], float]) -> str:
    """
    A path with a gap where the file has a row without a value; a value alone is a dot.

    Where only other series have an x, the line goes on.
    """
    parts: list[list[tuple[float, float]]] = [[]]
    gaps = set(series.gaps)
    for place, (x, value) in enumerate(zip(xs, series.values, strict=True)):
        if value is not None:
            parts[-1].append((x, float(y_of(value))))
        elif place in gaps:
            parts.append([])
    return "".join(draw(part, False) for part in parts if part)


def place_xs(
    chart: ChartProfile, drawing: Drawing, left: float, right: float, bottom: float, said: Said
) -> list[float]:
    """Where each x stands, with the scale below."""
    if not chart.xs:
        return []
    inset = 8.0
    ordered = chart.x_kind in ORDERED
    numbers = [number_of(chart.x_kind, x) if ordered else float(place) for place, x in enumerate(chart.xs)]
    low, high = min(numbers), max(numbers)
    marks: list[tuple[float, str]]
    if chart.x_kind in ("integer", "number"):
        levels = ticks(low, high, 6 if drawing.width > 500 else 3)
        low, high = levels[0], levels[-1]
        marks = [(level, said.x_level(level)) for level in levels]
    else:
        unique = sorted(dict(zip(numbers, said.xs, strict=True)).items())
        marks = [unique[place] for place in spread(len(unique), room(said.xs) + 16, right - left)]

    def x_of(number: float) -> float:
        share = (number - low) / (high - low) if high > low else 0.5
        return left + inset + share * (right - left - 2 * inset)

    for number, label in marks:
        x = x_of(number)
        drawing.rule(x, bottom, x, bottom + 5)
        half = len(label) * LETTER / 2
        anchor = "end" if x + half > drawing.width else "start" if x - half < 0 else "middle"
        drawing.write(right + 12 if anchor == "end" else x, bottom + 22, label, anchor)
    return [x_of(number) for number in numbers]


def spread(count: int, each: float, width: float) -> list[int]:
    """
    Which of so many labels to write when each takes so much of the width: every second, every third…

    >>> spread(5, 40, 100), spread(3, 10, 100)
    ([0, 2, 4], [0, 1, 2])
    """
    step = max(1, math.ceil(count * each / (width + each)))
    return list(range(0, count, step))


def draw_bars(
    chart: ChartProfile,
    drawing: Drawing,
    left: float,
    right: float,
    bottom: float,
    said: Said,
    y_of: Callable[[float], float],
) -> None:
    """Upright bars, those of one x side by side."""
    count = max(len(chart.xs), 1)
    band = (right - left) / count
    inner = band * (0.72 if band > 8 else 0.9)
    wide = inner / max(len(chart.series), 1)
    zero = y_of(0)
    for place, series in enumerate(chart.series):
        path = []
        for row, value in enumerate(series.values):
            if value is not None:
                x = left + row * band + (band - inner) / 2 + place * wide
                y = y_of(value)
                path.append(box(x, min(y, zero), max(wide - (1 if wide > 4 else 0), 0.5), abs(zero - y)))
        drawing.marks.append(Mark(kind="bar", series=place + 1, path="".join(path)))
    for place in spread(len(said.xs), room(said.xs) + 14, right - left):
        drawing.write(left + (place + 0.5) * band, bottom + 22, said.xs[place])
