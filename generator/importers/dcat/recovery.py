"""
What can be read of a document with mistakes in its syntax: every other record, each as a whole.

A document is parted where its syntax leaves no doubt: Turtle after the points that end statements, N-Triples at the
ends of lines, RDF/XML around the nodes below its root and below its catalogue. Whatever of a record is mistaken, the
record is left out; none is mended.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from generator.importers.dcat.tags import DEPTH, Tag, find_tags

MOST_DIRECTIVES = 1_000
MOST_FAULTS = 1_000
"""Beyond these a document is none, and what could be read of it is no catalogue."""
LINES = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)


class Fault(NamedTuple):
    """What is wrong on a line."""

    line: int
    problem: str


class Part(NamedTuple):
    """A piece of a document; `before` and `after` make a document of a record by itself. A frame is no record."""

    content: bytes
    start: int
    before: bytes = b""
    after: bytes = b""
    is_frame: bool = False

    @property
    def alone(self) -> bytes:
        return self.before + self.content + self.after


Judge = Callable[[bytes], Fault | None]
"""What is wrong with a document; nothing where it can be read."""


@dataclass
class Recovered:
    """A document without what can't be read of it, what that was, and the nodes that it was about."""

    data: bytes = b""
    faults: list[Fault] = field(default_factory=list)
    subjects: set[ox.NamedNode] = field(default_factory=set)


def recover(data: bytes, format_: ox.RdfFormat, judge: Judge) -> Recovered:
    found = Recovered()
    sound: list[bytes] = []
    line, counted = 1, 0
    for part in parts_of(data, format_, judge):
        if len(found.faults) > MOST_FAULTS:
            return Recovered()
        fault = None if part.is_frame else judge(part.alone)
        if fault is None:
            sound.append(part.content)
            continue
        line += data.count(b"\n", counted, part.start)
        counted = part.start
        inside = max(fault.line - 1 - part.before.count(b"\n"), 0)
        found.faults.append(Fault(line + inside, fault.problem))
        if subject := subject_of(part, format_):
            found.subjects.add(subject)
    found.data = b"".join(sound)
    return found


def parts_of(data: bytes, format_: ox.RdfFormat, judge: Judge) -> Iterator[Part]:
    if format_ == ox.RdfFormat.RDF_XML:
        return iter(XmlParts(data))
    return line_parts(data) if format_ in LINES else turtle_parts(data, judge)


def subject_of(part: Part, format_: ox.RdfFormat) -> ox.NamedNode | None:
    """The node that a part is about, as far as that can be read."""
    try:
        if format_ == ox.RdfFormat.RDF_XML:
            about = ABOUT.search(part.content[:2_000])
            return ox.NamedNode(html.unescape(about[2].decode())) if about else None
        term = FIRST.match(part.content)
        quads = ox.parse(part.before + term[1] + b" <x:x> <x:x> .", format=ox.RdfFormat.TURTLE) if term else ()
        return next((quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)), None)
    except (SyntaxError, ValueError):
        return None


# ---------------------------------------------------------------- lines, and statements


def line_parts(data: bytes) -> Iterator[Part]:
    start = 0
    for line in data.splitlines(keepends=True):
        yield Part(line, start)
        start += len(line)


TOKEN = re.compile(
    rb"\s++|#[^\n]*+|<[^<>\"{}|^`\\\x00-\x20]*+>"
    rb"|\"\"\"(?:[^\"\\]++|\\.|\"(?!\"\"))*+\"\"\"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    rb"|\"(?:[^\"\\\n]++|\\.)*+\"|'(?:[^'\\\n]++|\\.)*+'"
    rb"|[^\s<>\"'\[\](){}#;,.]++(?:\.++[^\s<>\"'\[\](){}#;,.]++)*+|.",
    re.DOTALL,
)
FIRST = re.compile(rb"(?:\s|#[^\n]*\n)*(<[^<>\s]*>|[^\s<>\"'\[\](){}#;,]+:[^\s<>\"'\[\](){}#;,]*)")
DIRECTIVE = re.compile(rb"(?:\s|#[^\n]*\n)*@?(?:prefix|base)\b", re.IGNORECASE)
LONG = (b'"""', b"'''")
AFTER_TEXT = re.compile(rb"[\s@^;,.\])}#]|$")


