"""What the home page's templates receive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.pages.views.content import RecordSet
from generator.pages.views.frame import View
from generator.pages.views.lists import PublisherGroup
from generator.site.links import Link
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page. `hero` are the blocks beside the introduction, `rows` the others, side by side in each."""

    introduction: str
    introduction_language: str
    hero: Sequence[Block]
    rows: Sequence[Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of the home page; the template `blocks/<name>.html` shows its content. `title` is what it is called."""

    name: str
    title: str
    content: Any
    place: str = ""
    """`hero` beside the introduction, `short` beside its short neighbours, else in a row of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and what it counts, both said."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A dataset on one line, with a date or a note."""

    dataset: Link
    publisher: Link
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Popular:
    """The datasets that are used most, and the months in which they were, said (or "")."""

    lines: Sequence[Line]
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentBlock:
    """Records of a content type, and the page of all of them."""

    title: Words
    records: RecordSet
    all: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the portal commits to; `url` leads to all of it (or "")."""

    title: Words
    body: str
    body_language: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishersBlock:
    """The publishers on the home page; of too many, the largest, and `more` leads to the `total` of them."""

    groups: Sequence[PublisherGroup]
    more: str = ""
    total: int = 0
