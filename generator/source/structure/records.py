"""What a record of a content type says: its fields read by their ranges, and the rules that its type declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from generator import model
from generator.model.conditions import last_day, meets
from generator.model.content_types import TODAY, Calendar, ContentType, Field
from generator.model.diagnostics import Place, closest
from generator.model.pages import LASTING, first_day
from generator.source.ranges.context import Context
from generator.source.structure.objects import Shape, make_shape
from generator.source.structure.personal_data import find_personal
from generator.standards import Property, properties, vocabulary
from generator.text.slugs import slugify

PlaceOf = Callable[[str], Place]
"""Where a field of a record is written; where it is not, where the record is."""

DATES = ("date", "day", "month", "year")
TEXTS = ("text", "markdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow(Property):
    """A field as a row of the property table, for what reads, describes and writes properties."""

    declared: Field = field(default_factory=Field)

    @property
    def attribute(self) -> str:
        return self.name


def row_of(declared: ContentType, item: Field) -> FieldRow:
    return FieldRow(
        name=item.name,
        of=declared.id,
        range=str(vocabulary("field-ranges")[item.range].facts["reader"]),
        label=item.label,
        help=item.help,
        many=item.many,
        obligation={"portal": "mandatory"} if item.required else {},
        example=item.example or None,
        codes=item.labels,
        declared=item,
    )


class Mention(NamedTuple):
    """A record that names a dataset, a publisher or another record, and where it does."""

    field: Field
    value: str
    place: Place
    dates: tuple[tuple[str, str, Place], ...] = ()
    """The name, value and place of each date that has to lie between those of what is named."""


@dataclass(frozen=True)
class RecordReader:
    """How the records of a type are read and checked; what they name is kept in `mentions`, to be looked up later."""

    type: ContentType
    languages: tuple[str, ...]
    context: Context
    mentions: list[Mention]

    @cached_property
    def rows(self) -> Mapping[str, FieldRow]:
        return {item.name: row_of(self.type, item) for item in self.type.fields}

    @cached_property
    def shape(self) -> Shape:
        """What the front matter of a page, or the map of a record in a register, may say."""
        of_pages = self.lasting if self.type.is_register else properties()["Page"]
        return make_shape("Page", {**of_pages, **self.rows})

    @cached_property
    def lasting(self) -> Mapping[str, Property]:
        """What any record may say of its address."""
        return {name: properties()["Page"][name] for name in LASTING}

    @cached_property
    def translation(self) -> Shape:
        """What a page's file in another language may say: what its first file says, it need not say again."""
        rows = {name: replace(row, obligation={}) for name, row in self.rows.items()}
        return make_shape("Page", {**properties()["Page"], **rows})

    def obliges(self, name: str) -> bool:
        """Whether no record can do without a field."""
        return name in self.rows and self.rows[name].declared.required

    def check(self, values: Mapping[str, Any], place_of: PlaceOf) -> None:
        """Whatever the type's rules find wrong with a record."""
        for item in self.type.fields:
            value, place = values.get(item.name), place_of(item.name)
            if value in (None, (), ""):
                if item.required_when and meets(item.required_when, values.get, self.context.day):
                    fields = ", ".join(item.required_when)
                    self.context.report(place, "missing-when", property=item.name, value=fields)
                continue
            if item.range in ("dataset", "publisher", "record"):
                dates = tuple(self.dates_inside(item, values, place_of))
                self.mentions.extend(Mention(item, name, place, dates) for name in (value if item.many else (value,)))
            for code, told in self.faults(item, value, values):
                self.context.report(place, code, property=item.name, **told)
            if item.every_language and (lacking := [code for code in self.languages if code not in value]):
                first = place_of(f"{item.name}.{lacking[0]}")
                self.context.report(first, "missing-language", property=item.name, value=", ".join(lacking))
            if self.type.is_register and not item.private:
                self.check_personal(item, value, place)

    def dates_inside(
        self, named: Field, values: Mapping[str, Any], place_of: PlaceOf
    ) -> Iterator[tuple[str, str, Place]]:
        """The dates of a record that lie between those of the record that a field names."""
        for item in self.type.fields:
            if item.inside == named.name and (value := values.get(item.name)):
                yield item.name, value, place_of(item.name)

    def faults(self, item: Field, value: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
        if item.after and (earlier := values.get(item.after)) and last_day(value) < first_day(earlier):
            yield "date-order", {"value": value, "first": earlier, "other": item.after}
        least, most = self.limit(item.minimum), self.limit(item.maximum)
        for one in value if item.many else (value,):
            if least and before(item, one, least):
                yield "out-of-bounds", {"value": one, "limit": least}
            if most and before(item, most, one):
                yield "out-of-bounds", {"value": one, "limit": most}
            words = one.values() if isinstance(one, Mapping) else (str(one),)
            if item.pattern and not all(re.fullmatch(item.pattern, word) for word in words):
                yield "pattern-mismatch", {"value": " ".join(words), "pattern": item.pattern}
            if item.under and (choice := next((c for c in item.choices if c.code == one), None)):
                parent = values.get(item.under)
                if parent and choice.under and choice.under != parent:
                    yield "choice-not-under", {"value": one, "first": parent, "other": item.under}

    def limit(self, written: str) -> str:
        """A bound as it is on the day of the build."""
        return self.context.day if written == TODAY else written

    def check_personal(self, item: Field, value: Any, place: Place) -> None:
        """What tells who somebody is has no place in a register."""
        if item.range not in (*TEXTS, "token"):
            return
        allowed = [allowance.value for allowance in self.type.allowed]
        words = value.values() if isinstance(value, Mapping) else value if item.many else (value,)
        for found in (found for word in words for found in find_personal(str(word), allowed)):
            self.context.report(place, "personal-data", value=found, property=item.name)

    def published(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What everybody may read."""
        hidden = {item.name for item in self.type.fields if item.private}
        return {name: value for name, value in values.items() if name not in hidden and name in self.rows}


def before(item: Field, one: Any, other: Any) -> bool:
    """Whether one number, or date, comes before another."""
    if item.range in DATES:
        return last_day(str(one)) < first_day(str(other))
    try:
        return float(one) < float(other)
    except (TypeError, ValueError):
        return False


def check_mentions(
    mentions: list[Mention],
    datasets: Mapping[str, model.Dataset],
    publishers: Mapping[str, model.Agent],
    records: Mapping[str, Mapping[str, model.Page]],
    types: Mapping[str, ContentType],
    context: Context,
) -> None:
    """What records name is there, and lasts as long as they say. `records` has them by type and id."""
    known = {"dataset": datasets.keys(), "publisher": publishers.keys()}
    codes = {"dataset": "unknown-dataset", "publisher": "unknown-publisher", "record": "unknown-record"}
    for item, value, place, dates in mentions:
        there = known[item.range] if item.range in known else records.get(item.type, {}).keys()
        if value in there:
            if dates and (when := types[item.type].calendar):
                check_inside(records[item.type][value], when, dates, context)
        else:
            meant = closest(value, there) if len(there) < 20_000 else ""
            context.report(place, codes[item.range], value=value, suggestion=meant, path=slugify(value))


def check_inside(
    parent: model.Page, when: Calendar, dates: tuple[tuple[str, str, Place], ...], context: Context
) -> None:
    """Dates that lie between the start and the end of the record that they belong to."""
    start, end = parent[when.start], parent[when.end or when.start]
    for name, value, place in dates:
        if start and end and not first_day(start) <= first_day(value) <= last_day(value) <= last_day(end):
            context.report(place, "outside-dates", property=name, value=value, first=parent.id, start=start, end=end)
