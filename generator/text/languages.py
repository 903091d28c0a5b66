"""Text in languages, as everything that is written for people holds it."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code to text; empty when nothing was written."""


DEFAULT_LANGUAGE = "fr"
"""That of a portal that names none, and of a catalogue that nobody can tell the language of."""

Keywords = Mapping[str, tuple[str, ...]]
"""Language code to keywords, in the order written."""


def is_blank(words: str) -> bool:
    """Whether a text says nothing: white space alone is no text."""
    return not words or words.isspace()


def present(text: Text) -> dict[str, str]:
    """The languages in which something was written."""
    return {language: words for language, words in text.items() if not is_blank(words)}
