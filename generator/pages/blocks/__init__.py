"""
Blocks of the home page: one module a row of `standards/blocks.yaml`, found by its code.

A module has `view(site, language)`: what the template `blocks/<code>.html` is given, empty when there is nothing to
show. What a block is made of is what its view says, so that no input can be forgotten; a block whose view costs too
much to make for that says `inputs(site, language)` instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from generator.pages.record_lists import home_block
from generator.site.site import Site


@cache
def block_module(code: str) -> ModuleType:
    return import_module(f"{__name__}.{code}")


def view_of(site: Site, language: str, code: str) -> Any:
    """What a block shows in a language: one of the table, or the records of a content type."""
    if code in site.catalog.types:
        return home_block(site, code, language)
    return block_module(code).view(site, language)


def inputs_of(site: Site, language: str, code: str) -> object:
    """All that a block is made of."""
    if code in site.catalog.types:
        return home_block(site, code, language)
    inputs: Callable[[Site, str], object] = getattr(block_module(code), "inputs", block_module(code).view)
    return inputs(site, language)
