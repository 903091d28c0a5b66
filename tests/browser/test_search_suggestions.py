"""Suggestions while one types: by keyboard, by pointer, in every search field, and never against the results."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations


@pytest.fixture(scope="module")
def address(catalogue_address: str) -> str:
    """Where the demonstration portal is served whose search finds datasets alone."""
    return catalogue_address


def field(page: Page) -> Locator:
    return page.locator("form[role=search] input[name=q]").locator("visible=true").first


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def type_(page: Page, text: str) -> None:
    field(page).click()
    page.keyboard.type(text)


def test_two_letters_are_enough(page: Page) -> None:
    """
    One letter suggests nothing; two suggest titles, keywords and publishers, whatever their accents.
    """
    page.goto("")
    type_(page, "é")
    page.wait_for_timeout(300)
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("c")
    expect(options(page).first).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    found = options(page).locator("mark").all_inner_texts()
    assert found and all(word.lower().replace("é", "e").startswith("ec") for word in found)


def test_an_elision_on_its_way_loses_no_suggestion(page: Page) -> None:
    """
    Before its apostrophe, the letter of an elision is no start of a word that a title must have.
    """
    page.goto("")
    for text in ("qualité de l", "qualité de l'", "qualité de l'eau"):
        field(page).fill("")
        type_(page, text)
        expect(options(page).filter(has_text="Qualité de l’eau des plages")).to_have_count(1)


def test_the_arrows_move_and_enter_follows(page: Page) -> None:
    """
    Down and up move through the suggestions and back to the field; Enter opens the one that is marked.
    """
    page.goto("")
    type_(page, "bornes")
    expect(options(page).first).to_be_visible()
    size = options(page).count()
    page.keyboard.press("ArrowDown")
    first = options(page).first
    expect(field(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_have_attribute("aria-activedescendant", "")
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(size - 1)).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("bornes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    target = first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator("h1")).to_contain_text("ornes")


def test_enter_without_a_choice_searches(page: Page) -> None:
    """
    Suggestions are offers: Enter in the field searches what was typed.
    """
    page.goto("")
    type_(page, "bornes")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("bornes")


def test_escape_and_tab_close(page: Page) -> None:
    """
    Escape closes the list and keeps the words; Tab closes it and goes on; neither traps.
    """
    page.goto("dataset/")
    type_(page, "bornes")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_value("bornes")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("main form[role=search] button[type=submit]")).to_be_focused()
    field(page).focus()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")


def test_a_click_leads_to_each_kind_of_page(page: Page) -> None:
    """
    A keyword and a publisher lead to their pages, a title to the dataset's.
    """
    for text, kind, path in (
        ("bibliothèques de", "Organisme", "/publisher/"),
        ("incendie", "Mot-clé", "/keyword/"),
        ("casernes d'incendie", "Jeu de données", "/dataset/"),
    ):
        page.goto("")
        type_(page, text)
        option = options(page).filter(has_text=kind).first
        expect(option).to_be_visible()
        option.click()
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_url(f"**{path}*/")


@pytest.mark.parametrize("path", ["dataset/casernes-incendie/", "about/", "en/", "en/dataset/", "dataset/page/2/"])
def test_every_search_field_suggests(page: Page, path: str) -> None:
    """
    The field in the head of any page suggests too, in the language of the page.
    """
    page.goto(path)
    type_(page, "fi")
    expect(options(page).first).to_be_visible()
    hrefs = options(page).evaluate_all("all => all.map(one => one.href)")
    assert all(("/en/" in href) == path.startswith("en/") for href in hrefs)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(hrefs[0])
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("start", ["ea", "tr", "bi", "re"])
def test_a_suggested_title_is_found(page: Page, start: str) -> None:
    """
    Searching a suggested title finds its dataset first.
    """
    page.goto("dataset/")
    type_(page, start)
    expect(options(page).first).to_be_visible()
    found = options(page).filter(has_text="Jeu de données")
    for href, title in found.evaluate_all("all => all.map(one => [one.href, one.firstChild.textContent])"):
        page.goto("dataset/")
        field(page).fill(title)
        page.keyboard.press("Enter")
        expect(page.locator("#results li.found h3 a").first).to_have_attribute("href", href)


def test_no_suggestions_when_they_do_not_arrive(page: Page) -> None:
    """
    Without the files of suggestions, the field still searches.
    """
    page.route("**/suggestions*", lambda route: route.abort())
    page.goto("dataset/")
    type_(page, "bornes")
    expect(page.locator("#search-status")).to_contain_text("bornes")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "dataset/", "about/"])
def test_axe_finds_nothing_in_open_suggestions(page: Page, path: str, scheme: str) -> None:
    """
    Open suggestions, one of them marked, break no rule, and fit on a phone.
    """
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    type_(page, "qual")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert [] == violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
