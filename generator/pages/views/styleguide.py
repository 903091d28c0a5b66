"""What the template of the style guide receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import Fact, Pagination, View
from generator.site.links import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour of the theme: its custom property without dashes, and its value in each scheme."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A colour on another: two custom properties and their contrast in each scheme, said; `least` is what it takes."""

    ink: str
    ground: str
    light: str
    dark: str
    least: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleguideView(View):
    """
    The style guide, which shows the theme's colours and components.

    The rest is an example of each thing that macros take.
    """

    swatches: Sequence[Swatch]
    readings: Sequence[Reading]
    links: Sequence[Link]
    chips: Sequence[Link]
    facts: Sequence[Fact]
    cards: Sequence[str]
    pagination: Pagination
    prose: str
    """Safe HTML from Markdown, with each of its elements."""
