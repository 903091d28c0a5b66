"""The tags of XML, well formed or not, in a time that grows with its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

DEPTH = 200
"""How deep elements may nest: DCAT needs a dozen."""

ELEMENT = re.compile(rb"<(/)?([^\s<>/!?\"'=]+)(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+>")
SKIPPED = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""What holds no tags, and how it ends."""


class Tag(NamedTuple):
    name: bytes
    start: int
    end: int
    closes: bool
    is_empty: bool


def find_tags(data: bytes) -> Iterator[Tag]:
    """
    Each tag of an element, up to a comment or the like that does not end.

    >>> [tag.name for tag in find_tags(b'<a b="<"><!-- <c> --><d x=">"/></a>')]
    [b'd', b'a']
    """
    place = data.find(b"<")
    while place >= 0:
        end = place + 1
        if match := ELEMENT.match(data, place):
            end = match.end()
            yield Tag(match[2], place, end, match[1] is not None, match[0].endswith(b"/>"))
        elif opening := next((mark for mark in SKIPPED if data.startswith(mark, place)), b""):
            found = data.find(SKIPPED[opening], place + len(opening))
            if found < 0:
                return
            end = found + len(SKIPPED[opening])
        place = data.find(b"<", end)
