"""What the template of the page that explains following receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.views.frame import View
from generator.site.links import Link
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowGroup:
    """The feeds of one sort of list; `more` is how many the page does not name."""

    title: Words
    links: Sequence[Link]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowView(View):
    """How to follow the portal: the outline of all feeds, one of them in full, and what else there is to follow."""

    outline: str
    example: str
    calendars: bool
    """Whether anything of the portal's has a calendar file."""
    groups: Sequence[FollowGroup]
