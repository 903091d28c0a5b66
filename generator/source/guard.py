"""
The one guard of every file of a portal that is read, written or deleted: links are never followed out of its folder.

A portal's files may come from a stranger's pull request, and a link among them may lead anywhere on the machine.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
import tempfile
from pathlib import Path

CACHE = ".cache/vitrine"
"""Below a portal's folder: what only saves time, and may be deleted."""

TEMPORARY = ".vitrine-"
"""How the names begin of what is being written."""


def is_file(file: Path) -> bool:
    """Whether there is such a regular file; there is none of a name that the system does not take."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def is_plain_file(file: Path) -> bool:
    """Whether there is a regular file, and no link to one; of a folder that was walked, it needs no closer look."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def is_within(folder: Path, path: str) -> bool:
    """
    Whether a path leads, through whatever links, to a place inside a folder, be there something or not. What is hidden
    at its root, such as `.git` with its passwords, is led to by no link.
    """
    root, target = folder.resolve(), (folder / path).resolve()
    if not target.is_relative_to(root):
        return False
    first = target.relative_to(root).parts[:1]
    return not first or not first[0].startswith(".") or Path(path).parts[:1] == first


def is_inside(folder: Path, path: str) -> bool:
    """Whether a path leads to a regular file inside a folder: no FIFO, no device, no socket."""
    try:
        return is_file(folder / path) and is_within(folder, path)
    except OSError:  # links that lead to each other
        return False


def is_stray(folder: Path, path: str) -> bool:
    """Whether a path is a symbolic link that leads out of a folder, or nowhere, or what is no file."""
    return os.path.lexists(folder / path) and not is_inside(folder, path)


def files_inside(folder: Path, below: str = "", pattern: str = "*") -> tuple[list[str], list[str]]:
    """The paths of the regular files of a folder, or below one of its own, in order; and of what is stray."""
    if not is_within(folder, below):
        return [], [below]
    paths = sorted(file.relative_to(folder).as_posix() for file in (folder / below).rglob(pattern))
    strays = [path for path in paths if not (folder / path).is_dir() or (folder / path).is_symlink()]
    strays = [path for path in strays if not is_inside(folder, path)]
    return [path for path in paths if is_inside(folder, path)], strays


def read_inside(folder: Path, path: str) -> bytes | None:
    """A file of a folder; None where there is none, where it can't be read, or where a link leads out."""
    try:
        return (folder / path).read_bytes() if is_inside(folder, path) else None
    except OSError:
        return None


def write_inside(folder: Path, path: str, content: bytes) -> bool:
    """Write a file of a folder, whole or not at all, in place of a link that has its name; False where it can't be."""
    try:
        parent = make_folder(folder, posixpath.dirname(path))
        if parent is None:
            return False
        handle, name = tempfile.mkstemp(dir=parent, prefix=TEMPORARY)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(folder / path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True


def make_folder(folder: Path, path: str) -> Path | None:
    """A folder inside another, made where it is missing; None where a link, or a file, is in its place."""
    made = folder / path
    if leads_elsewhere(folder, path):
        return None
    made.mkdir(parents=True, exist_ok=True)
    return made


def leads_elsewhere(folder: Path, path: str) -> bool:
    """Whether a folder's path goes through a link, or through what is no folder."""
    place = folder
    for part in Path(path).parts:
        place = place / part
        try:
            if not stat.S_ISDIR(place.lstat().st_mode):
                return True
        except OSError:
            return False
    return False


def delete(file: Path) -> None:
    """Delete what has the name of a file of ours, were it a folder; a link is deleted, never what it leads to."""
    try:
        if stat.S_ISDIR(file.lstat().st_mode):
            shutil.rmtree(file)
        else:
            file.unlink()
    except FileNotFoundError:
        return
