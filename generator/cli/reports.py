"""Diagnostics as people and their tools read them: text, JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.text import Text as Rich

from generator import __version__
from generator.model.diagnostics import Diagnostic, severities, sort_diagnostics, visible
from generator.model.digest import digest
from generator.source.guard import read_inside
from generator.text.strings import strings

COLOURS = {"error": "bold red", "warning": "bold yellow"}


def concise(diagnostic: Diagnostic, language: str) -> str:
    """`file:line:column: error[code] message`, then the remedy on a line of its own."""
    words = strings(language)
    head = f"{diagnostic.place}: {words[f'diagnostics.{diagnostic.severity}']}[{diagnostic.code}]"
    return f"{head} {diagnostic.message(language)}\n  {words['diagnostics.help']} {diagnostic.help(language)}"


def report_text(diagnostics: Sequence[Diagnostic], language: str, folder: Path, console: Console) -> None:
    """
    Each diagnostic with its line of source and a caret, in colour where the console has any; errors last, next to where
    the reader is. What is said of several places is said once, with the others' names after it.
    """
    words = strings(language)
    lines = SourceLines(folder)
    for diagnostic, *others in alike(diagnostics, language):
        place = diagnostic.place
        said = Rich(str(place), style="bold")
        said.append(": ", style="not bold")
        label = f"{words[f'diagnostics.{diagnostic.severity}']}[{diagnostic.code}]"
        said.append(label, style=COLOURS[diagnostic.severity])
        said.append(f" {diagnostic.message(language)}", style="not bold")
        if (source := lines.line(place.path, place.line)) is not None:
            number = str(place.line)
            margin = " " * len(number)
            said.append(f"\n  {number} | ", style="not bold blue")
            said.append(source, style="not bold")
            said.append(f"\n  {margin} | ", style="not bold blue")
            said.append(pad(source, place.column) + "^", style=COLOURS[diagnostic.severity])
        said.append(f"\n  {words['diagnostics.help']} ", style="bold cyan")
        said.append(diagnostic.help(language), style="not bold")
        if others:
            said.append(f"\n  {words['diagnostics.also']}", style="bold cyan")
            said.append("".join(f"\n    {other.place}" for other in others), style="not bold")
        console.print(said, soft_wrap=True, highlight=False, markup=False)


def alike(diagnostics: Iterable[Diagnostic], language: str) -> list[list[Diagnostic]]:
    """Diagnostics that say the same, together; warnings, then errors."""
    groups: dict[tuple[str, ...], list[Diagnostic]] = {}
    for item in sorted(sort_diagnostics(diagnostics), key=lambda item: item.is_error):
        groups.setdefault((item.code, item.message(language), item.help(language)), []).append(item)
    return list(groups.values())


def pad(line: str, column: int) -> str:
    """
    What puts the caret under a column: spaces, and the line's own tabs.

    >>> pad("a\\tb", 3)
    ' \\t'
    """
    return "".join("\t" if character == "\t" else " " for character in line[: column - 1])


class SourceLines:
    """Lines of the portal's files, each file read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        if not number:
            return None
        if path not in self.files:
            content = read_inside(self.folder, path) or b""
            self.files[path] = content.decode("utf-8-sig", "replace").split("\n")
        lines = self.files[path]
        if number > len(lines):
            return None
        return "\t".join(map(visible, lines[number - 1].rstrip("\r")[:200].split("\t")))


def report_json(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """A list of objects: path, line, column (from 1; 0 for a whole file), severity, code, message, help."""
    rows = [
        {
            "path": visible(item.place.path),
            "line": item.place.line,
            "column": item.place.column,
            "severity": item.severity,
            "code": item.code,
            "message": item.message(language),
            "help": item.help(language),
        }
        for item in sort_diagnostics(diagnostics)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def report_github(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """GitHub's workflow commands, which show each diagnostic on its line of a pull request."""

    def command(item: Diagnostic) -> str:
        place = [f"file={escape_property(visible(item.place.path))}"]
        if item.place.line:
            place += [f"line={item.place.line}", f"col={item.place.column}"]
        place.append(f"title={escape_property(item.code)}")
        said = escape_data(f"{item.message(language)}\n{item.help(language)}")
        return f"::{item.severity} {','.join(place)}::{said}"

    return "\n".join(map(command, sort_diagnostics(diagnostics)))


def report_sarif(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """SARIF 2.1.0, which code hosts and editors read."""
    found = sort_diagnostics(diagnostics)
    codes = sorted({item.code for item in found})
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Vitrine",
                        "version": __version__,
                        "rules": [
                            {"id": code, "defaultConfiguration": {"level": severities()[code]}} for code in codes
                        ],
                    }
                },
                "results": [sarif_result(item, language) for item in found],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def sarif_result(item: Diagnostic, language: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(visible(item.place.path))}}
    if item.place.line:
        location["region"] = {"startLine": item.place.line, "startColumn": item.place.column}
    return {
        "ruleId": item.code,
        "level": item.severity,
        "message": {"text": f"{item.message(language)}. {item.help(language)}"},
        "locations": [{"physicalLocation": location}],
    }


def report_gitlab(diagnostics: Sequence[Diagnostic], language: str) -> str:
    """GitLab's code quality report, which shows each diagnostic on its line of a merge request."""
    rows = [
        {
            "description": f"{item.message(language)}. {item.help(language)}",
            "check_name": item.code,
            "fingerprint": digest(item.place, item.code, sorted(item.values.items())),
            "severity": "major" if item.is_error else "minor",
            "location": {"path": visible(item.place.path), "lines": {"begin": max(item.place.line, 1)}},
        }
        for item in sort_diagnostics(diagnostics)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


MACHINE: Mapping[str, Callable[[Sequence[Diagnostic], str], str]] = {
    "json": report_json,
    "github": report_github,
    "gitlab": report_gitlab,
    "sarif": report_sarif,
}
"""The formats for programs: name to function."""


def count_by_severity(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    """Severity to number."""
    return Counter(item.severity for item in sort_diagnostics(diagnostics))
