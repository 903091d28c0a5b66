"""axe-core in a page: the rules of WCAG 2.2 AA, and of axe's best practice, that the page breaks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
tags => axe.run({runOnly: tags}).then(
    ({violations}) => violations.map(rule => [rule.id, rule.nodes.map(node => node.target.join(" "))]))
"""


def violations(page: Page) -> list[list[object]]:
    """Each rule with the elements that break it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found: list[list[object]] = page.evaluate(RUN, STANDARDS)
    return found
