"""The tree that a build fills: from nothing, or from what the tree of the build before has of the published one."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection
from contextlib import suppress

from generator.build.spare import Journal, folders_of


class Stage:
    """
    A tree and what is in it so far. `shared` are the paths at which it had, to begin with, the published file itself.

    `kept` and `written` are the paths that this build has put there: as they are published, and otherwise.
    """

    def __init__(self, root: str, journal: Journal | None = None) -> None:
        """Where the tree is of the build before, take away what its journal says is not what is published."""
        self.root = root
        self.journal = journal
        self.shared = set(journal.files).difference(journal.changed) if journal else set[str]()
        self.kept: set[str] = set()
        self.written: set[str] = set()
        self.taken_away: set[str] = set()
        self.emptied: set[str] = set()
        self.made = {root}
        for path in journal.changed if journal else ():
            self.take_away(path)

    def keep_shared(self, path: str) -> bool:
        """Keep a file that the tree already has as it is published; False when it has none."""
        if path not in self.shared or path in self.kept:
            return False
        self.kept.add(path)
        return True

    def target(self, path: str) -> str:
        """Where a file is to be made, in a folder that is there. Raises FileExistsError the second time."""
        if path in self.kept or path in self.written:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        if self.journal:
            self.make_way(path)
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self.made:
            os.makedirs(folder, exist_ok=True)
            self.made.add(folder)
        return target

    def make_way(self, path: str) -> None:
        """Take away what stands where a file is to be: an older one, one that is now a folder, or a folder."""
        for stale in self.shared.intersection((path, *folders_of([path]))) - self.kept:
            self.take_away(stale)
        if os.path.isdir(f"{self.root}/{path}"):
            for stale in [other for other in self.shared - self.kept if other.startswith(f"{path}/")]:
                self.take_away(stale)
            self.drop_folders()

    def take_away(self, path: str) -> None:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            os.unlink(f"{self.root}/{path}")
        self.shared.discard(path)
        self.taken_away.add(path)
        self.emptied.update(folders_of([path]))

    def drop_stale(self) -> None:
        """Take away what was published, and is no longer to be."""
        for path in self.shared - self.kept:
            self.take_away(path)
        self.drop_folders()

    def drop_folders(self) -> None:
        """Remove the folders that hold nothing any more."""
        for folder in sorted(self.emptied, key=len, reverse=True):
            with suppress(OSError):
                os.rmdir(f"{self.root}/{folder}")
                self.made.discard(f"{self.root}/{folder}")
        self.emptied.clear()

    def journal_of_former(self, files: Collection[str]) -> Journal:
        """Of the tree whose place this one has taken, which holds some files."""
        return Journal(self.kept | self.written, set(files).difference(self.kept) | self.written)

    def journal_unpublished(self, files: Collection[str]) -> Journal:
        """Of this tree, which was not published after all; the published one holds some files."""
        return Journal(files, set(files).difference(self.shared) | self.written | self.taken_away)
