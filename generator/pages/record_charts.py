"""Numbers along time with what was aimed at, as a drawing that a table repeats."""

from __future__ import annotations

from html import escape

from generator.model import Page
from generator.pages.record_values import anchor_of, with_unit
from generator.pages.views.content import Chart
from generator.site.records import Series, followers, rules_of, value_of
from generator.site.selections import label_of_field
from generator.site.site import Site

WIDTH, HEIGHT, FOOT, HEAD = 640, 240, 28, 24
"""Of the drawing in its own units; `FOOT` is where the dates stand, `HEAD` where the numbers do."""


TOUCHING = 22
"""How near above a bar a mark strikes through its number."""


def chart_of(site: Site, page: Page, name: str, language: str, anchored: bool = True) -> Chart | None:
    """A series of a record; its rows are where the records are found that have no other place, if `anchored`."""
    found = value_of(site, page, name)
    if not isinstance(found, Series):
        return None
    speech, rule = site.speech(language), rules_of(site, page.type)[name]
    said = [
        [point.by, *(with_unit(site, page, name, number, language) for number in (point.value, point.target))]
        for point in found.points
    ]
    columns = [
        speech.label(label_of_field(site, rule.of, field)) for field in (rule.by, rule.value, rule.target) if field
    ]
    trend = speech.say(f"site.records.trend.{found.trend}") if found.trend else ""
    rows = [row[: len(columns)] for row in said]
    anchors = [anchor_of(item) for item in followers(site, page, rule)] if anchored else []
    return Chart(svg=draw(found, rows), columns=columns, rows=rows, anchors=anchors, trend=trend)


def draw(series: Series, rows: list[list[str]]) -> str:
    """Bars for the numbers, a mark across each for what was aimed at."""
    numbers = [n for point in series.points for n in (point.value, point.target) if n is not None]
    top, bottom = max([*numbers, 0.0]), min([*numbers, 0.0])
    scale = (HEIGHT - FOOT - HEAD) / ((top - bottom) or 1)
    step = WIDTH / max(len(rows), 1)
    parts = [f'<svg class="series" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">']

    def height(value: float) -> float:
        return round(HEAD + (top - value) * scale, 1)

    for place, (point, said) in enumerate(zip(series.points, rows, strict=True)):
        row = [escape(words) for words in said]
        left, wide = round(step * place + step * 0.2, 1), round(step * 0.6, 1)
        middle = round(left + wide / 2, 1)
        if point.value is not None:
            y, base = sorted((height(point.value), height(0)))
            parts.append(
                f'<rect class="series-value" x="{left}" y="{y}" width="{wide}" height="{round(base - y, 1)}"/>'
            )
            mark = height(point.target) if point.target is not None else y
            over = mark if y - TOUCHING < mark < y else y
            parts.append(f'<text x="{middle}" y="{round(over - 6, 1)}" text-anchor="middle">{row[1]}</text>')
        if point.target is not None:
            y, end = height(point.target), round(left + wide + step * 0.1, 1)
            parts.append(f'<path class="series-target" d="M{round(left - step * 0.1, 1)} {y}H{end}"/>')
        parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{row[0]}</text>')
    return "".join([*parts, "</svg>"])
