"""What the records of content types say: their fields, what is computed of them, their states, and who names them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from generator.model import Computed, ContentType, Field, Page, State
from generator.model.conditions import TIMES, last_day, meets
from generator.model.pages import first_day
from generator.site.memory import remembered
from generator.site.site import Site
from generator.text.slugs import slugify
from generator.text.speech import choose

STATE = "state"
"""What a record is in, where a field may be named."""

REFERENCES = ("dataset", "publisher", "record")
DATES = ("date", "day", "month", "year")


def type_of(site: Site, page: Page) -> ContentType:
    return site.catalog.types[page.type]


@remembered
def records_of(site: Site, kind: str) -> Sequence[Page]:
    """The records of a content type, in its order."""
    declared = site.catalog.types[kind]
    found = [*in_file_order(site, kind)]
    for name in reversed(declared.sort or ("-date", "title")):
        key = partial(sort_key, site, name.removeprefix("-"))
        found.sort(key=key, reverse=name.startswith("-"))
    return found


@remembered
def rank_of(site: Site, kind: str) -> Mapping[str, int]:
    """Path of each record of a type to its place in the type's order."""
    return {page.path: place for place, page in enumerate(records_of(site, kind))}


@remembered
def record_named(site: Site, kind: str, id: str) -> Page | None:
    """A record of a type by its id."""
    return records_by_id(site, kind).get(id)


@remembered
def records_by_id(site: Site, kind: str) -> Mapping[str, Page]:
    if kind not in site.catalog.types:
        return {}
    return {page.id: page for page in (*withdrawn_records(site, kind), *records_of(site, kind))}


def sort_key(site: Site, name: str, page: Page) -> tuple[bool, Any]:
    """What a record is ordered by: those that say nothing come last where the greatest is first."""
    value = value_of(site, page, name)
    declared = type_of(site, page)
    field = declared.by_name.get(name)
    if name == STATE:
        codes = [state.code for state in declared.states]
        return True, codes.index(value) if value in codes else len(codes)
    if value in (None, (), "", {}):
        return False, 0
    if field and field.range == "choice" and not field.many:
        return True, [choice.code for choice in field.choices].index(value)
    if isinstance(value, Mapping):
        return True, slugify(choose(value, site.languages))
    if field and field.range in ("integer", "number", "money"):
        return True, float(value)
    return True, value if isinstance(value, str | int | float) else str(value)


# ------------------------------------------------------------------- fields


def value_of(site: Site, page: Page, name: str) -> Any:
    """What a record says under a name: a field's value, what is computed, or the code of its state."""
    if name == STATE:
        state = state_of(site, page)
        return state.code if state else None
    if page.type and (rule := rules_of(site, page.type).get(name)):
        return COMPUTED[rule.range](site, page, rule)
    return page[name]


@remembered
def rules_of(site: Site, kind: str) -> Mapping[str, Computed]:
    return {rule.name: rule for rule in site.catalog.types[kind].computed}


class Share(NamedTuple):
    """How many of some records are in states that count, of how many."""

    done: int
    total: int

    def __str__(self) -> str:
        return "complete" if self.total and self.done == self.total else "partial"


class Point(NamedTuple):
    """A number along a series, and what was aimed at."""

    by: str
    value: float | None
    target: float | None


