"""What a portal publishes beside its datasets: types of content as they are declared, their fields and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.origin import Written
from generator.text.languages import Text

Condition = Mapping[str, tuple[str, ...]]
"""Field to what it may hold for the condition to be met: values, or `given`, `absent`, `past`, `future`."""

TITLE = "title"

TODAY = "today"
"""A bound of dates that moves on: the day of the build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Written):
    """One of the codes that a field may hold; `under` is the code that it belongs below."""

    code: str = ""
    label: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Written):
    """
    What a record says of itself under one name.

    `choices` are the codes of a `choice`, its own or those of a shared list; `type` the one whose records a `record`
    names; `under` the field whose code its own code belongs below, `after` the date that its date does not precede,
    `inside` the field that names the record whose calendar its date lies in.
    """

    name: str = ""
    range: str = "text"
    label: Text = field(default_factory=dict)
    help: Text = field(default_factory=dict)
    example: str = ""
    many: bool = False
    required: bool = False
    required_when: Condition = field(default_factory=dict)
    every_language: bool = False
    choices: tuple[Choice, ...] = ()
    codes: str = ""
    under: str = ""
    type: str = ""
    inverse: Text = field(default_factory=dict)
    after: str = ""
    inside: str = ""
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""
    unit: Text = field(default_factory=dict)
    private: bool = False

    @property
    def labels(self) -> Mapping[str, Text]:
        """Code to label."""
        return {choice.code: choice.label for choice in self.choices if choice.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Written):
    """
    What follows from a record's fields, or from the records that name it (those of the type `of`).

    `days`, `overrun` and `deadline` are of the dates `start` and `end`, fields or what an earlier rule computes; `more`
    is the field of the days that lengthen a deadline; `latest` is the field `value` of the record with the
    greatest `by`; `share` how many of them are in `states`; `series` the numbers `value` and `target`
    along `by`, in the unit that the field `unit` says.
    """

    name: str = ""
    range: str = ""
    label: Text = field(default_factory=dict)
    start: str = ""
    end: str = ""
    days: int | None = None
    more: str = ""
    of: str = ""
    by: str = ""
    value: str = ""
    target: str = ""
    unit: str = ""
    better: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Written):
    """
    What a record may be in: the first whose condition holds. `until` says it with the {date} at which it ends.
    """

    code: str = ""
    label: Text = field(default_factory=dict)
    when: Condition = field(default_factory=dict)
    until: Text = field(default_factory=dict)
    tone: str = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Written):
    """Which fields a record shows in a list of cards; its page has a button to `url` in `url_states`, or in any."""

    summary: str = ""
    date: str = ""
    label: str = ""
    author: str = ""
    picture: str = ""
    url: str = ""
    url_states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Written):
    """A part of a record's page, in some states or in any: a field of several words, or the records that name it."""

    title: Text = field(default_factory=dict)
    field: str = ""
    records: str = ""
    layout: str = ""
    group: str = ""
    columns: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeListing(Written):
    """Which records the home page shows: the first ones, in some states or in any."""

    count: int | None = None
    states: tuple[str, ...] = ()
    title: Text = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Written):
    """Which fields say when and where something happens, and whether it was cancelled."""

    start: str = ""
    end: str = ""
    place: str = ""
    cancelled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance(Written):
    """What looks like a personal datum in a register and is none, and why."""

    value: str = ""
    reason: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentType(Written):
    """
    A type of content: pages in Markdown, or a register of rows.

    `id` names its folder in `content/`, `address` its pages' folder in the site; `title` is said of many records,
    `singular` of one. `heading` is the field that names a record of a register, `key` the fields that tell it apart.
    `search` is whether its records are found by the portal's search, and searched on their own list.
    """

    id: str = ""
    shape: str = "page"
    title: Text = field(default_factory=dict)
    singular: Text = field(default_factory=dict)
    description: Text = field(default_factory=dict)
    address: str = ""
    key: tuple[str, ...] = ()
    heading: str = TITLE
    fields: tuple[Field, ...] = ()
    computed: tuple[Computed, ...] = ()
    states: tuple[State, ...] = ()
    withheld: Condition = field(default_factory=dict)
    layout: str = ""
    card: Card = field(default_factory=Card)
    columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    within: str = ""
    home: HomeListing | None = None
    calendar: Calendar | None = None
    allowed: tuple[Allowance, ...] = ()
    search: bool = True

    @property
    def is_register(self) -> bool:
        return self.shape == "register"

    @property
    def path(self) -> str:
        """The folder of its pages in the site, with a slash at its end."""
        return f"{self.address or self.id}/"

    @property
    def published(self) -> Sequence[Field]:
        """The fields that everybody may read."""
        return [item for item in self.fields if not item.private]

    @property
    def by_name(self) -> Mapping[str, Field]:
        return {item.name: item for item in self.fields}
