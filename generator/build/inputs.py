"""
All that a site is made from, found without reading it: the portal's files, git's history, the program and its themes.

Nothing heavy is imported here: that nothing has changed is to be known before it would have to be.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.source.git import run_git
from generator.source.guard import is_inside

PACKAGE = Path(__file__).parents[1]

SOURCES = ("portal.yaml", "redirects.yaml", "usage.csv", "links.csv", "datasets", "content", "search", "themes")
"""What a portal's folder holds that a site is made from; the rest of it may change at any time."""

PROGRAM = (".", "../themes")
"""The program and the themes that it carries, from its package; some themes stand beside it before it is packed."""

INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")
"""How the names end of what says which packages are installed, and in which version."""

COMMIT = ("rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD", "--glob=refs/replace/*")
"""How git is asked what its history of a folder ends with, and what stands in for parts of it."""

SETTLED = 3 * 10**9
"""Nanoseconds after which a file that has not changed since is known by its looks, on the coarsest of clocks."""


class Doubtful(Exception):
    """Something about a portal's files can't be known by looking at them."""


class Inputs(NamedTuple):
    """
    Label to file, of all files, in order. `looks` is a digest of their names, sizes and times; not `settled` while one
    may change, and look the same. `facts` are no files: versions, and the commit.
    """

    files: dict[str, str]
    looks: str
    settled: bool
    facts: list[str]

    def content(self) -> str:
        """A digest of the names of all files, and of what is in them."""
        found = hashlib.sha256()
        for label, file in self.files.items():
            found.update(label.encode("utf-8", "surrogateescape") + b"\0")
            if not label.endswith("/"):
                with open(file, "rb") as stream:
                    found.update(hashlib.file_digest(stream, "sha256").digest())
        return found.hexdigest()


def find_inputs(portal: Path, also: Iterable[str] = ()) -> Inputs:
    """
    What a portal's site is made from now, files that it names elsewhere in its folder among it. Raises Doubtful, or
    OSError.
    """
    looks: list[str] = []
    files: dict[str, str] = {}
    latest = 0
    roots = [(name, portal) for name in (*SOURCES, *also)] + [(name, PACKAGE) for name in PROGRAM]
    for name, root in roots:
        for path, status in look(f"{root}/{name}"):
            label = f"{name}{path}"
            files[label] = f"{root}/{label}"
            if status is None:
                continue
            if stat.S_ISLNK(status.st_mode):
                status = follow(portal, label)
            looks.append(f"{label}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}")
            latest = max(latest, status.st_mtime_ns, status.st_ctime_ns)
    # Windows has no time of change that nobody can set back.
    settled = latest < time.time_ns() - SETTLED and sys.platform != "win32"
    seen = "\n".join((*looks, *files)).encode("utf-8", "surrogateescape")
    return Inputs(files, hashlib.sha256(seen).hexdigest(), settled, facts(portal))


def look(file: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """A file, or each file and folder below, as the rest of its path; folders end with a slash, and have no looks."""
    try:
        status = os.lstat(file)
    except FileNotFoundError:
        return
    if stat.S_ISDIR(status.st_mode):
        yield from look_below(file, "/")
    else:
        yield "", regular(file, status)


def look_below(root: str, prefix: str) -> Iterator[tuple[str, os.stat_result | None]]:
    yield prefix, None
    with os.scandir(root + prefix) as entries:
        found = sorted((entry.name, entry) for entry in entries if entry.name != "__pycache__")
    for name, entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from look_below(root, f"{prefix}{name}/")
        else:
            yield prefix + name, regular(entry.path, entry.stat(follow_symlinks=False))


def regular(file: str, status: os.stat_result) -> os.stat_result:
    """How a file, or a link, looks; Doubtful for what is neither, or a link to a folder."""
    if not stat.S_ISREG(status.st_mode) and not (stat.S_ISLNK(status.st_mode) and os.path.isfile(file)):
        raise Doubtful(file)
    return status


def follow(portal: Path, path: str) -> os.stat_result:
    """How what a link leads to looks. Doubtful where that is not in the portal."""
    if not is_inside(portal, path):
        raise Doubtful(path)
    return os.stat(portal / path)


def facts(portal: Path) -> list[str]:
    """What else a site depends on: this Python, its packages, and what git has of the portal."""
    history = run_git(portal, *COMMIT)
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    packages = sorted({name for folder in folders for name in os.listdir(folder) if name.endswith(INSTALLED)})
    commit = history.content.decode("utf-8", "replace")
    return [__version__, sys.version, sys.platform, *packages, commit, history.refusal]
