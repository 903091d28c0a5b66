"""Pages in an Arabic that a theme speaks in part, as a browser shows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import WIDTHS, opened
from tests.conftest import ARBRES
from tests.host import serving

NORTH = {
    "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en, es, iu, ar]\ntheme: nord\n",
    "themes/nord/theme.yaml": "title: Nord\nparent: default\n",
    "themes/nord/strings/ar.yaml": """\
site:
  search:
    results: {one: "نتيجة واحدة عن «{query}»", two: "نتيجتان عن «{query}»", other: "{count} نتيجة عن «{query}»"}
""",
    "datasets/arbres.yaml": ARBRES.replace("en: Trees", "en: Trees, ar: أشجار, iu: ᓇᐹᖅᑐᑦ") + "modified: 2024-01-02\n",
}


@pytest.fixture(params=WIDTHS)
def north(request: pytest.FixtureRequest, browser: Browser, portal) -> Iterator[Page]:
    """A page of the portal, in a phone’s width and in a wide one."""
    made = portal(NORTH)
    made.build()
    with serving(made.folder / "site") as address, opened(browser, address, request.param) as page:
        yield page


@pytest.mark.parametrize("path", ["ar/", "ar/dataset/", "ar/dataset/arbres/", "iu/dataset/arbres/", "dataset/arbres/"])
def test_pages_in_other_scripts_fit_and_can_be_read(north: Page, path: str) -> None:
    """
    No page is wider than the screen, whichever way it runs and however many languages it switches to, nor breaks WCAG.
    """
    north.goto(path)
    north.wait_for_load_state("networkidle")

    assert 0 == north.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert [] == violations(north)


def test_what_scripts_say_has_its_language_and_its_plural(north: Page) -> None:
    """
    A count takes the form of Arabic for two; what Arabic lacks is said in English, which the element says.
    """
    status = north.locator("#search-status .tally")
    north.goto("ar/dataset/?q=ville")
    north.get_by_text("نتيجتان").wait_for()

    assert ("نتيجتان عن «ville»", None) == (status.text_content(), status.get_attribute("lang"))
    north.goto("ar/dataset/?q=xyzzyx")
    north.get_by_text("No dataset matches").wait_for()
    assert ("en", "auto") == (status.get_attribute("lang"), status.get_attribute("dir"))
    assert "\u2063" not in (north.text_content("body") or "")


def test_a_browser_that_does_not_know_a_language_writes_as_the_build_does(north: Page) -> None:
    """
    The dates of an Inuktitut page are not in the reader's own language.
    """
    north.goto("iu/dataset/?q=arbres")
    north.locator(".card.found").wait_for()

    assert "January 2, 2024" == north.text_content(".card.found time")
