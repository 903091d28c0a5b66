"""From a file's profile to what `preview.html` shows: words chosen, drawings laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.previews.backdrop import Backdrop, ground_of
from generator.previews.drawing import draw_chart, short
from generator.previews.limits import CHART_ROWS, SHOWN_PROFILES
from generator.previews.maps import HEIGHT, WIDTH
from generator.previews.profile import Branch, Chart, Column, Map, Profile, Table
from generator.previews.scales import number_of, text_of
from generator.previews.teller import NUMERIC, Teller
from generator.previews.views import (
    BranchView,
    Cell,
    ChartView,
    ColumnSummary,
    HistogramView,
    MapView,
    PreviewView,
    TableView,
)
from generator.text.speech import Speech, Words, joined


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
        summary=list(summary(teller, profile)),
        chart=chart_view(teller, chart, title, titles) if chart else None,
        map=map_view(teller, profile.map, backdrop) if profile.map else None,
        table=table_view(teller, table) if table else None,
        columns=[column_view(teller, column, place, table.read) for place, column in enumerate(columns) if table],
        columns_note=teller.say("sample", count=table.read) if sampled and table else "",
        tree=branch_view(teller, profile.tree) if profile.tree else None,
    )


def summary(teller: Teller, profile: Profile) -> Iterable[str]:
    if profile.table:
        key = "row_count" if profile.table.exact else "about_rows"
        features = profile.map and sum(count for _, count in profile.map.counts) + profile.map.skipped
        drawn = profile.table.typed and features == profile.table.row_count
        rows = teller.say(key, count=profile.table.row_count)
        yield said_counts(teller, profile.map) if drawn and profile.map else rows
        yield teller.say("column_count", count=profile.table.column_count)
    elif profile.map:
        yield said_counts(teller, profile.map)


def table_view(teller: Teller, table: Table) -> TableView:
    headers = [
        (teller.name(column.name, place), column.kind in NUMERIC)
        for place, column in enumerate(table.columns[: len(table.rows[0]) if table.rows else None])
    ]
    kinds = [column.kind for column in table.columns]

    def cell(kind: str, text: str) -> Cell:
        if table.typed and kind in NUMERIC and text:
            try:
                said = teller.number(float(text))
            except ValueError:
                return Cell(text=text)
            return Cell(text=said, value=text if said != text else "")
        return Cell(text=text)

    return TableView(
        headers=headers,
        rows=[[cell(kind, text) for kind, text in zip(kinds, row, strict=False)] for row in table.rows],
        notes=list(table_notes(teller, table, len(headers))),
    )


def table_notes(teller: Teller, table: Table, columns: int) -> Iterable[str]:
    if table.sheets > 1:
        yield teller.say("sheet", sheet=table.sheet, sheets=teller.speech.number(table.sheets))
    if not table.rows:
        yield teller.say("no_rows")
    elif len(table.rows) < table.row_count:
        key = "row_count" if table.exact else "about_rows"
        total = teller.say(key, count=table.row_count) if not table.exact else teller.speech.number(table.row_count)
        yield teller.say("first_rows", count=len(table.rows), total=total)
    if columns < table.column_count:
        yield teller.say("first_columns", count=columns, total=teller.speech.number(table.column_count))


def column_view(teller: Teller, column: Column, place: int, read: int) -> ColumnSummary:
    facts = []
    if column.kind != "empty":
        facts.append(teller.say("missing", count=column.missing) if column.missing else teller.say("complete"))
        unique = column.distinct == read - column.missing > 1
        facts.append(teller.say("unique") if unique else teller.say("distinct", count=column.distinct))
    most = max((count for _, count in column.top), default=1)
    return ColumnSummary(
        name=teller.name(column.name, place),
        type=teller.type(column.kind),
        facts=facts,
        low=teller.value(column.kind, column.low) if column.low else "",
        high=teller.value(column.kind, column.high) if column.high else "",
        histogram=histogram_view(teller, column) if column.bins else None,
        top=[(text, teller.speech.number(count), f"{100 * count / most:.1f}") for text, count in column.top],
        top_title=teller.say("top", count=len(column.top)) if column.top else "",
    )


def histogram_view(teller: Teller, column: Column) -> HistogramView:
    most = max(column.bins)
    place = column.bins.index(most)
    low, high = (number_of(column.kind, edge) for edge in (column.low, column.high))
    count = len(column.bins)
    step = 1 if column.kind != "number" and high - low + 1 == count else 0
    start = low + (high - low + step) * place / count
    title = teller.say(
        "histogram",
        low=teller.value(column.kind, column.low),
        high=teller.value(column.kind, column.high),
        steps=teller.speech.number(count),
        start=teller.value(column.kind, text_of(column.kind, readable(column.kind, start))),
    )
    heights = [max(36 * bin / most, 1.5) if bin else 0.0 for bin in column.bins]
    bars = [(10 * n, short(36 - height), short(height)) for n, height in enumerate(heights) if height]
    return HistogramView(title=title, width=10 * count - 1, bars=bars)


def readable(kind: str, value: float) -> float:
    """The edge of a bar, with no more figures than can be read."""
    if kind == "number":
        return float(f"{value:.4g}")
    return round(value) if kind in ("integer", "year") else value


def said_counts(teller: Teller, map: Map) -> str:
    return joined((teller.say(kind, count=count) for kind, count in map.counts), ", ")


def map_view(teller: Teller, map: Map, backdrop: Backdrop) -> MapView:
    grounds, names = ground_of(backdrop, map.bbox)
    west, south, east, north = (teller.number(round(edge, 2)) for edge in map.bbox)
    notes = [said_counts(teller, map)]
    total = sum(count for _, count in map.counts)
    if map.shown < total and total > 1_000:
        notes[0] += "."
        notes.append(teller.say("thinned", count=map.shown))
    if map.skipped:
        notes[0] = notes[0].removesuffix(".") + "."
        notes.append(teller.say("skipped", count=map.skipped))
    return MapView(
        title=teller.say("map_title", what=said_counts(teller, map)),
        description=teller.say("map_place", west=west, south=south, east=east, north=north),
        width=WIDTH,
        height=HEIGHT,
        sea=any(ground.kind == "land" for ground in grounds),
        grounds=grounds,
        names=names,
        shapes=map.shapes,
        notes=notes,
    )


def branch_view(teller: Teller, branch: Branch, depth: int = 0) -> BranchView:
    kinds = [
        teller.say("items", count=branch.items) if kind == "list" else teller.kind(kind) for kind in branch.kinds[:4]
    ]
    notes = []
    if branch.present < branch.among:
        present, among = teller.speech.number(branch.present), teller.speech.number(branch.among)
        notes.append(teller.say("present", present=present, among=among))
    if branch.example:
        notes.append(teller.say("example", example=branch.example))
    ours = teller.say("item" if depth else "root")
    return BranchView(
        key=branch.key or ours,
        named=bool(branch.key),
        said=joined(kinds, teller.say("or")),
        note=joined(notes, ", "),
        children=[branch_view(teller, child, depth + 1) for child in branch.children],
        more=teller.say("more", count=branch.more) if branch.more else "",
    )


def chart_view(teller: Teller, chart: Chart, title: Words, titles: Mapping[str, str]) -> ChartView:
    labels = teller.points(chart.x_kind, chart.xs)
    names = [titles.get(series.name) or series.name for series in chart.series]
    x_title = titles.get(chart.x) or chart.x
    kind = teller.say(f"chart_of.{chart.kind}")
    values = [value for series in chart.series for value in series.values if value is not None]
    notes = []
    if chart.added:
        notes.append(teller.say("chart_added", x=x_title))
    if chart.left_out:
        notes.append(teller.say("chart_left", count=chart.left_out))
    if chart.cut:
        notes.append(teller.say("chart_cut", count=chart.cut))
    large = sum(max((abs(v) for v in series.values if v is not None), default=0.0) for series in chart.series)
    tick = teller.tick if large >= 100_000 else teller.number
    low, high = (teller.number(edge(values)) if values else "–" for edge in (min, max))
    whole = [teller.value(chart.x_kind, x) for x in chart.xs]
    unit = titles.get(chart.unit) or chart.unit
    rows = [
        [
            x,
            *("" if series.values[row] is None else teller.number(series.values[row] or 0) for series in chart.series),
        ]
        for row, x in enumerate(whole[:CHART_ROWS])
    ]
    return ChartView(
        kind=chart.kind,
        title=title or Words(teller.say("chart_title", y=unit or ", ".join(names), x=x_title), teller.speech.language),
        description=teller.say(
            "chart_description", kind=kind, low=low, high=high, number=teller.speech.number(len(values))
        ),
        unit=unit,
        drawings=[
            draw_chart(chart, name, width, labels, tick, teller.number)
            for name, width in (("wide", 720), ("narrow", 320))
        ],
        legend=names if len(names) > 1 else [],
        notes=notes,
        headers=[x_title, *names],
        rows=rows,
    )
