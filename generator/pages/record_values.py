"""What a record says, in words and links for readers."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.model import Field, Page
from generator.pages.renderer import render_text
from generator.pages.views.content import Mark
from generator.pages.views.frame import Elapsed, Fact, Prose
from generator.site.addresses import link
from generator.site.links import Link, publisher_link
from generator.site.memory import remembered
from generator.site.records import (
    STATE,
    Series,
    Share,
    counted_since,
    phases_of,
    record_named,
    record_path,
    rules_of,
    type_of,
    value_of,
)
from generator.site.selections import Selection, label_of, label_of_field, path_key
from generator.site.site import Site
from generator.standards import vocabulary
from generator.text.speech import Words

Values = Sequence[Words | Link | Prose]


def anchor_of(page: Page) -> str:
    """What tells a record apart on a page that shows it among others."""
    return f"{page.type}-{page.id}"


def present(site: Site, page: Page, name: str, language: str) -> Values:
    """A field's values; nothing where the record says nothing."""
    value = value_of(site, page, name)
    if value in (None, "", (), {}):
        return ()
    if isinstance(value, Series):
        return series_words(site, page, name, value, language)
    field = field_of(site, page, name)
    items = value if isinstance(value, tuple) and not isinstance(value, Share) else (value,)
    found = [present_one(site, page, field, name, item, language) for item in items]
    return [item for item in found if item]


def field_of(site: Site, page: Page, name: str) -> Field | None:
    """The field that says how a value is read: for what is found in the latest of other records, theirs."""
    own = type_of(site, page)
    rule = next((rule for rule in own.computed if rule.name == name and rule.range == "latest"), None)
    return site.catalog.types[rule.of].by_name.get(rule.value) if rule else own.by_name.get(name)


def present_one(
    site: Site, page: Page, field: Field | None, name: str, value: Any, language: str
) -> Words | Link | Prose | None:
    speech = site.speech(language)
    range_ = field.range if field else range_of(site, page, name)
    if name == STATE:
        return speech.choose(label_of(site, Selection(page.type, STATE, path_key(value))))
    if field and range_ == "choice":
        return speech.choose(field.labels.get(value, {})) or Words(value, "")
    if range_ in ("dataset", "publisher", "record"):
        return reference(site, field, value, language) if field else None
    if range_ == "markdown":
        html, said = render_text(site, value, language, page.folder, level=3, part=name)
        return Prose(html=html, language=said)
    if isinstance(value, Mapping):
        return speech.choose(value)
    if range_ == "url":
        return Link(title=Words(value, ""), url=value)
    if range_ == "email":
        return Link(title=Words(value, ""), url=f"mailto:{value}")
    if range_ in ("file", "picture"):
        return Link(title=Words(value, ""), url=file_beside(page, value))
    said = Words(say_plain(site, field, range_, value, language), language)
    since = counted_since(site, page, name)
    return Elapsed(said, said.language, since, speech.date(site.day)) if since else said


def say_plain(site: Site, field: Field | None, range_: str, value: Any, language: str) -> str:
    """A number, a date, a truth or what was computed, as the language says it."""
    speech = site.speech(language)
    if isinstance(value, bool):
        return speech.label(vocabulary("truths")[str(value).lower()].title)
    if range_ in ("date", "day", "month", "deadline"):
        return with_zone(speech.moment(value), value) if range_ == "date" else speech.date(value)
    if isinstance(value, Share):
        return speech.say("site.records.share", done=value.done, total=value.total)
    if range_ in ("days", "overrun"):
        return speech.say("site.records.days", count=value)
    if range_ in ("integer", "number", "money"):
        unit = speech.choose(field.unit) if field else ""
        number = speech.decimal(str(value))
        if range_ == "money" and Decimal(value) % 1 and not Decimal(value) * 10 % 1:
            number += "0"  # an amount has hundredths or none
        return f"{number}\u00a0{unit}" if unit else number
    return str(value)


