"""What tests of previews share: a way to look into a file that stands in the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.previews.examination import examine
from generator.previews.profile import ChartProfile, ColumnProfile, Finding, Table

Look = Callable[..., Finding]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Writes a file and says what is in it."""

    def see(content: str | bytes, format: str = "CSV", types: Mapping[str, str] | None = None, **chart: Any) -> Finding:
        file = tmp_path / "fichier"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        wanted = {"series": "", **chart, "y": tuple(chart["y"])} if chart else None
        return examine(file, format, wanted, types=types)

    return see


def table_of(finding: Finding) -> Table:
    assert finding.profile.table
    return finding.profile.table


def kinds(finding: Finding) -> list[tuple[str, str]]:
    return [(column.name, column.kind) for column in table_of(finding).columns]


def codes(finding: Finding) -> list[tuple[str, Mapping[str, str]]]:
    return [(problem.code, dict(problem.values)) for problem in finding.problems]


def profiles(finding: Finding) -> dict[str, ColumnProfile]:
    """A file's columns by their names."""
    return {column.name: column for column in table_of(finding).columns}


def ranges(finding: Finding) -> dict[str, tuple[str, int, str, str]]:
    """Each column's kind, how many values it lacks, and its bounds."""
    return {name: (column.kind, column.missing, column.low, column.high) for name, column in profiles(finding).items()}


def chart_of(finding: Finding) -> ChartProfile:
    assert finding.profile.chart
    return finding.profile.chart
