"""
The folder a site is written to, replaced whole or not at all.

A build fills `.site.vitrine-new` beside `site`; publishing exchanges the two, and the older stays as
`.site.vitrine-spare`, which the next build brings up to date: it costs what changed. No file is ever opened for
writing, as both trees share them. Where the system cannot exchange folders, `site` is first set aside as
`.site.vitrine-old`, the next start puts back what a killed build left there, and nothing is spared.
`.site.vitrine-lock` is there while a build runs (on Windows it stays).

A site has files by the hundred thousand: what is done for each takes their paths as text, as a Path costs more than
the link.
"""

import errno
import os
import shutil
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from generator.build import spare
from generator.build.lock import lock, unlock
from generator.build.spare import (
    begin_spare,
    files_below,
    generation,
    take_spare,
    write_journal,
)
from generator.build.stage import Stage
from generator.source.guard import delete

MARKER = spare.MARKER
CHUNK = 1 << 20
LONGEST_NAME = 255  # bytes, on every usual file system
LEAST = 1024  # bytes that a file must hold for a compressed copy to be worth a file of its own


class OutputRefused(OSError):
    """This folder cannot be written to now; `folder` says which."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


class OutputBusy(OutputRefused):
    """Another build is writing to this folder."""


class ForeignFolder(OutputRefused):
    """This folder holds what no build has put there: replacing it would destroy somebody's work."""


class Output:
    """
    A published folder, replaced whole.

    Paths are relative and POSIX (`dataset/trees/index.html`); any other is a ValueError. A path is kept,
    written or copied once; then it is a FileExistsError, as its file may be shared with the published folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self._new, self._old, self._spare, self._lock_file = (
            self.folder.parent / f".{self.folder.name}.vitrine-{what}" for what in ("new", "old", "spare", "lock")
        )
        self._since = 0
        self._exchanged = False

    def __enter__(self) -> Self:
        """
        Take the lock, repair what a killed build left, make an empty staging folder.

        Raises OutputBusy, ForeignFolder, or another OSError (a file, a mount point, not writable).
        """
        if os.path.ismount(self.folder):
            raise OSError(errno.EBUSY, "a mount point cannot be replaced", str(self.folder))
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        held = lock(self._lock_file)
        if held is None:
            raise OutputBusy(self.folder)
        self._lock = held
        try:
            self._restore()
            self._refuse_foreign()
            self._clean()
            if os.path.lexists(self._old):
                self._old.rename(self._new)  # so that what is set aside is always whole
                self._clean()
            self._stage = self._begin()
        except BaseException:
            unlock(self._lock, self._lock_file)
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        """Set aside what is not published, the new folder before publish and the older one after it, or delete it."""
        try:
            with suppress(OSError):  # the next start repairs, and says what it cannot
                self._restore()
                self._set_aside()
            with suppress(OSError):
                self._clean()
        finally:
            unlock(self._lock, self._lock_file)

    def _begin(self) -> Stage:
        """The tree of the build before where nothing is in doubt, else an empty one."""
        journal = take_spare(self._spare, self.folder)
        if journal is None:
            delete(self._spare)
            self._new.mkdir()
            return Stage(str(self._new))
        self._since = generation(self.folder)[1]
        self._spare.rename(self._new)
        return Stage(str(self._new), journal)

    def _set_aside(self) -> None:
        """Keep for the next build the tree that is not the published one, if it is known what is in it."""
        journal = self._stage.journal
        if self._exchanged:
            files = journal.files if journal else [*files_below(f"{self._new}/")]
            since = begin_spare(self._new)
            write_journal(self._new, self.folder, self._stage.journal_of_former(files), self._since or since)
            self._new.rename(self._spare)
        elif journal:
            since = begin_spare(self._new)
            write_journal(self._new, self.folder, self._stage.journal_unpublished(journal.files), since)
            self._new.rename(self._spare)

    def keep(self, path: str) -> bool:
        """Take the published file over as it is; False when there is none."""
        published = self._published(path)
        if self._stage.keep_shared(path):
            return True
        if _size(published) is None:
            return False
        target = self._target(path)
        try:
            os.link(published, target)
        except OSError:  # no hard links here, or too many to this file
            with open(published, "rb") as stream:
                _create(target, _chunks(stream))
            shutil.copystat(published, target)
        self._stage.kept.add(path)
        return True

    def write(self, path: str, content: bytes | Iterable[bytes]) -> bool:
        """Write a file, or keep the published one when its bytes are the same; True when it changed."""
        published = self._published(path)
        if isinstance(content, bytes):
            if _size(published) == len(content) and _read_bytes(published) == content:
                return not self.keep(path)
            content = [content]
        target = self._target(path)
        _create(target, content)
        if _same(target, published):
            os.unlink(target)
            return not self.keep(path)
        self._stage.written.add(path)
        return True

    def copy(self, path: str, source: Path) -> bool:
        """Copy a file, or keep the published one when its bytes are the same; True when it changed."""
        if _same(os.path.realpath(source), self._published(path)):
            return not self.keep(path)
        with source.open("rb") as stream:  # never a link: its owner goes on editing it
            _create(self._target(path), _chunks(stream))
        self._stage.written.add(path)
        return True

    def compress(self, path: str) -> str:
        """
        Write a compressed copy beside a file that this build has written, kept or copied; its path, or "" when the
        file is too small to gain by it, or its name too long for three letters more.
        """
        source = f"{self._new}/{_checked(path)}"
        if os.stat(source).st_size < LEAST or len(os.fsencode(os.path.basename(path))) > LONGEST_NAME - 3:
            return ""
        with open(source, "rb") as stream:
            self.write(f"{path}.gz", _gzip(stream))
        return f"{path}.gz"

    def publish(self) -> None:
        """Put the staging folder in the place of the published one, which is deleted on leaving."""
        self._stage.drop_stale()
        _create(f"{self._new}/{MARKER}", [b'{"format": 1}\n'])  # last, so that no folder is younger
        _sync(self._new)
        self._refuse_foreign()
        if not self.folder.exists():
            self._new.rename(self.folder)
        elif exchange(self._new, self.folder):
            self._exchanged = True
        else:
            self._stage.journal = None
            self.folder.rename(self._old)
            self._new.rename(self.folder)
            self._old.rename(self._new)
        _sync(self.folder.parent)

    def _restore(self) -> None:
        """Put back the folder that was set aside and never replaced."""
        if not self._old.is_symlink() and (self._old / MARKER).is_file():
            with suppress(OSError):
                self.folder.rmdir()  # an empty folder is no site
            if not self.folder.exists():
                self._old.rename(self.folder)

    def _clean(self) -> None:
        delete(self._new)

    def _refuse_foreign(self) -> None:
        if self.folder.exists():
            names = {entry.name for entry in self.folder.iterdir()}
            if names and (MARKER not in names or ".git" in names):  # .git: somebody's work
                raise ForeignFolder(self.folder)

    def _published(self, path: str) -> str:
        return f"{self.folder}/{_checked(path)}"

    def _target(self, path: str) -> str:
        if path == MARKER:
            raise ValueError(f"{path!r} is the mark of a published folder")
        return self._stage.target(_checked(path))


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False, with nothing done, where the system cannot."""
    here, rename_exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE in linux/fcntl.h and linux/fs.h
    return _linux("renameat2", here, os.fsencode(one), here, os.fsencode(other), rename_exchange)


