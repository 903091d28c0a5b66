"""axe finds nothing to say, on every kind of page, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"

KINDS = [
    "",
    "dataset/",
    "dataset/page/2/",
    "dataset/?q=eau",
    "dataset/appels-offres/",
    "dataset/nids-de-poule/",
    "dataset/casernes-incendie/",
    "dataset/zones-chasse/",
    "dataset/resultats-elections/",
    "dataset/regles-peche-sportive/",
    "publisher/",
    "publisher/ville-val-boreal/",
    "theme/",
    "theme/transport/",
    "keyword/",
    "format/",
    "license/",
    "license/cc-by-4.0/",
    "harvest/",
    "style/",
    "reuses/",
    "reuses/a-dix-minutes/",
    "news/",
    "news/etat-des-ponts/",
    "about/",
    "contact/",
    "confidentialite/",
    "declaration/",
    "faq/",
]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, kind: str, language: str, scheme: str) -> None:
    """
    No page breaks a rule of WCAG 2.2 AA or of axe's best practice.
    """
    page.emulate_media(color_scheme=scheme)
    page.goto(language + kind)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run({runOnly: tags})"
        ".then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))",
        STANDARDS,
    )
    assert [] == found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_the_window(page: Page, kind: str) -> None:
    """
    No page scrolls sideways.
    """
    page.goto(kind)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
