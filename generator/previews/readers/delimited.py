"""Tables as text: CSV with whatever separator, and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from generator.previews.content import Unreadable
from generator.previews.formats import PreviewFormat
from generator.previews.frames import Frame, name_columns
from generator.previews.limits import CELLS, COLUMNS, FIELD, RECORD, ROWS, SHOWN_ROWS
from generator.previews.profile import Problem
from generator.previews.text_files import estimate, read_sample

SEPARATORS = ",;\t|"
MARKUP = ("<!doctype", "<html", "<?xml")


def read(path: Path, format: PreviewFormat) -> Frame:
    sample = read_sample(path)
    text = sample.text
    if text.lstrip()[:10].lower().startswith(MARKUP):
        raise Unreadable("data-file-broken")
    start = 0
    if text[:4].lower() == "sep=" and len(text) > 4:  # Excel's own way to name the separator
        text = text.partition("\n")[2]
        start = 1
    tab = format.separator == "\t"
    separator = "\t" if tab and "\t" in text.partition("\n")[0] else find_separator(text)
    csv.field_size_limit(FIELD)
    records = read_records(text, separator, start, sample.whole)
    _, header = next(records, (0, []))
    header = trim(header, 1)
    if not header:
        raise Unreadable("data-file-empty")
    width = len(header)
    kept = min(width, COLUMNS)
    limit = max(SHOWN_ROWS, min(ROWS, CELLS // width))
    rows: list[list[str]] = []
    count = ragged = 0
    first: dict[str, int] = {}
    for line, record in records:
        count += 1
        if count > limit:
            continue  # counted only
        if len(record) != width:
            record = trim(record, width)
            if len(record) != width:
                first = first or {"line": line, "cells": len(record)}
                ragged += 1
                record += [""] * (width - len(record))
        rows.append(record[:kept])
    if ragged:
        values = {**first, "columns": width, "count": ragged}
        if 2 * ragged > len(rows):
            raise Unreadable("data-file-ragged", **values)
        sample.problems.append(Problem(code="data-file-ragged", values={k: str(v) for k, v in values.items()}))
    usual = sample.utf_8 and not start and not ragged and separator == format.separator
    return Frame(
        names=name_columns(header),
        header=tuple(header[:kept]) if usual and len({*header} - {""}) == width else (),
        columns=to_columns(rows, kept),
        column_count=width,
        row_count=count if sample.whole else estimate(count, sample, path),
        exact=sample.whole,
        separator=separator,
        problems=sample.problems,
    )


def read_records(text: str, separator: str, start: int, whole: bool) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it starts; blank lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("data-file-quote", line=start + before + 1) from error
        here, spanned = before + 1, reader.line_num - before
        before = reader.line_num
        if spanned > RECORD or (spanned > 1 and whole and is_unclosed(text, separator, here)):
            raise Unreadable("data-file-quote", line=start + here)
        if any(map(str.strip, record)):
            yield start + here, record


def is_unclosed(text: str, separator: str, line: int) -> bool:
    """Whether a quote opens on a line, or after it, and nothing closes it before the end."""
    rest = list(io.StringIO(text, newline=""))[line - 1 :]
    if len(rest) > RECORD:
        return False
    reader = csv.reader(rest, delimiter=separator, strict=True)
    try:
        next(reader)
    except csv.Error as error:
        return "unexpected end" in str(error)
    except StopIteration:
        return False
    return False


def find_separator(text: str) -> str:
    """
    The separator that cuts the first lines into rows of one width; the comma when none does.

    >>> find_separator("a;b\\n1,5;2\\n"), find_separator("nom\\nDupont, Jean\\n")
    (';', ',')
    """
    head = text[:20_000]

    def fitness(separator: str) -> tuple[bool, float, int]:
        try:
            rows = list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), 30))
        except csv.Error:
            return False, 0.0, 0
        rows = [row for row in rows if row][: -1 if len(head) < len(text) else None]
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows) / len(rows) if rows else 0.0
        return width > 1, same, width

    best = max(SEPARATORS, key=fitness)
    return best if fitness(best)[0] else ","


def trim(record: list[str], width: int) -> list[str]:
    """A record without the empty cells beyond a width."""
    while len(record) > width and not record[-1].strip():
        record = record[:-1]
    return record


def to_columns(rows: Sequence[Sequence[str | None]], width: int) -> list[pl.Series]:
    columns = zip(*rows, strict=True) if rows else [()] * width
    return [pl.Series("", list(column), dtype=pl.String) for column in columns]
