"""What is used of a catalogue, and when, as `usage.csv` counts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from generator.model import Usage, Uses
from generator.site.memory import remembered
from generator.site.site import Site

USE_CSV = "dashboard/use.csv"


def has_use(site: Site) -> bool:
    return "use" in site.catalog.portal.dashboards


def most_used(site: Site) -> Sequence[str]:
    """The ids of the datasets on offer that were used, the most used first; equals as the latest updates are."""
    usage = site.catalog.usage
    used = [key for key in site.order if key in usage and usage[key].total]
    return sorted(used, key=lambda key: -usage[key].total)


@remembered
def months(site: Site) -> Sequence[str]:
    """Every month from the first that is counted to the last."""
    counted = sorted({month for usage in site.catalog.usage.values() for month in usage.months})
    return span(counted[0], counted[-1]) if counted else []


def span(first: str, last: str) -> Sequence[str]:
    """
    >>> span("2025-11", "2026-01")
    ['2025-11', '2025-12', '2026-01']
    """
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def period(site: Site, language: str) -> str:
    """The months that are counted, in words; nothing where none is known, or some uses are of no month."""
    counted = months(site)
    if not counted or any(usage.undated for usage in site.catalog.usage.values()):
        return ""
    return said_period(site, language, counted[0], counted[-1])


def said_period(site: Site, language: str, first: str, last: str) -> str:
    speech = site.speech(language)
    if first == last:
        return speech.date(first)
    return speech.say("site.use.period", first=speech.date(first), last=speech.date(last))


@remembered
def by_month(site: Site) -> Mapping[str, Uses]:
    """The uses of all datasets on offer in each month."""
    found: dict[str, Uses] = defaultdict(Uses)
    for key in site.order:
        for month, uses in usage_of(site, key).months.items():
            found[month] = found[month].plus(uses)
    return {month: found[month] for month in months(site)}


def usage_of(site: Site, key: str) -> Usage:
    return site.catalog.usage.get(key, Usage())
