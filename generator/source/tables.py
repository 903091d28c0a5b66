"""Rows of CSV with the place of each cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SEPARATORS = (",", ";", "\t")
LONGEST = 100_000
"""Characters of a cell: fewer than the csv module's own limit, which other readers of a process may change."""

MOST_COLUMNS = 500
"""Cells of a row that are looked at."""


class Cell(NamedTuple):
    """What a cell holds, and the line and column at which it begins, from 1."""

    text: str
    line: int
    column: int


def find_separator(text: str) -> str:
    """
    The sign between the cells of a table, by its first line.

    >>> find_separator("a;b\\n1;2\\n"), find_separator("a\\n1\\n")
    (';', ',')
    """
    head = text.partition("\n")[0]
    return max(SEPARATORS, key=head.count)


def read_rows(text: str) -> Iterator[Sequence[Cell]]:
    """
    The rows of a table that are not empty. Raises csv.Error for a cell that is too long.

    >>> [[cell.text for cell in row] for row in read_rows('a,b\\n"1, 2",3\\n\\n')]
    [['a', 'b'], ['1, 2', '3']]
    >>> next(read_rows('"1, 2",3\\n'))[1]
    Cell(text='3', line=1, column=8)
    """
    separator = find_separator(text)
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    start = 0
    for row in reader:
        if any(len(text) > LONGEST for text in row):
            raise csv.Error(f"> {LONGEST}")
        if any(map(str.strip, row)):
            yield place_cells(row[:MOST_COLUMNS], lines[start : reader.line_num], start + 1, separator)
        start = reader.line_num


def place_cells(row: Sequence[str], lines: Sequence[str], line: int, separator: str) -> Sequence[Cell]:
    found, column = [], 1
    if len(lines) == 1 and '"' not in lines[0]:
        for text in row:
            found.append(Cell(text.strip(), line, column))
            column += len(text) + 1
        return found
    whole, position = "\n".join(lines), 0
    written = re.compile(rf'(?:"(?:[^"]|"")*"[^{separator}]*|[^{separator}]*)')
    for text in row:
        before = whole[:position]
        found.append(Cell(text.strip(), line + before.count("\n"), position - before.rfind("\n")))
        match = written.match(whole, position)
        position = (match.end() if match else len(whole)) + 1
    return found
