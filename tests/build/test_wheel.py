"""A portal folder needs nothing but the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from generator.text.strings import LANGUAGES
from tests.conftest import SmallPortal

ROOT = Path(__file__).parents[2]

RECIPE = re.compile(r"^```sh recipe\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing of ours but the wheel; what the wheel needs is lent by the tests' own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder / "dist", ROOT], check=True)
    (wheel,) = (folder / "dist").glob("vitrine_opendata-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    subprocess.run([*pip, "--python", folder / "venv/bin/python", "install", "--no-deps", wheel], check=True)
    (packages,) = (folder / "venv").glob("lib/python*/site-packages")
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if "vitrine" not in package.name and not (packages / package.name).exists():
            (packages / package.name).symlink_to(package)
    return folder


def run(environment: Path, command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in the environment, as somebody types it who has activated it, in another folder than ours."""
    variables = {"PATH": f"{environment}/venv/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), **more}
    return subprocess.run(
        ["bash", "-euc", command], cwd=folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def test_a_wheel_builds_a_portal_that_has_no_theme(portal, environment: Path) -> None:
    """
    Installed from its wheel, away from the repository, Vitrine has its theme, its scripts, its licence and its policy.
    """
    small: SmallPortal = portal({})
    done = run(environment, "vitrine build --lang en", small.folder)
    assert (0, True) == (done.returncode, "Published" in done.stderr), done.stderr
    assert [] != list((small.folder / "site" / "assets").glob("pako_inflate.min.*.js"))
    (licenses,) = environment.glob("venv/lib/python*/site-packages/vitrine_opendata-*.dist-info/licenses")
    assert ["LICENSE", "SECURITY.md"] == sorted(file.name for file in licenses.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_recipe_makes_a_portal(language: str, environment: Path, tmp_path: Path) -> None:
    """
    Whoever follows the guide with nothing but the wheel goes from an empty folder to a site with a dataset of theirs.
    """
    match = RECIPE.search((ROOT / f"docs/guide.{language}.md").read_text(encoding="utf-8"))
    assert match
    (tmp_path / "trees.csv").write_text("species,planted\nOak,2019-05-04\nElm,2021-06-01\n", encoding="utf-8")

    done = run(environment, match[1], tmp_path, LANG=f"{language}_CA.UTF-8")

    assert 0 == done.returncode, done.stderr
    site = tmp_path / "my-portal/site"
    first = "exemple" if language == "fr" else "example"
    assert {"index.html", f"dataset/{first}/index.html", "dataset/trees/index.html", "dataset/trees/trees.csv"} <= {
        file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()
    }
    assert ">Oak<" in (site / "dataset/trees/index.html").read_text(encoding="utf-8")


def test_the_wheel_is_of_this_repository_alone(environment: Path, tmp_path: Path) -> None:
    """
    What the tests run is the wheel's, not the repository's.
    """
    where = run(environment, "python -c 'import generator; print(generator.__file__)'", tmp_path).stdout

    assert where.startswith(os.fspath(environment))
