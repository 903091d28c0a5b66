"""A column's profile: what is missing, how many values differ, from where to where, how they are spread."""

from __future__ import annotations

import math
from dataclasses import replace

import polars as pl

from generator.previews.kinds import Recognized, even_digits, fraction_digits
from generator.previews.labels import one_line
from generator.previews.limits import BINS, LABEL, STEPS, TOP
from generator.previews.moments import zone_in
from generator.previews.profile import ColumnProfile
from generator.previews.scales import text_of


def profile_column(name: str, found: Recognized, plain: bool, is_place: bool) -> ColumnProfile:
    """The profile of a column; one of coordinates has a range, but how they are spread is for a map to say."""
    there = found.texts.drop_nulls()
    distinct = there.n_unique() if len(there) else 0
    missing = len(found.texts) - len(there)
    made = ColumnProfile(name=name, kind=found.kind, plain=plain, missing=missing, distinct=distinct)
    values = found.values.drop_nulls() if found.values is not None else pl.Series("", [])
    if len(values):
        zone = zone_in(there) if found.kind == "datetime" else ""
        low, high = (text_of(found.kind, edge(value), zone) for value in (values.min(), values.max()))
        bins, step = ((), 0.0) if is_place else histogram(found.kind, values, fraction_digits(there))
        digits = even_digits(there) if found.kind == "number" else -1
        return replace(made, low=low, high=high, digits=digits, bins=bins, step=step)
    if not distinct or distinct == len(there) > TOP:
        return made
    counts = there.value_counts(name="count").sort(["count", there.name], descending=[True, False]).head(TOP)
    return replace(made, top=tuple((one_line(value, LABEL), count) for value, count in counts.rows()))


def edge(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def histogram(kind: str, values: pl.Series, digits: int) -> tuple[tuple[int, ...], float]:
    """
    Counts in equal steps, and how wide a step is; none when all values are the same.

    Values that go by whole numbers, or by so many digits behind the point, are counted in steps of whole units: else
    one step would take two of them and the next one, a gap that the data do not have.
    """
    low, high = edge(values.min()), edge(values.max())
    if low == high:
        return (), 0.0
    unit = 10.0**-digits if kind == "number" else 1.0
    units = round((high - low) / unit) + 1
    if kind == "datetime" or units > 10_000_000:
        step, count = (high - low) / BINS, BINS
    else:
        each = 1 if units <= STEPS else math.ceil(units / BINS)
        step, count = each * unit, math.ceil(units / each)
    # Half a unit of room: 0.3 divided by 0.1 is a little less than 3.
    shift = unit / 2 if step >= unit else 0.0
    places = ((values - low + shift) / step).floor().clip(0, count - 1)
    counts = dict(places.cast(pl.Int64).value_counts().rows())
    return tuple(counts.get(place, 0) for place in range(count)), step
