"""The demonstration portal, built once, served below a sub-path under a strict policy, and a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.pipeline import build, read_portal
from tests.host import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration portal's site."""
    folder = tmp_path_factory.mktemp("demonstration") / "site"
    portal = read_portal(ROOT)
    assert [] == portal.errors
    build(portal, folder, jobs=os.cpu_count() or 1)
    return folder


@pytest.fixture(scope="session")
def address(site_folder: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(site_folder) as address:
        yield address


WIDTHS = {"phone": 360, "wide": 1280}


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page in a phone’s width and in a wide one; an error in the console, or a request elsewhere, fails the test."""
    context = browser.new_context(
        viewport={"width": WIDTHS[request.param], "height": 800}, locale="fr-CA", base_url=address
    )
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


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which scripts are blocked, phone-sized."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, locale="fr-CA", base_url=address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()
