"""From a file's profile to what `preview.html` shows: words chosen, drawings laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.previews.backdrop import Backdrop, ground_of
from generator.previews.chart_drawing import draw_chart, tenths
from generator.previews.limits import CHART_ROWS, SHOWN_PROFILES
from generator.previews.maps import HEIGHT, WIDTH
from generator.previews.profile import Branch, ChartProfile, ColumnProfile, Map, Profile, Table
from generator.previews.scales import ORDERED, number_of, text_of, zone_of
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
from generator.previews.wording import NUMERIC, Wording
from generator.text.speech import Speech, Words, joined

LISTED = 12
"""Names that are listed before the others are only dots."""


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
    wording = Wording(speech)
    table, chart = profile.table, profile.chart
    columns = table.columns[:SHOWN_PROFILES] if table and table.rows else ()
    sampled = bool(table and table.read < table.row_count)
    return PreviewView(
        id=f"_{anchor}",
        language=language,
        opened=opened,
        summary=list(summary(wording, profile)),
        chart=chart_view(wording, chart, title, titles) if chart else None,
        map=map_view(wording, profile.map, backdrop) if profile.map else None,
        table=table_view(wording, table) if table else None,
        columns=[summarize_column(wording, column, place, table.read) for place, column in enumerate(columns) if table],
        columns_note=wording.say("sample", count=table.read) if sampled and table else "",
        tree=branch_view(wording, profile.tree) if profile.tree else None,
    )


def summary(wording: Wording, profile: Profile) -> Iterable[str]:
    if profile.table:
        key = "row_count" if profile.table.exact else "about_rows"
        features = profile.map and sum(count for _, count in profile.map.counts) + profile.map.skipped
        drawn = profile.table.typed and features == profile.table.row_count
        rows = wording.say(key, count=profile.table.row_count)
        yield said_counts(wording, profile.map) if drawn and profile.map else rows
        yield wording.say("column_count", count=profile.table.column_count)
    elif profile.map:
        yield said_counts(wording, profile.map)


def table_view(wording: Wording, table: Table) -> TableView:
    headers = [
        (wording.name(column.name, place), column.kind in NUMERIC)
        for place, column in enumerate(table.columns[: len(table.rows[0]) if table.rows else None])
    ]
    kinds = [column.kind for column in table.columns]

    def cell(kind: str, text: str) -> Cell:
        if table.typed and kind in NUMERIC and text:
            try:
                said = wording.number(number_of(kind, text))
            except ValueError:
                return Cell(text=text)
            return Cell(text=said, value=text if said != text else "")
        return Cell(text=text)

    return TableView(
        headers=headers,
        rows=[[cell(kind, text) for kind, text in zip(kinds, row, strict=False)] for row in table.rows],
        notes=list(table_notes(wording, table, len(headers))),
        whole=table.whole,
    )


def table_notes(wording: Wording, table: Table, columns: int) -> Iterable[str]:
    if table.sheets:
        yield wording.say("sheet", sheet=table.sheet, others=list_others(wording, table.sheets))
    if not table.rows:
        yield wording.say("no_rows")
    elif len(table.rows) < table.row_count:
        key = "row_count" if table.exact else "about_rows"
        total = wording.say(key, count=table.row_count) if not table.exact else wording.speech.number(table.row_count)
        yield wording.say("first_rows", count=len(table.rows), total=total)
    if columns < table.column_count:
        yield wording.say("first_columns", count=columns, total=wording.speech.number(table.column_count))
    if table.rows and not table.whole:
        yield wording.say("part")


def list_others(wording: Wording, names: Sequence[str]) -> str:
    """Names, the first of many, each in the quotation marks of the language."""
    quoted = [wording.say("quoted", name=name) for name in names[:LISTED]]
    return joined(quoted, ", ") + (" …" if len(names) > LISTED else "")


def summarize_column(wording: Wording, column: ColumnProfile, place: int, read: int) -> ColumnSummary:
    facts = []
    if column.kind != "empty":
        facts.append(wording.say("missing", count=column.missing) if column.missing else wording.say("complete"))
        unique = column.distinct == read - column.missing > 1
        facts.append(wording.say("unique") if unique else wording.say("distinct", count=column.distinct))
    most = max((count for _, count in column.top), default=1)
    return ColumnSummary(
        name=wording.name(column.name, place),
        type=wording.type(column.kind),
        facts=facts,
        low=wording.value(column.kind, column.low) if column.low else "",
        high=wording.value(column.kind, column.high) if column.high else "",
        histogram=histogram_view(wording, column) if column.bins else None,
        top=[(text, wording.speech.number(count), f"{100 * count / most:.1f}") for text, count in column.top],
        top_title=wording.say("top", count=len(column.top)) if column.top else "",
    )


def histogram_view(wording: Wording, column: ColumnProfile) -> HistogramView:
    most = max(column.bins)
    place = column.bins.index(most)
    count = len(column.bins)
    start = number_of(column.kind, column.low) + column.step * place
    title = wording.say(
        "histogram",
        low=wording.value(column.kind, column.low),
        high=wording.value(column.kind, column.high),
        steps=wording.speech.number(count),
        start=wording.value(column.kind, text_of(column.kind, readable(column.kind, start), zone_of(column.low))),
    )
    heights = [max(36 * bin / most, 1.5) if bin else 0.0 for bin in column.bins]
    bars = [(10 * n, tenths(36 - height), tenths(height)) for n, height in enumerate(heights) if height]
    return HistogramView(title=title, width=10 * count - 1, bars=bars)


def readable(kind: str, value: float) -> float:
    """The edge of a bar, with no more figures than can be read."""
    if kind == "number":
        return float(f"{value:.10g}")
    return value if kind == "datetime" else round(value)


def said_counts(wording: Wording, map: Map) -> str:
    return joined((wording.say(kind, count=count) for kind, count in map.counts), ", ")


def map_view(wording: Wording, map: Map, backdrop: Backdrop) -> MapView:
    grounds, names = ground_of(backdrop, map.bbox)
    west, south, east, north = (wording.number(round(edge, 2)) for edge in map.bbox)
    if map.bbox[2] > 180:  # beyond the 180th meridian
        west, east = (wording.number(round((edge + 180) % 360 - 180, 2)) for edge in (map.bbox[0], map.bbox[2]))
    notes = [said_counts(wording, map)]
    total = sum(count for _, count in map.counts)
    if map.shown < total and total > 1_000:
        notes[0] += "."
        notes.append(wording.say("thinned", count=map.shown))
    if map.skipped:
        notes[0] = notes[0].removesuffix(".") + "."
        notes.append(wording.say("skipped", count=map.skipped))
    return MapView(
        title=wording.say("map_title", what=said_counts(wording, map)),
        description=wording.say("map_place", west=west, south=south, east=east, north=north),
        width=WIDTH,
        height=HEIGHT,
        sea=any(ground.kind == "land" for ground in grounds),
        grounds=grounds,
        names=names,
        shapes=map.shapes,
        notes=notes,
    )


def branch_view(wording: Wording, branch: Branch, depth: int = 0) -> BranchView:
    kinds = [
        wording.say("items", count=branch.items) if kind == "list" else wording.kind(kind) for kind in branch.kinds[:4]
    ]
    notes = []
    if branch.present < branch.among:
        present, among = wording.speech.number(branch.present), wording.speech.number(branch.among)
        notes.append(wording.say("present", present=present, among=among))
    if branch.example:
        notes.append(wording.say("example", example=branch.example))
    ours = wording.say("item" if depth else "root")
    return BranchView(
        key=branch.key or ours,
        named=bool(branch.key),
        said=joined(kinds, wording.say("or")),
        note=joined(notes, ", "),
        children=[branch_view(wording, child, depth + 1) for child in branch.children],
        more=wording.say("more", count=branch.more) if branch.more else "",
    )


def chart_view(wording: Wording, chart: ChartProfile, title: Words, titles: Mapping[str, str]) -> ChartView:
    labels = wording.points(chart.x_kind, chart.xs)
    names = [titles.get(series.name) or series.name for series in chart.series]
    x_title = titles.get(chart.x) or chart.x
    kind = wording.say(f"chart_of.{chart.kind}")
    values = [value for series in chart.series for value in series.values if value is not None]
    notes = []
    if chart.added:
        notes.append(wording.say("chart_added", x=x_title))
    if chart.left_out:
        shown, others = len(chart.series), list_others(wording, chart.left_out)
        notes.append(wording.say("chart_left", count=shown, total=shown + len(chart.left_out), others=others))
    total = len(chart.xs) + chart.cut
    if chart.cut:
        reason = "bars" if chart.kind == "bar" and chart.x_kind not in ORDERED else "spread"
        reason = reason if chart.kind in ("bar", "scatter") else "first"
        notes.append(wording.say(f"chart_cut.{reason}", count=len(chart.xs), total=wording.speech.number(total)))
    large = sum(max((abs(v) for v in series.values if v is not None), default=0.0) for series in chart.series)
    tick = wording.tick if large >= 100_000 else wording.number
    low, high = (wording.number(edge(values)) if values else "–" for edge in (min, max))
    whole = [wording.value(chart.x_kind, x) for x in chart.xs]
    unit = titles.get(chart.unit) or chart.unit
    rows = [
        [
            x,
            *("" if series.values[row] is None else wording.number(series.values[row] or 0) for series in chart.series),
        ]
        for row, x in enumerate(whole[:CHART_ROWS])
    ]
    return ChartView(
        kind=chart.kind,
        title=title
        or Words(wording.say("chart_title", y=unit or ", ".join(names), x=x_title), wording.speech.language),
        description=wording.say(
            "chart_description", kind=kind, low=low, high=high, number=wording.speech.number(len(values))
        ),
        unit=unit,
        drawings=[
            draw_chart(chart, name, width, labels, tick, wording.number)
            for name, width in (("wide", 720), ("narrow", 320))
        ],
        legend=names if len(names) > 1 else [],
        notes=notes,
        headers=[x_title, *names],
        rows=rows,
    )
