"""
The project's files as an import writes them: new ones as a careful person would, known ones with care.

In a file that is already there, what comes from the source is brought up to date as far as nobody edited it here;
comments, the order of keys and the keys that a publisher added stay. A file that says the same is not touched. Nothing
is on disk before `commit`, and then all of it or nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.authoring.memory import MEMORY, Memory, file_fingerprint
from generator.authoring.merger import Merger
from generator.authoring.report import Report, SourceError
from generator.authoring.transaction import move_in
from generator.authoring.yaml_style import Rows, dumped, render, round_trip
from generator.source.folders import CATALOG, DATASETS, PORTAL, PUBLISHERS
from generator.source.guard import is_stray, read_inside
from generator.source.nodes import Mapping_, Node, Refused, Scalar, decode_yaml, parse_yaml
from generator.source.tree import dataset_files

IGNORE = ".gitignore"
BUILT = "/site/\n/.cache/\n"
"""What a build makes in a portal's folder."""


@dataclass
class Folder:
    """
    A portal's folder as an import finds it, and `pending`, what it will hold after.

    `datasets` and `publishers` lead from ids to paths, `identifiers` from the source's own and from former ids to ids,
    `contents` from paths to what the files hold. `memory` is the last import's, `remembered` this one's.
    """

    root: Path
    report: Report
    language: str = ""
    datasets: dict[str, str] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)
    identifiers: dict[str, str] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)
    pending: dict[str, bytes] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    remembered: Memory = field(default_factory=Memory)

    @classmethod
    def open(cls, root: Path, report: Report) -> Folder:
        if root.exists() and not root.is_dir():
            raise SourceError("not-a-folder", path=root)
        folder = cls(root=root, report=report, memory=Memory.read(root))
        folder.take(PORTAL)
        former: dict[str, str] = {}
        for path in dataset_files(root / "datasets"):
            folder.take(path)
            if path == CATALOG:
                continue
            head, _, last = path.rpartition("/")
            identifier = head.rpartition("/")[2] if last in DATASETS else re.sub(r"\.ya?ml$", "", last)
            if path.startswith(PUBLISHERS):
                folder.publishers[identifier] = path
                continue
            folder.datasets[identifier] = path
            content = folder.map_of(path)
            if isinstance(content.get("identifier"), str):
                folder.identifiers.setdefault(content["identifier"], identifier)
            names = content.get("formerly")
            former |= {str(name): identifier for name in (names if isinstance(names, list) else [names]) if name}
        folder.identifiers = {**former, **folder.identifiers}
        return folder

    def take(self, path: str) -> None:
        """What a file holds: None where it can't be read, nothing where there is none."""
        if not os.path.lexists(self.root / path):
            return
        data = read_inside(self.root, path)
        try:
            node, diagnostics = (None, []) if data is None else parse_yaml(path, decode_yaml(path, data))
        except Refused:
            node, diagnostics = None, []
        self.contents[path] = plain_node(node) if not diagnostics else None

    def holds(self, path: str) -> bool:
        return path in self.contents

    def map_of(self, path: str) -> dict[str, Any]:
        content = self.contents.get(path)
        return content if isinstance(content, dict) else {}

    def dataset_path(self, identifier: str) -> str:
        return self.datasets.get(identifier, f"datasets/{identifier}.yaml")

    def publisher_path(self, identifier: str) -> str:
        return self.publishers.get(identifier, f"{PUBLISHERS}{identifier}.yaml")

    def deleted(self, kind: str, identifier: str, path: str) -> bool:
        """Whether an import wrote it and somebody deleted it since."""
        return self.memory.of(kind, identifier) is not None and not self.holds(path)

    def write(
        self,
        path: str,
        values: Mapping[str, Any],
        kind: str,
        subject: str,
        comments: Mapping[str, str],
        declared: Rows | None = None,
    ) -> None:
        """An object's file: made, brought up to date, or left alone. `declared` are the rows of one of no class."""
        rows = declared or kind
        known = self.memory.of(kind, subject)
        content = self.contents.get(path)
        trial = Merger(self.language, known or {}, Report() if known is None else self.report, subject)
        if not self.holds(path) or not isinstance(content, dict):
            trial.remember_object(values, rows)
            if self.holds(path):
                self.report.tell("kept.unreadable-file", subject, path)
                self.report.files["unchanged"] += 1
            else:
                self.put(path, render(values, rows, comments), "new")
        else:
            trial.merge(content, values, rows)
            self.update(path, values, kind, subject, trial, rows)
        self.remembered.objects[f"{kind} {subject}"] = trial.remembered

    def update(
        self, path: str, values: Mapping[str, Any], kind: str, subject: str, trial: Merger, rows: str | Rows
    ) -> None:
        known = self.memory.of(kind, subject)
        if known is None and (trial.changed or trial.report.events):
            self.report.tell("kept.own-file", subject, path)
        if known is None or not trial.changed:
            self.report.files["unchanged"] += 1
            return
        writer = round_trip()
        document = writer.load(decode_yaml(path, read_inside(self.root, path) or b""))
        Merger(self.language, known, Report(), subject).merge(document, values, rows)
        self.put(path, dumped(writer, document), "updated")

    def write_file(self, path: str, data: bytes) -> None:
        """A page or picture of the source's: made, replaced while nobody edited it here, or left alone."""
        now = file_fingerprint(data)
        known = (self.memory.of("File", path) or {}).get("")
        self.remembered.objects[f"File {path}"] = {"": now}
        data_here = read_inside(self.root, path)
        if is_stray(self.root, path):
            self.report.tell("kept.unreadable-file", "", path)
            self.report.files["unchanged"] += 1
            return
        if data_here is None:
            if known is None:
                self.put(path, data, "new")
            else:
                self.report.tell("kept.deleted", "", path)
            return
        here = file_fingerprint(data_here)
        if here != now and here == known:
            self.put(path, data, "updated")
            return
        self.report.files["unchanged"] += 1
        if here != now:
            code = "kept.own-file" if known is None else "kept.edited" if known == now else "asked.changed"
            self.report.tell(code, "", path)

    def write_once(self, path: str, text: str) -> None:
        """A file that an import starts and a publisher finishes: never touched when it is there."""
        if os.path.lexists(self.root / path):
            self.report.files["unchanged"] += 1
        else:
            self.put(path, text, "new")

    def is_as_written(self, path: str, text: str) -> bool:
        """Whether a file says what an import would write, so that what was supposed in it is still to be told."""
        return self.pending.get(path, read_inside(self.root, path)) == text.encode()

    def put(self, path: str, text: str | bytes, count: str) -> None:
        self.report.files[count] += 1
        self.pending[path] = text if isinstance(text, bytes) else self.report.without_secrets(text).encode()

    def commit(self) -> None:
        """Everything to disk, or nothing: SourceError where the disk refuses."""
        records = {name: values for name, values in self.memory.objects.items() if name.startswith("Record ")}
        memory = Memory({**records, **self.remembered.objects}).text().encode()
        files = {MEMORY: memory, **self.pending}
        changed = {path: data for path, data in files.items() if read_inside(self.root, path) != data}
        try:
            move_in(self.root, changed)
        except OSError as error:
            raise SourceError("unwritable", path=self.root, problem=error.strerror or error) from None
        self.pending.clear()


def plain_node(node: Node | None) -> Any:
    """A node as dictionaries, lists, texts and None."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Mapping_):
        return {key: plain_node(value) for key, value in node.entries.items()}
    return [plain_node(item) for item in node.items]
