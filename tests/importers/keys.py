"""Every key of a source's records, however deep, held against what an import says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.authoring.report import Report
from generator.importers.records import record_leaves, says_nothing


def unnamed(records: Iterable[Any], report: Report, prefix: str = "") -> list[str]:
    """The keys that say something and that the report neither took over nor names."""
    keys = {path.removeprefix(".") for record in records for path, _ in record_leaves(record, "")}
    named = {source for source, _ in report.fields} | {event.value for event in report.events}
    known = {part for name in named for part in (name, *name.split(", "))}
    return sorted(key for key in keys if not is_named(f"{prefix}{key}", known) and not says_nothing(key))


def is_named(key: str, known: set[str]) -> bool:
    """Whether a key is known, or a key that holds it."""
    while key:
        if key in known:
            return True
        key = key.rpartition(".")[0]
    return False
