"""Records in a browser: days that count on, the way from the menu to taking part by keyboard, and without scripts."""

from __future__ import annotations

import re
from datetime import datetime

from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened

BOXES = "elements => elements.map(element => JSON.stringify(element.getBoundingClientRect()))"


def test_days_of_open_requests_count_on_without_moving_the_layout(browser: Browser, address: str) -> None:
    """
    A week after the build an open request has waited a week more, one that is closed as long as before, and every
    row stands where it stood.
    """
    with opened(browser, address, "wide") as page:
        page.clock.set_fixed_time(datetime(2026, 12, 31, 12))
        page.goto("en/requests/")
        built, rows = page.locator("[data-since]").all_inner_texts(), page.locator("main tr").evaluate_all(BOXES)
        page.clock.set_fixed_time(datetime(2027, 1, 7, 12))
        page.reload()
        later = page.locator("[data-since]").all_inner_texts()

        assert [int(text.split()[0]) for text in built] == [38, 59, 87, 108]
        assert [int(text.split()[0]) for text in later] == [45, 66, 94, 115]
        assert {text.split()[1] for text in [*built, *later]} == {"days"}
        assert page.locator("main tr").evaluate_all(BOXES) == rows


def test_without_scripts_days_are_of_a_day_that_is_said(scriptless: Page) -> None:
    """
    A reader without scripts reads how many days had gone by, and on which day.
    """
    scriptless.goto("requests/12/")

    words = re.sub(r"\s", " ", scriptless.locator("dd:has([data-since])").inner_text())
    assert words == "38 jours (au 31 décembre 2026)"


def test_one_takes_part_by_keyboard_alone(browser: Browser, address: str) -> None:
    """
    From the home page the menu leads to taking part, to the consultations, and to the button of the open one.
    """
    with opened(browser, address, "wide") as page:
        page.goto("en/")
        for name in ("Participate", "Consultations", "The bike network from 2027 to 2031"):
            page.get_by_role("link", name=name, exact=True).first.focus()
            page.keyboard.press("Enter")
            page.wait_for_load_state()
        button = page.get_by_role("link", name="Answer online")
        button.focus()

        assert button.evaluate("element => element.matches(':focus-visible')")
        assert button.get_attribute("href") == "https://exemple.org/reseau-cyclable/questionnaire/"


def test_the_menu_of_a_phone_opens_without_scripts(scriptless: Page) -> None:
    """
    On a phone without scripts the menu opens by Enter and leads to taking part.
    """
    scriptless.goto("")
    scriptless.locator(".menu summary").focus()
    scriptless.keyboard.press("Enter")
    scriptless.get_by_role("link", name="Participer").click()

    assert scriptless.locator("h1").inner_text() == "Participer"
