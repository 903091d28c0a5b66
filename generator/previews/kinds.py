"""What kind of values a column of texts holds. Whatever a table came from, its cells are texts by now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

import polars as pl

from generator.previews.column_names import names_identifier, names_year
from generator.previews.moments import compact_dates, days_of, is_zoned, moments, months, slashed_days, slashed_moments
from generator.previews.numbers import (
    from_comma,
    is_finite,
    number_kind,
    to_number,
)
from generator.standards import read_rows

LEADING_ZERO = r"^[+-]?0\d"
MONTH = r"^\d{4}-(?:0[1-9]|1[0-2])$"
DATES = (r"^\d{4}-\d\d-\d\d$", r"^\d{4}/\d\d/\d\d$")
COMPACT = r"^(?:1[6-9]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$"
SLASHED = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}$"
SLASHED_MOMENT = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[T ]\d{1,2}:\d\d(?::\d\d)?$"
MOMENT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?$"
TIME = r"^(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?$"
CLOCK_LENGTH = r"\d{1,5}:[0-5]\d:[0-5]\d(?:[.,]\d+)?"
ISO_LENGTH = r"P(?:\d+[YMWD])+(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?|PT(?:\d+(?:[.,]\d+)?[HMS])+"
DURATION = rf"^-?(?:{CLOCK_LENGTH}|{ISO_LENGTH})$"

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

WORDS = ({"oui", "non"}, {"yes", "no"}, {"vrai", "faux"}, {"true", "false"}, {"y", "n"})
"""Yes and no. O and N are not among them: they are north and west as well."""

ALONE = {"oui", "non", "yes", "vrai", "faux", "true", "false"}
"""Words that say yes or no even where the other is not met: NO is Norway, too."""

MOST_DIGITS = 6
"""Digits behind the sign of a fraction that anybody reads."""

SAME_LENGTH = 9
"""Whole numbers of so many digits, all of one length, tell things apart: nothing that is counted is so even."""

Converter = Callable[[pl.Series], pl.Series]
Kind = tuple[str, Converter | None]


@dataclass(frozen=True, slots=True)
class Recognized:
    """A column's kind, its texts with a null where nothing is said, and its values where it has a range."""

    kind: str
    texts: pl.Series
    values: pl.Series | None = None


@cache
def missing_marks() -> frozenset[str]:
    return frozenset(mark.casefold() for row in read_rows("missing-marks") for mark in row["marks"])


def recognize(name: str, column: pl.Series, decimal: str = "") -> Recognized:
    """
    The kind of all the values of a column. Signs for a missing value are missing where the others are no texts.

    `decimal` is the sign before fractions in the file, where that is known.
    """
    column = blank_to_null(column)
    there = column.drop_nulls().unique(maintain_order=True)
    if not len(there):
        return Recognized("empty", column)
    kind, convert = kind_of(name, there, decimal)
    if kind == "string":
        marked = is_missing(there)
        rest = there.filter(~marked)
        if 0 < len(rest) < len(there):
            kind, convert = kind_of(name, rest, decimal)
            if kind != "string":
                column = without(column, is_missing(column))
    return Recognized(kind, column, convert(column) if convert else None)


def blank_to_null(column: pl.Series) -> pl.Series:
    column = column.str.strip_chars()
    return without(column, column == "")


def is_missing(column: pl.Series) -> pl.Series:
    return column.str.to_lowercase().is_in(missing_marks())


def is_plain(kind: str, column: pl.Series) -> bool:
    """Whether all cells of a column, as the file has them, are as programs write values of its kind."""
    pattern = PLAIN.get(kind)
    return pattern is not None and bool(column.filter(column.str.strip_chars() != "").str.contains(pattern).all())


def without(column: pl.Series, mask: pl.Series) -> pl.Series:
    """A column with nothing where the mask holds."""
    return column.zip_with(~mask.fill_null(False), pl.Series("", [None], dtype=column.dtype))


def all_match(there: pl.Series, pattern: str) -> bool:
    return bool(there.str.contains(pattern).all())


def kind_of(name: str, there: pl.Series, decimal: str) -> Kind:
    """What all the values are, and how they become numbers."""
    found = number_kind(there, decimal)
    if found and found[0] == "integer" and found[1] is to_number:
        return whole_kind(name, there)
    return found or date_kind(there) or word_kind(there)


def whole_kind(name: str, there: pl.Series) -> Kind:
    """What whole numbers are: years, days, codes, or numbers."""
    values = to_number(there)
    if there.str.contains(LEADING_ZERO).any() or not is_finite(values) or values.dtype != pl.Int64:
        return "code", None
    if (
        all_match(there, COMPACT)
        and ("date" in name.casefold() or len(there) > 2)
        and is_complete(compact_dates(there))
    ):
        return "date", compact_dates
    if looks_like_years(name, values):
        return "year", to_number
    lengths = there.str.len_chars()
    even = len(there) > 1 and lengths.min() == lengths.max() and all_match(there, rf"^\d{{{SAME_LENGTH},}}$")
    return ("code", None) if even or names_identifier(name) else ("integer", to_number)


