"""`links.csv` as part of the catalogue: what the addresses that are written in it answered."""

from __future__ import annotations

from generator.model import Answer
from generator.model.diagnostics import Place
from generator.source.answers import ANSWERS, read_answers
from generator.source.files import Source
from generator.source.ranges.context import Context


def structure_answers(source: Source, context: Context) -> dict[str, Answer]:
    """Address to answer; a line that says none is told and left out."""

    def report(number: int, line: str) -> None:
        context.report(Place(ANSWERS, number, 1), "bad-links-line", value=line)

    return read_answers(source.answers, report)
