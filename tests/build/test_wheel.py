"""A portal folder needs nothing but the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SmallPortal

ROOT = Path(__file__).parents[2]


def test_a_wheel_builds_a_portal_that_has_no_theme(portal, tmp_path_factory) -> None:
    """
    Installed from its wheel, away from the repository, Vitrine has its theme, its scripts, its licence and its policy.
    """
    work = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", work, ROOT], check=True)
    (wheel,) = work.glob("vitrine_opendata-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", work / "installed", wheel], check=True)
    small: SmallPortal = portal({})
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "build", "--portal", small.folder, "--lang", "en"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(work / "installed")},
        capture_output=True,
        text=True,
    )
    assert (0, True) == (done.returncode, "Published" in done.stderr), done.stderr
    assert [] != list((small.folder / "site" / "assets").glob("pako_inflate.min.*.js"))
    (licenses,) = (work / "installed").glob("vitrine_opendata-*.dist-info/licenses")
    assert ["LICENSE", "SECURITY.md"] == sorted(file.name for file in licenses.iterdir())
