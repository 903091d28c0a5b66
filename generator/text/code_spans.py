"""Where a Markdown text holds code, which is shown as it is written: found in a time that grows with its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
RUN = re.compile(r"`+")
PARTING = re.compile(r"\n\s*\n")


def find_code(text: str) -> Iterator[tuple[int, int]]:
    """
    Where each fenced block and each span of code begins and ends.

    >>> list(find_code("a `b` ``c`d``\\n```\\ne `\\n```\\n`"))
    [(2, 5), (6, 13), (14, 25)]
    """
    if "`" not in text and "~~~" not in text:
        return
    ends = {**spans(text), **blocks(text)}
    done = 0
    for start in sorted(ends):
        if start >= done:
            done = ends[start]
            yield start, done


def mask_code(text: str) -> str:
    """
    A text whose code is blank; every other character stays in its place.

    >>> mask_code("a `<b>` c")
    'a       c'
    """
    parts, done = [], 0
    for start, end in find_code(text):
        parts += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def blocks(text: str) -> dict[int, int]:
    """Fenced blocks: from a fence to the next one that is the same and says nothing else."""
    fences = [(match[1], match.start(), match.end(), not match[2].strip(" \t")) for match in FENCE.finditer(text)]
    closing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fence, start, end, is_bare in fences:
        if is_bare:
            closing[fence].append((start, end))
    found = {}
    for fence, start, end, _ in fences:
        number = bisect_right(closing[fence], (end, -1))
        if number < len(closing[fence]):
            found[start] = closing[fence][number][1]
    return found


def spans(text: str) -> dict[int, int]:
    """Spans: from a run of backticks to the next of its length in the paragraph."""
    breaks = [match.start() for match in PARTING.finditer(text)]
    runs = [(bisect_right(breaks, match.start()), match) for match in RUN.finditer(text)]
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for paragraph, match in runs:
        places[paragraph, len(match[0])].append(match.start())
    found = {}
    for paragraph, match in runs:
        if match.start() and text[match.start() - 1] == "\\":
            continue
        equal = places[paragraph, len(match[0])]
        number = bisect_right(equal, match.start())
        if number < len(equal):
            found[match.start()] = equal[number] + len(match[0])
    return found
