"""
What must hold between files: one module a rule, named after the diagnostic it gives.

A rule's docstring is its manual page and its test: laid over a small portal, Bad is reported and Good is not. A package
that is installed beside may bring more.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module

from generator.model import Catalog
from generator.model.diagnostics import Diagnostic
from generator.standards.packages import Brought, blamed
from generator.standards.rules import brought_rules
from generator.text.strings import LANGUAGES

Rule = Callable[[Catalog], Iterator[Diagnostic]]


@cache
def rules() -> dict[str, Rule]:
    """Diagnostic code to the rule that gives it."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    own = {name.replace("_", "-"): import_module(f"{__name__}.{name}").check for name in names}
    return own | {code: partial(ask, item) for code, item in brought_rules().items()}


def ask(rule: Brought, catalog: Catalog) -> Iterator[Diagnostic]:
    """What a package's rule finds; what goes wrong in it, or in what it says, is the package's."""
    with blamed(rule.package.name):
        found: list[Diagnostic] = list(rule.module.check(catalog))
        for item in found:
            if item.code != rule.name:
                raise ValueError(f"{rule.name} gives {item.code}")
            for language in LANGUAGES:
                item.message(language), item.help(language)
    return iter(found)


def manual(code: str) -> str:
    """The docstring of a rule's module."""
    brought = brought_rules().get(code)
    module = brought.module if brought else import_module(f"{__name__}.{code.replace('-', '_')}")
    return inspect.getdoc(module) or ""


def check_catalog(catalog: Catalog) -> list[Diagnostic]:
    """Everything that the rules find."""
    return [diagnostic for rule in rules().values() for diagnostic in rule(catalog)]
