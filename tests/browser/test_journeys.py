"""What citizens do: search, change language, page through lists, with the keyboard alone, without scripts."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_search_finds_and_counts(page: Page) -> None:
    """
    Words in the search field of the home page lead to the datasets that match them, the best first.
    """
    page.goto("")
    page.locator("main input[name=q], header input[name=q]").locator("visible=true").first.fill("borne recharge")
    page.keyboard.press("Enter")
    expect(page.locator("#results > li").first).to_contain_text("Bornes de recharge")
    expect(page.locator("#search-status")).to_contain_text("résultat")
    assert "q=borne" in page.url


def test_search_without_accents_and_behind_an_elision(page: Page) -> None:
    """
    « eau » finds « l’eau » and « ecole » finds « école ».
    """
    for words, title in (("eau baignade", "eau"), ("ecole", "scolaire")):
        page.goto(f"dataset/?q={words}")
        expect(page.locator("#results > li").first).to_contain_text(title)


def test_stray_syntax_is_searched_as_words(page: Page) -> None:
    """
    lunr's own syntax, badly written, is never an error for the reader.
    """
    for words in ("horaires:bus", "bus^", "+", "~", "bus*", '"autobus'):
        page.goto("dataset/")
        page.fill("main input[name=q]", words)
        page.keyboard.press("Enter")
        expect(page.locator("#search-status")).not_to_be_empty()


def test_back_returns_to_the_list(page: Page) -> None:
    """
    After a search, the browser's back button shows what was there before.
    """
    page.goto("dataset/")
    first = page.locator("#results > li").first.inner_text()
    page.fill("main input[name=q]", "autobus")
    page.keyboard.press("Enter")
    expect(page.locator("#results > li").first).to_contain_text("utobus")
    page.go_back()
    expect(page.locator("#results > li").first).to_have_text(first, use_inner_text=True)


def test_language_switch_stays_on_the_page(page: Page) -> None:
    """
    The switch leads to the same page in the other language, and back.
    """
    page.goto("dataset/casernes-incendie/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator("a[hreflang=en]").locator("visible=true").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("en/dataset/casernes-incendie/")
    page.locator("a[hreflang=fr]").locator("visible=true").first.click()
    assert page.url.endswith("/portail/dataset/casernes-incendie/")


def test_paging_shows_every_dataset_once(page: Page) -> None:
    """
    Following « next » to the end of the list meets each dataset once.
    """
    page.goto("dataset/")
    met: list[str] = []
    while True:
        met += page.locator("#results > li h2 a, #results > li h3 a").evaluate_all("all => all.map(a => a.href)")
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.first.click()
    assert len(met) == len(set(met)) == 50


def test_the_keyboard_reaches_the_content(page: Page) -> None:
    """
    The first stop of the Tab key is a link that skips to the content; every stop is visible.
    """
    page.goto("dataset/casernes-incendie/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#_main")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.locator(":focus").bounding_box()
        assert box and box["width"] > 0 and box["height"] > 0
        assert "none" != page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")


def test_search_with_the_keyboard_alone(page: Page) -> None:
    """
    From the search field to the page of a dataset without a mouse.
    """
    page.goto("dataset/")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("autobus")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("résultat")
    page.locator("#results a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("utobus")


def test_without_scripts_everything_can_be_read(scriptless: Page) -> None:
    """
    With scripts blocked, the search form leads to the list of all datasets, and its links to their pages.
    """
    scriptless.goto("")
    scriptless.locator("main input[name=q], header input[name=q]").locator("visible=true").first.fill("eau")
    scriptless.keyboard.press("Enter")
    expect(scriptless.locator("h1")).to_have_text("Jeux de données")
    expect(scriptless.locator("#results > li")).to_have_count(20)
    scriptless.locator("#results > li a").first.click()
    expect(scriptless.locator("h1")).to_be_visible()


def test_an_index_that_does_not_arrive_is_said(page: Page, address: str) -> None:
    """
    When the index can't be fetched, the reader is told and can try again.
    """
    page.route("**/search/**", lambda route: route.fulfill(status=503, body=""))
    page.goto("dataset/?q=eau")
    retry = page.locator("#search-status button, #search-retry")
    expect(retry).to_be_visible()
    page.unroute("**/search/**")
    retry.click()
    expect(page.locator("#search-status")).to_contain_text("résultat")
