"""A build that is killed leaves the published site whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.pipeline import build, read_portal
from tests.build.test_output import SPARE
from tests.conftest import ARBRES, MINIMAL, ROOT, SmallPortal, read_tree

CATALOG = "datasets/catalog.yaml"
FILES = {
    **{f"datasets/lot/{number:02}.yaml": ARBRES for number in range(60)},
    "datasets/parcs/dataset.yaml": f"{ARBRES}  - {{id: own, file: parcs.csv}}\n",
    "datasets/parcs/parcs.csv": "nom,aire\n" + "Grand parc,12\n" * 20_000,
}


def named(number: int) -> dict[str, str]:
    """The catalogue's file with a title that every page shows."""
    text = str(MINIMAL[CATALOG])
    return {CATALOG: text.replace("Données de la ville", f"Données de la ville {number}")}


def start(portal: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator.cli", "build", "--portal", str(portal)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finish(portal: Path) -> float:
    """The seconds that a build takes, which succeeds."""
    started = time.monotonic()
    assert 0 == start(portal).wait()
    return time.monotonic() - started


STATES = (
    {**named(0), "datasets/arbres.yaml": ARBRES, "content/aide.md": "---\ntitle: Aide\n---\n"},
    {
        **named(1),
        "datasets/arbres.yaml": None,
        "content/aide.md": None,
        "content/aide/plus.md": "---\ntitle: Plus\n---\n",
    },
    {**named(2), "content/aide/plus.md": None, "datasets/parcs.yaml": ARBRES},
    {**named(3), "datasets/parcs.yaml": ARBRES.replace("Arbres", "Parcs")},
    {**named(4), "datasets/parcs.yaml": None},
)
"""Edits in a row, of which the last leads back to where the first begins."""


def start_here(portal: Path) -> int:
    """A build in a process of its own, which need not load the program: its number."""
    child = os.fork()
    if not child:
        try:
            build(read_portal(portal), portal / "site")
            os._exit(0)
        finally:
            os._exit(1)
    return child


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_kill_at_fifty_random_moments(portal: Callable[..., SmallPortal]) -> None:
    """
    Of three builds in a row, each killed at any moment, each leaves a whole site of some edit so far, and the next
    build that is let live gives what a first one would.
    """
    small, fresh = portal(), portal(name="fresh")
    whole = []
    for files in STATES:
        fresh.lay(files)
        whole.append(fresh.build(f"site-{len(whole)}"))
    started = time.monotonic()
    small.lay(STATES[0])
    os.waitpid(start_here(small.folder), 0)
    seconds = time.monotonic() - started
    chance = random.Random(20261201)
    state = killed = number = 0
    while killed < 50:
        possible = [whole[state]]
        for _ in range(3):
            state, number = (state + 1) % len(STATES), number + 1
            small.lay(STATES[state])
            possible.append(whole[state])
            child = start_here(small.folder)
            time.sleep(seconds * chance.random())
            os.kill(child, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
            assert read_tree(small.folder / "site") in possible
        assert small.build() == whole[state]
        assert number < 500
    assert {file.name for file in small.folder.iterdir()} <= {
        "datasets",
        "content",
        "portal.yaml",
        "site",
        ".cache",
        SPARE,
    }


def test_kill_at_ten_random_moments(portal: Callable[..., SmallPortal]) -> None:
    """
    Killed at any moment of a rebuild, the site is the old one or the new one, whole; the next build succeeds.
    """
    small = portal(FILES)
    seconds = finish(small.folder)
    chance = random.Random(20261121)
    killed = 0
    for number in range(40):
        if killed == 10:
            break
        before = read_tree(small.folder / "site")
        small.lay(named(number))
        build = start(small.folder)
        time.sleep(seconds * chance.random())
        build.send_signal(signal.SIGKILL)
        killed += build.wait() == -signal.SIGKILL
        after = read_tree(small.folder / "site")
        seconds = finish(small.folder)
        new = read_tree(small.folder / "site")
        torn = [path for path in after.keys() | new.keys() if after.get(path) != new.get(path)]
        assert after == before or [] == torn
        assert before["index.html"] != new["index.html"]
    assert killed == 10
    assert {"datasets", "portal.yaml", "site", ".cache"} == {file.name for file in small.folder.iterdir()} - {SPARE}
