"""What `preview.html` receives: a file's profile with its words chosen and its drawings laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from babel.dates import format_skeleton, format_time
from babel.numbers import format_compact_decimal

from generator.previews.backdrop import Backdrop, Ground, Name, ground_of
from generator.previews.drawing import Drawing, draw_chart
from generator.previews.limits import CHART_ROWS, SHOWN_PROFILES
from generator.previews.maps import HEIGHT, WIDTH
from generator.previews.profile import Branch, Chart, Column, Map, Profile, Shape, Table
from generator.speech import NARROW_SPACE, Speech, Words
from generator.standards import vocabulary

NUMERIC = ("integer", "number")
MINUS = "−"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistogramView:
    """Bars as `(x, y, height)` in a drawing of 16 by 8 units a bar wide; `title` says it in words."""

    title: str
    width: int
    bars: Sequence[tuple[int, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
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
class Cell:
    """A cell as it is shown; `value` is what it is sorted by when that is another text."""

    text: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """The first rows. `headers` are names with whether the column is one of numbers."""

    headers: Sequence[tuple[str, bool]]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]


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
    """A chart for wide and for narrow windows, and its data. `legend` names the series when there are several."""

    kind: str
    title: Words
    description: str
    unit: str
    drawings: Sequence[Drawing]
    legend: Sequence[str]
    notes: Sequence[str]
    headers: Sequence[str]
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
    columns: Sequence[ColumnView]
    columns_note: str
    tree: BranchView | None


class Teller:
    """Says values and profiles in a language."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def say(self, key: str, /, **values: object) -> str:
        return self.speech.say(f"site.preview.{key}", **values)

    # ------------------------------------------------------------ values

    def number(self, value: float) -> str:
        """
        A number with no more figures than can be read.

        >>> Teller(Speech("fr", {})).number(0.000123456), Teller(Speech("fr", {})).number(4971393)
        ('0,000123', '4\\u202f971\\u202f393')
        """
        return self.unsigned(value).replace("-", MINUS)

    def unsigned(self, value: float) -> str:
        if value == int(value) and abs(value) < 1e15:
            return self.speech.number(int(value))
        if not 1e-6 < abs(value) < 1e15:
            return f"{value:.3g}"
        if abs(value) < 0.01:
            digits = f"{value:.10f}".split(".")[1]
            place = len(digits) - len(digits.lstrip("0")) + 3
            return (
                self.speech.number(0.5)
                .replace("5", f"{abs(value):.{place}f}"[2:].rstrip("0"))
                .replace("0", "-0" if value < 0 else "0", 1)
            )
        return self.speech.number(value)

    def maybe(self, value: float | None) -> str:
        return "" if value is None else self.number(value)

    def value(self, kind: str, text: str) -> str:
        """A canonical text of a kind as people read it."""
        if kind in NUMERIC:
            return self.number(float(text))
        if kind in ("date", "yearmonth"):
            return self.speech.date(text) if text[:4] > "0999" else text
        if kind == "datetime":
            moment = format_time(time.fromisoformat(text[11:16]), "short", locale=self.speech.locale)
            return f"{self.speech.date(text[:10])}, {moment}".replace("\xa0", NARROW_SPACE)
        return text

    def tick(self, value: float) -> str:
        """A large value on a scale: thousands, millions and so on by their usual signs."""
        said = format_compact_decimal(value, locale=self.speech.locale, fraction_digits=1)
        return said.replace("\xa0", NARROW_SPACE).replace(" ", NARROW_SPACE).replace("-", MINUS)

    def points(self, kind: str, xs: Sequence[str]) -> list[str]:
        """The labels of a chart's xs, as short as they can be."""
        if kind == "date":
            skeleton = "MMMd" if len({x[:4] for x in xs}) == 1 else "yMMMd"
            said = [format_skeleton(skeleton, date.fromisoformat(x), locale=self.speech.locale) for x in xs]
            return [f"1er {x[2:]}" if self.speech.language == "fr" and x.startswith("1 ") else x for x in said]
        if kind == "yearmonth":
            return [format_skeleton("yMMM", date.fromisoformat(f"{x}-01"), locale=self.speech.locale) for x in xs]
        if kind == "datetime":
            days = len({x[:10] for x in xs}) > 1
            return [
                format_skeleton("MMMd", date.fromisoformat(x[:10]), locale=self.speech.locale) if days else x[11:]
                for x in xs
            ]
        return [self.value(kind, x) for x in xs]

    def type(self, kind: str) -> str:
        if kind in ("code", "empty"):
            return self.say(kind)
        titles = vocabulary("column-types")[kind].title
        return titles.get(self.speech.language) or titles["en"]

    def name(self, name: str, place: int) -> str:
        return name or self.say("unnamed", number=place + 1)

    # ------------------------------------------------------------ tables

    def summary(self, profile: Profile) -> Iterable[str]:
        if profile.table:
            key = "row_count" if profile.table.exact else "about_rows"
            features = profile.map and sum(count for _, count in profile.map.counts) + profile.map.skipped
            drawn = profile.table.typed and features == profile.table.row_count
            rows = self.say(key, count=profile.table.row_count)
            yield self.counts(profile.map) if drawn and profile.map else rows
            yield self.say("column_count", count=profile.table.column_count)
        elif profile.map:
            yield self.counts(profile.map)

    def table(self, table: Table) -> TableView:
        headers = [
            (self.name(column.name, place), column.kind in NUMERIC)
            for place, column in enumerate(table.columns[: len(table.rows[0]) if table.rows else None])
        ]
        kinds = [column.kind for column in table.columns]

        def cell(kind: str, text: str) -> Cell:
            if table.typed and kind in NUMERIC and text:
                try:
                    said = self.number(float(text))
                except ValueError:
                    return Cell(text=text)
                return Cell(text=said, value=text if said != text else "")
            return Cell(text=text)

        return TableView(
            headers=headers,
            rows=[[cell(kind, text) for kind, text in zip(kinds, row, strict=False)] for row in table.rows],
            notes=list(self.table_notes(table, len(headers))),
        )

    def table_notes(self, table: Table, columns: int) -> Iterable[str]:
        if table.sheets > 1:
            yield self.say("sheet", sheet=table.sheet, sheets=self.speech.number(table.sheets))
        if not table.rows:
            yield self.say("no_rows")
        elif len(table.rows) < table.row_count:
            key = "row_count" if table.exact else "about_rows"
            total = self.say(key, count=table.row_count) if not table.exact else self.speech.number(table.row_count)
            yield self.say("first_rows", count=len(table.rows), total=total)
        if columns < table.column_count:
            yield self.say("first_columns", count=columns, total=self.speech.number(table.column_count))

    def column(self, column: Column, place: int, read: int) -> ColumnView:
        facts = []
        if column.kind != "empty":
            facts.append(self.say("missing", count=column.missing) if column.missing else self.say("complete"))
            unique = column.distinct == read - column.missing > 1
            facts.append(self.say("unique") if unique else self.say("distinct", count=column.distinct))
        most = max((count for _, count in column.top), default=1)
        return ColumnView(
            name=self.name(column.name, place),
            type=self.type(column.kind),
            facts=facts,
            low=self.value(column.kind, column.low) if column.low else "",
            high=self.value(column.kind, column.high) if column.high else "",
            histogram=self.histogram(column) if column.bins else None,
            top=[(text, self.speech.number(count), f"{100 * count / most:.1f}") for text, count in column.top],
            top_title=self.say("top", count=len(column.top)) if column.top else "",
        )

    def histogram(self, column: Column) -> HistogramView:
        from generator.previews.drawing import number_of, short

        most = max(column.bins)
        place = column.bins.index(most)
        low, high = (number_of(column.kind, edge) for edge in (column.low, column.high))
        count = len(column.bins)
        step = 1 if column.kind != "number" and high - low + 1 == count else 0
        title = self.say(
            "histogram",
            low=self.value(column.kind, column.low),
            high=self.value(column.kind, column.high),
            steps=self.speech.number(count),
            start=self.value(column.kind, canonical(column.kind, low + (high - low + step) * place / count)),
        )
        heights = [max(36 * bin / most, 1.5) if bin else 0.0 for bin in column.bins]
        bars = [(10 * n, short(36 - height), short(height)) for n, height in enumerate(heights) if height]
        return HistogramView(title=title, width=10 * count - 1, bars=bars)

    # ------------------------------------------------------------ maps

    def counts(self, map: Map) -> str:
        return ", ".join(self.say(kind, count=count) for kind, count in map.counts)

    def map(self, map: Map, backdrop: Backdrop) -> MapView:
        grounds, names = ground_of(backdrop, map.bbox)
        west, south, east, north = (self.number(round(edge, 2)) for edge in map.bbox)
        notes = [self.counts(map)]
        total = sum(count for _, count in map.counts)
        if map.shown < total and total > 1_000:
            notes[0] += "."
            notes.append(self.say("thinned", count=map.shown))
        if map.skipped:
            notes[0] = notes[0].removesuffix(".") + "."
            notes.append(self.say("skipped", count=map.skipped))
        return MapView(
            title=self.say("map_title", what=self.counts(map)),
            description=self.say("map_place", west=west, south=south, east=east, north=north),
            width=WIDTH,
            height=HEIGHT,
            sea=any(ground.kind == "land" for ground in grounds),
            grounds=grounds,
            names=names,
            shapes=map.shapes,
            notes=notes,
        )

    # ------------------------------------------------------------ structures

    def branch(self, branch: Branch, depth: int = 0) -> BranchView:
        said = self.say("or").join(
            self.say("items", count=branch.items) if kind == "list" else self.kind(kind) for kind in branch.kinds[:4]
        )
        notes = []
        if branch.present < branch.among:
            present, among = self.speech.number(branch.present), self.speech.number(branch.among)
            notes.append(self.say("present", present=present, among=among))
        if branch.example:
            notes.append(self.say("example", example=branch.example))
        ours = self.say("item" if depth else "root")
        return BranchView(
            key=branch.key or ours,
            named=bool(branch.key),
            said=said,
            note=", ".join(notes),
            children=[self.branch(child, depth + 1) for child in branch.children],
            more=self.say("more", count=branch.more) if branch.more else "",
        )

    def kind(self, kind: str) -> str:
        if kind in ("object", "null"):
            return self.say(f"kinds.{kind}")
        said = self.type(kind)
        return said[:1].lower() + said[1:]

    # ------------------------------------------------------------ charts

    def chart(self, chart: Chart, title: Words, titles: Mapping[str, str], data_language: str) -> ChartView:
        labels = self.points(chart.x_kind, chart.xs)
        names = [titles.get(series.name) or series.name for series in chart.series]
        x_title = titles.get(chart.x) or chart.x
        kind = self.say(f"chart_of.{chart.kind}")
        values = [value for series in chart.series for value in series.values if value is not None]
        notes = []
        if chart.added:
            notes.append(self.say("chart_added", x=x_title))
        if chart.left_out:
            notes.append(self.say("chart_left", count=chart.left_out))
        if chart.cut:
            notes.append(self.say("chart_cut", count=chart.cut))
        large = sum(max((abs(v) for v in series.values if v is not None), default=0.0) for series in chart.series)
        tick = self.tick if large >= 100_000 else self.number
        low, high = (self.number(edge(values)) if values else "–" for edge in (min, max))
        whole = [self.value(chart.x_kind, x) for x in chart.xs]
        unit = titles.get(chart.unit) or chart.unit
        rows = [
            [
                x,
                *(
                    "" if series.values[row] is None else self.number(series.values[row] or 0)
                    for series in chart.series
                ),
            ]
            for row, x in enumerate(whole[:CHART_ROWS])
        ]
        return ChartView(
            kind=chart.kind,
            title=title or Words(self.say("chart_title", y=unit or ", ".join(names), x=x_title), self.speech.language),
            description=self.say(
                "chart_description", kind=kind, low=low, high=high, number=self.speech.number(len(values))
            ),
            unit=unit,
            drawings=[
                draw_chart(chart, name, width, labels, tick, self.number)
                for name, width in (("wide", 720), ("narrow", 320))
            ],
            legend=names if len(names) > 1 else [],
            notes=notes,
            headers=[x_title, *names],
            rows=rows,
        )