def turtle_parts(data: bytes, judge: Judge) -> Iterator[Part]:
    """
    Statements and directives, each with the sound directives before it. Where a long text seems to begin in the midst
    of another, nothing says any more what is text and what is not: the rest is one part.
    """
    directives, count = b"", 0
    for start, end in statement_spans(data):
        part = Part(data[start:end], start, directives)
        if DIRECTIVE.match(part.content) and count < MOST_DIRECTIVES and judge(part.alone) is None:
            directives, count = directives + part.content + b"\n", count + 1
        yield part


def statement_spans(data: bytes) -> Iterator[tuple[int, int]]:
    """
    Where statements begin and end: a point ends one wherever it stands, as none may stand in brackets; a graph of TriG
    ends with its brace, and SPARQL's directives with their line.
    """
    start, braces, first, last = 0, 0, b"", b""
    for match in TOKEN.finditer(data):
        token, end = match[0], match.end()
        if token.startswith(LONG) and (len(token) < 6 or not AFTER_TEXT.match(data, end)):
            break
        braces = max(0, braces + (token == b"{") - (token == b"}"))
        ends_line = b"\n" in token and first.lower() in (b"prefix", b"base") and last.startswith(b"<")
        if (token[:1].isspace() or token[:1] == b"#") and not ends_line:
            continue
        first, last = first or token, token
        if ends_line or (token in (b".", b"}") and not braces):
            yield start, end
            start, first, last = end, b"", b""
    if data[start:].strip():
        yield start, len(data)


# ---------------------------------------------------------------- elements

ABOUT = re.compile(rb"\babout\s*=\s*([\"'])([a-zA-Z][\w+.-]*:[^\"'<>\s]*)\1")
CATALOG = re.compile(rb"(?:[^:]*:)?Catalog")
NO_DOCUMENT = b"</>"


@dataclass
class XmlParts:
    """
    The nodes below the root; of a catalogue, which often holds all others, what is in it, part by part. What is neither
    is a part too. `frames` are the root and the catalogue, `before` how they begin, `names` the elements that are open.
    """

    data: bytes
    frames: list[bytes] = field(default_factory=list)
    before: list[bytes] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)
    start: int = 0

    def __iter__(self) -> Iterator[Part]:
        for tag in find_tags(self.data):
            yield from self.close(tag) if tag.closes else self.open(tag)
            if not self.frames or len(self.names) > DEPTH:
                break
        yield from self.part(len(self.data))
        while self.frames:
            yield self.end_frame(len(self.data))

    def open(self, tag: Tag) -> Iterator[Part]:
        is_outside = len(self.names) == len(self.frames)
        if is_outside and self.frames:
            yield from self.part(tag.start)
        if is_outside and self.is_frame(tag):
            yield Part(self.data[self.start : tag.end], self.start, is_frame=True)
            self.before.append(self.data[self.start : tag.end])
            self.frames.append(tag.name)
            self.start = tag.end
        if not tag.is_empty:
            self.names.append(tag.name)
        elif is_outside:
            yield from self.part(tag.end)

    def is_frame(self, tag: Tag) -> bool:
        is_catalog = CATALOG.fullmatch(tag.name) is not None
        return not tag.is_empty and (not self.frames or (len(self.frames) == 1 and is_catalog))

    def close(self, tag: Tag) -> Iterator[Part]:
        """An end of an element ends all that is open in it; of nothing that is open, it is but a mistake."""
        if tag.name not in self.names:
            return
        index = len(self.names) - 1 - self.names[::-1].index(tag.name)
        del self.names[index:]
        if index == len(self.frames):
            yield from self.part(tag.end)
        elif index < len(self.frames):
            yield from self.part(tag.start)
            while len(self.frames) > index:
                yield self.end_frame(tag.start)
            self.start = tag.end

    def part(self, end: int) -> Iterator[Part]:
        start, self.start = self.start, end
        if self.data[start:end].strip():
            after = b"".join(b"</" + name + b">" for name in reversed(self.frames)) or NO_DOCUMENT
            yield Part(self.data[start:end], start, b"".join(self.before), after)

    def end_frame(self, place: int) -> Part:
        self.before.pop()
        return Part(b"</" + self.frames.pop() + b">", place, is_frame=True)
