"""
The tree of the build before, kept beside the published one, so that publishing costs what changed.

`.site.vitrine-spare` shares its files with `site` by hard links. Its mark is a journal: the published folder that it
is behind, that folder's files, and the paths at which the two differ. It counts only where both trees are as they were
when it was written, so far as their folders tell, and it is gone, on disk too, before anything else of the spare tree
is touched. Whatever is in doubt costs time only: the next tree is then made from nothing. To delete it is always safe.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.source.sealed import seal, unseal

MARKER = ".vitrine"  # in a published folder: this one may be replaced; in a spare one: its journal
IGNORED = ".gitignore"  # in a spare tree, so that git leaves it out whatever a portal's own says


class Journal(NamedTuple):
    """The files of the published folder, and the paths at which the spare tree has another, none, or one too many."""

    files: Collection[str]
    changed: Collection[str]


def generation(tree: Path) -> list[int]:
    """
    What tells a published folder from every other, and from itself once something came into its root, or left it: no
    copy has the same mark, and nobody can put its time of change back. Nothing tells what is no published folder.
    """
    try:
        mark = os.lstat(tree / MARKER)
        return [mark.st_ino, mark.st_ctime_ns, os.lstat(tree).st_mtime_ns]
    except (FileNotFoundError, NotADirectoryError):
        return []


def begin_spare(tree: Path) -> int:
    """A tree that was published, or was to be, is no longer: the moment (ns) after which nobody may touch it."""
    for name in (MARKER, IGNORED):
        (tree / name).unlink(missing_ok=True)  # never written over: it may be shared
    (tree / IGNORED).write_bytes(b"*\n")
    return os.lstat(tree / IGNORED).st_ctime_ns


def write_journal(spare: Path, published: Path, journal: Journal, since: int) -> None:
    """End making a tree the spare one of a published folder: nothing of its folders has changed since a moment (ns)."""
    changed = {*journal.changed, IGNORED}
    head = {"version": __version__, "published": generation(published), "since": since, "changed": len(changed)}
    paths = "\0".join((*changed, *journal.files)).encode("utf-8", "surrogateescape")
    (spare / MARKER).write_bytes(seal(json.dumps(head).encode() + b"\n" + paths))


def take_spare(spare: Path, published: Path) -> Journal | None:
    """
    The journal of a spare tree, which has none afterwards: it may now be changed. None where anything is in doubt.
    """
    try:
        journal = read_journal(spare, published)
        if journal is not None:
            (spare / MARKER).unlink()
            sync_folder(spare)
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None
    return journal


def read_journal(spare: Path, published: Path) -> Journal | None:
    """A spare tree's journal, if both trees are as they were when it was written."""
    if (
        not is_own(spare, stat.S_ISDIR)
        or not is_own(published, stat.S_ISDIR)
        or not is_own(spare / MARKER, stat.S_ISREG)
    ):
        return None
    head, _, paths = (unseal((spare / MARKER).read_bytes()) or b"").partition(b"\n")
    written = json.loads(head)
    if written["version"] != __version__ or written["published"] != generation(published):
        return None
    names = paths.decode("utf-8", "surrogateescape").split("\0")
    journal = Journal(names[written["changed"] :], names[: written["changed"]])
    if os.lstat(spare).st_mtime_ns > os.lstat(spare / MARKER).st_ctime_ns:
        return None
    folders = list(folders_of(names))
    moments = {published: written["published"][1], spare: written["since"]}
    untouched = all(is_untouched(tree, folders, since) for tree, since in moments.items())
    return journal if untouched else None


def is_own(file: Path, kind: Callable[[int], bool]) -> bool:
    """Whether a file of a kind belongs to whoever runs this."""
    status = os.lstat(file)
    return kind(status.st_mode) and status.st_uid == (os.geteuid() if hasattr(os, "geteuid") else 0)


def is_untouched(tree: Path, folders: Iterable[str], since: int) -> bool:
    """Whether nothing was put into a tree's folders, or taken from them, since a moment; some may not be there."""
    for folder in folders:
        try:
            if os.lstat(f"{tree}/{folder}").st_ctime_ns > since:
                return False
        except (FileNotFoundError, NotADirectoryError):
            continue
    return True


def folders_of(paths: Iterable[str]) -> Iterator[str]:
    """
    The folders that lead to some paths, but for the root.

    >>> sorted(folders_of(["a/b/c", "a/b/d", "e"]))
    ['a', 'a/b']
    """
    known: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in known:
            known.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]


def files_below(tree: str, prefix: str = "") -> Iterator[str]:
    """The paths of all that is no folder in a tree, of which folders that hold nothing are removed."""
    empty = True
    with os.scandir(tree + prefix) as entries:
        for entry in entries:
            name = prefix + entry.name
            below = files_below(tree, f"{name}/") if entry.is_dir(follow_symlinks=False) else [name]
            for path in below:
                empty = False
                yield path
    if empty and prefix:
        os.rmdir(tree + prefix)


def sync_folder(folder: Path) -> None:
    """Bring to disk what a folder holds, or holds no more."""
    with suppress(AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
