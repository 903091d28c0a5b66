"""
What must hold between files: one module a rule, named after the diagnostic it gives.

A rule's docstring is its manual page and its test: laid over a small portal, Bad is reported and Good is not.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic

Rule = Callable[[Catalog], Iterator[Diagnostic]]


@cache
def rules() -> dict[str, Rule]:
    """Diagnostic code to the rule that gives it."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}").check for name in names}


def check_catalog(catalog: Catalog) -> list[Diagnostic]:
    """Everything that the rules find."""
    return [diagnostic for rule in rules().values() for diagnostic in rule(catalog)]
