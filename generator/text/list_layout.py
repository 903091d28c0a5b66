"""Lists as people write them, laid out as Python-Markdown wants them: a blank line above, four spaces a level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown.preprocessors import Preprocessor

ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)")
FENCE = re.compile(r" *(`{3,}|~{3,})")
BREAK = re.compile(r" *([-*_])(?: *\1){2,} *")
OTHER = re.compile(r" {0,3}(?:#{1,6}\s|>|<|\||\[[^\]]+\]:)|\t| {4}")
"""What is neither a paragraph nor an item."""


class ListLayout(Preprocessor):
    """Blank lines above lists that follow a sentence, and items indented by their level."""

    def run(self, lines: list[str]) -> list[str]:
        return list(lay_out(lines))


def lay_out(lines: Sequence[str]) -> Iterator[str]:
    """
    Lines whose lists stand as CommonMark sees them.

    >>> list(lay_out(["Voici :", "- un", "  - deux", "- trois"]))
    ['Voici :', '', '- un', '    - deux', '- trois']
    >>> list(lay_out(["- un", "", "- deux"])), list(lay_out(["En 1984", "1984. Une année"]))
    (['- un', '', '- deux'], ['En 1984', '1984. Une année'])
    >>> list(lay_out(["- un", "", "  suite", "- deux"]))
    ['- un', '', '    suite', '', '- deux']
    """
    columns: list[int] = []  # where the text of each open item begins
    fence, before, spread = "", "", False
    for line in lines:
        fenced = FENCE.match(line)
        if fence or (fenced and not columns):
            fence = "" if fence and fenced and fenced[1].startswith(fence) else fence or (fenced[1] if fenced else "")
            yield line
        elif (
            (item := ITEM.match(line)) and not BREAK.fullmatch(line) and (level := level_of(item, columns)) is not None
        ):
            if before.strip() and (spread or (not columns and interrupts(item, before))):
                yield ""
            spread = False
            if not columns and before and not interrupts(item, before) and is_sentence(before):
                yield line
                before = line
                continue
            columns[level:] = [len(item[0]) if len(item[3]) < 5 else len(item[1]) + len(item[2]) + 1]
            sign = item[2].replace(")", ".")
            yield f"{'    ' * level}{sign} {line[item.end() :]}"
        else:
            if line.strip() and columns and not before.strip() and indent_of(line) < columns[0]:
                columns = []
            written = continued(line, columns, before)
            spread = spread or written != line
            yield written
        before = line


def level_of(item: re.Match[str], columns: Sequence[int]) -> int | None:
    """How many items an item stands in; None for what is code rather than an item."""
    indent = len(item[1])
    level = sum(1 for column in columns if indent >= column)
    return level if indent - (columns[level - 1] if level else 0) < 4 else (level if columns else None)


def interrupts(item: re.Match[str], before: str) -> bool:
    """Whether an item right below a sentence begins a list: a number other than 1 is a part of the sentence."""
    return is_sentence(before) and item[2] in ("-", "*", "+", "1.", "1)")


def is_sentence(line: str) -> bool:
    return bool(line.strip()) and not OTHER.match(line)


def continued(line: str, columns: Sequence[int], before: str) -> str:
    """A line that is no item: below a blank one, text of the item that it is indented for."""
    level = sum(1 for column in columns if indent_of(line) >= column)
    if not line.strip() or before.strip() or not level:
        return line
    return "    " * level + line[columns[level - 1] :]


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
