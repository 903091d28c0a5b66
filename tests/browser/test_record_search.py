"""Searching records beside datasets, and on the list of their type, as readers do it."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations


def results(page: Page) -> Locator:
    return page.locator("#results > li.card")


def status(page: Page) -> Locator:
    return page.locator("#search-status")


def search(page: Page, address: str) -> None:
    """Open the page of a search, and wait for its answer."""
    page.goto(address)
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def open_kinds(page: Page) -> None:
    if page.locator("#search-facets > summary").is_visible():
        page.click("#search-facets > summary")
    expect(page.locator("#search-facets.is-counting")).to_have_count(0)
    expect(page.locator("[data-facet=kind] li").first).to_be_visible()


def test_a_kind_narrows_to_its_records(page: Page) -> None:
    """
    Checking a kind shows as many results as it said, each called so and leading to a page that is there.
    """
    search(page, "dataset/?q=vélo")
    open_kinds(page)
    row = page.locator("[data-facet=kind] li").filter(has_text="Réutilisations")
    said = int(row.locator(".count").inner_text())
    row.locator("input").check()
    expect(results(page)).to_have_count(said)
    assert parse_qs(urlsplit(page.url).query)["kind"] == ["reuses"]
    assert set(results(page).locator(".category").all_inner_texts()) == {"Réutilisation"}
    address = results(page).first.locator("a").evaluate("link => link.href")
    assert page.request.get(address).status == 200
    assert violations(page) == []


def test_without_words_a_kind_lists_its_records(page: Page) -> None:
    """
    All consultations by their day, without a word typed; taking the kind back leaves the datasets.
    """
    search(page, "dataset/?kind=consultations")
    expect(status(page)).to_contain_text("3 résultats")
    expect(results(page)).to_have_count(3)
    page.locator("#search-chips a").first.click()
    expect(status(page)).to_contain_text("jeux de données")


def test_a_list_finds_its_own_records_as_one_types(page: Page) -> None:
    """
    By keyboard alone, accents left out: records stand in the list's place and are counted aloud; Escape brings it back.
    """
    page.goto("consultations/")
    rows = page.locator(".records-all")
    expect(rows).to_be_visible()
    page.locator("#search input[name=q]").focus()
    page.keyboard.type("reseau velo")
    expect(results(page).first).to_contain_text("Le réseau cyclable")
    expect(rows).to_be_hidden()
    expect(page.locator("#search-aloud")).to_contain_text("résultat")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["reseau velo"]}
    assert results(page).locator(".category").count() == 0
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(rows).to_be_visible()
    expect(results(page)).to_have_count(0)
    assert urlsplit(page.url).query == ""


def test_a_register_pages_and_sorts_what_it_finds(page: Page) -> None:
    """
    More than ten rows stand on pages, sorted as asked, and the address shows them again.
    """
    search(page, "disclosures/?q=ponts&sort=date&page=2")
    expect(status(page)).to_contain_text("page 2 sur 2")
    days = results(page).locator("time").evaluate_all("all => all.map(one => one.dateTime)")
    assert days and days == sorted(days, reverse=True)
    expect(page.locator("nav.pagination")).to_have_count(1)
    page.locator("nav.pagination a[rel=prev]").click()
    expect(results(page)).to_have_count(10)


def test_an_empty_list_says_so(page: Page) -> None:
    """
    Where no record has the words, neither results nor the list are shown below the answer.
    """
    search(page, "disclosures/?q=zzqxw")
    expect(status(page)).to_contain_text("Rien ne correspond à")
    expect(results(page)).to_have_count(0)
    expect(page.locator(".records-all")).to_be_hidden()


def test_a_search_that_can_not_be_made_leaves_the_list(page: Page) -> None:
    """
    Without the index, the reader is told and has the whole list.
    """
    page.route("**/search/records/**", lambda route: route.abort())
    page.goto("consultations/")
    page.locator("#search input[name=q]").fill("velo")
    expect(status(page)).to_contain_text("n’a pas pu être chargée")
    expect(page.locator(".records-all")).to_be_visible()


def test_what_is_not_found_may_be_asked_for(page: Page) -> None:
    """
    An empty search offers to write, with the reader's words, whatever they are, as the subject.
    """
    words = "zzqxw & <zzqxw> % ? # « zzqxw » $&"
    search(page, "dataset/")
    page.locator("#search input[name=q]").fill(words)
    expect(page.locator(".nothing")).to_be_visible()
    link = page.locator("[data-ask]")
    expect(link).to_be_visible()
    address = link.get_attribute("href") or ""
    scheme, rest = address.split("?subject=", 1)
    assert scheme == "mailto:donnees@exemple.org"
    assert unquote(rest) == f"Demande de données\u202f: {words}"
    assert not set(rest) & set("&<>#? ")


def test_without_scripts_a_list_stays_as_it_is(scriptless: Page) -> None:
    """
    No field that would do nothing; filters, rows and pages.
    """
    scriptless.goto("disclosures/")
    expect(scriptless.locator("#search")).to_be_hidden()
    expect(scriptless.locator(".records-all table")).to_be_visible()
    expect(scriptless.locator(".record-filters")).to_be_visible()
    expect(scriptless.locator("nav.pagination")).to_be_visible()
