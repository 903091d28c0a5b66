"""The second theme, in a real browser: nothing breaks that holds in the first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.build.pipeline import build, read_portal
from tests.browser.axe import violations
from tests.browser.conftest import WIDTHS
from tests.conftest import ROOT
from tests.host import serving

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 48"><path fill="#dae6f0" d="M0 0h96v48H0z"/></svg>'

KINDS = ["", "dataset/", "dataset/casernes-incendie/", "style/", "en/style/"]


@pytest.fixture(scope="module")
def quebec(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration portal in the theme `quebec`, with a logo, served below a sub-path."""
    folder = tmp_path_factory.mktemp("quebec")
    for name in ("datasets", "content"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "logo.svg").write_text(LOGO)
    text = (ROOT / "portal.yaml").read_text(encoding="utf-8").replace("theme: default", "theme: quebec")
    (folder / "portal.yaml").write_text(text + "logo: logo.svg\n", encoding="utf-8")
    portal = read_portal(folder)
    assert [] == portal.errors
    build(portal, folder / "site")
    with serving(folder / "site") as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_axe_finds_nothing_in_the_second_theme(browser: Browser, quebec: str, width: int, scheme: str) -> None:
    """
    No page of the theme `quebec` breaks a rule of WCAG 2.2 AA, scrolls sideways or complains; its fonts are the site's.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=quebec)
    page = context.new_page()
    complaints: list[str] = []
    fonts: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda sent: complaints.append(sent.url) if not sent.url.startswith(quebec) else None)
    page.on("requestfinished", lambda sent: fonts.append(sent.url) if sent.resource_type == "font" else None)
    for kind in KINDS:
        page.goto(kind)
        page.wait_for_load_state("networkidle")
        assert (kind, []) == (kind, violations(page))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), kind
    assert "Roboto" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    context.close()
    assert [] == complaints
    assert {"roboto-latin-700", "open-sans-latin-400"} <= {Path(url).name.partition("-normal")[0] for url in fonts}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_wins_over_a_theme(browser: Browser, quebec: str, scheme: str) -> None:
    """
    Who asks for more contrast gets black and white, whatever the theme's colours; paper gets no band.
    """
    page = browser.new_page(base_url=quebec, color_scheme=scheme)
    page.emulate_media(contrast="more")
    page.goto("")
    colors = page.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])")
    page.emulate_media(contrast="no-preference", media="print")
    band = page.evaluate("getComputedStyle(document.querySelector('.band')).backgroundColor")
    page.close()

    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert ([black, white] if scheme == "light" else [white, black], white) == (colors, band)


def test_scripts_take_widths_from_the_sheet(browser: Browser, quebec: str) -> None:
    """
    Where this theme folds what the default one has open, the search folds its facets too: the first alone is open.
    """
    page = browser.new_page(base_url=quebec, viewport={"width": 975, "height": 800})
    page.goto("dataset/?sort=title")
    page.locator("#search-facets > summary").click()
    expect(page.locator("details.facet[open] h2")).to_have_text(["Type de contenu"])
    page.close()
