"""What happened to a dataset, day by day, as git saw its description change and the files that readers get."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model import Change
from generator.source.files import Source, is_whole_folder
from generator.source.git import ADDED, CHANGES, MOVED, REMOVED, Touch
from generator.standards import vocabulary


@dataclass(frozen=True, slots=True)
class Day:
    """What became of one file on a day: `first` and `last` are what was done to it first and last."""

    date: str
    name: str
    first: str
    last: str
    subjects: tuple[str, ...]


def changes_of(source: Source, path: str, files: Container[str], formerly: Sequence[str]) -> tuple[Change, ...]:
    """
    The latest changes of the dataset that a YAML file describes, the newest first, one a day.

    `files` are the names of the data files that it offers. What lies beside them and is not offered is nobody's
    business; what is gone was offered if it looks like data and the description changed with it. A dataset that had
    another name is not new.
    Nothing is told of a history that is cut short: all would have come on the day of the cut.
    """
    if source.history.shallow:
        return ()
    days = list(days_of(source.touches(path), ""))
    if is_whole_folder(path):
        folder = posixpath.dirname(path)
        for name in source.changed_beside(folder):
            touches = source.touches(f"{folder}/{name}")
            if name in files or was_offered(touches, name, source.touches(path)):
                days += days_of(touches, name)
    days.sort(key=lambda day: (day.date, day.name), reverse=True)
    found = (change_of(date, list(same)[::-1], bool(formerly)) for date, same in groupby(days, lambda day: day.date))
    return tuple(change for change in found if change)[:CHANGES]


def was_offered(touches: Sequence[Touch], name: str, of_description: Iterable[Touch]) -> bool:
    """Whether a file is gone that was offered: one of data, whose dataset was described anew on the day it went."""
    if touches[0].status != REMOVED or not looks_like_data(name):
        return False
    return any(touch.commit.date == touches[0].commit.date for touch in of_description)


def looks_like_data(name: str) -> bool:
    """
    Whether a file's name ends as those of data do.

    >>> looks_like_data("arbres.csv"), looks_like_data("LICENCE"), looks_like_data(".csv")
    (True, False, False)
    """
    stem, end = posixpath.splitext(name)
    return bool(end) and not stem.startswith(".") and vocabulary("formats").find(end[1:]) is not None


def days_of(touches: Iterable[Touch], name: str) -> Iterable[Day]:
    """What became of a file, from commits of which the newest stands first."""
    for date, same in groupby(touches, lambda touch: touch.commit.date):
        found = [touch for touch in same if touch.status != MOVED]
        if found:
            subjects = tuple(touch.commit.subject for touch in found)
            yield Day(date, name, found[-1].status, found[0].status, subjects)


def change_of(date: str, days: Sequence[Day], had_another_name: bool) -> Change | None:
    """A day's changes of a dataset's files, of which its description has no name; None if nothing came of them."""
    described = [day for day in days if not day.name and day.last != REMOVED]
    arrived = any(day.first == ADDED for day in described) and not had_another_name
    kinds: dict[str, list[str]] = {"added": [], "replaced": [], "removed": []}
    for day in days:
        if kind := kind_of(day) if day.name and not arrived else "":
            kinds[kind].append(day.name)
    change = Change(
        date=date,
        arrived=arrived,
        described=any(day.first != ADDED for day in described) and not arrived,
        subjects=tuple(dict.fromkeys(subject for day in days for subject in day.subjects)),
        **{kind: tuple(names) for kind, names in kinds.items()},
    )
    return change if change.arrived or change.described or any(kinds.values()) else None


def kind_of(day: Day) -> str:
    """What a day did to a file; nothing for one that came and went."""
    if day.last == REMOVED:
        return "" if day.first == ADDED else "removed"
    return "added" if day.first == ADDED else "replaced"
