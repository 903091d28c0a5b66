"""What a file says, brought up to date with what comes from the source, and nothing else of it touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from typing import Any

from ruamel.yaml.comments import CommentedMap

from generator.authoring.yaml_style import styled, styled_entries, wrap
from generator.standards import Property, properties


def same(old: Any, new: Any, row: Property) -> bool:
    """Whether what is written and what comes from the source say the same."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        return (
            isinstance(old, Mapping)
            and isinstance(new, Mapping)
            and old.keys() == new.keys()
            and all(same(old[key], new[key], row) for key in new)
        )
    if isinstance(old, (list, tuple)) or isinstance(new, (list, tuple)):
        olds, news = ([x] if not isinstance(x, (list, tuple)) else x for x in (old, new))
        return len(olds) == len(news) and all(same(a, b, row) for a, b in zip(olds, news, strict=True))
    if old is None:
        return False
    first, second = str(old).strip(), str(new).strip()
    if row.range == "markdown":
        # Where the lines of a paragraph break says nothing.
        return wrap(first) == wrap(second) or first.split() == second.split()
    if row.range == "bbox":
        try:
            return float(first) == float(second)
        except ValueError:
            return False
    return first == second


class Merger:
    """Brings what is written up to date with the source; `stale` are distributions that the source lacks now."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.changed = False
        self.stale: list[str] = []

    def merge(self, old: MutableMapping[str, Any], values: Mapping[str, Any], kind: str) -> None:
        rows = properties()[kind]
        before = ""
        for name in (name for name in rows if name in values):
            row, new = rows[name], values[name]
            if name not in old:
                self.insert(old, before, name, styled(new, row))
            else:
                self.merge_value(old, name, new, row)
            before = name

    def insert(self, old: MutableMapping[str, Any], before: str, name: str, value: Any) -> None:
        self.changed = True
        if isinstance(old, CommentedMap):
            old.insert(list(old).index(before) + 1 if before else 0, name, value)
        else:
            old[name] = value

    def merge_value(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        old = parent[key]
        if row.range in ("text", "markdown", "keywords"):
            self.merge_text(parent, key, new, row)
        elif row.range == "object:Distribution" and isinstance(old, MutableSequence):
            self.merge_distributions(old, new)
        elif row.range.startswith("object:") and isinstance(old, MutableMapping) and isinstance(new, Mapping):
            self.merge(old, new, row.range.removeprefix("object:"))
        else:
            self.replace(parent, key, new, row)

    def merge_text(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        """A source without a language speaks the portal's own; translations made by hand stay."""
        old = parent[key]
        if not isinstance(old, MutableMapping):
            self.replace(parent, key, new, row)
            return
        spoken = new if isinstance(new, Mapping) else {self.language: new}
        for language, text in spoken.items():
            if language in old:
                self.replace(old, language, text, row)
            else:
                self.changed = True
                old[language] = styled(text, row)

    def replace(self, parent: MutableMapping[str, Any], key: str, new: Any, row: Property) -> None:
        if not same(parent[key], new, row):
            self.changed = True
            parent[key] = styled(new, row)

    def merge_distributions(self, old: MutableSequence[Any], new: Iterable[Mapping[str, Any]]) -> None:
        """Distributions are the same by their id, wherever they stand."""
        written = {item["id"]: item for item in old if isinstance(item, MutableMapping) and item.get("id")}
        place = -1
        found = set()
        for values in new:
            found.add(values["id"])
            if item := written.get(values["id"]):
                self.merge(item, values, "Distribution")
                place = next(number for number, other in enumerate(old) if other is item)
            else:
                self.changed = True
                place += 1
                old.insert(place, CommentedMap(styled_entries(values, "Distribution")))
        self.stale += [str(name) for name in written if name not in found]
