"""Where the time of a build goes: by stage, and by kind of artifact, for `vitrine build --profile`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from generator.site.tasks import Bundle, Task

KINDS: Mapping[str, str] = {
    "generator.pages.dataset": "datasets",
    "generator.pages.lists": "lists",
    "generator.pages.collections": "lists",
    "generator.pages.record": "records",
    "generator.pages.health": "dashboards",
    "generator.pages.use": "dashboards",
    "generator.pages.dashboards": "dashboards",
    "generator.pages.assets": "assets",
    "generator.pages": "pages",
    "generator.search": "search",
    "generator.feeds.api": "api",
    "generator.feeds.atom": "atom",
    "generator.feeds.history": "atom",
    "generator.feeds.record": "records",
    "generator.feeds": "harvest",
}
"""How the modules' names begin that make a kind of artifact; the longest that fits decides, the rest is `others`."""


@dataclass
class Spent:
    """`seconds` of work, of all processes together, and the number of `files`."""

    seconds: float = 0.0
    files: int = 0


@dataclass
class Spending:
    """What was spent, by stage of the build and by kind of artifact, in the order in which each came up."""

    stages: dict[str, Spent] = field(default_factory=dict)
    kinds: dict[str, Spent] = field(default_factory=dict)


_spending: ContextVar[Spending | None] = ContextVar("spending", default=None)


@contextmanager
def watched() -> Iterator[Spending]:
    """What is spent meanwhile."""
    spending = Spending()
    token = _spending.set(spending)
    try:
        yield spending
    finally:
        _spending.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A part of the build, on the account of whoever watches."""
    spending = _spending.get()
    if spending is None:
        yield
        return
    started = time.perf_counter()
    try:
        yield
    finally:
        spending.stages.setdefault(name, Spent()).seconds += time.perf_counter() - started


def book(item: Task | Bundle, seconds: float, files: int) -> None:
    """What it took to make an artifact, on the account of whoever watches."""
    if spending := _spending.get():
        spent = spending.kinds.setdefault(kind_of(item.render.__module__), Spent())
        spent.seconds += seconds
        spent.files += files


def kind_of(module: str) -> str:
    """
    >>> kind_of("generator.pages.records"), kind_of("generator.feeds.dcat_us_3"), kind_of("generator.build.hosts")
    ('records', 'harvest', 'others')
    """
    fitting = [prefix for prefix in KINDS if module.startswith(prefix)]
    return KINDS[max(fitting, key=len)] if fitting else "others"
