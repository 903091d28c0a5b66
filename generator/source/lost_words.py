"""Words that YAML leaves out, or takes for something else, without a fault that it would tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from generator.model.diagnostics import Diagnostic, Place
from generator.source.lines import Lines
from generator.source.mended_lines import (
    COMMENT_LOSES,
    CURVED,
    ODD_SPACES,
    known_keys,
    line_words,
    listed_keys,
    mend_line,
)
from generator.source.syntax import indent_of, leaves_block, mend_line_of
from generator.standards import PROSE, properties, vocabulary

SPOKEN = ("text", *PROSE)
FREE = (*SPOKEN, "keywords", "token", "file", "picture", "url", "link", "asking", "email")
"""The ranges whose values may hold a `#`."""

GLUED_DASH = re.compile(r"[ ]*-(?=[^\W\d])")
ODD_START = re.compile(rf"[{ODD_SPACES}]")


@cache
def lost_keys(ranges: Sequence[str]) -> frozenset[str]:
    """The keys that have such a range in some class."""
    return frozenset(row.name for rows in properties().values() for row in rows.values() if row.range in ranges)


class LostWords:
    """What a text's author wrote and its nodes don't hold, told where it stands, with the line as it should be."""

    def __init__(self, path: str, text: Lines, above: int) -> None:
        self.path = path
        self.text = text
        self.above = above
        self.diagnostics: list[Diagnostic] = []
        self.has_hash = " #" in text.whole
        self.has_curved = bool(re.search("[“”„‟‘’‚‛]", text.whole))
        self.begun: set[Place] = set()

    def tell(self, code: str, line: int, column: int, below: str = "", **values: object) -> None:
        place = Place(self.path, self.above + line + 1, column + 1)
        mended = mend_line(self.text.lines[line], below) if below else mend_line_of(self.text.lines, code, line)
        self.diagnostics.append(Diagnostic.at(place, code, **values, rewritten=mended))

    def find_misplaced(self, key: Any) -> Diagnostic | None:
        """A key that is none: what follows a `|` without indentation, or begins with an odd space."""
        line, column = self.text.position(key.start_mark)
        lines = self.text.lines
        code, mended = "", ""
        if ODD_START.match(key.value) and not lines[line][:column].strip(" -"):
            code, column, mended = "yaml-no-break-space", 0, mend_line(lines[line])
        elif key.value not in known_keys() and leaves_block(lines, line):
            code, mended = "unindented-block", mend_line_of(lines, "unindented-block", line)
        place = Place(self.path, self.above + line + 1, column + 1)
        return Diagnostic.at(place, code, rewritten=mended) if code else None

    def is_bare(self, key: Any) -> bool:
        """Whether a key in curly brackets has no colon: it is what follows a comma in a text."""
        after = self.text.whole[key.end_mark.index : key.end_mark.index + 50].lstrip()
        return not key.style and after[:1] in (",", "}")

    def tell_bare(self, key: Any, begun: Place) -> None:
        """The first key without a colon of the map that begins there."""
        if begun not in self.begun:
            self.begun.add(begun)
            self.tell("lost-comma", *self.text.position(key.start_mark), value=key.value)

    def weigh(self, event: Any, names: Sequence[str]) -> str | list[str]:
        """
        The value that an unquoted text or an empty one was meant to be; what it lost is told.

        `names` are the keys that it stands below, the outermost first; an item of a list has none of its own.
        """
        languages = vocabulary("languages")
        key = next((name for name in reversed(names) if name and name not in languages), "")
        value: str = event.value
        if event.style:
            return value
        of_list = bool(names and names[-1]) and key in listed_keys()
        if self.has_hash and key in lost_keys(FREE) and (lost := self.weigh_comment(event, key if of_list else "")):
            return value or (line_words(lost) if of_list else "") or lost
        if "\n" in self.text.whole[event.start_mark.index : event.end_mark.index] or value.startswith("-"):
            self.weigh_dashes(event, key)
        if of_list and (words := line_words(value)) and not value.startswith("#"):
            self.tell("list-without-brackets", *self.text.position(event.start_mark), key, property=key)
            return words
        if self.has_curved and value and (curved := CURVED.fullmatch(value)):
            self.tell("curved-quotes", *self.text.position(event.start_mark), value=value[0] + value[-1])
            if key not in lost_keys((*SPOKEN, "keywords")):
                return curved[1] if curved[1] is not None else curved[2]
        return value

    def weigh_comment(self, event: Any, below: str) -> str:
        """What YAML leaves out for a `#` right before a word, and that is told; nothing where it does not."""
        line, column = self.text.position(event.end_mark)
        written = self.text.lines[line]
        found = COMMENT_LOSES.match(written, column) or COMMENT_LOSES.match(written, max(column - 1, 0))
        if found is None and not event.value:
            found = COMMENT_LOSES.search(written, self.text.position(event.start_mark)[1])
            found = found if found and written[: found.start()].rstrip().endswith((":", "-")) else None
        if found is None:
            return ""
        lost = written[found.start() :].strip()
        self.tell("lost-comment", line, found.start() + 1, below, value=lost)
        return lost

    def weigh_dashes(self, event: Any, key: str) -> None:
        """Items of a list whose dash no space follows: YAML takes them for one text."""
        first, last = self.text.position(event.start_mark)[0], self.text.position(event.end_mark)[0]
        glued = [line for line in range(first, last + 1) if GLUED_DASH.match(self.text.lines[line])]
        if glued and (key in listed_keys() or len(glued) > 1 or glued[0] > first):
            for line in glued:
                self.tell("glued-dash", line, indent_of(self.text.lines[line]))
