"""What the command says on standard error, in the language of whoever runs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from generator.cli.reports import count_by_severity
from generator.model.diagnostics import Diagnostic, visible
from generator.text.speech import Speech
from generator.text.strings import spoken, strings


def environment_language() -> str:
    """The language that the environment asks for, English when it asks for none that ships."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return spoken(value[:2].lower())
    return "en"


def help_of(key: str) -> str:
    return strings(environment_language())[f"cli.{key}"]


class Voice:
    """What the command says: its own words, on standard error."""

    def __init__(self, language: str | None) -> None:
        self.language = language or environment_language()
        self.speech = Speech(self.language, strings(self.language))
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    def words(self, key: str, **values: object) -> str:
        shown = {
            name: visible(str(value)) if isinstance(value, str | Path | Exception) else value
            for name, value in values.items()
        }
        return self.speech.say(f"cli.{key}", **shown)

    def say(self, key: str, **values: object) -> None:
        self.console.print(self.words(key, **values), markup=False)

    def stop(self, code: int, key: str, **values: object) -> NoReturn:
        self.say(key, **values)
        sys.exit(code)

    def tally(self, diagnostics: Sequence[Diagnostic]) -> str:
        found = count_by_severity(diagnostics)
        parts = [self.words(f"{name}s", count=found[name]) for name in ("error", "warning") if found[name]]
        return ", ".join(parts)
