"""
`calendar.ics` beside each list of what has dates, `event.ics` beside each of its records (RFC 5545).

DTSTAMP is the record's own date: two builds give the same bytes. A moment without an offset floats, as the standard
calls what is said in the time of wherever one is; one with an offset is written in universal time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from generator.feeds.plain_text import paragraphs
from generator.model import Calendar, Page
from generator.model.conditions import last_day
from generator.model.digest import digest
from generator.model.pages import first_day
from generator.site.record_signatures import record_signature, title_of
from generator.site.records import record_named, record_path, records_of, type_of, value_of
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.markdown import excerpt, one_line

OCTETS = 75
"""RFC 5545, 3.1: the longest line, without its break."""


def plan(site: Site) -> Iterator[Task]:
    for kind, declared in site.catalog.types.items():
        pages = dated(site, kind)
        if declared.calendar is None or not pages:
            continue
        made = digest(site.digest, "calendar", declared, [(record_signature(site, page), page) for page in pages])
        for language in site.languages:
            whole = site.addresses.path(f"{declared.path}calendar.ics", language)
            yield Task(whole, render_calendar, (language, kind), f"{made}{language}")
            for page in () if declared.within else pages:
                file = site.addresses.path(f"{page.address}event.ics", language)
                own = digest(site.digest, "event", declared, record_signature(site, page), page)
                yield Task(file, render_event, (language, kind, page.id), f"{own}{language}")


def dated(site: Site, kind: str) -> Sequence[Page]:
    """The records that have a beginning."""
    when = site.catalog.types[kind].calendar
    return [page for page in records_of(site, kind) if when and page[when.start]]


def render_calendar(site: Site, language: str, kind: str) -> bytes:
    return write_calendar(site, language, dated(site, kind))


def render_event(site: Site, language: str, kind: str, id: str) -> bytes:
    page = record_named(site, kind, id)
    return write_calendar(site, language, [page] if page else [])


def write_calendar(site: Site, language: str, pages: Sequence[Page]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vitrine//Vitrine//EN"]
    for page in pages:
        lines += write_event(site, language, page)
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def write_event(site: Site, language: str, page: Page) -> Iterator[str]:
    declared, choose = type_of(site, page), site.speech(language).choose
    when = declared.calendar
    assert when is not None
    said = choose(value_of(site, page, "description") or page.body or {})
    yield "BEGIN:VEVENT"
    yield f"UID:{escape(site.addresses.absolute(record_path(site, page)))}"
    yield f"DTSTAMP:{stamp(page, when)}"
    yield from write_times(str(page[when.start]), str(page[when.end] or "") if when.end else "")
    yield f"SUMMARY:{escape(choose(page.title))}"
    if said:
        yield f"DESCRIPTION:{escape(one_line(excerpt(paragraphs(said))))}"
    if place := place_of(site, page, when, language):
        yield f"LOCATION:{escape(place)}"
    yield f"URL:{site.addresses.absolute(record_path(site, page), language)}"
    if when.cancelled and page[when.cancelled]:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def place_of(site: Site, page: Page, when: Calendar, language: str) -> str:
    value = page[when.place] if when.place else None
    field = type_of(site, page).by_name.get(when.place)
    if field and field.type and value:
        value = title_of(site, field, str(value))
    return str(site.speech(language).choose(value) if isinstance(value, dict) else value or "")


def stamp(page: Page, when: Calendar) -> str:
    """When the record was written, as far as it says."""
    day = first_day(page.date) if page.date else first_day(str(page[when.start]))
    return f"{day.replace('-', '')}T000000Z"


def write_times(start: str, end: str) -> Iterator[str]:
    """Whole days where either end is one: the day after the last is the end, as the standard counts."""
    if len(start) > 10 and (len(end) > 10 or not end):
        yield f"DTSTART:{moment(start)}"
        if end and moment(end) > moment(start):
            yield f"DTEND:{moment(end)}"
        return
    last = max(last_day(end or start), first_day(start))
    yield f"DTSTART;VALUE=DATE:{first_day(start).replace('-', '')}"
    yield f"DTEND;VALUE=DATE:{date.fromisoformat(last) + timedelta(days=1):%Y%m%d}"


def moment(text: str) -> str:
    """
    >>> moment("2026-12-05T13:30"), moment("2026-12-05T13:30:00-05:00"), moment("2026-12-05T23:30:15Z")
    ('20261205T133000', '20261205T183000Z', '20261205T233015Z')
    """
    found = datetime.fromisoformat(text)
    return f"{found.astimezone(UTC):%Y%m%dT%H%M%SZ}" if found.tzinfo else f"{found:%Y%m%dT%H%M%S}"


def escape(text: str) -> str:
    r"""
    >>> escape("Salle 2, rez-de-chaussée ; apportez\nun portable")
    'Salle 2\\, rez-de-chaussée \\; apportez\\nun portable'
    """
    marked = re.sub(r"([\\;,])", r"\\\1", text).replace("\r\n", "\n").replace("\n", r"\n")
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]", "", marked)


def fold(line: str) -> str:
    r"""
    A line in pieces of at most 75 octets, none of which ends within a character.

    >>> [len(piece.encode()) for piece in fold("é" * 80).split("\r\n ")]
    [74, 74, 12]
    """
    pieces, size = [""], 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > OCTETS:
            pieces.append("")
            size = 1  # the space that begins what goes on
        pieces[-1] += sign
        size += wide
    return "\r\n ".join(pieces)
