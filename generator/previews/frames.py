"""A table as columns of texts, wherever it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from generator.previews.column_names import fold_name
from generator.previews.columns import profile_column
from generator.previews.kinds import Recognized, blank_to_null, declare, is_plain, recognize
from generator.previews.labels import one_line
from generator.previews.limits import (
    CELL,
    COLUMNS,
    LABEL,
    LONG_CELL,
    NAME,
    SHOWN_COLUMNS,
    SHOWN_ROWS,
    WHOLE,
    WHOLE_TEXT,
)
from generator.previews.numbers import decimal_of
from generator.previews.profile import ColumnProfile, Dialect, Problem, Table
from generator.previews.scales import CANONICAL, NUMERIC, text_of

TWINS = 5
"""Names that are listed when several columns bear them."""


@dataclass(kw_only=True)
class Frame:
    """
    A table as columns of texts. `names` are of the first columns, `column_count` of all.

    `lines` are those on which the rows start, where the file has lines. `is_usual` tells that any program takes the
    file as it is. `found` comes with `recognize_all`.
    """

    names: list[str]
    columns: list[pl.Series]
    column_count: int
    row_count: int
    exact: bool = True
    typed: bool = False
    separator: str = ""
    encoding: str = "utf-8"
    skipped: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    is_usual: bool = False
    lines: Sequence[int] = ()
    problems: list[Problem] = field(default_factory=list)
    decimal: str = "."
    found: list[Recognized] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def kinds(self) -> list[str]:
        return [column.kind for column in self.found]

    def places(self, name: str) -> list[int]:
        """Where the columns of a name stand, however its accents, spaces and lines were written."""
        wanted = fold_name(name)
        return [place for place, other in enumerate(self.names) if fold_name(other) == wanted]

    def recognize_all(self, declared: Mapping[str, str]) -> None:
        """Learn each column's kind, as the publisher declares it where its cells can be so."""
        stripped = [blank_to_null(column) for column in self.columns]
        self.decimal = "." if self.typed else decimal_of(stripped, self.separator)
        types = {fold_name(name): kind for name, kind in declared.items()}
        for name, column in zip(self.names, stripped, strict=True):
            found = recognize(name, column, self.decimal)
            wanted = types.get(fold_name(name), "")
            if wanted and found.kind != "empty" and len(self.places(name)) == 1:
                found = self.declared(name, wanted, column) or found
            self.found.append(found)
        usual = self.is_usual and len({*self.names}) == len(self.names) and "" not in self.names
        self.plain = [usual and is_plain(f.kind, c) for f, c in zip(self.found, self.columns, strict=True)]

    def declared(self, name: str, wanted: str, column: pl.Series) -> Recognized | None:
        """A column as it is declared; None, and a problem, where a cell can't be so."""
        found, wrong = declare(wanted, column, self.decimal)
        if found is None:
            place = column.index_of(wrong) or 0
            line = self.lines[place] if self.lines else place + 2 + self.skipped
            values = {"column": name, "type": wanted, "cell": one_line(wrong), "line": str(line)}
            self.problems.append(Problem(code="column-type-differs", key="columns", values=values))
        return found


def twins(names: Sequence[str], told: Collection[str] = ()) -> Iterator[Problem]:
    """One problem of all the names that several columns bear, those aside that are told elsewhere."""
    counts = Counter(fold_name(name) for name in names if name)
    several = [name for name, count in counts.items() if count > 1 and name not in told]
    if several:
        listed = "`, `".join(one_line(name) for name in several[:TWINS])
        yield Problem(code="data-file-twins", values={"names": f"`{listed}`{' …' if len(several) > TWINS else ''}"})


def name_columns(names: Sequence[str]) -> list[str]:
    return [one_line(name, NAME) for name in names[:COLUMNS]]


def describe(frame: Frame, size: int, places: Collection[int] = ()) -> Table:
    """
    The table that a page shows of a file of so many octets: all of it, or its first rows.

    `places` are the columns that hold coordinates.
    """
    columns = [
        profile_column(name, found, plain, place in places)
        for place, (name, found, plain) in enumerate(zip(frame.names, frame.found, frame.plain, strict=True))
    ]
    whole = is_whole(frame, size)
    shown = [
        canonical_cells(column, found, frame.read if whole else SHOWN_ROWS)
        for column, found in zip(frame.columns, frame.found, strict=True)
    ]
    length = LONG_CELL if whole else CELL
    rows = zip(*(shown if whole else shown[:SHOWN_COLUMNS]), strict=True)
    usual = frame.is_usual and len({*frame.names} - {""}) == len(frame.names) == frame.column_count
    return Table(
        columns=tuple[ColumnProfile, ...](columns),
        rows=tuple(tuple("" if cell is None else one_line(cell, length) for cell in row) for row in rows),
        column_count=frame.column_count,
        row_count=frame.row_count,
        exact=frame.exact,
        read=frame.read,
        whole=whole,
        typed=frame.typed,
        sheet=one_line(frame.sheet, LABEL),
        sheets=tuple(one_line(name, LABEL) for name in frame.sheets),
        path=tuple(one_line(key, LABEL) for key in frame.path),
        header=tuple(frame.names) if usual else (),
        dialect=Dialect(
            separator=frame.separator or ",",
            encoding=frame.encoding,
            decimal=frame.decimal or ".",
            skipped=frame.skipped,
        ),
    )


def canonical_cells(column: pl.Series, found: Recognized, count: int) -> list[str | None]:
    """The first cells of a column as they are; those that are numbers as programs write them."""
    cells: list[str | None] = column.head(count).to_list()
    if found.kind not in NUMERIC or found.values is None:
        return cells
    values = found.values.head(count).to_list()
    return [
        cell if value is None or (cell and CANONICAL.fullmatch(cell)) else text_of(found.kind, value)
        for cell, value in zip(cells, values, strict=True)
    ]


def is_whole(frame: Frame, size: int) -> bool:
    """Whether a page shows all of a table."""
    if not frame.exact or frame.read < frame.row_count or len(frame.columns) < frame.column_count or size > WHOLE:
        return False
    return sum(int(column.str.len_chars().sum() or 0) for column in frame.columns) <= WHOLE_TEXT
