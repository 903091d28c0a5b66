"""
What is known of a file's content, in no language: small frozen values that travel as JSON.

Numbers and dates are texts as Python and ISO 8601 write them; words are chosen when a page is rendered.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """
    A column's profile. `kind` is a code of the column types, `code` for numbers that name things, or `empty`.

    `bins` counts the values in steps as wide as `step`, from `low`; `top` are the values that are there most often.
    `plain` is whether the cells are written as programs write values of the kind: `1234.5`, `true`, `2026-03-09`.
    `digits` is how many all fractions have behind their sign, -1 where they differ.
    """

    name: str
    kind: str
    plain: bool = False
    digits: int = -1
    missing: int = 0
    distinct: int = 0
    low: str = ""
    high: str = ""
    bins: tuple[int, ...] = ()
    step: float = 0.0
    top: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """
    How a table of text is written: what parts its cells, its encoding, the sign before fractions, the lines above its
    header.
    """

    separator: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    The first rows of a table, their numbers as canonical texts, and its columns' profiles.

    `row_count` is of the whole file, estimated unless `exact`; `read` is how many of them the profiles are drawn from.
    `whole` is whether all rows and columns are among `rows`. `typed` is whether the file itself knows numbers from
    texts. `sheet` is the one that is shown, `sheets` the others that the file shows; `path` are the keys of a JSON file
    below which the rows are. `header` are the columns' whole
    names, if any program takes the text as it is: UTF-8, rows as long as the header, cells parted by commas (tabs in
    TSV). `dialect` is how a program is told to read it.
    """

    columns: tuple[ColumnProfile, ...]
    rows: tuple[tuple[str, ...], ...]
    column_count: int
    row_count: int
    exact: bool
    read: int
    whole: bool = False
    typed: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    dialect: Dialect = Dialect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a map shows: `kind` is point, line or polygon, `path` an SVG path in the map's units."""

    kind: str
    path: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """
    A map. `bbox` is what the window shows: west, south, east, north; `extent` is the box around all places, its east
    below its west where it crosses the antimeridian; `counts` are of all the file's features by kind.

    `shown` is how many of them are among the shapes, `skipped` how many have no place on earth.
    """

    bbox: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    counts: tuple[tuple[str, int], ...]
    shown: int
    skipped: int = 0
    extent: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """
    A key of a JSON file: the kinds its values have, how many there are, in how many of `among` objects it stands.

    `items` is the length of a list, of all of them when there are several; `more` counts children left out.
    """

    key: str
    kinds: tuple[str, ...]
    present: int = 1
    among: int = 1
    items: int = 0
    example: str = ""
    children: tuple[Branch, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """
    A chart's series: a value at each x, or none; `gaps` are the places at which the file has a row without one.

    `column` has its numbers, with so many `digits` as ColumnProfile has; `part` is the value that its rows share in the
    column that parts them, if one does.
    """

    column: str
    part: str = ""
    values: tuple[float | None, ...]
    gaps: tuple[int, ...] = ()
    digits: int = -1

    @property
    def name(self) -> str:
        return self.part or self.column


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartProfile:
    """
    A chart's points. `xs` are as canonical texts of kind `x_kind`; `added` tells that several rows share an x.
    `y` are the columns of its values, `parting` the one whose values part the rows into series, if one does.

    `left_out` names series that are more than a chart takes, `cut` counts such points.
    """

    kind: str
    x: str
    x_kind: str
    xs: tuple[str, ...]
    series: tuple[Series, ...]
    x_digits: int = -1
    y: tuple[str, ...] = ()
    parting: str = ""
    added: bool = False
    left_out: tuple[str, ...] = ()
    cut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that a page shows of one file."""

    table: Table | None = None
    map: Map | None = None
    tree: Branch | None = None
    chart: ChartProfile | None = None

    def __bool__(self) -> bool:
        return any((self.table, self.map, self.tree, self.chart))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a file: a diagnostic's code and values; `key` is the key of the distribution it is about."""

    code: str
    key: str = "file"
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What reading a file gave."""

    profile: Profile = field(default_factory=Profile)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A profile packed small, as thousands of them may wait for their pages."""

    data: bytes

    def open(self) -> Profile:
        return unpack(Profile, zlib.decompress(self.data))


Value = TypeVar("Value")


def pack(value: Any) -> bytes:
    return json.dumps(asdict(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
        errors="replace"  # a lone half of a surrogate pair, which JSON may hold
    )


def unpack(kind: type[Value], data: bytes) -> Value:
    """
    >>> unpack(Series, pack(Series(column="a", values=(1.5, None))))
    Series(column='a', part='', values=(1.5, None), gaps=(), digits=-1)
    """
    made: Value = revive(kind, json.loads(data))
    return made


@cache
def hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def revive(kind: Any, value: Any) -> Any:
    """A value of a type, from what JSON made of it."""
    if value is None:
        return None
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return kind(**{item.name: revive(hints(kind)[item.name], value[item.name]) for item in fields(kind)})
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return revive(next(part for part in parts if part is not type(None)), value)
    if origin is tuple:
        of: Sequence[Any] = [parts[0]] * len(value) if parts[-1] is ... else parts
        return tuple(revive(part, item) for part, item in zip(of, value, strict=True))
    return seen(value) if isinstance(value, str) else value


SIGNS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\x85"}


def seen(text: str) -> str:
    """
    A text of a data file without control characters, as some of them are signs of ours in the making of a page.

    >>> seen("a\\x02b\\nc")
    'a\ufffdb\\nc'
    """
    return text if text.isprintable() else text.translate(SIGNS)
