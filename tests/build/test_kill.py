"""A build that is killed leaves the published site whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

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
