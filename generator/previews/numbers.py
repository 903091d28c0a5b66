"""Numbers as people write them: thousands apart, commas or points before fractions, a true minus."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

SPACE = "[ \u00a0\u202f\u2009'\u2019]"
MINUS = "^[\u2212\u2013\u2012]"
SIGN = "[+-]?"
DIGITS = rf"(?:\d+|[1-9]\d{{0,2}}(?:{SPACE}\d{{3}})+)"
WHOLE = rf"^{SIGN}{DIGITS}$"
# `1E5` alone is a code as likely as a number; `1.0E5` and `1E+05` are numbers.
POINT = rf"^{SIGN}(?:(?:{DIGITS}\.?\d*|\.\d+)|(?:\d+\.\d*|\.\d+)[eE][+-]?\d{{1,3}}|\d+[eE][+-]\d{{1,3}})$"
COMMA = rf"^{SIGN}(?:{DIGITS}(?:,\d+)?|,\d+|\d+,\d+[eE][+-]?\d{{1,3}})$"
THOUSANDS = rf"^{SIGN}(?:\d+|[1-9]\d{{0,2}}(?:,\d{{3}})+)(?:\.\d+)?$"
POINTED_THOUSANDS = rf"^{SIGN}(?:\d+|[1-9]\d{{0,2}}(?:\.\d{{3}})+)(?:,\d+)?$"

Converter = Callable[[pl.Series], pl.Series]


def plain_minus(column: pl.Series) -> pl.Series:
    return column.str.replace(MINUS, "-")


def to_number(column: pl.Series) -> pl.Series:
    """Whole numbers as they are, as long as they all fit; else numbers with fractions."""
    texts = plain_minus(column).str.replace_all(SPACE, "").str.strip_prefix("+")
    whole = texts.cast(pl.Int64, strict=False)
    return whole if whole.null_count() == texts.null_count() else texts.cast(pl.Float64, strict=False)


def from_comma(column: pl.Series) -> pl.Series:
    return to_number(column.str.replace(",", ".", literal=True))


def from_thousands(column: pl.Series) -> pl.Series:
    return to_number(column.str.replace_all(",", "", literal=True))


def from_pointed_thousands(column: pl.Series) -> pl.Series:
    return from_comma(column.str.replace_all(".", "", literal=True))


def is_finite(values: pl.Series) -> bool:
    return (
        not values.has_nulls()
        and bool(values.is_finite().all())
        and bool((values.cast(pl.Float64).abs() < 1e300).all())
    )


def number_kind(there: pl.Series, decimal: str) -> tuple[str, Converter | None] | None:
    """
    Whether all values are numbers, and how they are read; without a way where a comma may mean two things.

    >>> columns = map(pl.Series, (["1", "2"], ["0,125"], ["1,250"], ["1E5"], ["\u22125,5"]))
    >>> [(number_kind(column, "") or ("no number",))[0] for column in columns]
    ['integer', 'number', 'string', 'no number', 'number']
    """
    there = plain_minus(there)

    def match(pattern: str) -> bool:
        return bool(there.str.contains(pattern).all())

    if match(WHOLE):
        return "integer", to_number
    if match(POINT):
        # Where commas stand before fractions, 1.234 may be a thousand and more.
        thousands = decimal == "," and match(POINTED_THOUSANDS)
        return ("string", None) if thousands else judge(there, to_number)
    comma, thousands = match(COMMA), match(THOUSANDS)
    if comma and thousands:
        if not decimal:
            return "string", None
        comma = decimal == ","
    if comma:
        return judge(there, from_comma)
    if thousands:
        return judge(there, from_thousands)
    return judge(there, from_pointed_thousands) if match(POINTED_THOUSANDS) else None


def judge(there: pl.Series, convert: Converter) -> tuple[str, Converter | None]:
    values = convert(there)
    if not is_finite(values):
        return "string", None
    return ("integer" if values.dtype == pl.Int64 else "number"), convert


def decimal_of(columns: Iterable[pl.Series], separator: str) -> str:
    """
    The sign that stands before fractions in a file, where its columns prove one; after semicolons it is the comma.

    >>> decimal_of([pl.Series(["0,5", "1,25"])], ","), decimal_of([pl.Series(["1.5"])], ","), decimal_of([], ";")
    (',', '.', ',')
    """
    proven = set()
    for column in columns:
        there = plain_minus(column.drop_nulls().unique())
        if not len(there):
            continue
        point, comma, thousands, pointed = (
            bool(there.str.contains(pattern).all()) for pattern in (POINT, COMMA, THOUSANDS, POINTED_THOUSANDS)
        )
        if (comma and not thousands) or (pointed and not (point or thousands)):
            proven.add(",")
        elif (thousands or point) and not comma and not pointed:
            proven.add(".")
    if len(proven) == 1:
        return proven.pop()
    return "," if not proven and separator == ";" else ""
