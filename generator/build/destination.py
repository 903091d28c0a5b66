"""Where a site may be written: not over the portal, nor among what it is made from, nor where a link of it leads."""

from __future__ import annotations

import os
from pathlib import Path

from generator.source.guard import is_within

SOURCES = ("datasets", "content", "search", "themes")
"""A portal's folders that a site is made from."""


def output_fault(portal: Path, output: Path) -> str:
    """Why a site can't be written to a folder, as a key of `cli:`; nothing where it can."""
    here, there = portal.resolve(), output.resolve()
    if here.is_relative_to(there):
        return "output-holds-portal"
    typed, folder = (Path(os.path.abspath(path)) for path in (output, portal))  # noqa: PTH100  links are looked for
    inside = typed.is_relative_to(folder)
    if inside and not is_within(folder, typed.relative_to(folder).as_posix()):
        return "output-linked-out"
    if there.is_relative_to(here) and there.relative_to(here).parts[0] in (*SOURCES, ".git", ".cache"):
        return "output-among-sources"
    return ""