class Series(NamedTuple):
    """Numbers in order; `better` is `higher`, `lower`, or nothing where neither is."""

    points: tuple[Point, ...]
    better: str

    @property
    def last(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def trend(self) -> str:
        """Whether the last number is `better` or `worse` than the one before it, the `same`, or nothing is known."""
        known = [point.value for point in self.points if point.value is not None][-2:]
        if len(known) < 2 or known[0] == known[1] or not self.better:
            return "same" if len(known) == 2 and known[0] == known[1] else ""
        return "better" if (known[1] > known[0]) == (self.better != "lower") else "worse"

    def __str__(self) -> str:
        """Whether the last number has reached what was aimed at; unknown while the last one is missing."""
        last = self.points[-1]
        if last.value is None or last.target is None:
            return "unknown"
        reached = last.value <= last.target if self.better == "lower" else last.value >= last.target
        return "reached" if reached else "missed"


def days_between(site: Site, page: Page, rule: Computed) -> int | None:
    start, end = value_of(site, page, rule.start), value_of(site, page, rule.end) or site.day
    if not start or not end or len(start) < 10 or len(end) < 10:
        return None
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days


def counted_since(site: Site, page: Page, name: str) -> str:
    """The day since which a number of days is counted that grows every day; empty where both its days are known."""
    rule = rules_of(site, page.type).get(name)
    if rule is None or rule.range not in DAYS or not value_of(site, page, name):
        return ""
    return "" if value_of(site, page, rule.end) else str(value_of(site, page, rule.start))[:10]


def overrun(site: Site, page: Page, rule: Computed) -> int | None:
    """The days by which the end is past the start; nothing where it came in time."""
    return max(days_between(site, page, rule) or 0, 0) or None


def deadline(site: Site, page: Page, rule: Computed) -> str | None:
    start = value_of(site, page, rule.start)
    if not start or len(start) < 10:
        return None
    more = int(page[rule.more] or 0) if rule.more else 0
    return (date.fromisoformat(start[:10]) + timedelta(days=(rule.days or 0) + more)).isoformat()


def followers(site: Site, page: Page, rule: Computed) -> Sequence[Page]:
    """The records of the rule's type that name a record, in the order of the field `by`."""
    found = [item.page for item in named_by(site).get((page.type, page.id), ()) if item.page.type == rule.of]
    return sorted(found, key=partial(sort_key, site, rule.by)) if rule.by else found


def latest(site: Site, page: Page, rule: Computed) -> Any:
    found = followers(site, page, rule)
    return value_of(site, found[-1], rule.value) if found else None


def share(site: Site, page: Page, rule: Computed) -> Share | None:
    found = followers(site, page, rule)
    return Share(sum(value_of(site, item, STATE) in rule.states for item in found), len(found)) if found else None


def series(site: Site, page: Page, rule: Computed) -> Series | None:
    def number(item: Page, name: str) -> float | None:
        value = item[name] if name else None
        return None if value in (None, "") else float(value)

    points = (
        Point(str(item[rule.by]), number(item, rule.value), number(item, rule.target))
        for item in followers(site, page, rule)
    )
    found = tuple(points)
    return Series(found, str(page[rule.better] or "higher") if rule.better else "") if found else None


DAYS = ("days", "overrun")
"""The computed ranges that count days."""

COMPUTED: Mapping[str, Callable[[Site, Page, Computed], Any]] = {
    "days": days_between,
    "deadline": deadline,
    "overrun": overrun,
    "latest": latest,
    "share": share,
    "series": series,
}
"""How each of `computed-ranges.yaml` is found."""


# ------------------------------------------------------------------- states


def state_of(site: Site, page: Page) -> State | None:
    """The state that a record is in on the site's day; None where its type has none, or none holds."""
    return state_on(site, page, site.day)


def state_on(site: Site, page: Page, day: str) -> State | None:
    def find(name: str) -> Any:
        value = value_of(site, page, name)
        return str(value) if isinstance(value, Share | Series) else value

    return next((state for state in type_of(site, page).states if meets(state.when, find, day)), None)


class Phase(NamedTuple):
    """A state from a day on; `until` is the date, as it is written, at which it ends (or "")."""

    since: str
    state: State
    until: str


def phases_of(site: Site, page: Page) -> Sequence[Phase]:
    """The states that a record goes through as days pass, from the site's day on; one where dates decide nothing."""
    turns = sorted(turning_days(site, page))
    found: list[Phase] = []
    for since, _ in [("", ""), *turns]:
        day = since or min(filter(None, [site.day, *(turn for turn, _ in turns)]), default="")
        state = state_on(site, page, before(day) if not since and turns else day)
        if state and (not found or found[-1].state != state):
            found.append(Phase(since, state, ""))
    for place, phase in enumerate(found[:-1]):
        ends = found[place + 1].since
        found[place] = phase._replace(until=next(value for turn, value in turns if turn == ends))
    return found


def before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def turning_days(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    """The days on which the answer to a condition of a state changes, each with the date that decides."""
    for state in type_of(site, page).states:
        for name, words in state.when.items():
            value = value_of(site, page, name) if set(words) & set(TIMES) else None
            if value and "past" in words:
                yield (date.fromisoformat(last_day(value)) + timedelta(days=1)).isoformat(), value
            if value and "future" in words:
                yield first_day(value), value


# ------------------------------------------------------------------- who names whom


class Mention(NamedTuple):
    """A record that names something, and the field in which it does."""

    field: Field
    page: Page


@remembered
def named_by(site: Site) -> Mapping[tuple[str, str], Sequence[Mention]]:
    """
    What is named, by its kind (`dataset`, `publisher`, or the type of a record) and id, to the records that do, as they
    were read.
    """
    found: dict[tuple[str, str], list[Mention]] = {}
    for kind, declared in site.catalog.types.items():
        fields = [item for item in declared.published if item.range in REFERENCES]
        if not fields:
            continue
        for page in in_file_order(site, kind):
            for item in fields:
                for id in dict.fromkeys(names_in(item, page)):
                    found.setdefault((item.type or item.range, id), []).append(Mention(item, page))
    return found


def in_file_order(site: Site, kind: str) -> Sequence[Page]:
    """A type's records as they were read: their own order may depend on who names them."""
    return [page for page in site.catalog.pages if page.type == kind and page.withdrawn is None]


@remembered
def withdrawn_records(site: Site, kind: str) -> Sequence[Page]:
    """The records of a type that were withdrawn: in no list, they keep their addresses."""
    return [page for page in site.catalog.pages if page.type == kind and page.withdrawn is not None]


@remembered
def withdrawn_within(site: Site) -> Mapping[str, Sequence[Page]]:
    """The path of a record to the withdrawn ones that had their places on its page."""
    found: dict[str, list[Page]] = {}
    for kind, declared in site.catalog.types.items():
        for page in withdrawn_records(site, kind) if declared.within else ():
            found.setdefault(record_path(site, page).partition("#")[0], []).append(page)
    return found


def names_in(field: Field, page: Page) -> tuple[str, ...]:
    """The ids that a record names in a field."""
    value = page[field.name]
    return value if isinstance(value, tuple) else (value,) if value else ()


def record_path(site: Site, page: Page) -> str:
    """The permanent address of a record: its page, or its place on the page of the record that it is within."""
    declared = type_of(site, page)
    if not declared.within:
        return page.address
    field = declared.by_name[declared.within]
    parent = record_named(site, field.type, str(page[declared.within]))
    return f"{record_path(site, parent)}#{page.type}-{page.id}" if parent else declared.path


def day_of(site: Site, page: Page) -> str:
    """The date of a record: its own, else that which its card shows."""
    shown = site.catalog.types[page.type].card.date
    return page.date or str((value_of(site, page, shown) if shown else "") or "")
