"""How often datasets were used, as `usage.csv` counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Uses(NamedTuple):
    """Views of a dataset's pages, and downloads of its files."""

    views: int = 0
    downloads: int = 0

    def plus(self, other: Uses) -> Uses:
        return Uses(self.views + other.views, self.downloads + other.downloads)

    @property
    def total(self) -> int:
        return self.views + self.downloads


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A dataset's uses by month (`2026-11`), and those of which no month is known."""

    months: Mapping[str, Uses] = field(default_factory=dict)
    undated: int = 0

    @property
    def total(self) -> int:
        return self.undated + self.dated.total

    @property
    def dated(self) -> Uses:
        """Those whose month is known, together."""
        views = sum(uses.views for uses in self.months.values())
        return Uses(views, sum(uses.downloads for uses in self.months.values()))
