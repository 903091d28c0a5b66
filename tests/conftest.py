"""What tests share: a small sound portal to lay files over, and the switch that rewrites what is expected."""

from __future__ import annotations

import os
import subprocess
from asyncio import events
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from generator.build import pipeline
from generator.build.editions import EPOCH
from generator.cli.reports import concise
from generator.model.diagnostics import Diagnostic, sort_diagnostics
from tests.chromium import launched
from tests.host import serving

ROOT = Path(__file__).parent.parent

os.environ[EPOCH] = "1798675200"  # 2026-12-31: no test's outcome depends on the day it is run

Files = Mapping[str, str | bytes | None]
Once = Callable[[str, Callable[[Path], object]], Path]

MINIMAL: Files = {
    "portal.yaml": """\
baseURL: https://exemple.org/portail/
languages: [fr, en]
""",
    "datasets/catalog.yaml": """\
title: {fr: Données de la ville, en: City data}
description: {fr: Tout ce que la ville publie., en: All that the city publishes.}
publisher: ville
contactPoint: {name: Équipe, email: donnees@exemple.org}
""",
    "datasets/publishers/ministere.yaml": """\
name: {fr: Ministère, en: Ministry}
""",
    "datasets/publishers/ville.yaml": """\
name: {fr: Ville, en: City}
""",
    "datasets/autre.yaml": """\
title: {fr: Autre, en: Other}
description: {fr: Un autre jeu de données., en: Another dataset.}
publisher: ville
theme: [transport]
license: cc-by-4.0
distribution:
  - {id: csv, downloadURL: "https://exemple.org/autre.csv"}
""",
}

ARBRES = """\
title: {fr: Arbres, en: Trees}
description: {fr: Les arbres de la ville., en: The city's trees.}
publisher: ville
theme: [transport]
license: cc-by-4.0
distribution:
  - {id: csv, downloadURL: "https://exemple.org/arbres.csv"}
"""


@dataclass(frozen=True)
class Report:
    """What is wrong with a portal."""

    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [item.code for item in sort_diagnostics(self.diagnostics)]

    def lines(self, language: str = "en") -> list[str]:
        return [concise(item, language) for item in sort_diagnostics(self.diagnostics)]


@dataclass(frozen=True)
class SmallPortal:
    """A portal's folder, to be checked, built, changed and built again."""

    folder: Path

    def lay(self, files: Files) -> None:
        """Write files over the portal's; None removes one."""
        for path, content in files.items():
            file = self.folder / path
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def check(self) -> Report:
        return Report(tuple(pipeline.read_portal(self.folder).diagnostics))

    def build(self, output: str = "site", jobs: int = 1) -> dict[str, bytes]:
        """Every published file by its path; a portal with errors is no portal to build."""
        found = pipeline.read_portal(self.folder)
        assert Report(tuple(found.errors)).lines() == []
        pipeline.build(found, self.folder / output, jobs)
        return read_tree(self.folder / output)

    def git(self, *arguments: str, date: str = "2025-01-01") -> None:
        """Run git in the folder, as somebody who commits at noon of the date."""
        who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@exemple.org"}
        who |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@exemple.org"}
        when = {"GIT_AUTHOR_DATE": f"{date}T12:00:00Z", "GIT_COMMITTER_DATE": f"{date}T12:00:00Z"}
        none = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": str(self.folder)}
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        path = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
        subprocess.run(command, cwd=self.folder, env=path | who | when | none, check=True, capture_output=True)

    def commit(self, date: str, files: Files) -> None:
        """Make the folder a repository if it is none, lay files over it, and commit all of it at a date."""
        if not (self.folder / ".git").exists():
            self.git("init")
        self.lay(files)
        self.git("add", "--all")
        self.git("commit", "--message", "x", "--allow-empty", date=date)


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its POSIX path, sorted."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SmallPortal]:
    """Lays files over a small sound portal; None removes one, and without `over` there is nothing below them."""
    # A repository above the temporary folder is not the portal's.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    def make(files: Files | None = None, over: Files = MINIMAL, name: str = "portal") -> SmallPortal:
        made = SmallPortal(tmp_path / name)
        made.folder.mkdir()
        made.lay(over)
        made.lay(files or {})
        return made

    return make


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Makes a folder that tests only read, by its name: whichever of pytest's workers asks first, for all of them."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent

    def make_once(name: str, make: Callable[[Path], object]) -> Path:
        made, making = folder / f"once-{name}", folder / f"making-{name}"
        with FileLock(folder / f"{name}.lock"):
            if not made.exists():
                make(making)
                making.rename(made)
        return made

    return make_once


@pytest.fixture(scope="session")
def demonstration(once: Once) -> Path:
    """The demonstration portal's site, built once for all who only read it."""

    def make(folder: Path) -> None:
        found = pipeline.read_portal(ROOT)
        assert found.errors == []
        pipeline.build(found, folder / "site", jobs=os.cpu_count() or 1)

    return once("demonstration", make) / "site"


@pytest.fixture(scope="session")
def served(demonstration: Path) -> Iterator[str]:
    """The address at which the demonstration portal's site is served by a static host."""
    with serving(demonstration, "/") as address:
        yield address


@pytest.fixture
def arbres() -> str:
    """A second sound dataset, to be laid over the small portal as `datasets/arbres.yaml`."""
    return ARBRES


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Callable[[Path, str], str]:
    """The text that a file expects; with `--update-expected` the file is given the text that was found."""

    def read(file: Path, found: str) -> str:
        if request.config.getoption("--update-expected"):
            file.write_text(found, encoding="utf-8", newline="")
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    return read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="rewrite the files of what is expected")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one on the PATH."""
    with launched() as browser:
        yield browser


@pytest.fixture
def without_playwright() -> Iterator[None]:
    """Playwright leaves its event loop marked as running where it drove a browser; what asks servers runs its own."""
    loop = events._get_running_loop()
    events._set_running_loop(None)
    yield
    events._set_running_loop(loop)
