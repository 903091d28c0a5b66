"""
The project's files as an import writes them: new ones as a careful person would, known ones with care.

In a file that is already there, what comes from the source is brought up to date; comments, the order of keys and the
keys that a publisher added stay. A file that says the same is not touched.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generator.authoring.merger import Merger
from generator.authoring.report import Report, SourceError
from generator.authoring.yaml_style import dumped, render, round_trip
from generator.source.files import CATALOG, DATASET, PORTAL, PUBLISHERS, dataset_files
from generator.source.nodes import Mapping_, Node, Refused, Scalar, decode_yaml, parse_yaml

IGNORE = ".gitignore"
BUILT = "/site/\n/.cache/\n"
"""What a build makes in a portal's folder."""


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
            node, diagnostics = parse_yaml(path, decode_yaml(path, file.read_bytes()))
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
        document = writer.load(decode_yaml(path, file.read_bytes()))
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

    def ignore_built(self) -> None:
        """Have git leave alone what a build makes; whoever wrote rules of their own keeps them."""
        if not (self.root / IGNORE).exists():
            self.put(IGNORE, BUILT, "new")

    def put(self, path: str, text: str, count: str) -> None:
        self.report.files[count] += 1
        write_whole(self.root / path, self.report.without_secrets(text))


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


def plain_node(node: Node | None) -> Any:
    """A node as dictionaries, lists, texts and None."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Mapping_):
        return {key: plain_node(value) for key, value in node.entries.items()}
    return [plain_node(item) for item in node.items]
