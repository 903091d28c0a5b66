"""YAML text to nodes that remember their place. Every scalar stays text; structuring converts it by its range."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.model.diagnostics import Diagnostic, Place
from generator.source.lines import Lines
from generator.source.lost_words import LostWords
from generator.source.mended_lines import mend_line
from generator.source.syntax import find_marker, is_keyless, name_problem
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


BARE = Scalar(Place(""), "")
"""A key that has no colon."""


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


def parse_yaml(path: str, text: str, line: int = 0, metadata: bool = False) -> tuple[Node | None, list[Diagnostic]]:
    """
    The document's root node, or None when the file is empty or refused, and what is wrong with it.

    `line` is how many lines stand before the text in its file (front matter). Duplicate keys are reported and the
    first kept; aliases, merge keys, several documents and anything deeper or larger than the limits refuse the file.
    Of a portal's `metadata`, what YAML leaves out of the author's words is told too.
    """
    reader = Reader(path, text, line, metadata)
    try:
        root = reader.read()
    except Refused as refused:
        return None, [refused.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [name_problem(path, reader.text, line, error)]
    return root, [*reader.diagnostics, *reader.lost.diagnostics]


class Reader:
    """One pass over the parser's events, building nodes; no recursion, so that no depth can hurt."""

    def __init__(self, path: str, text: str, line: int, metadata: bool) -> None:
        self.path = path
        self.text = Lines(text)
        self.line = line
        self.metadata = metadata
        self.lost = LostWords(path, self.text, line)
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

    def refuse_sign(self, event: Any, code: str, **values: object) -> Refused:
        """A sign of YAML's that begins a text, for which the line can be written in another way."""
        line, _ = self.text.position(event.start_mark)
        return self.refuse(event, code, **values, rewritten=mend_line(self.text.lines[line]))

    def scalar(self, event: Any, names: list[str]) -> Scalar | Sequence:
        """A text, below the keys of these names; where words were meant to be a list, that list."""
        if event.style == '"' and (bad := UNPRINTABLE.search(event.value)):  # written as an escape
            raise self.refuse(event, "control-character", character=f"U+{ord(bad[0]):04X}")
        place, start = self.place(event), self.start(event)
        value = self.lost.weigh(event, names) if self.metadata else event.value
        if isinstance(value, list):
            return Sequence(place, [Scalar(place, word) for word in value])
        return Scalar(place, value, not event.style, start if value == event.value else None)

    def read_key(self, event: Any, node: Node, parent: Mapping_) -> Scalar:
        if not isinstance(node, Scalar):
            raise self.refuse(event, "key-not-text")
        if node.plain and node.value == "<<":
            raise self.refuse(event, "yaml-merge-key")
        if self.metadata and (misplaced := self.lost.find_misplaced(event)):
            raise Refused(misplaced)
        if self.metadata and self.lost.is_bare(event):
            self.lost.tell_bare(event, parent.place)
            return BARE
        return node

    def read(self) -> Node | None:
        self.find_marker()
        root: Node | None = None
        stack: list[Sequence | Mapping_] = []
        pending: list[Scalar | None] = []  # the key that waits for its value, a level each
        above: list[str] = []  # the key that each level stands below
        count = documents = 0
        for event in iter(SAFE(self.text.whole).get_event, None):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                is_key = bool(stack) and isinstance(stack[-1], Mapping_) and pending[-1] is None
                names = [*above, pending[-1].value if pending and pending[-1] else ""]
                node: Node = self.scalar(event, [] if is_key else names)
            elif kind is yaml.MappingStartEvent:
                node = Mapping_(self.place(event), {}, {})
            elif kind is yaml.SequenceStartEvent:
                node = Sequence(self.place(event), [])
            elif kind is yaml.AliasEvent:
                raise self.refuse_sign(event, "yaml-alias", name=event.anchor)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                stack.pop()
                pending.pop()
                above.pop()
                continue
            else:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        raise self.refuse(event, "several-documents")
                continue
            if event.anchor or event.tag:
                raise self.refuse_sign(event, "yaml-character", character="&" if event.anchor else "!")
            count += 1
            if count > MAX_NODES:
                raise self.refuse(event, "too-many-values", limit=MAX_NODES)
            name = ""
            if not stack:
                root = node
            elif isinstance(parent := stack[-1], Sequence):
                parent.items.append(node)
            elif (key := pending[-1]) is None:
                pending[-1] = self.read_key(event, node, parent)
                continue
            else:
                name, pending[-1] = key.value, None
                if key is not BARE:
                    self.enter(parent, key, node)
            if not isinstance(node, Scalar) and kind is not yaml.ScalarEvent:
                stack.append(node)
                pending.append(None)
                above.append(name)
                if len(stack) > MAX_DEPTH:
                    raise self.refuse(event, "too-deep", limit=MAX_DEPTH)
        if self.metadata and isinstance(root, Scalar) and is_keyless(root.value):
            mended = mend_line(self.text.lines[root.place.line - 1 - self.line])
            raise Refused(Diagnostic.at(root.place, "yaml-no-colon", rewritten=mended))
        return None if isinstance(root, Scalar) and root.is_null else root

    def find_marker(self) -> None:
        found = find_marker(self.text.whole)
        if found is not None:
            line = self.text.whole.count("\n", 0, found) + 1 + self.line
            raise Refused(Diagnostic.at(Place(self.path, line, 1), "merge-conflict"))

    def enter(self, parent: Mapping_, key: Scalar, node: Node) -> None:
        if key.value in parent.entries:
            first = parent.keys[key.value].line
            self.diagnostics.append(Diagnostic.at(key.place, "duplicate-key", key=key.value, line=first))
        else:
            parent.entries[key.value] = node
            parent.keys[key.value] = key.place


def given_entries(node: Mapping_) -> Mapping[str, Node]:
    """The entries that were given a value: a key with nothing after it says nothing."""
    return {key: value for key, value in node.entries.items() if not is_empty(value)}


def is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null
