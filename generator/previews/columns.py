"""A column of texts to its kind and profile. Whatever a table came from, its cells are texts by now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl

from generator.previews.limits import BINS, CELL, LABEL, STEPS, TOP
from generator.previews.profile import Column
from generator.previews.scales import text_of
from generator.text.slugs import slugify

SPACE = "[ \u00a0\u202f]"
DIGITS = rf"(?:\d+|\d{{1,3}}(?:{SPACE}\d{{3}})+)"
WHOLE = rf"^[+-]?{DIGITS}$"
POINT = rf"^[+-]?(?:{DIGITS}\.?\d*|\.\d+)(?:[eE][+-]?\d{{1,3}})?$"
COMMA = rf"^[+-]?{DIGITS}(?:,\d+)?$"
THOUSANDS = r"^[+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?$"
LEADING_ZERO = r"^[+-]?0\d"

MONTH = r"^\d{4}-(?:0[1-9]|1[0-2])$"
DATES = (
    (r"^\d{4}-\d\d-\d\d$", "%Y-%m-%d"),
    (r"^\d{4}/\d\d/\d\d$", "%Y/%m/%d"),
)
SLASHED = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$"
MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$"
TIME = r"^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$"

PLAIN = {
    "integer": r"^[+-]?\d+$",
    "number": r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$",
    "boolean": r"^(?i:true|false)$",
    "date": r"^\d{4}-\d\d-\d\d$",
    "datetime": MOMENT,
    "time": r"^\d\d:\d\d:\d\d$",
    "code": r"^\d+$",
    "year": r"^\d+$",
}
"""How programs write values of a kind, without regard to anybody's habits."""

