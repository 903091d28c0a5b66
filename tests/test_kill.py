"""A build that is killed leaves the published site whole."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tree(folder: Path) -> dict[str, str]:
    """Path to a digest of the content, of every file."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def start(portal: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator.cli", "build", "--portal", str(portal)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_kill_at_ten_random_moments(tmp_path: Path) -> None:
    """
    Killed at any moment of a rebuild, the site is the old one or the new one, whole; the next build succeeds.
    """
    portal = tmp_path / "portal"
    for name in ("datasets", "content"):
        shutil.copytree(ROOT / name, portal / name)
    shutil.copy(ROOT / "portal.yaml", portal)
    assert 0 == start(portal).wait()
    catalog = portal / "datasets" / "catalog.yaml"
    text = catalog.read_text(encoding="utf-8")
    started = time.monotonic()
    catalog.write_text(text.replace("Boréalie", "Boréalie 0"), encoding="utf-8")
    assert 0 == start(portal).wait()
    seconds = time.monotonic() - started
    chance = random.Random(20261121)
    killed = 0
    for number in range(1, 11):
        before = tree(portal / "site")
        catalog.write_text(text.replace("Boréalie", f"Boréalie {number}"), encoding="utf-8")
        build = start(portal)
        time.sleep(seconds * chance.random())
        build.send_signal(signal.SIGKILL)
        killed += build.wait() == -signal.SIGKILL
        after = tree(portal / "site")
        assert 0 == start(portal).wait()
        new = tree(portal / "site")
        torn = [path for path in after.keys() | new.keys() if after.get(path) != new.get(path)]
        assert after == before or [] == torn
    assert killed >= 5
    assert {"datasets", "content", "portal.yaml", "site", ".cache"} == {file.name for file in portal.iterdir()}
