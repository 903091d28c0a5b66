"""Where and when CKAN's packages are about, in each way that its extensions write it."""

from __future__ import annotations

import re
from typing import Any

from generator.importers.catalogs import Draft
from generator.importers.dates import DayOrder, take_date
from generator.importers.html import to_line
from generator.importers.periods import take_periods
from generator.importers.places import take_areas
from generator.importers.records import Fields, said, says_nothing

SIDES = ("west", "south", "east", "north")
# DKAN writes `mar, 10/12/2019 - 09:23`, and `Date changed` before it.
BEFORE_DATE = re.compile(r"^\s*(?:Date changed\s+)?(?:[^\W\d_]{2,9}\.?,\s+)", re.IGNORECASE)
AFTER_DATE = re.compile(r"\s+-\s+(\d{1,2}:\d\d(?::\d\d)?)\s*$")


def bare_date(value: Any) -> str:
    """
    A date without DKAN's words around it.

    >>> bare_date("mar, 10/12/2019 - 09:23"), bare_date("2019-09-30 22:00:00")
    ('10/12/2019 09:23', '2019-09-30 22:00:00')
    """
    return AFTER_DATE.sub(r" \1", BEFORE_DATE.sub("", said(value)))


def locations(fields: Fields, draft: Draft) -> Any:
    """The areas: those of ckanext-dcat, each with its name and its box, and those of single keys, which are one."""
    found = [place for part in fields.objects("spatial_coverage") if (place := location(part, draft))]
    single: dict[str, Any] = {}
    for key in ("ext_spatial", "spatial", "spatial_text", "geographic_coverage", "spatial_uri"):
        value = fields.values.get(key)
        if says_nothing(value):
            fields.read.add(key)
            continue
        for name, part in area(fields, draft, value).items():
            single.setdefault(name, part)
        fields.took(key, "spatial")
    if box := box_corners(fields, draft):
        single.setdefault("bbox", box)
    found += [single] if single else []
    return found[0] if len(found) == 1 else found


def location(fields: Fields, draft: Draft) -> dict[str, Any]:
    """An area that an object describes."""
    found: dict[str, Any] = {}
    for key in ("bbox", "geom", "centroid", "name", "text", "uri"):
        value = fields.values.get(key)
        if not says_nothing(value):
            for name, part in area(fields, draft, value).items():
                found.setdefault(name, part)
            fields.took(key, "spatial")
    fields.rest()
    return found


def area(fields: Fields, draft: Draft, value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in take_areas(fields.report, fields.subject, value):
        if part.box:
            found.setdefault("bbox", list(part.box))
        if part.name:
            found.setdefault("name", draft.speech.say({"": to_line(part.name)}))
    return found


def box_corners(fields: Fields, draft: Draft) -> list[float]:
    """The box that four keys of the spatial extension's old form make."""
    keys = [f"bbox-{side}-{'long' if side in ('west', 'east') else 'lat'}" for side in SIDES]
    numbers = [said(fields.values.get(key)) for key in keys]
    if not all(numbers):
        return []
    for key in keys:
        fields.took(key, "spatial.bbox")
    box: list[float] = area(fields, draft, ",".join(numbers)).get("bbox", [])
    return box


def periods(fields: Fields, draft: Draft, days: DayOrder) -> Any:
    """The periods, each with its own ends."""
    report, subject = fields.report, fields.subject
    found: list[dict[str, str]] = []
    for part in fields.objects("temporal_coverage"):
        if part.values.keys() == {"name"}:
            found += take_periods(report, days, subject, said(part.values["name"]))[0]
            part.took("name", "temporal")
        else:
            found.append(ends(part, days, ("start",), ("end",)))
        part.rest()
    starts = ("temporal_start", "temporal_coverage-from", "temporal_coverage_from", "beginning_date")
    stops = ("temporal_end", "temporal_coverage-to", "temporal_coverage_to", "ending_date")
    found.append(ends(fields, days, starts, stops))
    key, written = fields.first("temporal")
    if key:
        found += take_periods(report, days, subject, said(written))[0]
        fields.took(key, "temporal")
    unique = [period for number, period in enumerate(found) if period and period not in found[:number]]
    return unique[0] if len(unique) == 1 else unique


def ends(fields: Fields, days: DayOrder, starts: tuple[str, ...], stops: tuple[str, ...]) -> dict[str, str]:
    def day(value: Any) -> str:
        return "" if said(value) == ".." else take_date(fields.report, days.read, fields.subject, bare_date(value))

    start = fields.take("temporal.start", *starts, read=day)
    end = fields.take("temporal.end", *stops, read=day)
    return {name: value for name, value in (("start", start), ("end", end)) if value}