WORDS = ({"oui", "non"}, {"yes", "no"}, {"vrai", "faux"}, {"true", "false"}, {"o", "n"}, {"y", "n"})
ABSENT = ("NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "ND", "n.d.", "#N/A", "-", "..", "…")

CODE_NAME = re.compile(
    r"(?:^|-)(?:id|uid|code|no|num|numero|number|matricule|lot|telephone|phone)$|^(?:id|code|numero)-"
)
YEAR_NAME = re.compile(r"(?:^|-)(?:an|annee|annees|year|yr|exercice|millesime|aasta)(?:-|$)")

Converter = Callable[[pl.Series], pl.Series]


def recognize(name: str, column: pl.Series, separator: str = ",") -> tuple[str, pl.Series, pl.Series | None]:
    """
    The kind of a column, its texts with a null where nothing is said, and its values as numbers where it has a range.

    Signs for a missing value are missing in a column that is otherwise of another kind than text.
    """
    column = column.str.strip_chars()
    column = without(column, column == "")
    there = column.drop_nulls().unique()
    if not len(there):
        return "empty", column, None
    kind, convert = kind_of(name, there, separator)
    if kind == "string":
        rest = there.filter(~there.is_in(ABSENT))
        if 0 < len(rest) < len(there):
            kind, convert = kind_of(name, rest, separator)
            if kind != "string":
                column = without(column, column.is_in(ABSENT))
    return kind, column, convert(column) if convert else None


def is_plain(kind: str, column: pl.Series) -> bool:
    """Whether all cells of a column, as the file has them, are as programs write values of its kind."""
    pattern = PLAIN.get(kind)
    return pattern is not None and bool(column.filter(column.str.strip_chars() != "").str.contains(pattern).all())


def without(column: pl.Series, mask: pl.Series) -> pl.Series:
    """A column with nothing where the mask holds."""
    return column.zip_with(~mask.fill_null(False), pl.Series("", [None], dtype=column.dtype))


def kind_of(name: str, there: pl.Series, separator: str) -> tuple[str, Converter | None]:
    """What all the values are, and how they become numbers."""

    def all_match(pattern: str) -> bool:
        return bool(there.str.contains(pattern).all())

    slug = slugify(name)
    if all_match(WHOLE):
        if there.str.contains(LEADING_ZERO).any() or CODE_NAME.search(slug):
            return "code", None
        values = to_number(there)
        if YEAR_NAME.search(slug) and within(values, 1000, 2999):
            return "year", to_number
        if all_match(r"^\d{8}$") and "date" in slug and is_whole(compact_dates(there)):
            return "date", compact_dates
        return ("integer", to_number) if is_finite(values) else ("string", None)
    others = ((THOUSANDS, from_thousands), (COMMA, from_comma))
    for pattern, convert in ((POINT, to_number), *(others if separator == "," else others[::-1])):
        if all_match(pattern):
            values = convert(there)
            if not is_finite(values):
                return "string", None
            return "integer" if pattern is THOUSANDS and (values == values.round()).all() else "number", convert
    if len(there) <= 2 and any(set(there.str.to_lowercase()) <= words for words in WORDS):
        return "boolean", None
    if all_match(MONTH):
        return ("yearmonth", months) if is_whole(months(there)) else ("string", None)
    for pattern, style in DATES:
        if all_match(pattern):
            return ("date", dates(style)) if is_whole(dates(style)(there)) else ("string", None)
    if all_match(SLASHED):
        return slashed(there)
    if all_match(MOMENT):
        return ("datetime", moments) if is_whole(moments(there)) else ("string", None)
    return ("time" if all_match(TIME) else "string"), None


def is_whole(values: pl.Series) -> bool:
    return not values.has_nulls()


def is_finite(values: pl.Series) -> bool:
    return is_whole(values) and bool(values.is_finite().all()) and bool((values.abs() < 1e300).all())


def within(values: pl.Series, low: float, high: float) -> bool:
    return is_whole(values) and bool(values.is_between(low, high).all())


def to_number(column: pl.Series) -> pl.Series:
    return column.str.replace_all(SPACE, "").cast(pl.Float64, strict=False)


def from_comma(column: pl.Series) -> pl.Series:
    return to_number(column.str.replace(",", ".", literal=True))


def from_thousands(column: pl.Series) -> pl.Series:
    return to_number(column.str.replace_all(",", "", literal=True))


def days(column: pl.Series, style: str) -> pl.Series:
    found = column.str.to_date(style, strict=False)
    return without(found, ~found.is_between(date(1, 1, 1), date(9999, 12, 31))).cast(pl.Int32).cast(pl.Float64)


def dates(style: str) -> Converter:
    return lambda column: days(column, style)


def compact_dates(column: pl.Series) -> pl.Series:
    return days(column, "%Y%m%d")


def months(column: pl.Series) -> pl.Series:
    """Months since the year 0, all of one length."""
    found = column.str.split("-").list
    years, months = (found.get(place, null_on_oob=True).cast(pl.Float64) for place in (0, 1))
    return years * 12 + months - 1


def moments(column: pl.Series) -> pl.Series:
    """Seconds since 1970, as the clock on the wall has them: the zone is left aside."""
    bare = column.str.slice(0, 16).str.replace("T", " ", literal=True)
    found = bare.str.to_datetime("%Y-%m-%d %H:%M", strict=False)
    return without(found, found.dt.year() < 1).dt.epoch("s").cast(pl.Float64)


def slashed(there: pl.Series) -> tuple[str, Converter | None]:
    """Dates whose day and month could be either are left as texts."""

    def convert(style: str) -> Converter:
        return lambda column: days(column.str.replace_all("[.-]", "/"), style)

    styles = [style for style in ("%d/%m/%Y", "%m/%d/%Y") if is_whole(convert(style)(there))]
    return ("date", convert(styles[0])) if len(styles) == 1 else ("string", None)


def cut(text: str, length: int = CELL) -> str:
    """
    A text on one line, no longer than the length.

    >>> cut("a \\n b"), cut("abcdef", 4)
    ('a b', 'abc…')
    """
    line = " ".join(text[: 8 * length].split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def profile_column(name: str, kind: str, column: pl.Series, values: pl.Series | None, plain: bool) -> Column:
    there = column.drop_nulls()
    distinct = there.n_unique() if len(there) else 0
    made = Column(name=name, kind=kind, plain=plain, missing=len(column) - len(there), distinct=distinct)
    if values is not None and len(measured := values.drop_nulls()):
        low, high = as_float(measured.min()), as_float(measured.max())
        bins = histogram(measured, low, high, kind != "number")
        return replace(made, low=text_of(kind, low), high=text_of(kind, high), bins=bins)
    if not distinct or distinct == len(there) > TOP:
        return made
    counts = there.value_counts(name="count").sort(["count", column.name], descending=[True, False]).head(TOP)
    return replace(made, top=tuple((cut(value, LABEL), count) for value, count in counts.rows()))


def as_float(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def histogram(values: pl.Series, low: float, high: float, whole: bool) -> tuple[int, ...]:
    """Counts in equal steps; none when all values are the same."""
    if low == high:
        return ()
    bins = BINS
    if whole and high - low < STEPS:
        bins = int(high - low) + 1
        places = (values - low).floor()
    else:
        places = ((values - low) / (high - low) * bins).floor().clip(0, bins - 1)
    counts = dict(places.cast(pl.Int32).value_counts().rows())
    return tuple(counts.get(place, 0) for place in range(bins))
