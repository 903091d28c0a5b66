"""The one table of formats that have previews: the rows of formats.yaml that say `preview`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.standards import vocabulary

if TYPE_CHECKING:
    from generator.previews.content import Document, Features
    from generator.previews.frames import Frame

    Content = Frame | Features | Document


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFormat:
    """
    How a format is read: `reader` is a module of readers/, `shows` is `table`, `map` or `tree`.

    `needs` are packages without which there is no preview, `most` the octets of a file that can only be read whole,
    `separator` what parts cells where the format says so.
    """

    code: str
    reader: str
    shows: str
    needs: tuple[str, ...] = ()
    most: int = 0
    separator: str = ""

    def read(self, path: Path) -> Content:
        content: Content = import_module(f"generator.previews.readers.{self.reader}").read(path, self)
        return content


@cache
def preview_formats() -> Mapping[str, PreviewFormat]:
    """A format's code to how it is read."""
    terms = vocabulary("formats").terms.values()
    return {term.code: format_of(term.code, term.facts["preview"]) for term in terms if "preview" in term.facts}


def format_of(code: str, row: Mapping[str, Any]) -> PreviewFormat:
    return PreviewFormat(**{**row, "code": code, "needs": tuple(row.get("needs", ()))})


def installed_version(package: str) -> str:
    """The version of a package that readers may need, by its name on PyPI; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def has_tables() -> bool:
    """Whether tables can be made of what is read."""
    return bool(installed_version("polars"))
