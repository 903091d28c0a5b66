"""
Catalogues of other portals, as files of a portal: what is in this room, and what packages bring.

A module here that has an `IMPORTER` is found by itself, and so is one that a package names in its entry points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from generator.authoring.report import Report
from generator.standards.packages import Brought, Fault, accept, in_both_languages, taken

SOURCES = ("address", "file", "folder")
"""What an importer may read: an address or anything else that is written, a file, a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """
    `vitrine import NAME SOURCE`.

    `take` reads the source into a portal's folder and tells what it did; SourceError when the source can't be read.
    `files` are the names of options that name a file, each an argument of `take` and empty where it is not given.
    `help` are the command's words in French and English, for an importer of a package; ours are in the strings files.
    """

    name: str
    source: str
    take: Callable[..., Report]
    help: Mapping[str, str] = field(default_factory=dict)
    package: str = ""
    files: Sequence[str] = ()


@cache
def own_importers() -> Mapping[str, Importer]:
    """Those of the modules of this room, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    found: Sequence[Importer] = [module.IMPORTER for module in modules if hasattr(module, "IMPORTER")]
    return {item.name: item for item in sorted(found, key=lambda item: item.name)}


@cache
def accepted() -> tuple[Sequence[Brought], Sequence[Fault]]:
    """The importers of packages that can be asked, and what is wrong with the others."""
    return accept("importers", wrong_member, find_clash)


def wrong_member(item: Brought) -> str:
    """The first thing about a package's importer that is missing or of the wrong sort."""
    importer = getattr(item.module, "IMPORTER", None)
    if not isinstance(importer, Importer):
        return "IMPORTER"
    fits = {
        "name": re.fullmatch("[a-z][a-z0-9-]*", str(importer.name)),
        "source": importer.source in SOURCES,
        "take": callable(importer.take),
        "help": in_both_languages(importer.help),
    }
    return next((f"IMPORTER.{name}" for name, right in fits.items() if not right), "")


def find_clash(item: Brought, others: Sequence[Brought]) -> str:
    names = [*own_importers(), *(other.module.IMPORTER.name for other in others)]
    return taken(item.module.IMPORTER.name, names)


@cache
def importers() -> Mapping[str, Importer]:
    """Every importer by its name, ours first."""
    brought = {item.module.IMPORTER.name: of_package(item) for item in accepted()[0]}
    return {**own_importers(), **brought}


def of_package(item: Brought) -> Importer:
    written: Importer = item.module.IMPORTER
    return replace(written, package=item.package.name)
