"""What the template of the page of what is not there receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.pages.views.frame import View
from generator.site.links import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    """The page of an address that leads nowhere, in every language of the portal."""

    languages: Sequence[NotFoundWords] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundWords:
    language: str
    title: str
    message: str
    home: Link
