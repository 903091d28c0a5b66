"""What metadata are judged by: dimensions, their indicators and points, and what a number of points is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.standards import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One thing that metadata have or lack. quality.yaml's head says what each fact is."""

    code: str
    points: int
    title: Mapping[str, str]
    mend: Mapping[str, str]
    key: str = ""
    best: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Indicators that answer one question: can the data be found, had, read by programs, reused, understood?"""

    code: str
    title: Mapping[str, str]
    indicators: Sequence[Indicator]

    @property
    def points(self) -> int:
        return sum(indicator.points for indicator in self.indicators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What `least` points and more are called."""

    code: str
    least: int
    color: str
    title: Mapping[str, str]


@cache
def dimensions() -> Sequence[Dimension]:
    return tuple(
        Dimension(**{**row, "indicators": tuple(Indicator(**item) for item in row["indicators"])})
        for row in read_rows("quality")
    )


@cache
def indicators() -> Mapping[str, Indicator]:
    """Code to indicator, in the order of the dimensions."""
    return {item.code: item for dimension in dimensions() for item in dimension.indicators}


@cache
def all_points() -> int:
    """
    >>> all_points(), [dimension.points for dimension in dimensions()]
    (405, [100, 100, 110, 75, 20])
    """
    return sum(dimension.points for dimension in dimensions())


@cache
def ratings() -> Sequence[Rating]:
    """From the best to the worst."""
    return tuple(Rating(**row) for row in read_rows("quality-ratings"))


def rate(points: int, measured: int) -> Rating:
    """
    What so many points of those that were measured are called.

    >>> rate(351, 405).code, rate(350, 405).code, rate(282, 325).code, rate(0, 325).code
    ('excellent', 'good', 'excellent', 'bad')
    """
    return next(rating for rating in ratings() if points * all_points() >= rating.least * measured)
