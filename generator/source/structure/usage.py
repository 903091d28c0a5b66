"""`usage.csv`: how often each dataset was used, by month where the file tells months."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator import model
from generator.model.diagnostics import Place, closest
from generator.source.files import USAGE, Source
from generator.source.ranges.context import Context

COLUMNS = ("dataset", "month", "views", "downloads", "count")
"""What a heading may name; `count` is of uses of any sort."""

BY_LENGTH: Mapping[int, Sequence[str]] = {
    2: ("dataset", "count"),
    3: ("dataset", "month", "views"),
    4: ("dataset", "month", "views", "downloads"),
}
"""What the cells of a line are where no heading says."""

NUMBER = re.compile(r"[0-9]{1,15}")
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


class Cell(NamedTuple):
    """A text of a line, and the column at which it begins."""

    text: str
    column: int


def structure_usage(source: Source, datasets: Mapping[str, model.Dataset], context: Context) -> dict[str, model.Usage]:
    """A former id counts for today's; what was used and is gone is told, not counted."""
    names = {former: dataset.id for dataset in datasets.values() for former in dataset.formerly}
    names |= {key: key for key in datasets}
    months: dict[str, dict[str, model.Uses]] = defaultdict(dict)
    undated: dict[str, int] = defaultdict(int)
    for number, cells in read_lines(source.usage, context):
        name = cells["dataset"].text
        if name not in names:
            place = Place(USAGE, number, cells["dataset"].column)
            context.report(place, "unknown-used-dataset", value=name, suggestion=closest(name, names))
            continue
        views, downloads = (int(cells[key].text or 0) if key in cells else 0 for key in ("views", "downloads"))
        if month := cells["month"].text if "month" in cells else "":
            known = months[names[name]]
            known[month] = known.get(month, model.Uses()).plus(model.Uses(views, downloads))
        undated[names[name]] += (int(cells["count"].text or 0) if "count" in cells else 0) + (
            0 if month else views + downloads
        )
    return {
        key: model.Usage(months=dict(sorted(months[key].items())), undated=undated[key])
        for key in sorted({*months, *undated})
    }


def read_lines(written: Sequence[str], context: Context) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The lines that can be counted, by number, their cells by column; the others are told."""
    heading: Sequence[str] = ()
    first = True
    for number, line in enumerate(written, start=1):
        cells = cells_of(line)
        if not line.strip():
            continue
        if first and not any(NUMBER.fullmatch(cell.text) for cell in cells[1:]):
            first, heading = False, [cell.text.lower() for cell in cells]
            if "dataset" not in heading or len(cells) < 2:
                heading = ()
            elif unknown := next((cell for cell in cells if cell.text.lower() not in COLUMNS), None):
                context.report(Place(USAGE, number, unknown.column), "bad-usage-line", value=unknown.text)
            continue
        first = False
        named = dict(zip(heading or BY_LENGTH.get(len(cells), ()), cells, strict=False))
        wrong = wrong_cell(named, cells, len(heading))
        if wrong is not None:
            whole = len(named) < 2 or len(cells) == 1
            value = line.strip() if whole else wrong.text
            context.report(Place(USAGE, number, 1 if whole else wrong.column), "bad-usage-line", value=value)
        else:
            yield number, named


def cells_of(line: str) -> list[Cell]:
    """
    >>> cells_of('arbres, 2026-11,12')
    [Cell(text='arbres', column=1), Cell(text='2026-11', column=9), Cell(text='12', column=17)]
    """
    found, start = [], 0
    for part in next(csv.reader([line]), []) if '"' in line else line.split(","):
        at = line.find(part, start)
        found.append(Cell(part.strip(), at + len(part) - len(part.lstrip()) + 1))
        start = at + len(part) + 1
    return found


def wrong_cell(named: Mapping[str, Cell], cells: Sequence[Cell], expected: int) -> Cell | None:
    """The first cell that can't be what its column is; the line's first where there are too few or too many."""
    if len(named) < 2 or "dataset" not in named or (expected and len(cells) != expected):
        return cells[0]
    for name, cell in named.items():
        pattern = MONTH if name == "month" else NUMBER if name in ("views", "downloads", "count") else None
        if pattern and cell.text and not pattern.fullmatch(cell.text):
            return cell
    counted = [cell for name, cell in named.items() if name in ("views", "downloads", "count")]
    return None if any(cell.text for cell in counted) else (counted or list(cells))[0]
