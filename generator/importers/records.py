"""A record of another portal, key by key: what is taken, and for every other key, however deep, the reason why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.authoring.report import Report, shown

Reasons = Mapping[str, str]
"""Key to the code of the report that says why it is left out."""


def said(value: Any) -> str:
    """
    A scalar as text; lists, maps and nothing say nothing.

    >>> said(12), said(None), said(True), said([1])
    ('12', '', 'True', '')
    """
    return "" if value is None or isinstance(value, (list, dict)) else str(value).strip()


def says_nothing(value: Any) -> bool:
    return value in (None, "", [], {}) or (isinstance(value, str) and not value.strip())


def unfolded(value: Any) -> Any:
    """
    What a text of JSON holds, as CKAN's extras write lists and maps; anything else as it is.

    >>> unfolded('["fr", "en"]'), unfolded("a, b")
    (['fr', 'en'], 'a, b')
    """
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def list_items(value: Any) -> list[Any]:
    """
    A value as a list; one value stands for a list of one.

    >>> list_items('["a", ""]'), list_items({"a": 1}), list_items(None)
    (['a'], [{'a': 1}], [])
    """
    found = unfolded(value)
    return [item for item in (found if isinstance(found, list) else [found]) if not says_nothing(item)]


class Fields:
    """The keys of one object of the source. `prefix` leads to it; `renamed` has the paths of keys from elsewhere."""

    def __init__(
        self,
        values: Mapping[str, Any],
        report: Report,
        subject: str,
        reasons: Reasons,
        prefix: str = "",
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        self.values = {str(key): value for key, value in values.items()}
        self.report = report
        self.subject = subject
        self.reasons = reasons
        self.prefix = prefix
        self.renamed = renamed or {}
        self.read: set[str] = set()

    def path(self, key: str) -> str:
        return self.renamed.get(key, f"{self.prefix}{key}")

    def first(self, *keys: str) -> tuple[str, Any]:
        """The first of several keys that says something; what the others say beside it is told."""
        found, value = "", None
        for key in keys:
            self.read.add(key)
            other = self.values.get(key)
            if says_nothing(other):
                continue
            if not found:
                found, value = key, other
            elif said(other) != said(value) or isinstance(other, (list, dict)):
                self.report.tell("left-out.repeated", self.subject, self.path(key), shown(other))
            else:
                self.report.took(self.path(key), self.path(found), other)
        return found, value

    def take(self, ours: str, *keys: str, read: Callable[[Any], Any]) -> Any:
        """The value of ours that the first of several keys gives; told when it gives none."""
        key, value = self.first(*keys)
        if not key:
            return None
        found = read(value)
        if says_nothing(found):
            self.report.tell("left-out.unusable", self.subject, self.path(key), shown(value))
        else:
            self.report.took(self.path(key), ours, value)
        return found

    def took(self, key: str, ours: str) -> None:
        """Say that a key was read into one of ours."""
        self.read.add(key)
        if not says_nothing(self.values.get(key)):
            self.report.took(self.path(key), ours, self.values[key])

    def objects(self, *keys: str) -> list[Fields]:
        """The objects that the first of several keys holds; a bare text stands for one with a name."""
        key, value = self.first(*keys)
        found = []
        for item in list_items(value):
            values = item if isinstance(item, dict) else {"name": item}
            prefix = f"{self.path(key)}." if isinstance(item, dict) else ""
            renamed = {} if isinstance(item, dict) else {"name": self.path(key)}
            found.append(Fields(values, self.report, self.subject, self.reasons, prefix, renamed))
        return found

    def rest(self) -> None:
        """Tell every key that nothing read, with what it says and why it is left out."""
        for key in self.values:
            if key not in self.read and not says_nothing(self.values[key]):
                code = self.reasons.get(key, "left-out.field")
                for path, value in record_leaves(self.values[key], self.path(key)):
                    self.report.tell(code, self.subject, path, shown(value))


def record_leaves(value: Any, path: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Each scalar below a value with the keys that lead to it; lists have no numbers."""
    if depth > 20 or not isinstance(value, (dict, list)):
        if not says_nothing(value):
            yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from record_leaves(item, f"{path}.{key}", depth + 1)
    else:
        for item in value:
            yield from record_leaves(item, path, depth + 1)
