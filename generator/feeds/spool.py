"""Pieces of files that are made of many, on their way from where they are made to where they are joined."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from generator.source.guard import make_folder

ROOM = 64_000_000
"""Bytes that are held in memory; past it, all are in a file without a name, gone with the program."""


class Spool:
    """By dataset, a piece for each of some files; a folder is where they are put once they are many."""

    def __init__(self, folder: Path | None, room: int = ROOM) -> None:
        made = None
        with suppress(OSError):
            made = make_folder(folder, "") if folder else None
        self.file = tempfile.SpooledTemporaryFile(max_size=room, dir=str(made) if made else None)  # noqa: SIM115
        self.paths: Sequence[str] = ()
        self.places: dict[str, tuple[int, Sequence[int]]] = {}
        self.end = 0
        weakref.finalize(self, self.file.close)

    def __contains__(self, id: str) -> bool:
        return id in self.places

    def add(self, id: str, forms: Mapping[str, bytes]) -> None:
        """A dataset's pieces by the paths of the files, which are the same for each dataset."""
        self.paths = self.paths or tuple(forms)
        self.places[id] = self.end, tuple(map(len, forms.values()))
        self.file.seek(self.end)
        self.end += self.file.write(b"".join(forms.values()))

    def read(self, id: str, path: str) -> bytes:
        start, sizes = self.places[id]
        number = self.paths.index(path)
        self.file.seek(start + sum(sizes[:number]))
        return self.file.read(sizes[number])
