"""Every kind of page, in both languages and in both widths: visited once, and judged by all that must hold of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import violations
from tests.browser.conftest import WIDTHS, opened
from tests.kinds import KINDS

WATCH = """
window.refused = [];
addEventListener("securitypolicyviolation", event => window.refused.push(event.violatedDirective));
"""


LENGTHEN = """
for (const title of document.querySelectorAll(".card-title a, .lines a"))
  title.textContent = "Anticonstitutionnellement, intergouvernementalisations d’approvisionnements";
"""
BROKEN_WORDS = """
() => [...document.querySelectorAll("h1, h2, h3, .card-title, .lines a")].flatMap((head) => {
  const found = [];
  const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word[0]);
    }
  }
  return found;
})
"""
"""Words of headings that stand on two lines."""


@dataclass(frozen=True)
class Visit:
    """
    What the policy refused, whether the page fits its window, which words of headings break, theirs and long ones, and
    what axe says in each colour scheme.
    """

    refused: list[str]
    fits: bool
    broken: list[str]
    faults: Mapping[str, list[list[object]]]


@pytest.fixture(scope="module", params=product(KINDS, ["", "en/"], WIDTHS), ids=lambda param: "-".join(param))
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Visit:
    kind, language, width = request.param
    with opened(browser, address, width) as page:
        page.add_init_script(WATCH)
        page.goto(language + kind)
        page.wait_for_load_state("networkidle")
        refused = page.evaluate("window.refused")
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        faults = {}
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults[scheme] = violations(page)
        broken = page.evaluate(BROKEN_WORDS)
        page.evaluate(LENGTHEN)
        broken += page.evaluate(BROKEN_WORDS)
    return Visit(refused, fits, broken, faults)


def test_axe_finds_nothing(visit: Visit) -> None:
    """
    No page breaks a rule of WCAG 2.2 AA or of axe's best practice, in light colours or in dark ones.
    """
    assert {"light": [], "dark": []} == visit.faults


def test_nothing_is_wider_than_the_window(visit: Visit) -> None:
    """
    No page scrolls sideways.
    """
    assert visit.fits


def test_no_heading_breaks_a_word(visit: Visit) -> None:
    """
    Titles of pages and cards have room for the longest words of French.
    """
    assert visit.broken == []


def test_no_page_violates_the_policy(visit: Visit) -> None:
    """
    On no kind of page does the browser report a violation; to ask another host is an error of the visit itself.
    """
    assert [] == visit.refused
