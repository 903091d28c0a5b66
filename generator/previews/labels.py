"""Texts of files on one line and no longer than there is room for."""

from __future__ import annotations

from generator.previews.limits import LABEL


def one_line(text: str, length: int = LABEL) -> str:
    """
    >>> one_line("a \\n b"), one_line("abcdef", 4)
    ('a b', 'abc…')
    """
    line = " ".join(text[: 8 * length].split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