def looks_like_years(name: str, values: pl.Series) -> bool:
    """Years by the name of their column, or, under any heading, by standing close together in our times."""
    low, high, count = int(values.min()), int(values.max()), values.n_unique()  # type: ignore[arg-type]
    if names_year(name):
        return low >= 1000 and high <= 2999
    return low >= 1900 and high <= 2100 and count > 2 and 2 * count > high - low and not names_identifier(name)


def date_kind(there: pl.Series) -> Kind | None:
    if all_match(there, MONTH):
        return "yearmonth", months
    for pattern in DATES:
        if all_match(there, pattern):
            return ("date", days_of) if is_complete(days_of(there)) else ("string", None)
    for pattern, kind, convert in ((SLASHED, "date", slashed_days), (SLASHED_MOMENT, "datetime", slashed_moments)):
        if all_match(there, pattern):
            possible = [read for read in (convert(True), convert(False)) if is_complete(read(there))]
            return (kind, possible[0]) if len(possible) == 1 else ("string", None)
    if all_match(there, MOMENT) and is_complete(moments(there)):
        return "datetime", moments if is_zoned(there) is not None else None
    if all_match(there, TIME):
        return "time", None
    return ("duration", None) if all_match(there, DURATION) else None


def word_kind(there: pl.Series) -> Kind:
    words = set(there.str.to_lowercase()) if len(there) <= 4 else set()
    known = any(words == pair for pair in WORDS) or (len(words) == 1 and words <= ALONE)
    return ("boolean" if known else "string"), None


def is_complete(values: pl.Series) -> bool:
    return not values.has_nulls()


# ------------------------------------------------------------------- as the publisher says

ACCEPTED = {
    "date": (*DATES, COMPACT, SLASHED),
    "datetime": (MOMENT, SLASHED_MOMENT, *DATES),
    "time": (TIME,),
    "duration": (DURATION, TIME),
    "year": (r"^\d{4}$",),
    "yearmonth": (MONTH,),
    "boolean": (r"^(?i:oui|non|yes|no|vrai|faux|true|false|y|n|o|0|1|t|f|v)$",),
}
"""What may stand in a column that the publisher declares to be of a kind; numbers are tried as numbers."""

CONVERTERS: dict[str, tuple[Converter, ...]] = {
    "date": (days_of, compact_dates, slashed_days(True), slashed_days(False)),
    "datetime": (moments, slashed_moments(True), slashed_moments(False)),
    "year": (to_number,),
    "yearmonth": (months,),
}
"""How values of a declared kind are read, the first that reads them all; days stand before months."""


def declare(declared: str, column: pl.Series, decimal: str) -> tuple[Recognized | None, str]:
    """A column as its publisher declares it; or a value of it that can't be so."""
    column = blank_to_null(column)
    if declared not in ACCEPTED and declared not in ("integer", "number"):
        return Recognized("string" if declared == "any" else declared, column), ""
    column = without(column, is_missing(column))
    there = column.drop_nulls().unique(maintain_order=True)
    if not len(there):
        return Recognized("empty", column), ""
    if declared in ("integer", "number"):
        return declared_number(declared, column, there, decimal)
    fits = there.str.contains("|".join(f"(?:{pattern})" for pattern in ACCEPTED[declared]))
    if not fits.all():
        return None, str(there.filter(~fits)[0])
    for convert in CONVERTERS.get(declared, ()):
        if is_complete(convert(there)):
            mixed = declared == "datetime" and convert is moments and is_zoned(there) is None
            return Recognized(declared, column, None if mixed else convert(column)), ""
    if declared not in CONVERTERS:
        return Recognized(declared, column), ""
    read = [convert(there).is_not_null() for convert in CONVERTERS[declared]]
    unread = there.filter(~reduce(or_, read))
    return None, str((unread if len(unread) else there)[0])


def declared_number(declared: str, column: pl.Series, there: pl.Series, decimal: str) -> tuple[Recognized | None, str]:
    found = number_kind(there, decimal) or number_kind(there, ",") or number_kind(there, ".")
    if found and found[0] in (declared, "integer") and found[1]:
        values = found[1](column)
        return Recognized(declared, column, values), ""
    wrong = there.filter(to_number(there).is_null() & from_comma(there).is_null())
    fractions = there.filter(~there.str.contains(r"^[+-]?\d+$"))
    return None, str((wrong if len(wrong) else fractions if len(fractions) else there)[0])


def even_digits(texts: pl.Series) -> int:
    """
    How many digits all fractions have behind their sign; -1 where they differ, or are more than can be read.

    >>> even_digits(pl.Series(["3.50", "12,25", "7"])), even_digits(pl.Series(["3.5", "3.25"]))
    (2, -1)
    """
    lengths = texts.str.extract(r"[.,](\d+)$").drop_nulls().str.len_chars().unique().to_list()
    return lengths[0] if len(lengths) == 1 and lengths[0] <= MOST_DIGITS else -1


def fraction_digits(texts: pl.Series, most: int = MOST_DIGITS) -> int:
    """How many digits stand behind the decimal sign at most."""
    found = [len(text) for text in texts.str.extract(r"[.,](\d+)$").drop_nulls().unique().to_list()]
    return min(max(found, default=0), most)
