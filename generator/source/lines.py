"""A text's lines as editors count them, and the places that the YAML parser tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any


class Lines:
    """A text's lines as editors count them: to the parser, U+0085, U+2028 and U+2029 end one too."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.lines = text.split("\n")
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.are_yaml = not re.search("[\x85\u2028\u2029]", text)

    def position(self, mark: Any) -> tuple[int, int]:
        """Line and column, from 0, of a place that the parser tells."""
        line = bisect_right(self.starts, mark.index) - 1
        return line, mark.index - self.starts[line]
