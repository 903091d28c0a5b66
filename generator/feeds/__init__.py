"""
The catalogue for machines: for each profile the whole, its parts and pages, and one file a dataset; what changed.

A feed whose row in feeds.yaml names a function is planned from the row; a module that has a function `plan` plans more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from generator.feeds.sizes import size_warnings
from generator.site.site import Site
from generator.site.tasks import Task

__all__ = ["functions_named", "plan_feeds", "size_warnings"]


@cache
def functions_named(name: str) -> Sequence[Callable[[Site], Any]]:
    """The function of that name of each module of the room that has one."""
    modules = (import_module(found.name) for found in walk_packages(__path__, f"{__name__}."))
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def plan_feeds(site: Site) -> Iterator[Task]:
    for plan in functions_named("plan"):
        yield from plan(site)
