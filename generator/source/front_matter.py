"""The metadata at the head of a page, between two lines `---`, and what keeps them from being read."""

from __future__ import annotations

import re
from functools import cache

from generator.model.diagnostics import Diagnostic, Place
from generator.standards import properties, shipped_fields

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
OPENED = re.compile(r"---[ \t]*\n[\w-]+:")
# Dashes of another number or kind, as word processors make them, and lines above them.
NEARLY = re.compile(r"(\s*)([-–—―−_*]+)[ \t]*\n[\w-]+ *:")
KEY = re.compile(r"\s*([\w-]+) *[:=]")


@cache
def page_keys() -> frozenset[str]:
    return frozenset(properties()["Page"]) | shipped_fields()


def find_front_fault(path: str, text: str) -> Diagnostic | None:
    """What is wrong with the head of a page that has metadata, and not as they must be written."""
    place = Place(path, 1, 1)
    if OPENED.match(text):
        return Diagnostic.at(place, "open-front-matter")
    if re.match(r"\s*\+{3}[ \t]*\n", text):
        return Diagnostic.at(place, "toml-front-matter")
    if nearly := NEARLY.match(text):
        # Lines above are to be deleted, which is no line to write.
        return Diagnostic.at(place, "unopened-front-matter", rewritten="" if "\n" in nearly[1] else "---")
    key = KEY.match(text)
    if key and key[1] in page_keys():
        return Diagnostic.at(place, "unopened-front-matter")
    return None
