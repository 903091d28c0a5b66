"""What a publisher wrote down, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where an object and each of its keys were written. A key that is absent has the object's own place.

    `texts` has where each text begins that reads in its file as it does in the model, line by line. `unread` objects
    could not be read: nothing in them can be missing.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    keys: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    unread: bool = False
    texts: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return self.unread or key in self.keys

    def __getitem__(self, key: str) -> Place:
        return Place(self.path, *self.keys.get(key, (self.line, self.column)))

    def of(self, name: str) -> Place:
        """The place of a value, or of its part `value.part`; where the part is not written, that of the value."""
        return self.part(*name.split(".", 1)) if "." in name else self[name]

    def part(self, key: str, part: str) -> Place:
        """The place of a part of a value, a language's text or an item of a list; else that of the whole value."""
        return self[self.name(key, part)]

    def name(self, key: str, part: str) -> str:
        return f"{key}.{part}" if f"{key}.{part}" in self.keys else key

    def within(self, key: str, language: str, line: int, column: int) -> Place:
        """The place of what stands on a line and column of a text; else that of the whole text."""
        start = self.texts.get(self.name(key, language))
        return Place(self.path, start[0] + line - 1, start[1] + column - 1) if start else self.part(key, language)

    @property
    def place(self) -> Place:
        return Place(self.path, self.line, self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Whatever a publisher wrote down; two values that say the same are equal wherever they stand."""

    origin: Origin = field(default_factory=Origin, compare=False, repr=False)


class Change(NamedTuple):
    """
    What happened to a dataset on a day: to its data files, by their names, and to its description.

    `arrived` is that it came into the catalogue. `subjects` are the first lines of the messages of those who did it.
    """

    date: str
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    described: bool = False
    arrived: bool = False
    subjects: tuple[str, ...] = ()
