"""What a first visit costs: bytes on the network, heads and bodies, from a host that compresses text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

HOME, DATASET = 60_000, 50_000


def weight(browser: Browser, address: str, path: str) -> int:
    """The bytes that a browser which has seen nothing takes to show a page, pictures aside."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    network = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    context.close()
    assert {"Document", "Stylesheet", "Script", "Font"} <= set(kinds.values())
    return sum(size for key, size in sizes.items() if kinds[key] != "Image")


@pytest.mark.parametrize("path", ["", "en/"])
def test_the_home_page_is_light(browser: Browser, address: str, path: str) -> None:
    """
    A first visit to the home page takes less than 60 KB.
    """
    assert weight(browser, address, path) <= HOME


def test_a_dataset_page_is_light(browser: Browser, address: str, demonstration: Path) -> None:
    """
    A first visit to the longest dataset's page without a preview takes less than 50 KB.
    """
    pages = {file.parent.name: file.read_text(encoding="utf-8") for file in demonstration.glob("dataset/*/index.html")}
    longest = max(
        (key for key, html in pages.items() if 'class="preview"' not in html), key=lambda key: len(pages[key])
    )

    assert weight(browser, address, f"dataset/{longest}/") <= DATASET
