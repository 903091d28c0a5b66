"""Columns that hold places: a longitude and a latitude in degrees, in two columns or in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.previews.column_names import coordinate_names, label_places, names_coordinate, point_names
from generator.previews.frames import Frame
from generator.previews.kinds import fraction_digits
from generator.previews.labels import one_line
from generator.previews.maps import Feature, position

PAIR = re.compile(r"[\[(]?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*[\])]?")

ENOUGH = 0.9
"""The share of the values that must be degrees."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Longitudes and latitudes of a table's rows."""

    xs: Sequence[float | None]
    ys: Sequence[float | None]

    @property
    def are_degrees(self) -> bool:
        both = [(x, y) for x, y in zip(self.xs, self.ys, strict=True) if x is not None and y is not None]
        there = sum(position([x, y]) is not None for x, y in both)
        return there > 0 and there >= ENOUGH * len(both)


def find_coordinates(frame: Frame) -> Coordinates | None:
    """The coordinates that a table holds in degrees; metres and shares of a picture are none."""
    for x, y, loose in coordinate_names(frame.names):
        values = [frame.found[place].values for place in (x, y) if frame.kinds[place] in ("integer", "number")]
        if len(values) < 2 or values[0] is None or values[1] is None:
            continue
        # X and Y may be anything; degrees that are measured have decimals.
        fine = all(fraction_digits(frame.found[place].texts.drop_nulls()) >= 3 for place in (x, y))
        made = Coordinates(values[0].to_list(), values[1].to_list())
        if made.are_degrees and (fine or not loose):
            return made
    for place, x_first in point_names(frame.names):
        pairs = [PAIR.fullmatch(text.strip()) if text else None for text in frame.found[place].texts.to_list()]
        numbers = [(float(pair[1]), float(pair[2])) if pair else (None, None) for pair in pairs]
        firsts, seconds = [first for first, _ in numbers], [second for _, second in numbers]
        made = Coordinates(firsts, seconds) if x_first else Coordinates(seconds, firsts)
        if made.are_degrees:
            return made
    return None


def is_place(frame: Frame, place: int) -> bool:
    """Whether a column holds a coordinate, whatever it is measured in."""
    pairs = coordinate_names(frame.names)
    return names_coordinate(frame.names[place]) or any(place in (x, y) for x, y, _ in pairs)


def point_features(frame: Frame, coordinates: Coordinates) -> Iterator[Feature | None]:
    """A point for each row, called by a column of names, else by the first of texts; None where there is no place."""
    texts = [place for place, kind in enumerate(frame.kinds) if kind in ("string", "code")]
    named = [place for place in label_places(frame.names) if place in texts]
    none: list[str | None] = [None] * frame.read
    labels = frame.found[(named or texts)[0]].texts.to_list() if texts else none
    for x, y, label in zip(coordinates.xs, coordinates.ys, labels, strict=True):
        there = None if x is None or y is None or not (x or y) else position([x, y])
        yield ("point", [[there]], one_line(label or "")) if there else None
