"""What git knows of the files: when and why each one changed, and which datasets were deleted."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.source.folders import DATASETS as DATASET_FILES
from generator.source.programs import find_program

DATASETS = "datasets/"
IMPORT_MEMORY = "import-memory.json"
"""What every import writes anew when it changes anything, so that its commits are known."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
CHANGES = 10
"""How many of the latest days on which a file changed are kept."""

ADDED, REMOVED, MOVED = "A", "D", "R"
"""What a commit did to a file, in git's letters; whatever else it did is a change of what is in it."""

SECONDS = 600.0
"""Time that git may take over a history, of which a million commits take a tenth."""

SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.quotepath=off",
    "log.showSignature=false",
    "log.showRoot=true",
    "diff.orderFile=/dev/null",
    "i18n.logOutputEncoding=UTF-8",
)
"""
Over what a repository's own configuration says: it names programs, and may be a stranger's, even after a clone, where a
bare repository lies among the files.
"""

ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # what a partial clone lacks would be fetched, through programs that it names
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class Commit(NamedTuple):
    """How many commits are newer, its day, and the first line of its message."""

    number: int
    date: str
    subject: str


class Touch(NamedTuple):
    """What a commit did to a file."""

    commit: Commit
    status: str


@dataclass(frozen=True, slots=True)
class History:
    """
    `dates`: POSIX path from the portal's folder to the ISO 8601 date of its last commit, empty for an import's.
    `deleted`: path to that date.

    `changes`: each path below `datasets/` to what the commits of its latest days did to it, the newest first.
    `arrivals`: each of these to the number of the commit that brought it, as far as those tell.

    `shallow` is true when the clone holds only the latest commits, so that dates are not to be believed. `refusal` is
    why git does not give the history of a repository that there is.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    deleted: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Sequence[Touch]] = field(default_factory=dict)
    arrivals: Mapping[str, int] = field(default_factory=dict)
    shallow: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What git says; `refusal` is why it says nothing of a repository that there is, in its own words."""

    content: bytes = b""
    refusal: str = ""


def run_git(folder: Path, *arguments: str) -> Answer:
    """git's answer; an empty one where there is no repository, or no commit in it."""
    git = find_program("git")
    if git is None:
        return Answer(refusal="command not found: git" if in_repository(folder) else "")
    command = [git, "-C", str(folder), *(part for setting in SETTINGS for part in ("-c", setting)), *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=os.environ | ENVIRONMENT,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(refusal=CONTROL.sub(" ", str(error)))
    if done.returncode == 0:
        return Answer(content=done.stdout)
    said = done.stderr.decode("utf-8", "replace")
    return Answer(refusal="" if any(text in said for text in NOTHING) else CONTROL.sub(" ", said.strip()))


NOTHING = ("not a git repository", "does not have any commits yet", "cannot use bare repository")
"""What git says where there is no history to read; a bare repository is one that lies among the files."""


def in_repository(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents))


LOG = (
    *("--no-pager", "log", "-z", "--format=%x01%cs%x02%s", "--name-status", "--no-renames", "--relative"),
    *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-mailmap", "--no-notes", "--no-color"),
    *("-O/dev/null", "--", "."),
)


def read_commits(log: str) -> Iterator[tuple[Commit, dict[str, str]]]:
    """Each commit, the newest first, and the paths that it touched, with how."""
    commit, touched = Commit(-1, "", ""), dict[str, str]()
    parts = iter(log.split("\0"))
    for part in parts:
        if part.startswith("\x01"):
            if commit.number >= 0:
                yield commit, touched
            date, _, subject = part[1:].partition("\x02")
            commit, touched = Commit(commit.number + 1, date, CONTROL.sub(" ", subject)), {}
        elif status := part.strip():
            touched[next(parts, "")] = status
    if commit.number >= 0:
        yield commit, touched


def read_history(folder: Path) -> History:
    """
    One pass over the log; the newest commit that names a file wins. Empty outside a repository.

    A commit that an import made says when the files came here, not when anything changed: it gives no date.
    """
    log = run_git(folder, *LOG)
    if not log.content:
        return History(refusal=log.refusal)
    newest: dict[str, tuple[str, str]] = {}
    changes: dict[str, list[Touch]] = {}
    arrivals: dict[str, int] = {}
    for commit, touched in read_commits(log.content.decode("utf-8", "replace")):
        imported = IMPORT_MEMORY in touched
        for path, status in touched.items():
            newest.setdefault(path, (status, "" if imported else commit.date))
        if not imported:
            for path, status in moves_told({path: touched[path] for path in touched if path.startswith(DATASETS)}):
                keep_latest(changes.setdefault(path, []), Touch(commit, status))
                if status == ADDED:
                    arrivals.setdefault(path, commit.number)
    shallow = run_git(folder, "rev-parse", "--is-shallow-repository")
    return History(
        dates={path: date for path, (status, date) in newest.items() if status != REMOVED},
        deleted={path: date for path, (status, date) in newest.items() if status == REMOVED},
        changes=changes,
        arrivals=arrivals,
        shallow=shallow.content.strip() == b"true",
    )


def keep_latest(known: list[Touch], touch: Touch) -> None:
    """One more of a file's touches, if it is of one of its latest days."""
    if (known and known[-1].commit.date == touch.commit.date) or len({it.commit.date for it in known}) < CHANGES:
        known.append(touch)


def moves_told(touched: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """
    What a commit did to each path, a file of one name that went here and came there told as moved.

    >>> [*moves_told({"datasets/a.yaml": "D", "datasets/x/a/dataset.yaml": "A", "datasets/b.yaml": "A"})]
    [('datasets/a.yaml', 'R'), ('datasets/x/a/dataset.yaml', 'R'), ('datasets/b.yaml', 'A')]
    """
    names = {status: {thing_of(path) for path in touched if touched[path] == status} for status in (ADDED, REMOVED)}
    both = names[ADDED] & names[REMOVED]
    for path, status in touched.items():
        yield path, MOVED if status in names and thing_of(path) in both else status


def thing_of(path: str) -> str:
    """What tells a file from others wherever it lies: its name, for a `dataset.yaml` its folder's."""
    folder, name = posixpath.split(path)
    return f"{posixpath.basename(folder)}.yaml" if name in DATASET_FILES else name