def with_zone(said: str, moment: str) -> str:
    """
    A moment in words with how far its clock is from universal time, where that is written.

    >>> with_zone("16 décembre 2026, 19:00", "2026-12-16T19:00-05:00"), with_zone("2026", "2026")
    ('16 décembre 2026, 19:00 (UTC−5)', '2026')
    >>> with_zone("10:00", "2026-12-16T10:00Z"), with_zone("10:00", "2026-12-16T10:00:30+0530")
    ('10:00 (UTC)', '10:00 (UTC+5:30)')
    """
    found = re.search(r"T.*?(?:(Z)|([+-])(\d\d):?(\d\d))$", moment)
    if not found:
        return said
    _, sign, hours, minutes = found.groups()
    offset = f"{sign.replace('-', '−')}{int(hours)}{f':{minutes}' if int(minutes) else ''}" if sign else ""
    return f"{said} (UTC{offset if offset.strip('+−0') else ''})"


def series_words(site: Site, page: Page, name: str, series: Series, language: str) -> Values:
    """The last number of a series, what was aimed at then, and which way it goes."""
    last, say = series.last, site.speech(language).say
    if last is None:
        return ()
    by = {"value": with_unit(site, page, name, last.value, language), "by": last.by}
    found = [say("site.records.series.last", **by)]
    if last.target is not None:
        found.append(say("site.records.series.target", value=with_unit(site, page, name, last.target, language)))
    if series.trend:
        found.append(say(f"site.records.trend.{series.trend}"))
    return [Words(words, language) for words in found]


def with_unit(site: Site, page: Page, name: str, value: float | None, language: str) -> str:
    """A number of a series in its unit."""
    speech, rule = site.speech(language), rules_of(site, page.type)[name]
    if value is None:
        return "–"
    field = site.catalog.types[rule.of].by_name.get(rule.value)
    unit = speech.choose((page[rule.unit] if rule.unit else field.unit if field else None) or {})
    return f"{speech.number(value)}\u00a0{unit}" if unit else speech.number(value)


def range_of(site: Site, page: Page, name: str) -> str:
    """The range of what no field declares: what is computed, and what every page says."""
    rules = {rule.name: rule for rule in type_of(site, page).computed}
    if rule := rules.get(name):
        below = site.catalog.types.get(rule.of)
        field = below.by_name.get(rule.value) if below and rule.range == "latest" else None
        return field.range if field else rule.range
    return "date" if name == "date" else "text"


@remembered
def reference_link(site: Site, kind: str, id: str, language: str) -> Link | None:
    choose = site.speech(language).choose
    if kind == "dataset" and id in site.catalog.datasets:
        return Link(title=choose(site.catalog.datasets[id].title), url=site.addresses.link(f"dataset/{id}/", language))
    if kind == "publisher" and id in site.catalog.publishers:
        return publisher_link(site, id, language)
    if record := record_named(site, kind, id):
        return Link(title=choose(record.title), url=site.addresses.link(record_path(site, record), language))
    return None


def reference(site: Site, field: Field, id: str, language: str) -> Link | None:
    """A link to the dataset, publisher or record that a field names; None for one that is not published."""
    return reference_link(site, field.type or field.range, id, language)


def file_beside(page: Page, name: str) -> str:
    """A link to a file in the folder of a record."""
    return link(posixpath.join(posixpath.dirname(page.origin.path).removeprefix("content/"), name))


def fact(site: Site, page: Page, name: str, language: str) -> Fact | None:
    values = present(site, page, name, language)
    label = site.speech(language).label(label_of_field(site, page.type, name))
    return Fact(label=label, values=values) if values else None


def mark_of(site: Site, page: Page, language: str) -> Mark | None:
    """The state of a record, with those that follow it as days pass: a script shows the reader's day's."""
    phases = phases_of(site, page)
    if not phases:
        return None
    speech = site.speech(language)
    said = []
    for phase in phases:
        label = speech.choose(phase.state.label)
        if phase.until and phase.state.until:
            label = Words(speech.choose(phase.state.until).replace("{date}", speech.date(phase.until)), language)
        said.append((phase, label))
    now = [item for item in said if item[0].since <= site.day] or said[:1]
    phase, label = now[-1]
    later = (
        [[item.since, item.state.tone, words, item.until[:10] if item.state.until else ""] for item, words in said]
        if len(said) > 1
        else []
    )
    return Mark(
        code=phase.state.code,
        label=label,
        tone=phase.state.tone,
        phases=json.dumps(later, ensure_ascii=False) if later else "",
    )
