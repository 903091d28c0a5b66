"""The history of a dataset in its readers' words: what git saw, and the days that its publisher states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Change, Dataset
from generator.site.site import Site
from generator.text.speech import Speech

SHOWN = 10
"""How many days of change are told."""

NAMES = 6
"""How many files of a day are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfChange:
    """
    What happened to a dataset on a day, in sentences; `anchor` is its place on the page.

    `subjects` are what those who did it said of it, where the portal shows that.
    """

    date: str
    anchor: str
    sentences: Sequence[str]
    subjects: Sequence[str] = ()


def history_of(site: Site, language: str, dataset: Dataset) -> list[DayOfChange]:
    """The latest days of change, the newest first."""
    speech = site.speech(language)
    days = {change.date: [*sentences(speech, change)] for change in dataset.history}
    seen = [change.date for change in dataset.history if is_of_data(change)]
    for name, date in stated_days(dataset):
        if name == "withdrawn" or not any(day.startswith(date) for day in seen):
            days.setdefault(date, []).insert(0, speech.say(f"site.history.{name}"))
    subjects = {change.date: change.subjects for change in dataset.history if site.catalog.portal.commit_messages}
    return [
        DayOfChange(date=date, anchor=f"_changed-{date}", sentences=days[date], subjects=subjects.get(date, ()))
        for date in sorted(days, reverse=True)[:SHOWN]
    ]


def has_history(dataset: Dataset) -> bool:
    """Whether anything is known to have happened to a dataset on some day."""
    return bool(dataset.history) or any(True for _ in stated_days(dataset))


def stated_days(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """What the publisher says when it happened, by the name of its sentence."""
    if dataset.withdrawn and dataset.withdrawn.date:
        yield "withdrawn", dataset.withdrawn.date[:10]
    if dataset.data_modified:
        yield "updated", dataset.data_modified[:10]
    if dataset.issued:
        yield "issued", dataset.issued[:10]


def is_of_data(change: Change) -> bool:
    return change.arrived or bool(change.added or change.replaced or change.removed)


def sentences(speech: Speech, change: Change) -> Iterator[str]:
    """What happened on a day, the data first."""
    if change.arrived:
        yield speech.say("site.history.arrived")
    for kind in ("added", "replaced", "removed"):
        names = getattr(change, kind)
        if names:
            listed = ", ".join(names[:NAMES])
            told = listed if len(names) <= NAMES else speech.say("site.history.more", names=listed)
            yield speech.say(f"site.history.{kind}", count=len(names), names=told)
    if change.described:
        yield speech.say("site.history.described")
