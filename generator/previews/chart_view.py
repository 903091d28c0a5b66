"""From a chart's points to what `preview.html` shows of it: names, units, numbers, drawings."""

from __future__ import annotations

from collections.abc import Iterable

from generator.previews.chart_drawing import Said, draw_chart
from generator.previews.dictionary import Dictionary, with_unit
from generator.previews.limits import CHART_ROWS
from generator.previews.profile import ChartProfile, Series
from generator.previews.scales import ORDERED
from generator.previews.views import ChartView
from generator.previews.wording import Wording
from generator.text.speech import Words, joined

COMPACT = 10_000_000
"""From here on a scale has thousands, millions and so on by their usual signs; values have all their digits."""


def chart_view(wording: Wording, chart: ChartProfile, title: Words, dictionary: Dictionary) -> ChartView:
    names = [series_name(chart, series, dictionary) for series in chart.series]
    x_name, y_name = dictionary.measured(chart.x), values_name(wording, chart, dictionary)
    values = [value for series in chart.series for value in series.values if value is not None]
    digits = value_digits(chart)
    large = max(map(abs, values), default=0) >= COMPACT
    unit = shared_unit(chart, dictionary)
    low, high = (wording.measure(wording.number(edge(values), digits), unit) if values else "–" for edge in (min, max))
    said = Said(
        xs=wording.points(chart.x_kind, chart.xs, chart.x_digits),
        value=lambda value: wording.number(value, digits),
        level=wording.tick if large else wording.number,
        x_level=wording.number,
        x_name=x_name,
        y_name=y_name,
    )
    titled = title or Words(
        wording.say("chart_title", y=joined(names, ", ") if chart.y[1:] and not chart.parting else y_name, x=x_name),
        wording.speech.language,
    )
    return ChartView(
        kind=chart.kind,
        title=titled,
        description=wording.say(
            "chart_description",
            kind=wording.say(f"chart_of.{chart.kind}"),
            low=low,
            high=high,
            number=wording.speech.number(len(values)),
        ),
        drawings=[draw_chart(chart, name, width, said) for name, width in (("wide", 720), ("narrow", 320))],
        legend_name=dictionary.title(chart.parting) if chart.parting else Words("", ""),
        legend=names if len(names) > 1 or chart.parting else [],
        notes=list(chart_notes(wording, chart, dictionary)),
        headers=[x_name, *(names if chart.y[1:] or chart.parting else [y_name])],
        rows=list(chart_rows(wording, chart)),
    )


def series_name(chart: ChartProfile, series: Series, dictionary: Dictionary) -> Words:
    """A series by its part, its column with its unit, or both where there are several of both."""
    part = Words(series.part, dictionary.language)
    if part and not chart.y[1:]:
        return part
    column = dictionary.measured(series.column)
    return Words(f"{part} – {column}", column.language) if part else column


def values_name(wording: Wording, chart: ChartProfile, dictionary: Dictionary) -> Words:
    """What the scale of values is of: its column, or values in the unit that its columns share."""
    if not chart.y[1:]:
        return dictionary.measured(chart.y[0])
    values = Words(wording.say("axis_values"), wording.speech.language)
    return with_unit(values, shared_unit(chart, dictionary))


def shared_unit(chart: ChartProfile, dictionary: Dictionary) -> str:
    units = {dictionary.unit(name) for name in chart.y}
    return units.pop() if len(units) == 1 else ""


def value_digits(chart: ChartProfile) -> int:
    """As many digits as all series have, each being written in one way."""
    digits = {series.digits for series in chart.series}
    return digits.pop() if len(digits) == 1 else -1


def chart_notes(wording: Wording, chart: ChartProfile, dictionary: Dictionary) -> Iterable[str]:
    if chart.added:
        yield wording.say("chart_added", x=dictionary.title(chart.x))
    if chart.left_out:
        shown, others = len(chart.series), wording.others(chart.left_out)
        yield wording.say("chart_left", count=shown, total=shown + len(chart.left_out), others=others)
    if chart.cut:
        reason = "bars" if chart.kind == "bar" and chart.x_kind not in ORDERED else "spread"
        reason = reason if chart.kind in ("bar", "scatter") else "first"
        total = wording.speech.number(len(chart.xs) + chart.cut)
        yield wording.say(f"chart_cut.{reason}", count=len(chart.xs), total=total)


def chart_rows(wording: Wording, chart: ChartProfile) -> Iterable[list[str]]:
    for row, x in enumerate(chart.xs[:CHART_ROWS]):
        values = [(series.values[row], series.digits) for series in chart.series]
        said = ["" if value is None else wording.number(value, digits) for value, digits in values]
        yield [wording.value(chart.x_kind, x, chart.x_digits), *said]
