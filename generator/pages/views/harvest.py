"""What the template of the harvesters' page receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import View


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestFeed:
    """A feed: its absolute address, in which `{id}` stands for any, a link to it (or "") and how to check it."""

    title: str
    address: str
    url: str
    media_type: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A dataset that errors keep from the publication: its file, and what is wrong, said."""

    file: str
    problems: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestView(View):
    """The page for harvesters: every feed, how many datasets are on offer, and those that were left out."""

    feeds: Sequence[HarvestFeed]
    count: int
    left_out: Sequence[LeftOut]
    report: str
    """The same for programs."""
    apis: str
    """What the site offers to programs, as RFC 9727 has it."""
