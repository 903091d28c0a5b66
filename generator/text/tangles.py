"""
Texts that no reader of Markdown gets through in a time that grows with their length: told instead of read.

Nobody writes them by hand: a hundred brackets, tags or quotations, one in the other, or lines as long as a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

DEEPEST = 40
"""How many tags, quotations or lists may stand in each other."""

MOST_OPEN = 100
"""How many brackets, or tags without their end, may be left open in a paragraph; ten times as many in a text."""

MOST_STRESSED = 400
"""How many asterisks and underscores of bold and italics may be left open in a paragraph."""

LONGEST_LINE = 50_000
MOST_HEADINGS = 1_000
"""Headings, and lines across the page."""

MOST_MARKS = 20_000
"""Marks of Markdown, and lines ended by two spaces, in one paragraph."""

MOST_BLOCKS = 10_000
"""Paragraphs, and items of lists."""

VOID = frozenset(
    "area base br col dd dt embed hr img input li link meta p source td th tr track wbr".split(),  # noqa: SIM905
)
"""What stands open without holding what follows."""

TOKEN = re.compile(
    r"(?P<blank>\n[ \t]*(?=\n))"
    r"|(?P<heading>^[ \t]*(?:#|(?:=+[ \t]*|-|--+[ \t]*|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$))"
    r"|(?P<line>^[ \t]*(?:(?:>|(?:[-+*]|\d+[.)])(?=[ \t]))[ \t]*)+)"
    r"|(?P<stress>\*+|_+)|(?P<close></[A-Za-z])|(?P<open><[A-Za-z!?][\w-]*)|(?P<end>>)"
    r"|(?P<mark>[\[\](){}`&\\<]|[ ]{2}$)",
    re.MULTILINE,
)
MARKER = re.compile(r">|[-+*]|\d+[.)]")
BLOCK = re.compile(r"^[ \t]*[>+*\d-]", re.MULTILINE)
"""How the lines begin of quotations and lists."""


@lru_cache(maxsize=64)
def find_tangle(text: str) -> int | None:
    """
    Where a text gets too tangled to be read as Markdown; None where it does not.

    >>> find_tangle("A [link](/a) " * 100), find_tangle("[" * 200), find_tangle("> " * 100 + "a")
    (None, 99, 0)
    """
    if is_plain(text):
        return None
    return min((start for start in (next(tangles(text), None), long_line(text)) if start is not None), default=None)


def is_plain(text: str) -> bool:
    """Whether a text is too short to be tangled, and has too few signs; that is found out sooner."""
    few = text.count("[") + text.count("(") < MOST_OPEN and text.count("<") < DEEPEST
    return len(text) < MOST_HEADINGS and few and not BLOCK.search(text)


def long_line(text: str) -> int | None:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        if end - start > LONGEST_LINE:
            return start + LONGEST_LINE
        start = end + 1
    return start + LONGEST_LINE if len(text) - start > LONGEST_LINE else None


def tangles(text: str) -> Iterator[int]:
    """Each place where there is one more of something than may be."""
    brackets = tags = unended = marks = headings = blocks = left = stressed = 0
    for match in TOKEN.finditer(text):
        token, start = match[0], match.start()
        blocks += match.lastgroup in ("blank", "line")
        match match.lastgroup:
            case "blank":
                left += brackets + unended
                brackets = marks = unended = stressed = 0
            case "line":
                marks += 1
                if len(MARKER.findall(token)) > DEEPEST or len(token.expandtabs(4)) > 8 * DEEPEST:
                    yield start
            case "heading":
                headings += 1
            case "open":
                unended += 1
                tags += token[1:].lower() not in VOID
            case "stress":
                marks += len(token)
                stressed = max(0, stressed + stress_of(text, match.start(), match.end(), stressed))
            case "close":
                left += tags == 0
                tags = max(0, tags - 1)
            case "end":
                unended = 0
            case _:
                marks += 1
                brackets = max(0, brackets + (token in "[(") - (token in "])"))
        if (
            max(brackets, unended, left // 10) >= MOST_OPEN
            or tags >= DEEPEST
            or stressed > MOST_STRESSED
            or marks > MOST_MARKS
            or headings > MOST_HEADINGS
            or blocks > MOST_BLOCKS
        ):
            yield start


def stress_of(text: str, start: int, end: int, stressed: int) -> int:
    """
    How many marks of bold or italics begin to count, or cease to: those before a word begin, those after one end, and
    those inside of a word end what has begun, as in `2*3*4`.

    >>> stress_of("**a**", 0, 2, 0), stress_of("**a**", 3, 5, 2), stress_of("a * b", 2, 3, 0), stress_of("a_b", 1, 2, 0)
    (2, -2, 0, 0)
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return 0 if text[start] == "_" else start - end if stressed else end - start
    opens = bool(after.strip()) and not before.isalnum()
    closes = bool(before.strip()) and not after.isalnum()
    if opens and closes:
        return start - end if stressed else end - start
    return (opens - closes) * (end - start)
