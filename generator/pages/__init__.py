"""Every page of the site: a module of this room that has a function `plan` says which ones there will be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from generator.site.site import Site
from generator.site.tasks import Copy, Task


@cache
def planners() -> Sequence[Callable[[Site], Iterator[Task | Copy]]]:
    """The function `plan` of each module of the room that has one."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return [module.plan for module in modules if hasattr(module, "plan")]


def plan_pages(site: Site) -> Iterator[Task | Copy]:
    for plan in planners():
        yield from plan(site)
