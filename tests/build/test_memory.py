"""What a build remembers goes with it: a process that builds for days does not grow."""

from __future__ import annotations

import gc
import tracemalloc
import weakref

from generator.build.pipeline import build, read_portal
from generator.site.site import Site
from tests.conftest import ARBRES, SmallPortal

BUILDS, SETTLED = 50, 20
A_BUILD = 2_000
"""Bytes that a build may add: less than a hundredth of what its site takes."""


def test_memory_levels_off_over_fifty_builds(portal) -> None:
    """
    After each of fifty edits the site before it is gone, and the last thirty builds add next to nothing.
    """
    small: SmallPortal = portal({})
    sites: list[weakref.ref[Site]] = []
    sizes = []
    tracemalloc.start()
    try:
        for number in range(BUILDS):
            title = ("Arbres", "Tilleuls")[number % 2]
            small.lay({"datasets/arbres.yaml": ARBRES.replace("Arbres", title)})
            found = read_portal(small.folder)
            build(found, small.folder / "site")
            sites.append(weakref.ref(found.site))
            del found
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()

    assert [] == [site for site in sites if site() is not None]
    assert sizes[-1] - sizes[SETTLED] < A_BUILD * (BUILDS - SETTLED), sizes
