"""
What was found out before, kept from one build to the next: never needed, as a lost or damaged file only costs time.

A file that holds it may come from anywhere, as from a cache that a pipeline restores. So it is read only where it is
the user's own, it holds no code, and each value is sealed with its key.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from generator.source.guard import CACHE, delete, leads_elsewhere

TABLE = "CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB)"

MODEL = "generator.model."
"""Where the classes are of which values are made again."""


class Shelf(dict[str, bytes]):
    """
    What a file keeps by key; without a file, as long as the program runs. `save` writes what changed since it was read.

    A file of which anything is not as it was written, or that another user made, is begun anew.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.used: set[str] = set()
        try:
            super().__init__(self._read())
        except (OSError, sqlite3.Error, ValueError, TypeError, OverflowError):
            self.clear()
            self._discard()
        self._saved = dict(self)

    def recall(self, key: str) -> bytes | None:
        """What is kept under a key, if anything is; it is still used."""
        self.used.add(key)
        return self.get(key)

    def prune(self) -> None:
        """Forget what nobody has asked for."""
        for key in self.keys() - self.used:
            del self[key]

    def save(self) -> None:
        """A folder that can't be written only costs the next build time."""
        changed = [(key, value) for key, value in self.items() if self._saved.get(key) is not value]
        gone = [(key,) for key in self._saved.keys() - self.keys()]
        if self.file is None or not (changed or gone):
            return
        try:
            self._save(self.file, changed, gone)
        except (OSError, sqlite3.Error):
            self._discard()
            with suppress(OSError, sqlite3.Error):
                self._save(self.file, list(self.items()), [])
        self._saved = dict(self)

    def _read(self) -> dict[str, bytes]:
        if self.file is None or not os.path.lexists(self.file):
            return {}
        with closing(self._open(self.file)) as rows:
            if [sql for (sql,) in rows.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")] != [TABLE]:
                raise ValueError("not a table of this program's")
            kept = dict(rows.execute("SELECT key, value FROM entries"))
        return {key: unsealed(key, value) for key, value in kept.items()}

    def _save(self, file: Path, changed: list[tuple[str, bytes]], gone: list[tuple[str]]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open(file)) as rows, rows:
            rows.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            rows.executemany(
                "REPLACE INTO entries VALUES (?, ?)", [(key, sealed(key, value)) for key, value in changed]
            )
            rows.executemany("DELETE FROM entries WHERE key = ?", gone)

    def _open(self, file: Path) -> sqlite3.Connection:
        """The file, if it is one: SQLite would follow a link, were it only its journal's."""
        if any(map(os.path.lexists, self._names[1:])) or not is_own(file):
            self._discard()
        rows = sqlite3.connect(file, timeout=5)
        rows.execute("PRAGMA journal_mode=MEMORY")
        return rows

    @property
    def _names(self) -> list[str]:
        return [f"{self.file}{suffix}" for suffix in ("", "-journal", "-wal", "-shm")]

    def _discard(self) -> None:
        with suppress(OSError):
            for name in self._names:
                delete(Path(name))


def open_shelf(portal: Path, name: str) -> Shelf:
    """What a portal's cache folder keeps under a name; nothing where a link is in the folder's place."""
    return Shelf(None if leads_elsewhere(portal, CACHE) else portal / CACHE / f"{name}.sqlite")


def is_own(file: Path) -> bool:
    """Whether there is nothing in a file's place, or a file that is this user's, and no link."""
    if not os.path.lexists(file):
        return True
    status = file.lstat()
    return stat.S_ISREG(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def sealed(key: str, value: bytes) -> bytes:
    """
    >>> unsealed("a", sealed("a", b"b"))
    b'b'
    """
    return hashlib.sha256(key.encode() + b"\0" + value).digest() + value


def unsealed(key: str, written: bytes) -> bytes:
    """What was sealed under that key; ValueError for anything else."""
    value = written[32:]
    if sealed(key, value) != written:
        raise ValueError(key)
    return value


def pack(value: Any) -> bytes:
    """A value of the model, written; `unpack` gives one that is equal."""
    return pickle.dumps(value, protocol=5)


def unpack(written: bytes) -> Any:
    """What was packed. Raises ValueError for anything else."""
    try:
        return ModelUnpickler(io.BytesIO(written)).load()
    except Exception as error:
        raise ValueError(f"not a packed value: {error}") from error


class ModelUnpickler(pickle.Unpickler):
    """A pickle may name any function to be called: here, only the classes of the model."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(MODEL) and "." not in name else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found
