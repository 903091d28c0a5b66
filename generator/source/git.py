"""What git knows of the files: when each one last changed, and which datasets were deleted."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class History:
    """
    `dates`: POSIX path from the portal's folder to the ISO 8601 date of its last commit. `deleted`: path to that date.

    `shallow` is true when the clone holds only the latest commits, so that dates are not to be believed.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    deleted: Mapping[str, str] = field(default_factory=dict)
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
    log = run_git(folder, "log", "--format=%x01%cs", "--name-status", "--no-renames", "--relative", "--", ".")
    if log is None:
        return History()
    newest: dict[str, tuple[str, str]] = {}
    date = ""
    for line in log.splitlines():
        if line.startswith("\x01"):
            date = line[1:]
        elif "\t" in line:
            status, path = line.split("\t", 1)
            newest.setdefault(path, (status, date))
    shallow = run_git(folder, "rev-parse", "--is-shallow-repository")
    return History(
        dates={path: date for path, (status, date) in newest.items() if status != "D"},
        deleted={path: date for path, (status, date) in newest.items() if status == "D"},
        shallow=(shallow or "").strip() == "true",
    )
