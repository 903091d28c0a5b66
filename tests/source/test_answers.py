"""`links.csv` remembers what addresses answered."""

import pytest

from generator.model import Answer
from generator.source.answers import read_answers, render_answers

REMEMBERED = {
    "https://exemple.org/a,b.csv": Answer(status="200", answered="2026-11-02", type="text/csv", bytes=812),
    "https://exemple.org/b": Answer(
        status="404", answered="2026-10-05", failing="2026-11-02", failed="2026-11-16", failures=3, type="text/html"
    ),
    "https://exemple.org/c": Answer(status="200", answered="2026-11-02", moved="https://exemple.org/d"),
}

WRITTEN = """\
address,status,answered,failing,failed,failures,type,bytes,moved
"https://exemple.org/a,b.csv",200,2026-11-02,,,,text/csv,812,
https://exemple.org/b,404,2026-10-05,2026-11-02,2026-11-16,3,text/html,,
https://exemple.org/c,200,2026-11-02,,,,,,https://exemple.org/d
"""


def test_answers_are_a_line_an_address_sorted():
    """
    The file has a heading and a line an address, in the order of the addresses whatever that of the answers.
    """
    assert render_answers(dict(reversed(REMEMBERED.items()))) == WRITTEN


@pytest.mark.parametrize(
    "line",
    [
        "https://exemple.org/" + "a" * 200_000 + ",200,2026-11-02,,,,,,",
        "https://exemple.org/a,200,2026-11-02,,,,=1+1,,",
        "https://exemple.org/a,200,2026-11-02,,,,,,javascript:alert(1)",
        'https://exemple.org/a,200,2026-11-02,,,,,,"',
    ],
    ids=["too long", "no media type", "no address", "open quote"],
)
def test_a_line_of_a_stranger_is_told_and_left_out(line):
    """
    The file may come from anybody: what can't have been written here is no line, whatever it is.
    """
    refused: list[tuple[int, str]] = []

    assert read_answers([line], lambda number, text: refused.append((number, text))) == {}
    assert refused == [(1, line[:200])]


def test_answers_are_read_as_they_were_written():
    """
    What is written is read back, and nothing in it is no line.
    """
    refused: list[str] = []

    assert read_answers(WRITTEN.splitlines(), lambda number, line: refused.append(line)) == REMEMBERED
    assert refused == []


def test_lines_may_end_as_windows_ends_them():
    """
    A file that git gave the line ends of Windows is read as it was written.
    """
    assert read_answers(WRITTEN.replace("\n", "\r\n").split("\n")) == REMEMBERED
