"""The real catalogues in `../shared`, where they are there, as they come out of an import."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.authoring.report import Report
from generator.build.pipeline import build, read_portal
from generator.importers.ckan import import_ckan
from generator.importers.jkan import import_jkan
from tests.conftest import Once

FOLDER = Path(__file__).parents[2] / "shared" / "catalogues"

needed = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the real catalogues are not part of the project: {FOLDER} does not exist"
)

IMPORTS: Mapping[str, Callable[[Path], Report]] = {
    "montreal-ckan": lambda into: import_ckan(str(FOLDER / "montreal-ckan" / "package_search.json"), into),
    "estonia-jkan": lambda into: import_jkan(FOLDER / "estonia-jkan", into),
    "jkan-upstream": lambda into: import_jkan(FOLDER / "jkan-upstream", into),
}


def imported(name: str, once: Once) -> Path:
    """The portal that an import makes of a catalogue."""
    return once(name, IMPORTS[name])


def published(name: str, once: Once) -> Path:
    """The site of that portal."""
    portal = imported(name, once)
    return once(f"{name}-site", lambda folder: build(read_portal(portal), folder, jobs=os.cpu_count() or 1))
