"""What each published artifact was made from, so that what did not change is not rendered again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.model.digest import digest, program_digest
from generator.site.site import Left
from generator.site.tasks import COMPRESSED, Bundle, Copy, Task
from generator.source.guard import CACHE, read_inside, write_inside


class Ledger:
    """
    Artifact path to its digest and the files it made, each with its size and time of change.

    It stands in the portal's cache folder, and holds for one version of the program. An entry counts only while the
    published files are as that build left them.
    """

    def __init__(self, portal: Path, output: Path) -> None:
        self.output = output
        self.portal = portal
        self.path = f"{CACHE}/{digest(str(output.resolve()))[:16]}.json"
        self.entries: Mapping[str, Any] = {}
        self.copies: Sequence[str] = []
        self.kept: dict[str, Sequence[str]] = {}
        try:
            mark, _, content = (read_inside(portal, self.path) or b"").partition(b"\n")
            version, entries, copies = json.loads(content if mark == seal(content) else b"")
        except (ValueError, TypeError, RecursionError):
            return
        if version == program_digest():
            self.entries, self.copies = entries, copies

    def fresh(self, item: Task | Bundle) -> Sequence[str]:
        """
        The published files of an artifact that would come out the same; none when it must be rendered. Looked at once,
        before anything is published.
        """
        if item.path not in self.kept:
            made_from, files = self.entries.get(item.path, ("", {}))
            same = made_from == item.digest and all(stamp == self.stamp(path) for path, stamp in files.items())
            self.kept[item.path] = list(files) if same else []
        return self.kept[item.path]

    def read(self, path: str) -> bytes | None:
        """The published file of an artifact that was found to be fresh."""
        return (self.output / path).read_bytes() if self.kept.get(path) else None

    def left(self, path: str) -> Left | None:
        """An artifact as the last build published it, whether or not it would come out the same."""
        made_from, files = self.entries.get(path, ("", {}))
        whole = path in files and files[path] == self.stamp(path)
        return Left(self.output / path, made_from.removesuffix(COMPRESSED)) if whole else None

    def is_current(self, plan: Sequence[Task | Bundle | Copy]) -> bool:
        """Whether the published folder is what the plan would give, data files aside."""
        tasks = [item for item in plan if not isinstance(item, Copy)]
        copies = [item.path for item in plan if isinstance(item, Copy)]
        known = self.entries.keys() == {item.path for item in tasks} and self.copies == sorted(copies)
        return known and all(map(self.fresh, tasks))

    def write(self, made: Iterable[tuple[Task | Bundle, Sequence[str]]], copies: Iterable[str]) -> None:
        """Remember a build that was published. A folder that can't be written only costs the next build time."""
        entries = {
            item.path: self.entries[item.path]
            if self.kept.get(item.path)
            else [item.digest, {path: self.stamp(path) for path in files}]
            for item, files in made
        }
        content = json.dumps([program_digest(), entries, sorted(copies)]).encode()
        write_inside(self.portal, self.path, seal(content) + b"\n" + content)

    def stamp(self, path: str) -> list[int]:
        try:
            status = os.stat(f"{self.output}/{path}")  # noqa: PTH116  a Path costs more than the look
        except OSError:
            return []
        return [status.st_size, status.st_mtime_ns]


def seal(content: bytes) -> bytes:
    """What tells that a ledger is as it was written."""
    return hashlib.sha256(content).hexdigest().encode()
