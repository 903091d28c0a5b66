"""`links.csv`: what addresses of others answered, one a line; read from lines, and written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from generator.model import Answer
from generator.source.guard import read_inside
from generator.standards.asking import row_of

ANSWERS = "links.csv"
COLUMNS = ("address", "status", "answered", "failing", "failed", "failures", "type", "bytes", "moved")
ADDRESS = re.compile(r"https?://\S{1,4000}", re.IGNORECASE)
MEDIA_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,15}")
FORMS = {"failures": NUMBER, "bytes": NUMBER, "type": MEDIA_TYPE, "moved": ADDRESS}
LARGEST = 20_000_000
"""Octets of the file that are read."""
LONGEST = 200
"""Characters that are shown of a line that says nothing."""


def read_lines(folder: Path) -> list[str]:
    """The lines of the file. What a program wrote fails no build, whatever became of it: odd ones are told as such."""
    content = read_inside(folder, ANSWERS) or b""
    return content[:LARGEST].decode("utf-8-sig", "replace").split("\n")


def read_answers(
    lines: Sequence[str], report: Callable[[int, str], None] = lambda line, text: None
) -> dict[str, Answer]:
    """Address to answer; `report` is told the number and the text of each line that says none."""
    found: dict[str, Answer] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or (number == 1 and line.strip() == ",".join(COLUMNS)):
            continue
        cells = split_line(line)
        answer = read_cells(cells)
        if answer is None or cells["address"] in found:
            report(number, line.strip()[:LONGEST])
        else:
            found[cells["address"]] = answer
    return found


def split_line(line: str) -> Mapping[str, str]:
    """Column to cell; nothing for a line that has not a cell a column."""
    try:
        return dict(zip(COLUMNS, next(csv.reader([line], strict=True)), strict=True))
    except (csv.Error, ValueError):
        return {}


def read_cells(cells: Mapping[str, str]) -> Answer | None:
    """The answer that a line tells; None where a cell can't be what its column holds."""
    if not cells or not ADDRESS.fullmatch(cells["address"]) or not row_of(cells["status"]):
        return None
    if not all(form.fullmatch(cells[name]) for name, form in FORMS.items() if cells[name]):
        return None
    if not all(is_day(cells[name]) for name in ("answered", "failing", "failed") if cells[name]):
        return None
    return Answer(
        status=cells["status"],
        answered=cells["answered"],
        failing=cells["failing"],
        failed=cells["failed"],
        failures=int(cells["failures"] or 0),
        type=cells["type"],
        bytes=int(cells["bytes"]) if cells["bytes"] else None,
        moved=cells["moved"],
    )


def is_day(text: str) -> bool:
    """
    >>> is_day("2026-11-30"), is_day("20261130"), is_day("2026-02-30")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def render_answers(answers: Mapping[str, Answer]) -> str:
    """The file: sorted by address, so that two of them differ where answers do."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(lines_of(answers))
    return stream.getvalue()


def lines_of(answers: Mapping[str, Answer]) -> Iterable[list[str]]:
    names = [item.name for item in fields(Answer)]
    assert {*names, "address"} == set(COLUMNS)
    for address, answer in sorted(answers.items()):
        cells = {name: getattr(answer, name) for name in names}
        cells |= {"address": address, "failures": answer.failures or ""}
        yield ["" if cells[name] is None else str(cells[name]) for name in COLUMNS]
