"""What is remembered as long as a site lives, and Python's collector of garbage, told to rest where there is none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

Memory = dict[Callable[..., Any], dict[tuple[Any, ...], Any]]
"""What each remembered function has found, by its arguments."""

MOST = 200_000
"""How many answers of one function are kept; past that, the oldest goes for each that comes."""


UNKNOWN: Any = object()
"""What was not asked for yet."""


class Remembering(Protocol):
    @property
    def memory(self) -> Memory: ...


Owner = TypeVar("Owner", bound=Remembering)
Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")


def remembered(
    function: Callable[Concatenate[Owner, Arguments], Found],
) -> Callable[Concatenate[Owner, Arguments], Found]:
    """A function of a site and of hashable arguments, worked out once for each of them and forgotten with the site."""

    @wraps(function)
    def find(site: Owner, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Found:
        answers = site.memory.setdefault(function, {})
        key = (*arguments, *named.items()) if named else arguments
        answer: Found = answers.get(key, UNKNOWN)
        if answer is UNKNOWN:
            answer = function(site, *arguments, **named)
            if len(answers) >= MOST:
                del answers[next(iter(answers))]
            answers[key] = answer
        return answer

    return find


YOUNG, MIDDLE, OLD = 50_000, 20, 100
"""How much is made, and how often it was looked at, before the collector looks at what is young, older and old."""


@contextmanager
def little_garbage() -> Iterator[None]:
    """What stands stays, and most of what is made within goes by itself: the collector seldom looks at the rest."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def no_garbage() -> Iterator[None]:
    """What is made within stays: the collector would walk through it again and again, in vain."""
    rests = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not rests:
            gc.enable()
