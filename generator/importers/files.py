"""
The project's files as an import writes them: new ones as a careful person would, known ones with care.

In a file that is already there, what comes from the source is brought up to date; comments, the order of keys and the
keys that a publisher added stay. A file that says the same is not touched.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString
from ruamel.yaml.tag import Tag

from generator.importers.report import Report, SourceError
from generator.source.files import CATALOG, DATASET, PORTAL, PUBLISHERS, dataset_files
from generator.source.nodes import NULLS, Mapping_, Node, Refused, Scalar, decode, parse
from generator.standards import Property, properties

WIDTH = 110
NULL, STRING = Tag(suffix="tag:yaml.org,2002:null"), Tag(suffix="tag:yaml.org,2002:str")

# What is written bare, whatever other tools would make of it: they make the same of it as Vitrine.
BARE = frozenset(("date", "integer", "bbox"))


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


def plain(node: Node | None) -> Any:
    """A node as dictionaries, lists, texts and None."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Mapping_):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items]


@cache
def reads_as_text(text: str) -> bool:
    """Whether YAML 1.1 tools take an unquoted scalar for text: not `no`, `1.10`, `12:30`."""
    tag = yaml.resolver.Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == str(STRING))


# How a plain scalar may open, and what it may not hold, in a list on one line either.
PLAIN = re.compile(r"[^\W_]|[«“‘’_(/.+$^;<=~–—…]")
UNPLAIN = re.compile(r": | #|:$|[,\[\]{}]|\s$|^\.\.\.")


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
            return compact(CommentedMap(styled_entries(value, kind)))
        return compact(CommentedMap((language, styled(text, row)) for language, text in value.items()))
    if isinstance(value, (list, tuple)):
        if row.range.startswith("object:"):
            kind = row.range.removeprefix("object:")
            return CommentedSeq(CommentedMap(styled_entries(item, kind)) for item in value)
        return compact(CommentedSeq(styled(item, row) for item in value))
    text = str(value)
    if row.range == "markdown":
        text = wrap(text)
        return LiteralScalarString(text + "\n") if "\n" in text or len(text) > WIDTH else quoted(text)
    if row.range in BARE:
        return text
    return quoted(text)


