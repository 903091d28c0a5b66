"""The Content-Security-Policy, as hosts send it and as pages say it, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page


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
