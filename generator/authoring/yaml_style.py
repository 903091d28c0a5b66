"""YAML as a careful person writes it: quotes where they are needed, short things on one line, long texts in lines."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString
from ruamel.yaml.tag import Tag

from generator.source.nodes import NULLS
from generator.standards import Property, properties

WIDTH = 110
NULL, STRING = Tag(suffix="tag:yaml.org,2002:null"), Tag(suffix="tag:yaml.org,2002:str")

# What is written bare, whatever other tools would make of it: they make the same of it as Vitrine.
BARE = frozenset(("date", "day", "month", "year", "integer", "whole", "number", "month-number", "bbox"))

Rows = Mapping[str, Property]
"""What an object may say, by name, in the order in which it is written."""


class Resolver(VersionedResolver):
    """Every scalar is text, as for Vitrine itself; so a round trip leaves each as it was written."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode or getattr(kind, "__name__", "") == "ScalarNode":
            return NULL if implicit[0] and value in NULLS else STRING
        return super().resolve(kind, value, implicit)


def round_trip() -> YAML:
    writer = YAML()
    writer.Resolver = Resolver
    writer.preserve_quotes = True
    writer.allow_unicode = True
    writer.width = 1_000_000
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def rows_of(kind: str | Rows) -> Rows:
    """What an object of a class, or of rows of its own, may say."""
    return properties()[kind] if isinstance(kind, str) else kind


def render(values: Mapping[str, Any], kind: str | Rows, comments: Mapping[str, str] | None = None) -> str:
    """A new file of a class, or of rows of its own; `comments` stand above the keys they name."""
    document = CommentedMap(styled_entries(values, kind))
    for key, comment in (comments or {}).items():
        document.yaml_set_comment_before_after_key(key, before=comment)
    return dumped(round_trip(), document)


def dumped(writer: YAML, document: Any) -> str:
    stream = io.StringIO()
    writer.dump(document, stream)
    return stream.getvalue()


@cache
def reads_as_text(text: str) -> bool:
    """Whether tools of YAML 1.1 and of 1.2 take an unquoted scalar for text: not `no`, `1.10`, `12:30`, `12e5`."""
    older = yaml.resolver.Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    newer = VersionedResolver().resolve(ScalarNode, text, (True, False))
    return {str(older), str(newer)} == {str(STRING)}


# How a plain scalar may open, and what it may not hold, in a list on one line either.
PLAIN = re.compile(r"[^\W_]|[«“‘’_(/.+$^;<=~–—…]")
UNPLAIN = re.compile(r":[ ?]| #|:$|[,\[\]{}]|\s$|^\.\.\.")


def quoted(text: str) -> str:
    """
    A text that carries quotes when it needs them.

    >>> type(quoted("Plan d'eau")).__name__, type(quoted("no")).__name__, type(quoted("a: b")).__name__
    ('str', 'DoubleQuotedScalarString', 'DoubleQuotedScalarString')
    """
    if PLAIN.match(text) and reads_as_text(text) and not UNPLAIN.search(text):
        return text
    quote = SingleQuotedScalarString if re.search(r'["\\]', text) else DoubleQuotedScalarString
    written: str = quote(text)
    return written


def styled(value: Any, row: Property) -> Any:
    """A value of a property as it is to be written."""
    if isinstance(value, Mapping):
        if row.range.startswith("object:") or row.range == "license":
            kind = "LicenseDocument" if row.range == "license" else row.range.removeprefix("object:")
            return flow_if_short(CommentedMap(styled_entries(value, kind)))
        return flow_if_short(CommentedMap((language, styled(text, row)) for language, text in value.items()))
    if isinstance(value, (list, tuple)):
        if row.range.startswith("object:"):
            kind = row.range.removeprefix("object:")
            return CommentedSeq(CommentedMap(styled_entries(item, kind)) for item in value)
        return flow_if_short(CommentedSeq(styled(item, row) for item in value))
    text = str(value)
    if row.range == "markdown":
        text = wrap(text)
        return LiteralScalarString(text + "\n") if "\n" in text or len(text) > WIDTH else quoted(text)
    if row.range in BARE:
        return text
    return quoted(text)


def styled_entries(values: Mapping[str, Any], kind: str | Rows) -> Iterator[tuple[str, Any]]:
    """The entries of an object, in the table's order."""
    for name, row in rows_of(kind).items():
        if name in values:
            yield name, styled(values[name], row)


def flow_if_short(node: CommentedMap | CommentedSeq) -> CommentedMap | CommentedSeq:
    """A short map or list of short things on one line."""
    if measure(node) <= WIDTH - 15:
        node.fa.set_flow_style()
    return node


def measure(node: Any) -> int:
    """The length on one line; more than any line for what needs several."""
    if isinstance(node, Mapping):
        return sum(len(key) + 4 + measure(value) for key, value in node.items())
    if isinstance(node, list):
        return sum(2 + measure(item) for item in node) + 2 if not any(isinstance(i, Mapping) for i in node) else 10_000
    return 10_000 if isinstance(node, LiteralScalarString) else len(str(node)) + 2


def wrap(text: str) -> str:
    """
    Markdown whose long plain paragraphs are broken into lines; a break never opens a line with a mark.

    >>> wrap("mot " * 40).count("\\n")
    1
    >>> wrap("- " + "mot " * 40).count("\\n")
    0
    """
    if "```" in text or "~~~" in text:
        return text
    return "\n".join(part for line in text.split("\n") for part in wrap_line(line))


# Links and code stay on one line.
UNBROKEN = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)|`[^`]*`|<[^<>]*>")
MARKED_LINE = re.compile(r"[\s|#>*+=-]|\d+[.)]\s|\[[^\]]+\]:")


def wrap_line(line: str) -> Iterator[str]:
    line = line.rstrip(" ")
    if len(line) > WIDTH + 10 and not MARKED_LINE.match(line) and "|" not in line:
        masked = UNBROKEN.sub(lambda match: match[0].replace(" ", "\0"), line)
        # A word of letters may open a line; a number with a point, a dash or a mark would make something else of it.
        breaks = [match.start() for match in re.finditer(r" (?=[^\W\d_]|[«(])", masked)]
        start = 0
        while len(line) - start > WIDTH:
            fitting = [place for place in breaks if start < place <= start + WIDTH]
            later = [place for place in breaks if place > start]
            if not later:
                break
            end = fitting[-1] if fitting else later[0]
            yield line[start:end].rstrip(" ")
            start = end + 1
        line = line[start:]
    yield line
