"""What the publisher says of a file's columns: how they are called, and what they are measured in."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Column
from generator.previews.column_names import fold_name
from generator.text.speech import Speech, Words

SHORT = 60
"""Characters of a description that can stand for a title."""


class Dictionary:
    """The columns that a publisher describes, in the words of a reader; `language` is that of the file's own names."""

    def __init__(self, columns: Iterable[Column] = (), speech: Speech | None = None, language: str = "") -> None:
        self.columns = {fold_name(column.name): column for column in columns}
        self.speech = speech
        self.language = language

    def title(self, name: str) -> Words:
        """A column's title, a description that is as short as one, or its name in the file."""
        column = self.columns.get(fold_name(name))
        if column and self.speech:
            described = self.speech.choose(column.description)
            short = len(described) <= SHORT and "\n" not in described.strip()
            said = self.speech.choose(column.title) or (short and described)
            if said:
                return Words(said.strip().removesuffix("."), said.language)
        return Words(name, self.language)

    def unit(self, name: str) -> str:
        column = self.columns.get(fold_name(name))
        return column.unit if column else ""

    def measured(self, name: str) -> Words:
        """
        A column with its unit.

        >>> Dictionary([Column(name="no2", unit="ppb")]).measured("no2")
        'no2 (ppb)'@
        """
        return with_unit(self.title(name), self.unit(name))


def with_unit(title: Words, unit: str) -> Words:
    return Words(f"{title} ({unit})", title.language) if unit else title
