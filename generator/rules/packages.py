"""Feeds and rules of packages that can't be used, told before anything is published without them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, Place
from generator.standards import feeds, rules
from generator.standards.packages import Fault


def check_packages(catalog: Catalog) -> Iterator[Diagnostic]:
    """What is wrong with the packages, whatever the catalogue."""
    for fault in (*feeds.accepted()[1], *rules.accepted()[1]):
        yield diagnose(fault)


def diagnose(fault: Fault) -> Diagnostic:
    """The fault at its package: no file of the portal's has it."""
    return Diagnostic.at(Place(fault.package), fault.code, package=fault.package, **fault.values)
