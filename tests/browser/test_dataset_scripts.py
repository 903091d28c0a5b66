"""What scripts add to a dataset's page: whether an update is late today, and buttons that copy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

DATASET = "dataset/contrats-25000/"


def open_on(page: Page, day: str, language: str = "") -> Page:
    """The page of a dataset whose next update is due on 9 April 2026, as read on a day."""
    page.clock.set_fixed_time(f"{day}T15:00:00")
    page.route(
        f"**/{DATASET}",
        lambda route: route.fulfill(response=(sent := route.fetch()), body=due_in_april(sent.text())),
    )
    page.goto(f"{language}{DATASET}")
    return page


def due_in_april(html: str) -> str:
    return re.sub(r'data-due="[^"]+"', 'data-due="2026-04-09"', html)


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        ("2026-04-09", "", ""),
        ("2026-04-10", "", "en retard de 1 jour"),
        ("2026-04-21", "en/", "12 days late"),
        ("2026-06-20", "", "en retard de 2 mois"),
        ("2033-04-09", "en/", "7 years late"),
    ],
)
def test_a_late_update_is_told(page: Page, day: str, language: str, said: str) -> None:
    """
    On the day it is due nothing is late; from the next one on, the page says by how much.
    """
    assert " ".join(open_on(page, day, language).locator(".late:visible").all_text_contents()).split() == said.split()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-09-30", "2 days late"),
        ("2026-11-30", ""),
        ("2027-05-03", "5 days late"),
    ],
)
def test_nothing_is_late_out_of_season(page: Page, day: str, said: str) -> None:
    """
    Of a season only its own days count, and out of it nothing is said.
    """
    page.clock.set_fixed_time(f"{day}T15:00:00")
    season = 'data-due="2026-09-28" data-months="5 6 7 8 9"'
    page.route(
        f"**/{DATASET}",
        lambda route: route.fulfill(
            response=(sent := route.fetch()), body=re.sub(r'data-due="[^"]+"', season, sent.text())
        ),
    )
    page.goto(f"en/{DATASET}")
    assert page.locator(".late:visible").all_text_contents() == ([said] if said else [])


def test_what_is_there_to_copy_is_copied(browser: Browser, address: str) -> None:
    """
    A button beside the citation and the address of the page copies them, and says so.
    """
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}{DATASET}")
    page.locator(".permalink + .copy").click()

    expect(page.locator(".permalink + .copy")).to_have_text("Copié")
    expect(page.get_by_role("status").filter(has_text="Copié")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == f"https://donnees.exemple.org/{DATASET}"
    page.locator(".citation + .copy").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Ville de Val-Boréal (")
    context.close()


def test_without_scripts_no_button_is_dead(scriptless: Page) -> None:
    """
    With scripts blocked there is nothing to press, the due date is there, and the lines can be read and selected.
    """
    scriptless.goto(DATASET)

    expect(scriptless.locator(".copy")).to_have_count(0)
    expect(scriptless.locator(".late")).to_be_hidden()
    scriptless.locator("#_snippets + details summary").click()
    expect(scriptless.locator(".snippet").first).to_be_visible()
