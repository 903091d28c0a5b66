"""The Content-Security-Policy, as hosts send it and as pages say it, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.test_axe import KINDS

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


@pytest.mark.parametrize("language", ["", "en/"])
def test_no_page_violates_the_policy(page: Page, language: str) -> None:
    """
    On no kind of page does the browser report a violation, or a request to another host.
    """
    page.add_init_script(WATCH)
    found = {}
    for kind in KINDS:
        page.goto(language + kind)
        page.wait_for_load_state("networkidle")
        found[kind] = page.evaluate("window.violations")

    assert {kind: [] for kind in KINDS} == found


def test_the_policy_trusts_nothing_inline(page: Page) -> None:
    """
    The header and the page itself allow what the site's own files hold, and no more.
    """
    answer = page.goto("")
    said = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")

    assert answer is not None
    for policy in (answer.headers["content-security-policy"], said or ""):
        sources = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert ("'none'", "'self'", "'self'") == tuple(
            sources[f"{kind}-src"] for kind in ("default", "script", "style")
        )
        assert "unsafe" not in policy
