"""
The catalogue for machines: for each profile the whole, its parts and pages, and one file a dataset; what changed.

A feed whose row in feeds.yaml names a function is planned from the row; a module that has a function `plan` plans more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from generator.feeds.sizes import size_warnings
from generator.site.site import Site
from generator.site.tasks import Task

__all__ = ["plan_feeds", "size_warnings"]


@cache
def planners() -> Sequence[Callable[[Site], Iterator[Task]]]:
    """The function `plan` of each module of the room that has one."""
    modules = (import_module(found.name) for found in walk_packages(__path__, f"{__name__}."))
    return [module.plan for module in modules if hasattr(module, "plan")]


def plan_feeds(site: Site) -> Iterator[Task]:
    for plan in planners():
        yield from plan(site)
