"""The demonstration portal, served below a sub-path under a strict policy, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.build.pipeline import build, read_portal
from tests.conftest import ROOT, Once
from tests.host import serving


@pytest.fixture(scope="session")
def address(demonstration: Path) -> Iterator[str]:
    """Where the demonstration portal's site is served."""
    with serving(demonstration) as address:
        yield address


def copy_catalogue(folder: Path) -> None:
    """The demonstration portal with its history; the search finds datasets alone, and nobody is asked for others."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(folder)], check=True)
    for name in ("datasets", "content"):
        shutil.copytree(ROOT / name, folder / name)
    told = (ROOT / "portal.yaml").read_text(encoding="utf-8")
    (folder / "portal.yaml").write_text(re.sub("^ask: .*\n", "", told, flags=re.MULTILINE), encoding="utf-8")
    for file in (ROOT / "generator/standards/types").glob("*.yaml"):
        shutil.copy(file, folder / "content/types")
    for file in (folder / "content/types").glob("*.yaml"):
        declared = re.sub("^search: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        file.write_text(f"search: false\n{declared}", encoding="utf-8")


@pytest.fixture(scope="session")
def catalogue_address(once: Once) -> Iterator[str]:
    """Where the demonstration portal is served whose search finds datasets alone."""

    def make(folder: Path) -> None:
        copy_catalogue(folder)
        build(read_portal(folder), folder / "site", jobs=os.cpu_count() or 1)

    with serving(once("catalogue", make) / "site") as address:
        yield address


WIDTHS = {"phone": 360, "wide": 1280}


@contextmanager
def opened(browser: Browser, address: str, width: str) -> Iterator[Page]:
    """A page in a window of its own; an error in the console, or a request elsewhere, is an error here."""
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 800}, locale="fr-CA", base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith(address) else None)
    yield page
    context.close()
    assert [] == complaints


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page in a phone’s width and in a wide one, which complains of nothing."""
    with opened(browser, address, request.param) as page:
        yield page


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which scripts are blocked, phone-sized."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, locale="fr-CA", base_url=address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()
