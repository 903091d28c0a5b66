"""The mistakes that people make behind YAML's syntax errors, each with its place and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.model.diagnostics import Diagnostic, Place
from generator.source.lines import Lines
from generator.source.mended_lines import COMMENT_LOSES, ODD_SPACES, known_keys, listed_keys, mend_line

CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
ODD_INDENT = re.compile(rf"^[ \t]*[{ODD_SPACES}]", re.MULTILINE)
BLOCK = re.compile(r"( *)(?:- +)*[\w-]+ *: +[|>][-+0-9]*\s*(?:#.*)?")


def find_marker(text: str) -> int | None:
    """Where git left two versions of some lines in a text for somebody to choose from."""
    found = CONFLICT.search(text)
    return found.start() if found else None


def look_closer(lines: Sequence[str], code: str, line: int, column: int) -> tuple[str, int, int]:
    """A mistake that lines above a syntax error, or its own line, explain better; else the error itself."""
    odd = next((number for number in range(line + 1) if ODD_INDENT.match(lines[number])), None)
    if odd is not None:
        return "yaml-no-break-space", odd, 0
    if code in ("yaml-no-colon", "yaml-indent", "yaml-colon") and leaves_block(lines, line):
        return "unindented-block", line, indent_of(lines[line])
    if code in ("yaml-no-colon", "yaml-indent") and (above := cut_above(lines, line)) is not None:
        return "lost-comment", above, lines[above].index("#")
    if code == "yaml-indent" and line and KEYLESS.match(lines[line - 1]):  # what follows is right
        line -= 1
        code, column = "yaml-no-colon", len(lines[line]) - len(lines[line].lstrip(" -"))
    if code == "yaml-colon" and (found := KEYLESS.match(lines[line])) and found.end() <= column:
        return "yaml-no-colon", line, len(lines[line]) - len(lines[line].lstrip(" -"))
    if code == "yaml-indent" and (found := CLOSED_EARLY.match(lines[line])):
        return "yaml-character", line, found.end(1)
    if code == "yaml-bracket":
        if found := COMMENT_LOSES.search(lines[line], column):
            return "lost-comment", line, found.start() + 1
        if (colon := second_colon(lines[line])) is not None:
            return "yaml-colon", line, colon
    return code, line, column


CLOSED_EARLY = re.compile(r"(\s*(?:-\s+)*[\w-]+ *: +)(?:\[[^\]]*\]|\{[^}]*\})\s*[^\s#,\]}]")
KEYLESS = re.compile(rf"\s*(?:-\s+)*(?:[\w-]+ *:\S|[\w-]+ = |[\w-]+ *:[{ODD_SPACES}])")


def is_keyless(text: str) -> bool:
    """Whether a text of one line is a key and its value without what YAML wants between the two."""
    return bool(KEYLESS.match(text)) and "\n" not in text


def leaves_block(lines: Sequence[str], line: int) -> bool:
    """
    Whether a line that is no key follows a `|` or `>`, and its lines, without their indentation. Fields of content
    types have any name, so that a word in lower case right before a colon is a key.
    """
    key = re.match(r"\s*(?:-\s+)*([\w-]+) *:(?:\s|$)", lines[line])
    if key and (key[1] in known_keys() or re.fullmatch("[a-z][A-Za-z0-9_]*", key[1])):
        return False
    own = indent_of(lines[line])
    for above in reversed(lines[:line]):
        if found := BLOCK.fullmatch(above):
            return own <= len(found[1])
        if above.strip() and indent_of(above) < own:
            return False
    return False


def cut_above(lines: Sequence[str], line: int) -> int | None:
    """The line above, when a `#` in its text made YAML end that text there."""
    above = line - 1
    return above if above >= 0 and COMMENT_LOSES.search(lines[above]) else None


def second_colon(line: str) -> int | None:
    """
    Where a text in curly brackets holds a colon that YAML takes for a key's.

    >>> second_colon("title: {fr: Arbres : la liste, en: Trees}"), second_colon("title: {fr: Arbres, en: Trees}")
    (19, None)
    """
    mended = mend_line(line) if "{" in line else ""
    unquoted = next((index for index, (one, other) in enumerate(zip(line, mended, strict=False)) if one != other), None)
    if unquoted is None:
        return None
    found = re.compile(r" ?:(?= )").search(line, unquoted)
    return found.end() - 1 if found else None


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def goes_on(line: str, following: str) -> bool:
    """Whether the text of a line goes on in the next one, so that quotes around one of them would not do."""
    return not KEY.match(line) or (following.strip() != "" and not KEY.match(following))


def mend_line_of(lines: Sequence[str], code: str, line: int) -> str:
    """The line of a mistake as it should be written."""
    if code == "unindented-block":
        return f"{' ' * block_indent(lines, line)}{lines[line].lstrip()}"
    if code == "lost-comment" and line + 1 < len(lines) and goes_on(lines[line], lines[line + 1]):
        return ""
    if code == "yaml-bracket":
        return close_brackets(lines, line)
    return mend_line(lines[line])


def block_indent(lines: Sequence[str], line: int) -> int:
    """How far the text of a block is indented that a line should belong to."""
    begun = [above for above in range(line) if BLOCK.fullmatch(lines[above])][-1]
    inside = next((text for text in lines[begun + 1 : line] if text.strip()), "")
    least = indent_of(lines[begun]) + 2
    return max(indent_of(inside), least) if inside else least


def close_brackets(lines: Sequence[str], line: int) -> str:
    """The line mended, with the brackets that it leaves open closed where the next line begins another key."""
    text = lines[line]
    following = lines[line + 1] if line + 1 < len(lines) else ""
    if following.strip() and not KEY.match(following):
        return mend_line(text)
    missing = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(text) if sign in "[{")
    closed = text.rstrip(" ,") + missing[: max(sum(map(text.count, "[{")) - sum(map(text.count, "]}")), 0)]
    return mend_line(closed) or (closed if closed != text else "")


# What the parser says, in part, to the mistake that people make there.
PROBLEMS = (
    ("mapping values are not allowed", "yaml-colon"),
    ("quoted scalar", "yaml-quote"),
    ("block scalar", "yaml-block"),
    ("flow sequence", "yaml-bracket"),
    ("flow mapping", "yaml-bracket"),
    ("cannot start any token", "yaml-character"),
    ("an alias", "yaml-character"),
    ("an anchor", "yaml-character"),
    ("a tag", "yaml-character"),
    ("block sequence entries", "list-without-brackets"),
    ("block mapping", "yaml-indent"),
    ("block collection", "yaml-indent"),
    ("simple key", "yaml-no-colon"),
)


def name_problem(path: str, text: Lines, above: int, error: yaml.MarkedYAMLError) -> Diagnostic:
    """
    The mistake behind a syntax error; one that has no name of its own is told in the parser's words.

    `above` is how many lines of the file stand before the text.
    """
    words = " ".join(part for part in (error.context, error.problem) if part).replace("\n", " ")
    lines = text.lines
    mark = error.problem_mark or error.context_mark
    line, column = text.position(mark) if mark else (0, 0)
    code = next((code for part, code in PROBLEMS if part in words), "yaml-syntax")
    before, found = lines[line][:column], lines[line][column : column + 1]
    if found == "\t":
        code = "yaml-tab"
    elif code in OPENED and error.context_mark:
        line, column = text.position(error.context_mark)
    elif code == "yaml-colon" and ": " not in before:  # its own line's first: the line does not belong there
        code, column = "yaml-indent", len(before) - len(before.lstrip(" -"))
    elif code == "yaml-indent" and (quote := open_quote(lines[: line + 1])):
        code, (line, column) = "yaml-quote", quote
    code, line, column = look_closer(lines, code, line, column)
    place = Place(path, above + line + 1, column + 1)
    key = KEY.match(lines[line])
    name = key[0].strip(" -:") if key else ""
    if code == "list-without-brackets" and name not in listed_keys():
        code = "yaml-character"
    values = {"problem": words, "character": lines[line][column : column + 1], "property": name}
    return Diagnostic.at(place, code, **values, rewritten=mend_line_of(lines, code, line))


# What is told where it opens, not where the parser gave up.
OPENED = frozenset(("yaml-block", "yaml-bracket", "yaml-character", "yaml-no-colon", "yaml-quote"))

QUOTED = re.compile(r"""(\s*(?:-\s+)*(?:[\w-]+:\s+)?)(?:"(?:[^"\\]|\\.)*("?)|'(?:[^']|'')*('?))\s*(.*)""")
KEY = re.compile(r"\s*(?:-\s+)*[\w-]+:(?:\s|$)")


def open_quote(lines: list[str]) -> tuple[int, int] | None:
    """
    Where the last value stands, line and column from 0, whose quotes close too late or too soon.

    >>> open_quote(['a: "b', 'c: "d"']), open_quote(["a: 'L'arbre'"]), open_quote(['a: "b"', ' c: d'])
    ((0, 3), (0, 3), None)
    """
    for number, line in reversed(list(enumerate(lines))):
        if match := QUOTED.fullmatch(line):
            closed, rest = match[2] or match[3], match[4]
            runs_on = not closed and number + 1 < len(lines) and KEY.match(lines[number + 1])
            if runs_on or (closed and rest and rest[0] not in ",]}#:"):
                return number, match.end(1)
    return None
