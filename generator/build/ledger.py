"""What each published artifact was made from, so that what did not change is not rendered again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.build.spare import folders_of, generation, is_untouched
from generator.model.digest import digest, program_digest
from generator.site.site import Left
from generator.site.tasks import COMPRESSED, Bundle, Copy, Task
from generator.source.guard import CACHE, read_inside, write_inside
from generator.source.sealed import seal, unseal


class Ledger:
    """
    Artifact path to its digest and the files it made, each with its size and time of change.

    It stands in the portal's cache folder, and holds for one version of the program. An entry counts only while the
    published files are as that build left them. A portal has artifacts by the hundred thousand, so an entry stays the
    text that it is in the file until it is asked for, and is written back as it was.
    """

    def __init__(self, portal: Path, output: Path) -> None:
        self.output = output
        self.portal = portal
        self.path = f"{CACHE}/{digest(str(output.resolve()))[:16]}.ledger"
        self.entries: Mapping[str, tuple[str, str]] = {}
        self.kept: dict[str, Sequence[str]] = {}
        content = unseal(read_inside(portal, self.path) or b"") or b""
        version, *rows = content.decode("utf-8", "surrogateescape").split("\0")
        if version == program_digest():
            self.entries = dict(zip(rows[::3], zip(rows[1::3], rows[2::3], strict=True), strict=True))

    def fresh(self, item: Task | Bundle) -> Sequence[str]:
        """
        The published files of an artifact that would come out the same; none when it must be rendered. Looked at once,
        before anything is published.
        """
        if item.path not in self.kept:
            made_from, files = self.entries.get(item.path, ("", ""))
            self.kept[item.path] = self.untouched(item.path, files) if made_from == item.digest else ()
        return self.kept[item.path]

    def untouched(self, path: str, files: str) -> Sequence[str]:
        """The files of an entry, if all are as they were left; the one file of most is the entry's own path."""
        if not files.startswith("{"):
            return (path,) if files == self.stamp(path) else ()
        stamps = json.loads(files)
        return list(stamps) if all(stamp == self.stamp(name) for name, stamp in stamps.items()) else ()

    def read(self, path: str) -> bytes | None:
        """The published file of an artifact that was found to be fresh."""
        return (self.output / path).read_bytes() if self.kept.get(path) else None

    def left(self, path: str) -> Left | None:
        """An artifact as the last build published it, whether or not it would come out the same."""
        made_from, files = self.entries.get(path, ("", ""))
        stamp = json.loads(files).get(path, "") if files.startswith("{") else files
        whole = stamp and stamp == self.stamp(path)
        return Left(self.output / path, made_from.removesuffix(COMPRESSED)) if whole else None

    def is_current(self, plan: Sequence[Task | Bundle | Copy]) -> bool:
        """Whether the published folder is what the plan would give, data files aside."""
        known = self.entries.keys() == {item.path for item in plan}
        return known and all(self.fresh(item) for item in plan if not isinstance(item, Copy))

    def is_whole(self) -> bool:
        """Whether the published folder is as that build left it: each file, and nothing more."""
        mark = generation(self.output)
        files = [name for path, (_, files) in self.entries.items() for name in self.untouched(path, files) or ("",)]
        return bool(files and mark) and "" not in files and is_untouched(self.output, folders_of(files), mark[1])

    def write(self, made: Iterable[tuple[Task | Bundle | Copy, Sequence[str]]]) -> None:
        """Remember a build that was published. A folder that can't be written only costs the next build time."""
        rows = [program_digest()]
        for item, files in made:
            if self.kept.get(item.path):
                rows += item.path, *self.entries[item.path]
            else:
                rows += item.path, "" if isinstance(item, Copy) else item.digest, self.stamps(item.path, files)
        content = "\0".join(rows).encode("utf-8", "surrogateescape")
        write_inside(self.portal, self.path, seal(content))

    def stamps(self, path: str, files: Sequence[str]) -> str:
        """What stands for the files of an artifact, as they are published."""
        if files == [path]:
            return self.stamp(path)
        return json.dumps({name: self.stamp(name) for name in files})

    def stamp(self, path: str) -> str:
        try:
            status = os.stat(f"{self.output}/{path}")  # noqa: PTH116  a Path costs more than the look
        except OSError:
            return ""
        return f"{status.st_size} {status.st_mtime_ns}"
