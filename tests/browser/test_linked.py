"""Data blocks under the strict policy, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page


def test_the_policy_leaves_data_blocks_alone(page: Page) -> None:
    """
    schema.org's blocks violate no policy, while an inline script does: the policy is there, and asks nothing of data.
    """
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', event => window.violations.push(event.violatedDirective))"
    )
    page.goto("dataset/casernes-incendie/")
    blocks = page.locator("script[type='application/ld+json']")

    assert blocks.count() == 2
    assert [page.evaluate("text => JSON.parse(text)['@type']", text) for text in blocks.all_text_contents()] == [
        "Dataset",
        "BreadcrumbList",
    ]
    assert page.evaluate("window.violations") == []


def test_the_policy_would_refuse_a_script(browser: object, address: str) -> None:
    """
    The same page refuses an inline script, so that its silence about data blocks means something.
    """
    context = browser.new_context(base_url=address)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto("dataset/casernes-incendie/")
    violated = page.evaluate(
        """() => new Promise(resolve => {
            addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.head.append(script);
        })"""
    )

    assert violated == "script-src-elem"
    assert page.evaluate("window.ran") is None
    context.close()