def canonical(kind: str, value: float) -> str:
    """What `number_of` made of a text, as a text."""
    if kind == "date":
        return date.fromordinal(int(value)).isoformat()
    if kind == "yearmonth":
        months = int(value) - 1
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if kind == "datetime":
        from datetime import datetime, timedelta

        return (datetime(1970, 1, 1) + timedelta(seconds=value)).isoformat()[:16]
    return str(round(value)) if kind != "number" else f"{value:.4g}"


def preview_view(
    profile: Profile,
    *,
    anchor: str,
    speech: Speech,
    backdrop: Backdrop,
    title: Words,
    titles: Mapping[str, str],
    language: str,
    opened: bool,
) -> PreviewView:
    """
    The preview of a file. `anchor` is the file's on the page, `title` what the publisher calls the chart, `titles`
    the columns by their names, `language` that of the file's content where it has one.
    """
    teller = Teller(speech)
    table, chart = profile.table, profile.chart
    columns = table.columns[:SHOWN_PROFILES] if table and table.rows else ()
    sampled = bool(table and table.read < table.row_count)
    return PreviewView(
        id=f"_{anchor}",
        language=language,
        opened=opened,
        summary=list(teller.summary(profile)),
        chart=teller.chart(chart, title, titles, language) if chart else None,
        map=teller.map(profile.map, backdrop) if profile.map else None,
        table=teller.table(table) if table else None,
        columns=[teller.column(column, place, table.read) for place, column in enumerate(columns) if table],
        columns_note=teller.say("sample", count=table.read) if sampled and table else "",
        tree=teller.branch(profile.tree) if profile.tree else None,
    )
