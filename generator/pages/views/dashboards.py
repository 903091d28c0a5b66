"""What the templates of dashboards receive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import View
from generator.pages.views.home import Figure
from generator.previews.views import ChartView
from generator.site.links import Link
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardLine:
    """A dashboard in the list of them, and what one finds there."""

    link: Link
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardsView(View):
    """The list of a portal's dashboards."""

    dashboards: Sequence[DashboardLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """A table of figures: the first cell of a row says what they are of. A cell is a link or words."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Link | Words | str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of a dashboard: a chart, a table, or both. `hint` says how it is to be read."""

    id: str
    title: str
    hint: str = ""
    chart: ChartView | None = None
    table: FigureTable | None = None
    wide: bool = False
    """Whether it takes the whole width, as a table does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A publisher's badge: its address in full, what it says, and the lines that show it on another site."""

    url: str
    alt: str
    lines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardView(View):
    """A dashboard: what it amounts to in figures, then its parts. `downloads` are the same figures for programs."""

    figures: Sequence[Figure]
    panels: Sequence[Panel]
    downloads: Sequence[Link] = ()
    badge: Badge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityView:
    """A dataset's points: what they amount to, those of each dimension, what to mend with the points that it gains."""

    summary: str
    dimensions: FigureTable
    missing: Sequence[tuple[str, str, str]]
    """What to do, the key that says it (or ""), the gain in words."""
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """How a dataset was used, month by month: an SVG path in a drawing of a size, and the same in words."""

    width: int
    height: int
    path: str
    said: str
    period: str