def styled_entries(values: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    """The entries of an object, in the table's order."""
    for name, row in properties()[kind].items():
        if name in values:
            yield name, styled(values[name], row)


def compact(node: CommentedMap | CommentedSeq) -> CommentedMap | CommentedSeq:
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


def same(old: Any, new: Any, row: Property) -> bool:
    """Whether what is written and what comes from the source say the same."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        return (
            isinstance(old, Mapping)
            and isinstance(new, Mapping)
            and old.keys() == new.keys()
            and all(same(old[key], new[key], row) for key in new)
        )
    if isinstance(old, (list, tuple)) or isinstance(new, (list, tuple)):
        olds, news = ([x] if not isinstance(x, (list, tuple)) else x for x in (old, new))
        return len(olds) == len(news) and all(same(a, b, row) for a, b in zip(olds, news, strict=True))
    if old is None:
        return False
    first, second = str(old).strip(), str(new).strip()
    if row.range == "markdown":
        # Where the lines of a paragraph break says nothing.
        return wrap(first) == wrap(second) or first.split() == second.split()
    if row.range == "bbox":
        try:
            return float(first) == float(second)
        except ValueError:
            return False
    return first == second


class Merger:
    """Brings what is written up to date with the source; `stale` are distributions that the source lacks now."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.changed = False
        self.stale: list[str] = []

    def merge(self, old: MutableMapping[str, Any], values: Mapping[str, Any], kind: str) -> None:
        rows = properties()[kind]
        before = ""
        for name in (name for name in rows if name in values):
            row, new = rows[name], values[name]
            if name not in old:
                self.insert(old, before, name, styled(new, row))
            else:
                self.merge_value(old, name, new, row)
            before = name

    def insert(self, old: MutableMapping[str, Any], before: str, name: str, value: Any) -> None:
        self.changed = True
        if isinstance(old, CommentedMap):
            old.insert(list(old).index(before) + 1 if before else 0, name, value)
        else:
            old[name] = value

    def merge_value(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        old = parent[key]
        if row.range in ("text", "markdown", "keywords"):
            self.merge_text(parent, key, new, row)
        elif row.range == "object:Distribution" and isinstance(old, MutableSequence):
            self.merge_distributions(old, new)
        elif row.range.startswith("object:") and isinstance(old, MutableMapping) and isinstance(new, Mapping):
            self.merge(old, new, row.range.removeprefix("object:"))
        else:
            self.replace(parent, key, new, row)

    def merge_text(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        """A source without a language speaks the portal's own; translations made by hand stay."""
        old = parent[key]
        if not isinstance(old, MutableMapping):
            self.replace(parent, key, new, row)
            return
        spoken = new if isinstance(new, Mapping) else {self.language: new}
        for language, text in spoken.items():
            if language in old:
                self.replace(old, language, text, row)
            else:
                self.changed = True
                old[language] = styled(text, row)

    def replace(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        if not same(parent[key], new, row):
            self.changed = True
            parent[key] = styled(new, row)

    def merge_distributions(self, old: MutableSequence[Any], new: Iterable[Mapping[str, Any]]) -> None:
        """Distributions are the same by their id, wherever they stand."""
        written = {item["id"]: item for item in old if isinstance(item, MutableMapping) and item.get("id")}
        place = -1
        found = set()
        for values in new:
            found.add(values["id"])
            if item := written.get(values["id"]):
                self.merge(item, values, "Distribution")
                place = next(number for number, other in enumerate(old) if other is item)
            else:
                self.changed = True
                place += 1
                old.insert(place, CommentedMap(styled_entries(values, "Distribution")))
        self.stale += [str(name) for name in written if name not in found]


@dataclass
class Folder:
    """
    A portal's folder as an import finds it.

    `datasets` and `publishers` lead from ids to paths, `identifiers` from the source's own to ids, `contents` from
    paths to what the files hold.
    """

    root: Path
    report: Report
    language: str = ""
    datasets: dict[str, str] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, root: Path, report: Report) -> Folder:
        if root.exists() and not root.is_dir():
            raise SourceError("not-a-folder", path=root)
        folder = cls(root=root, report=report)
        folder.take(PORTAL)
        for path in dataset_files(root / "datasets"):
            folder.take(path)
            if path == CATALOG:
                continue
            name = path.removesuffix(f"/{DATASET}").rpartition("/")[2]
            identifier = re.sub(r"\.ya?ml$", "", name)
            content = folder.contents[path]
            if path.startswith(PUBLISHERS):
                folder.publishers[identifier] = path
                continue
            folder.datasets[identifier] = path
            if isinstance(content, dict) and isinstance(content.get("identifier"), str):
                folder.identifiers.setdefault(content["identifier"], identifier)
        return folder

    def take(self, path: str) -> None:
        """What a file holds: None where it can't be read, nothing where there is none."""
        file = self.root / path
        if not file.is_file():
            return
        try:
            node, diagnostics = parse(path, decode(path, file.read_bytes()))
        except Refused:
            node, diagnostics = None, []
        self.contents[path] = plain(node) if not diagnostics else None

    def holds(self, path: str) -> bool:
        return path in self.contents

    def map_of(self, path: str) -> dict[str, Any]:
        content = self.contents.get(path)
        return content if isinstance(content, dict) else {}

    def dataset_path(self, identifier: str) -> str:
        return self.datasets.get(identifier, f"datasets/{identifier}.yaml")

    def publisher_path(self, identifier: str) -> str:
        return self.publishers.get(identifier, f"{PUBLISHERS}{identifier}.yaml")

    def write(self, path: str, values: Mapping[str, Any], kind: str, subject: str = "") -> None:
        """A file of a class: made, brought up to date, or left alone."""
        if not self.holds(path):
            self.put(path, render(values, kind), "new")
            return
        content = self.contents[path]
        if not isinstance(content, dict):
            self.report.tell("kept.unreadable-file", subject, path)
            self.report.files["unchanged"] += 1
            return
        trial = Merger(self.language)
        trial.merge(content, values, kind)
        for name in trial.stale:
            self.report.tell("kept.distribution", subject, name)
        if not trial.changed:
            self.report.files["unchanged"] += 1
            return
        file = self.root / path
        writer = round_trip()
        document = writer.load(decode(path, file.read_bytes()))
        Merger(self.language).merge(document, values, kind)
        self.put(path, dumped(writer, document), "updated")

    def write_once(self, path: str, values: Mapping[str, Any], kind: str, comments: Mapping[str, str]) -> bool:
        """
        A file that an import starts and a publisher finishes: never touched when it is there.

        True while it is as the import wrote it, so that what was supposed in it is still to be told.
        """
        text = render(values, kind, comments)
        if not self.holds(path):
            self.put(path, text, "new")
            return True
        self.report.files["unchanged"] += 1
        return (self.root / path).read_text(encoding="utf-8") == text

    def put(self, path: str, text: str, count: str) -> None:
        self.report.files[count] += 1
        write_whole(self.root / path, text)


def write_whole(file: Path, text: str) -> None:
    """A file that is whole at any time: written beside, then moved into place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~mask()
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def mask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value


def render(values: Mapping[str, Any], kind: str, comments: Mapping[str, str] | None = None) -> str:
    """A new file of a class; `comments` stand above the keys they name."""
    document = CommentedMap(styled_entries(values, kind))
    for key, comment in (comments or {}).items():
        document.yaml_set_comment_before_after_key(key, before=comment)
    return dumped(round_trip(), document)


def dumped(writer: YAML, document: Any) -> str:
    stream = io.StringIO()
    writer.dump(document, stream)
    return stream.getvalue()
