"""YAML text to nodes that remember their place. Every scalar stays text; structuring converts it by its range."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.model.diagnostics import Diagnostic, Place
from generator.standards.yaml_loader import SAFE

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_NODES = 50_000

NULLS = frozenset(("", "~", "null", "Null", "NULL"))

# YAML 1.1's characters, less the surrogates that no UTF-8 text holds.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Scalar:
    """
    Text as written; `plain` when it had no quotes.

    `start` is the line and column where the value begins when each of its lines is one of the file's, indented alike.
    """

    place: Place
    value: str
    plain: bool = True
    start: tuple[int, int] | None = None

    @property
    def is_null(self) -> bool:
        return not self.value.strip() or (self.plain and self.value in NULLS)


@dataclass(slots=True)
class Sequence:
    place: Place
    items: list[Node]


@dataclass(slots=True)
class Mapping_:
    """Key text to value; `keys` has the place of each key."""

    place: Place
    entries: dict[str, Node]
    keys: dict[str, Place]


Node = Scalar | Sequence | Mapping_


class Refused(Exception):
    """A file that can't be read; it carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def decode_yaml(path: str, content: bytes, limit: int = MAX_BYTES) -> str:
    """
    A file's text: UTF-8, a byte order mark dropped, CRLF made LF.

    Raises Refused for a file over the limit, for other encodings and for characters that text does not hold.
    """
    if len(content) > limit:
        raise Refused(Diagnostic.at(Place(path), "file-too-large", size=len(content), limit=limit))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:2]:
        raise Refused(Diagnostic.at(Place(path), "utf-16"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8-sig", "replace")) + 1
        byte = f"0x{content[error.start]:02x}"
        raise Refused(Diagnostic.at(Place(path, line, column), "not-utf-8", byte=byte)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        name = f"U+{ord(bad[0]):04X}"
        raise Refused(Diagnostic.at(Place(path, line, column), "control-character", character=name))
    return text


def parse_yaml(path: str, text: str, line: int = 0) -> tuple[Node | None, list[Diagnostic]]:
    """
    The document's root node, or None when the file is empty or refused, and what is wrong with it.

    `line` is how many lines stand before the text in its file (front matter). Duplicate keys are reported and the
    first kept; aliases, merge keys, several documents and anything deeper or larger than the limits refuse the file.
    """
    reader = Reader(path, text, line)
    try:
        root = reader.read()
    except Refused as refused:
        return None, [refused.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [name_problem(reader, error)]
    return root, reader.diagnostics


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
    ("block mapping", "yaml-indent"),
    ("block collection", "yaml-indent"),
    ("simple key", "yaml-no-colon"),
)


def name_problem(reader: Reader, error: yaml.MarkedYAMLError) -> Diagnostic:
    """The mistake behind a syntax error; one that has no name of its own is told in the parser's words."""
    words = " ".join(part for part in (error.context, error.problem) if part).replace("\n", " ")
    lines = reader.text.lines
    mark = error.problem_mark or error.context_mark
    line, column = reader.text.position(mark) if mark else (0, 0)
    code = next((code for part, code in PROBLEMS if part in words), "yaml-syntax")
    before, found = lines[line][:column], lines[line][column : column + 1]
    if found == "\t":
        code = "yaml-tab"
    elif code in OPENED and error.context_mark:
        line, column = reader.text.position(error.context_mark)
    elif code == "yaml-colon" and ": " not in before:  # its own line's first: the line does not belong there
        code, column = "yaml-indent", len(before) - len(before.lstrip(" -"))
    elif code == "yaml-indent" and (quote := open_quote(lines[: line + 1])):
        code, (line, column) = "yaml-quote", quote
    place = Place(reader.path, reader.line + line + 1, column + 1)
    return Diagnostic.at(place, code, problem=words, character=lines[line][column : column + 1])


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


class Reader:
    """One pass over the parser's events, building nodes; no recursion, so that no depth can hurt."""

    def __init__(self, path: str, text: str, line: int) -> None:
        self.path = path
        self.text = Lines(text)
        self.line = line
        self.diagnostics: list[Diagnostic] = []

    def place(self, event: Any) -> Place:
        line, column = self.text.position(event.start_mark)
        return Place(self.path, line + 1 + self.line, column + 1)

    def start(self, event: Any) -> tuple[int, int] | None:
        """Where a scalar's value begins; None where folding or an escape makes it differ from what is written."""
        start, end, style = event.start_mark, event.end_mark, event.style
        lines = self.text.lines
        if not self.text.are_yaml:
            return None
        if style == "|":
            written = lines[start.line + 1 : end.line + 1]
            indent = next((len(line) - len(line.lstrip(" ")) for line in written if line.strip(" ")), 0)
            explicit = any(sign.isdigit() for sign in lines[start.line][start.column :].partition("#")[0])
            return None if explicit else (start.line + 2 + self.line, indent + 1)
        quotes = len(style or "")
        if end.line != start.line or end.column - start.column != len(event.value) + 2 * quotes:
            return None
        return start.line + 1 + self.line, start.column + quotes + 1

    def refuse(self, event: Any, code: str, **values: object) -> Refused:
        return Refused(Diagnostic.at(self.place(event), code, **values))

    def read(self) -> Node | None:
        root: Node | None = None
        stack: list[Sequence | Mapping_] = []
        pending: list[Scalar | None] = []  # the key that waits for its value, a level each
        count = documents = 0
        for event in iter(SAFE(self.text.whole).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.style == '"' and (bad := UNPRINTABLE.search(event.value)):  # written as an escape
                    raise self.refuse(event, "control-character", character=f"U+{ord(bad[0]):04X}")
                node: Node = Scalar(self.place(event), event.value, not event.style, self.start(event))
            elif kind is yaml.MappingStartEvent:
                node = Mapping_(self.place(event), {}, {})
            elif kind is yaml.SequenceStartEvent:
                node = Sequence(self.place(event), [])
            elif kind is yaml.AliasEvent:
                raise self.refuse(event, "yaml-alias", name=event.anchor)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                stack.pop()
                pending.pop()
                continue
            else:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        raise self.refuse(event, "several-documents")
                continue
            if event.anchor or event.tag:
                raise self.refuse(event, "yaml-character", character="&" if event.anchor else "!")
            count += 1
            if count > MAX_NODES:
                raise self.refuse(event, "too-many-values", limit=MAX_NODES)
            if not stack:
                root = node
            elif isinstance(parent := stack[-1], Sequence):
                parent.items.append(node)
            elif (key := pending[-1]) is None:
                if not isinstance(node, Scalar):
                    raise self.refuse(event, "key-not-text")
                if node.plain and node.value == "<<":
                    raise self.refuse(event, "yaml-merge-key")
                pending[-1] = node
                continue
            else:
                pending[-1] = None
                self.enter(parent, key, node)
            if not isinstance(node, Scalar):
                stack.append(node)
                pending.append(None)
                if len(stack) > MAX_DEPTH:
                    raise self.refuse(event, "too-deep", limit=MAX_DEPTH)
        return None if isinstance(root, Scalar) and root.is_null else root

    def enter(self, parent: Mapping_, key: Scalar, node: Node) -> None:
        if key.value in parent.entries:
            first = parent.keys[key.value].line
            self.diagnostics.append(Diagnostic.at(key.place, "duplicate-key", key=key.value, line=first))
        else:
            parent.entries[key.value] = node
            parent.keys[key.value] = key.place


def given_entries(node: Mapping_) -> Mapping[str, Node]:
    """The entries that were given a value: a key with nothing after it says nothing."""
    return {key: value for key, value in node.entries.items() if not (isinstance(value, Scalar) and value.is_null)}
