"""The folders of a portal, walked: no link is followed, nothing hidden is seen, and what can't be listed is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.source.folders import DATASETS
from generator.source.guard import is_within

TOPS = ("datasets", "content")
DEEPEST = 50
"""How many folders may lie in each other."""


Failure = Callable[[OSError], None]


def refuse_file(error: OSError) -> None:
    """A folder that can't be read is never taken for an empty one."""
    if not isinstance(error, FileNotFoundError):
        raise error


def walk(folder: Path, failed: Failure = refuse_file) -> Iterator[tuple[str, list[str]]]:
    """
    Each folder below as a POSIX path with a trailing slash, and its files, sorted; hidden ones are left out, and all of
    a folder that a link leads to outside its own.
    """
    if not is_within(folder.parent, folder.name):
        return
    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        relative = Path(parent).relative_to(folder).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        if folders and prefix.count("/") >= DEEPEST:
            failed(OSError(errno.ENAMETOOLONG, f"> {DEEPEST}", parent))
            folders.clear()
        yield prefix, sorted(name for name in files if not name.startswith("."))


def linked_folders(portal: Path) -> Iterator[str]:
    """The folders that are symbolic links, which are not read; POSIX paths from the portal's folder."""
    for top in TOPS:
        if not is_within(portal, top):
            yield top
            continue
        for parent, folders, _ in os.walk(portal / top):
            if len(Path(parent).relative_to(portal).parts) > DEEPEST:
                folders.clear()
            linked = [Path(parent, name) for name in folders if not name.startswith(".")]
            yield from (folder.relative_to(portal).as_posix() for folder in sorted(linked) if folder.is_symlink())


def dataset_files(folder: Path, failed: Failure = refuse_file) -> Iterator[str]:
    """The YAML files below `datasets/`; in a folder that holds dataset.yaml, or below it, only that one."""
    whole = ""
    for prefix, names in walk(folder, failed):
        if whole and prefix.startswith(whole):
            continue
        own = next((name for name in DATASETS if name in names), "")
        if own and prefix:
            whole = prefix
            yield f"datasets/{prefix}{own}"
            continue
        yield from (f"datasets/{prefix}{name}" for name in names if name.endswith((".yaml", ".yml")))
