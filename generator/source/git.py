"""What git knows of the files: when and why each one changed, and which datasets were deleted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.model import Change

DATASETS = "datasets/"
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
CHANGES = 10
"""How many of the latest changes of a file are kept."""


@dataclass(frozen=True, slots=True)
class History:
    """
    `dates`: POSIX path from the portal's folder to the ISO 8601 date of its last commit. `deleted`: path to that date.

    `changes`: each path below `datasets/` to the latest commits that touched it, the newest first.

    `shallow` is true when the clone holds only the latest commits, so that dates are not to be believed.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    deleted: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    shallow: bool = False


def run_git(folder: Path, *arguments: str) -> str | None:
    """git's answer; None where there is no git, no repository or no commit."""
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def read_history(folder: Path) -> History:
    """One pass over the log; the newest commit that names a file wins. Empty outside a repository."""
    log = run_git(folder, "log", "--format=%x01%cs%x02%s", "--name-status", "--no-renames", "--relative", "--", ".")
    if log is None:
        return History()
    newest: dict[str, tuple[str, str]] = {}
    changes: dict[str, list[Change]] = {}
    change = Change(-1, "", "")
    for line in log.split("\n"):
        if line.startswith("\x01"):
            date, _, subject = line[1:].partition("\x02")
            change = Change(change.number + 1, date, CONTROL.sub(" ", subject))
        elif "\t" in line:
            status, path = line.split("\t", 1)
            newest.setdefault(path, (status, change.date))
            if path.startswith(DATASETS):
                known = changes.setdefault(path, [])
                if len(known) < CHANGES:
                    known.append(change)
    shallow = run_git(folder, "rev-parse", "--is-shallow-repository")
    return History(
        dates={path: date for path, (status, date) in newest.items() if status != "D"},
        deleted={path: date for path, (status, date) in newest.items() if status == "D"},
        changes=changes,
        shallow=(shallow or "").strip() == "true",
    )
