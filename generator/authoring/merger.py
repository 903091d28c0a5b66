"""
What a file says, brought up to date with what comes from the source, and nothing else of it touched.

A value is the source's as long as it is what the last import wrote. Once it is edited here it stays, and the report
says that the source differs; when the source itself changes, the report asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from typing import Any

from ruamel.yaml.comments import CommentedMap

from generator.authoring.memory import Values, canonical_value, value_fingerprint
from generator.authoring.report import Report, shown
from generator.authoring.yaml_style import Rows, rows_of, styled, styled_entries
from generator.standards import Property

KEYED = ("object:Distribution", "object:Concept", "object:DataService")
"""Lists whose items are known by their `id`, wherever they stand."""


def same(old: Any, new: Any, row: Property) -> bool:
    """Whether what is written and what comes from the source say the same."""
    return old is not None and canonical_value(old, row) == canonical_value(new, row)


class Merger:
    """
    Brings an object up to date with the source. `known` is what the source said last time, `remembered` what it says
    now.
    """

    def __init__(self, language: str, known: Values, report: Report, subject: str) -> None:
        self.language = language
        self.known = known
        self.report = report
        self.subject = subject
        self.remembered: Values = {}
        self.changed = False

    def merge(self, old: MutableMapping[str, Any], values: Mapping[str, Any], kind: str | Rows, path: str = "") -> None:
        before = ""
        for name, row in rows_of(kind).items():
            if name in values:
                self.merge_value(old, name, values[name], row, path + name, before)
            elif name in old and self.knows(path + name):
                self.drop(old, name, row, path + name)
            if name in old:
                before = name

    def knows(self, path: str) -> bool:
        return any(key == path or key.startswith((f"{path}/", f"{path}@")) for key in self.known)

    def merge_value(
        self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property, path: str, before: str
    ) -> None:
        old = parent.get(key)
        if row.range in ("text", "markdown", "keywords", "statement"):
            self.merge_text(parent, key, new, row, path, before)
        elif row.range in KEYED and isinstance(old, MutableSequence):
            self.merge_items(old, new, row.range.removeprefix("object:"), path)
        elif row.range.startswith("object:") and isinstance(new, Mapping) and isinstance(old, MutableMapping):
            self.merge(old, new, row.range.removeprefix("object:"), f"{path}/")
        else:
            if self.takes(old, new, row, path):
                self.put(parent, key, styled(new, row), before)
            self.remember(new, row, path)

    def remember(self, new: Any, row: Property, path: str) -> None:
        """What the source says of a value, part by part as it will be compared."""
        kind = row.range.removeprefix("object:")
        if row.range in KEYED and isinstance(new, (list, tuple)):
            for item in new:
                self.remember_object(item, kind, f"{path}/{item['id']}/")
        elif row.range.startswith("object:") and isinstance(new, Mapping):
            self.remember_object(new, kind, f"{path}/")
        elif row.range in ("text", "markdown", "keywords", "statement"):
            for language, text in self.spoken(new).items():
                self.remembered[f"{path}@{language}"] = value_fingerprint(text, row)
        else:
            self.remembered[path] = value_fingerprint(new, row)

    def remember_object(self, values: Mapping[str, Any], kind: str | Rows, path: str = "") -> None:
        for name, row in rows_of(kind).items():
            if name in values:
                self.remember(values[name], row, path + name)

    def takes(self, old: Any, new: Any, row: Property, path: str) -> bool:
        """Whether the source's value is to be written over what is there, None where nothing is."""
        known, now = self.known.get(path), value_fingerprint(new, row)
        if old is None:
            if known is None and not self.knows(path):
                return True
            self.tell_difference(path, known, now, "", new)
            return False
        if same(old, new, row):
            return False
        if known is not None and value_fingerprint(old, row) == known:
            return True
        self.tell_difference(path, known, now, old, new)
        return False

    def tell_difference(self, path: str, known: str | None, now: str, old: Any, new: Any) -> None:
        """Say that the source differs from what is written here, or ask when it is the source that moved."""
        code = "asked.changed" if known is not None and now != known else "kept.edited"
        self.report.tell(code, self.subject, path, f"{shown(old) or '—'} ≠ {shown(new)}")

    def spoken(self, value: Any) -> Mapping[str, Any]:
        """A text by language: a source without one speaks the portal's own."""
        return value if isinstance(value, Mapping) else {self.language: value}

    def merge_text(
        self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property, path: str, before: str
    ) -> None:
        """Language by language; translations made by hand stay."""
        old = parent.get(key)
        if isinstance(old, MutableMapping):
            for language, text in self.spoken(new).items():
                if self.takes(old.get(language), text, row, f"{path}@{language}"):
                    self.changed = True
                    old[language] = styled(text, row)
        else:
            written = {} if old is None else {self.language: old}
            taken = {
                language: text
                for language, text in self.spoken(new).items()
                if self.takes(written.get(language), text, row, f"{path}@{language}")
            }
            if taken:
                whole = {**written, **taken}
                self.put(
                    parent, key, styled(whole if whole.keys() != {self.language} else taken[self.language], row), before
                )
        self.remember(new, row, path)

    def put(self, parent: MutableMapping[str, Any], key: str, value: Any, before: str) -> None:
        self.changed = True
        if key not in parent and isinstance(parent, CommentedMap):
            parent.insert(list(parent).index(before) + 1 if before else 0, key, value)
        else:
            parent[key] = value

    def drop(self, parent: MutableMapping[str, Any], key: str, row: Property, path: str) -> None:
        """What the source says no more goes, unless it was edited here."""
        trial = Merger(self.language, {}, Report(), "")
        trial.remember(parent[key], row, path)
        if all(self.known.get(name) == value for name, value in trial.remembered.items()):
            self.changed = True
            del parent[key]
            self.report.tell("kept.followed", self.subject, path)
        else:
            self.report.tell("kept.edited", self.subject, path, f"{shown(parent[key])} ≠ —")

    def merge_items(self, old: MutableSequence[Any], new: Iterable[Mapping[str, Any]], kind: str, path: str) -> None:
        """Items are the same by their id: one deleted here stays so, one gone from the source goes, unless edited."""
        written = {item["id"]: item for item in old if isinstance(item, MutableMapping) and item.get("id")}
        place, found = -1, set()
        for values in new:
            name = values["id"]
            found.add(name)
            if item := written.get(name):
                self.merge(item, values, kind, f"{path}/{name}/")
                place = next(number for number, other in enumerate(old) if other is item)
                continue
            if self.knows(f"{path}/{name}"):
                self.report.tell("kept.deleted", self.subject, f"{path}/{name}")
            else:
                self.changed = True
                place += 1
                old.insert(place, CommentedMap(styled_entries(values, kind)))
            self.remember_object(values, kind, f"{path}/{name}/")
        for name, item in written.items():
            if name not in found:
                self.leave_behind(old, item, kind, f"{path}/{name}")

    def leave_behind(self, old: MutableSequence[Any], item: Mapping[str, Any], kind: str, path: str) -> None:
        """An item that the source lacks: gone with it when all of it came from there."""
        trial = Merger(self.language, {}, Report(), "")
        trial.remember_object(item, kind, f"{path}/")
        if not self.knows(path):
            return
        if all(self.known.get(name) == value for name, value in trial.remembered.items()):
            self.changed = True
            old.remove(item)
            self.report.tell("kept.followed", self.subject, path)
        else:
            self.report.tell("kept.item", self.subject, path)
