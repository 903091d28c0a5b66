"""What the last import wrote, so that the next one can tell what was edited, renamed or deleted here since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.authoring.yaml_style import wrap
from generator.source.git import IMPORT_MEMORY
from generator.source.guard import read_inside
from generator.standards import Property

MEMORY = IMPORT_MEMORY
"""To be kept under version control, beside portal.yaml."""

Values = dict[str, str]
"""Path of a value in its object (`distribution/csv/title@fr`) to the digest of what the source said."""


@dataclass
class Memory:
    """Objects by kind and id (`Dataset arbres`) to what the source said of them; `File …` to a whole file's digest."""

    objects: dict[str, Values] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Memory:
        """What was remembered of a folder; nothing where there is no such file, or none that can be read."""
        try:
            found = json.loads(read_inside(folder, MEMORY) or b"")
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(found, dict):
            return cls()
        return cls({name: remembered_texts(values) for name, values in found.items() if isinstance(values, dict)})

    def of(self, kind: str, identifier: str) -> Values | None:
        return self.objects.get(f"{kind} {identifier}")

    def names(self, kind: str) -> list[str]:
        """The ids of the objects of a kind."""
        return [name.removeprefix(f"{kind} ") for name in self.objects if name.startswith(f"{kind} ")]

    def text(self) -> str:
        """One line an object, so that a commit shows which ones an import changed."""
        lines = (f"{dumped_memory(name)}: {dumped_memory(self.objects[name])}" for name in sorted(self.objects))
        return "{\n" + ",\n".join(lines) + "\n}\n"


def dumped_memory(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def remembered_texts(values: Mapping[Any, Any]) -> Values:
    return {key: value for key, value in values.items() if isinstance(value, str)}


def value_fingerprint(value: Any, row: Property) -> str:
    """The same for values that say the same."""
    return hashlib.sha256(repr(canonical_value(value, row)).encode("utf-8", "replace")).hexdigest()[:16]


def file_fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def canonical_value(value: Any, row: Property) -> Any:
    """
    A value without what says nothing: a list of one is that one, numbers are compared as numbers, and where the lines
    of a paragraph break does not count.
    """
    if isinstance(value, Mapping):
        return {str(key): canonical_value(value[key], row) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple)):
        return canonical_value(value[0], row) if len(value) == 1 else [canonical_value(item, row) for item in value]
    text = str(value).strip()
    if row.range == "markdown":
        return wrap(text).split()
    if row.range == "bbox":
        try:
            return float(text)
        except ValueError:
            return text
    return text