def _linux(function: str, *arguments: int | bytes) -> bool:
    """Call what Linux's C library offers and Python does not; False when it is not there or fails."""
    if sys.platform != "linux":
        return False
    try:
        import ctypes  # a Python may be built without it

        return bool(getattr(ctypes.CDLL(None), function)(*arguments) == 0)
    except (ImportError, AttributeError, OSError):
        return False


def _sync(folder: Path) -> None:
    """Bring what was written to disk: one call, where fsync on each file of a large site takes minutes."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if not _linux("syncfs", descriptor):
                os.sync()
        finally:
            os.close(descriptor)


def _checked(path: str) -> str:
    """
    >>> _checked("../etc/passwd")
    Traceback (most recent call last):
    ...
    ValueError: '../etc/passwd' is not a path in a site
    """
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or "\\" in path or "\0" in path or os.path.splitdrive(path)[0]:
        raise ValueError(f"{path!r} is not a path in a site")
    return path


def _size(file: str) -> int | None:
    """The size of a file; None for what is no file, or a link that somebody has put there."""
    try:
        status = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _read_bytes(file: str) -> bytes:
    with open(file, "rb") as stream:
        return stream.read()


def _same(one: str, other: str) -> bool:
    size = _size(one)
    if size is None or size != _size(other):
        return False
    with open(one, "rb") as first, open(other, "rb") as second:
        return all(chunk == second.read(CHUNK) for chunk in _chunks(first))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _gzip(stream: BinaryIO) -> Iterator[bytes]:
    """A file's content as gzip: without its time, so that the same bytes give the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield from (packer.compress(chunk) for chunk in _chunks(stream))
    yield packer.flush()


def _create(file: str, chunks: Iterable[bytes]) -> None:
    """Make a new file, all of it or none."""
    with open(file, "xb") as stream:
        try:
            stream.writelines(chunks)
        except BaseException:
            stream.close()
            os.unlink(file)
            raise
