"""A table as columns of texts, wherever it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from generator.previews.columns import cut, is_plain, profile_column, recognize
from generator.previews.limits import COLUMNS, LABEL, SHOWN_COLUMNS, SHOWN_ROWS
from generator.previews.profile import Column, Problem, Table


@dataclass(kw_only=True)
class Frame:
    """
    A table as columns of texts. `names` are of the first columns, `column_count` of all.

    `kinds`, `values` and `plain` come with `recognize_all`: numbers, where a column is of a kind that has a range.
    `header` are the whole names of what any program takes as it is.
    """

    names: list[str]
    columns: list[pl.Series]
    column_count: int
    row_count: int
    exact: bool = True
    typed: bool = False
    separator: str = ","
    sheet: str = ""
    sheets: int = 0
    problems: list[Problem] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    values: list[pl.Series | None] = field(default_factory=list)
    header: tuple[str, ...] = ()
    plain: list[bool] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def recognize_all(self) -> None:
        for place, (name, column) in enumerate(zip(self.names, self.columns, strict=True)):
            kind, text, values = recognize(name, column, self.separator)
            self.columns[place] = text
            self.kinds.append(kind)
            self.values.append(values)
            self.plain.append(bool(self.header) and is_plain(kind, column))


def name_columns(names: Sequence[str]) -> list[str]:
    return [cut(name, LABEL) for name in names[:COLUMNS]]


def describe(frame: Frame) -> Table:
    """The table that a page shows."""
    columns = [
        profile_column(*column)
        for column in zip(frame.names, frame.kinds, frame.columns, frame.values, frame.plain, strict=True)
    ]
    heads = [column.head(SHOWN_ROWS).to_list() for column in frame.columns[:SHOWN_COLUMNS]]
    return Table(
        columns=tuple[Column, ...](columns),
        rows=tuple(tuple("" if cell is None else cut(cell) for cell in row) for row in zip(*heads, strict=True)),
        column_count=frame.column_count,
        row_count=frame.row_count,
        exact=frame.exact,
        read=frame.read,
        typed=frame.typed,
        sheet=cut(frame.sheet, LABEL),
        sheets=frame.sheets,
        header=frame.header,
    )
