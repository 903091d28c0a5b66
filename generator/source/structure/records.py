"""What a record of a content type says: its fields read by their ranges, and the rules that its type declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from generator import model
from generator.model.conditions import last_day, meets
from generator.model.content_types import ContentType, Field
from generator.model.diagnostics import Place, closest
from generator.model.pages import first_day
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
        of_pages = {} if self.type.is_register else properties()["Page"]
        return make_shape("Page", {**of_pages, **self.rows})

    @cached_property
    def translation(self) -> Shape:
        """What a page's file in another language may say: what its first file says, it need not say again."""
        rows = {name: replace(row, obligation={}) for name, row in self.rows.items()}
        return make_shape("Page", {**properties()["Page"], **rows})

    def check(self, values: Mapping[str, Any], place_of: PlaceOf) -> None:
        """Whatever the type's rules find wrong with a record."""
        for item in self.type.fields:
            value, place = values.get(item.name), place_of(item.name)
            if value in (None, (), ""):
                if item.required_when and meets(item.required_when, values.get):
                    fields = ", ".join(item.required_when)
                    self.context.report(place, "missing-when", property=item.name, value=fields)
                continue
            if item.range in ("dataset", "publisher", "record"):
                self.mentions.extend(Mention(item, name, place) for name in (value if item.many else (value,)))
            for code, told in self.faults(item, value, values):
                self.context.report(place, code, property=item.name, **told)
            if self.type.is_register and not item.private:
                self.check_personal(item, value, place)

    def faults(self, item: Field, value: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
        if item.every_language and (lacking := [code for code in self.languages if code not in value]):
            yield "missing-language", {"value": ", ".join(lacking)}
        if item.after and (earlier := values.get(item.after)) and last_day(value) < first_day(earlier):
            yield "date-order", {"value": value, "first": earlier, "other": item.after}
        for one in value if item.many else (value,):
            if item.minimum and before(item, one, item.minimum):
                yield "out-of-bounds", {"value": one, "limit": item.minimum}
            if item.maximum and before(item, item.maximum, one):
                yield "out-of-bounds", {"value": one, "limit": item.maximum}
            words = one.values() if isinstance(one, Mapping) else (str(one),)
            if item.pattern and not all(re.fullmatch(item.pattern, word) for word in words):
                yield "pattern-mismatch", {"value": " ".join(words), "pattern": item.pattern}
            if item.under and (choice := next((c for c in item.choices if c.code == one), None)):
                parent = values.get(item.under)
                if parent and choice.under and choice.under != parent:
                    yield "choice-not-under", {"value": one, "first": parent, "other": item.under}

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
    records: Mapping[str, set[str]],
    context: Context,
) -> None:
    """What records name is there. `records` has the ids by type."""
    known = {"dataset": datasets.keys(), "publisher": publishers.keys()}
    codes = {"dataset": "unknown-dataset", "publisher": "unknown-publisher", "record": "unknown-record"}
    for item, value, place in mentions:
        there = known.get(item.range) or records.get(item.type, set())
        if value not in there:
            meant = closest(value, there) if len(there) < 20_000 else ""
            context.report(place, codes[item.range], value=value, suggestion=meant, path=slugify(value))
