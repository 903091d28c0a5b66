"""Many files written as one: all of them arrive, or the folder is as it was."""

from __future__ import annotations

import os
import posixpath
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator.source.guard import is_within


def move_in(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside, then move them into place; OSError leaves the folder as it was."""
    if not files:
        return
    made = make_folders(root)
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".vitrine-import-") as name:
            stage, moved = Path(name), list[tuple[Path, Path | None]]()
            for number, (path, data) in enumerate(files.items()):
                prepare(stage / str(number), root / path, data)
            try:
                for number, path in enumerate(files):
                    refuse_outside(root, path)
                    made += make_folders((root / path).parent)
                    moved.append(exchange_files(stage / str(number), root / path, stage / f"old-{number}"))
            except BaseException:
                for file, old in reversed(moved):
                    file.unlink() if old is None else old.replace(file)
                raise
    except BaseException:
        for folder in reversed(made):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def make_folders(folder: Path) -> list[Path]:
    """The folders that had to be made, the outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def refuse_outside(root: Path, path: str) -> None:
    """OSError for a path that a symbolic link leads out of the folder; a link of its own name gives way to the file."""
    if not is_within(root, posixpath.dirname(path)):
        raise OSError(f"{path} leads out of the folder")


def prepare(file: Path, target: Path, data: bytes) -> None:
    """A file to be moved to its target, with the rights that it will have there."""
    file.write_bytes(data)
    file.chmod(target.stat().st_mode & 0o777 if target.is_file() else 0o666 & ~mask())


def exchange_files(new: Path, target: Path, aside: Path) -> tuple[Path, Path | None]:
    """Move a file into place; what was there waits aside until all are."""
    old = None
    if target.exists() or target.is_symlink():
        target.replace(aside)
        old = aside
    try:
        new.replace(target)
    except OSError:
        if old is not None:
            old.replace(target)
        raise
    return target, old


def write_whole(file: Path, text: str) -> None:
    """A file that is whole at any time: written beside, then moved into place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    try:
        prepare(Path(name), file, text.encode())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def mask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value
