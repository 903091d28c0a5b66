"""The catalogue's health for programs and spreadsheets: `dashboard/health.csv` and `.json`, and publishers' badges."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from generator.feeds.json_lines import render_json
from generator.model.digest import digest
from generator.site.collections import license_key
from generator.site.health import (
    HEALTH_CSV,
    HEALTH_JSON,
    badge_path,
    badge_words,
    has_health,
    standing_of,
    standings,
)
from generator.site.iris import dataset_page
from generator.site.quality import Quality, Together, quality_of, quality_together
from generator.site.site import Site
from generator.site.stars import stars_of
from generator.site.tasks import Task
from generator.standards.quality import all_points, dimensions, indicators

ABOUT = ("id", "title", "publisher", "page", "rating", "points", "measured")
BESIDE = ("updated", "frequency", "freshness", "license-code", "stars")


def plan(site: Site) -> Iterator[Task]:
    if not has_health(site):
        return
    judged = [quality_of(site, key).held for key in site.order]
    made = digest(site.catalog_digest, judged, standings(site), [standing_of(site, item) for item in offered(site)])
    yield Task(HEALTH_CSV, render_csv, (), digest(made, "csv"), "portal.yaml", streamed=True)
    yield Task(HEALTH_JSON, render_summary, (), digest(made, "json"), "portal.yaml")
    for publisher, collection in site.collections[site.default]["publisher"].items():
        for language in site.languages if collection.datasets else ():
            said = badge_words(site, language, publisher)
            path = site.addresses.path(badge_path(publisher), language)
            yield Task(path, render_badge, (language, publisher), digest(site.digest, "badge", said), "portal.yaml")


def offered(site: Site) -> list[Any]:
    return [site.catalog.datasets[key] for key in site.order]


def render_csv(site: Site) -> Iterator[bytes]:
    """A row a dataset: its points by indicator (empty where nothing was measured), and what else is counted."""
    yield line([*ABOUT, *indicators(), *BESIDE])
    for key in sorted(site.order):
        yield line(row_of(site, key))


def row_of(site: Site, key: str) -> list[object]:
    dataset, quality = site.catalog.datasets[key], quality_of(site, key)
    title = site.speech(site.default).choose(dataset.title)
    page = dataset_page(site.catalog.portal.base_url, key)
    points = [quality.points(row) for row in indicators().values()]
    return [
        *(key, title, dataset.publisher, page, quality.rating.code, quality.total, quality.most),
        *("" if value is None else value for value in points),
        *(dataset.modified, dataset.accrual_periodicity, standing_of(site, dataset)),
        *(license_key(dataset.license) if dataset.license else "", stars_of(dataset)),
    ]


def line(cells: list[object]) -> bytes:
    """A line of CSV; a text that a spreadsheet would take for a formula is quoted as one says it is text."""
    text = io.StringIO()
    safe = [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell for cell in cells]
    csv.writer(text, lineterminator="\n").writerow(safe)
    return text.getvalue().encode()


def render_summary(site: Site) -> bytes:
    publishers = site.collections[site.default]["publisher"]
    return render_json(
        {
            "day": site.day or None,
            "points": all_points(),
            "catalog": together_json(site, quality_together(site), ""),
            "publishers": {
                key: together_json(site, quality_together(site, key), key)
                for key, collection in publishers.items()
                if collection.datasets
            },
        }
    )


def together_json(site: Site, together: Together, publisher: str) -> dict[str, Any]:
    parts: list[Quality] = list(together.parts)
    return {
        "datasets": len(parts),
        "rating": together.rating.code if parts else None,
        "share": round(together.mean, 4) if parts else None,
        "ratings": dict(sorted(together.ratings.items())),
        "dimensions": {
            row.code: None if (share := together.dimension(row)) is None else round(share, 4) for row in dimensions()
        },
        "freshness": dict(standings(site, publisher)),
        "missing": [
            {"indicator": row.code, "datasets": count, "gain": round(gain, 2)} for row, count, gain in together.missing
        ],
    }


HEIGHT, LETTER, PADDING = 24, 7.2, 9


def render_badge(site: Site, language: str, publisher: str) -> bytes:
    """Two boxes with what was judged and how it came out; wide enough for any face that a reader has."""
    judged, result = badge_words(site, language, publisher)
    left, right = (round(len(words) * LETTER + 2 * PADDING) for words in (judged, result))
    color = quality_together(site, publisher).rating.color
    title = f"{judged} {result}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{HEIGHT}" '
        f'viewBox="0 0 {left + right} {HEIGHT}" role="img" aria-label={quoteattr(title)} xml:lang="{language}">',
        f"<title>{escape(title)}</title>",
        f'<path fill="#24333b" d="M3 0h{left - 3}v{HEIGHT}h-{left - 3}a3 3 0 0 1-3-3v-{HEIGHT - 6}a3 3 0 0 1 3-3z"/>',
        f'<path fill="{color}" d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v{HEIGHT - 6}a3 3 0 0 1-3 3h-{right - 3}z"/>',
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="12" text-anchor="middle">',
        f'<text x="{left / 2:g}" y="16.5">{escape(judged)}</text>',
        f'<text x="{left + right / 2:g}" y="16.5">{escape(result)}</text>',
        "</g>",
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()
