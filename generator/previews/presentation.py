"""From a file's profile to what `preview.html` shows: words chosen, drawings laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.previews.backdrop import Backdrop, ground_of
from generator.previews.chart_drawing import tenths
from generator.previews.chart_view import chart_view
from generator.previews.dictionary import Dictionary
from generator.previews.limits import SHOWN_PROFILES
from generator.previews.maps import HEIGHT, WIDTH
from generator.previews.profile import Branch, ColumnProfile, Map, Profile, Table
from generator.previews.scales import CANONICAL, NUMERIC, number_of, text_of, zone_of
from generator.previews.views import (
    BranchView,
    Cell,
    ColumnSummary,
    HeaderView,
    HistogramView,
    MapView,
    PreviewView,
    TableView,
)
from generator.previews.wording import Wording
from generator.text.speech import Speech, Words, joined

NOWRAP = 28
"""Characters of a cell that stand on one line; columns with longer ones run over several."""


def preview_view(
    profile: Profile,
    *,
    anchor: str,
    speech: Speech,
    backdrop: Backdrop,
    title: Words,
    dictionary: Dictionary,
    opened: bool,
) -> PreviewView:
    """The preview of a file. `anchor` is the file's on the page, `title` what the publisher calls the chart."""
    wording = Wording(speech)
    table, chart = profile.table, profile.chart
    sampled = bool(table and table.read < table.row_count)
    return PreviewView(
        id=f"_{anchor}",
        language=dictionary.language,
        opened=opened,
        summary=list(summary(wording, profile)),
        chart=chart_view(wording, chart, title, dictionary) if chart else None,
        map=map_view(wording, profile.map, backdrop) if profile.map else None,
        table=table_view(wording, table, dictionary) if table else None,
        columns=columns_summary(wording, table, dictionary) if table and table.rows else [],
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


def table_view(wording: Wording, table: Table, dictionary: Dictionary) -> TableView:
    columns = table.columns[: len(table.rows[0])] if table.rows else table.columns
    headers = [
        HeaderView(
            name=wording.name(column.name, place),
            unit=dictionary.unit(column.name),
            figure=column.kind in NUMERIC,
            long=any(len(row[place]) > NOWRAP for row in table.rows),
        )
        for place, column in enumerate(columns)
    ]
    return TableView(
        headers=headers,
        rows=[[cell(wording, column, text) for column, text in zip(columns, row, strict=True)] for row in table.rows],
        notes=list(table_notes(wording, table, len(headers))),
        whole=table.whole,
    )


def cell(wording: Wording, column: ColumnProfile, text: str) -> Cell:
    """A cell: a number as the column's profile says it, anything else as it is."""
    if column.kind not in NUMERIC or not CANONICAL.fullmatch(text):
        return Cell(text=text, long=len(text) > NOWRAP)
    said = wording.value(column.kind, text, column.digits)
    return Cell(text=said, value=text if said != text else "")


def table_notes(wording: Wording, table: Table, columns: int) -> Iterable[str]:
    if table.path:
        yield wording.say("path", path=wording.say("quoted", name=" › ".join(table.path)))
    if table.sheets:
        yield wording.say("sheet", sheet=table.sheet, others=wording.others(table.sheets))
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


def columns_summary(wording: Wording, table: Table, dictionary: Dictionary) -> list[ColumnSummary]:
    return [
        summarize_column(wording, column, place, table.read, dictionary.unit(column.name))
        for place, column in enumerate(table.columns[:SHOWN_PROFILES])
    ]


def summarize_column(wording: Wording, column: ColumnProfile, place: int, read: int, unit: str) -> ColumnSummary:
    facts = []
    if column.kind != "empty":
        facts.append(wording.say("missing", count=column.missing) if column.missing else wording.say("complete"))
        unique = column.distinct == read - column.missing > 1
        facts.append(wording.say("unique") if unique else wording.say("distinct", count=column.distinct))
    most = max((count for _, count in column.top), default=1)

    def measure(text: str) -> str:
        return wording.measure(wording.value(column.kind, text, column.digits), unit)

    return ColumnSummary(
        name=wording.name(column.name, place),
        type=wording.type(column.kind),
        facts=facts,
        low=measure(column.low) if column.low else "",
        high=measure(column.high) if column.high else "",
        histogram=histogram_view(column, measure, wording) if column.bins else None,
        top=[(text, wording.speech.number(count), f"{100 * count / most:.1f}") for text, count in column.top],
        top_title=wording.say("top", count=len(column.top)) if column.top else "",
    )


def histogram_view(column: ColumnProfile, measure: Callable[[str], str], wording: Wording) -> HistogramView:
    most = max(column.bins)
    place = column.bins.index(most)
    count = len(column.bins)
    start = number_of(column.kind, column.low) + column.step * place
    title = wording.say(
        "histogram",
        low=measure(column.low),
        high=measure(column.high),
        steps=wording.speech.number(count),
        start=measure(text_of(column.kind, readable(column.kind, start), zone_of(column.low))),
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
