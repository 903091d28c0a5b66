"""What the templates of Markdown pages and of content types receive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import Pagination, Related, View
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCard:
    """
    A page of a content type in a list. `label` is its category or kind, `by` who made it, `picture` a link or "".

    `waits` says, where drafts are shown, that the page is not published yet.
    """

    title: Words
    url: str
    excerpt: Words
    date: str = ""
    label: Words
    by: Words
    picture: str = ""
    waits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentListView(View):
    """The pages of a content type, on pages of a list. `kind` is its folder; `body` is safe HTML above the list."""

    kind: str
    body: str
    body_language: str
    cards: Sequence[ContentCard]
    pagination: Pagination


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView(View):
    """A page of a content type, with the fields that its front matter gives."""

    kind: str
    card: ContentCard
    body: str
    body_language: str
    translated: bool
    site_url: str
    datasets: Sequence[Related]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """A Markdown page. `translated` is false when the body is in another language than the page."""

    body: str
    body_language: str
    translated: bool
