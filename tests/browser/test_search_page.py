"""Searching, narrowing, sorting and paging as readers do it; and what they are told when something fails."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from generator.build.pipeline import build, read_portal
from generator.search.analyzer import fold
from tests.browser.axe import violations
from tests.browser.conftest import copy_catalogue
from tests.host import MOUNT


@pytest.fixture(scope="module")
def address(catalogue_address: str) -> str:
    """Where the demonstration portal is served whose search finds datasets alone."""
    return catalogue_address


def field(page: Page) -> Locator:
    return page.locator("main input[name=q]")


def results(page: Page) -> Locator:
    return page.locator("#results > li.card")


def status(page: Page) -> Locator:
    return page.locator("#search-status")


def search(page: Page, query: str) -> None:
    """Open the page of a search, and wait for its answer."""
    page.goto(f"dataset/?{query}")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def open_facets(page: Page) -> None:
    if page.locator("#search-facets > summary").is_visible():
        page.click("#search-facets > summary")
    expect(page.locator("#search-facets.is-counting")).to_have_count(0)
    expect(page.locator("[data-facet=frequency]")).to_be_visible()


def open_facet(page: Page, facet: str) -> None:
    """On a phone, a facet is opened by its name."""
    section = page.locator(f"[data-facet={facet}]")
    if section.get_attribute("open") is None:
        section.locator("> summary").click()
    section.scroll_into_view_if_needed()


def box(page: Page, facet: str, label: str) -> Locator:
    return page.locator(f"[data-facet={facet}] label").filter(has_text=label).locator("input")


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# ---------------------------------------------------------------- narrowing


def test_a_count_is_the_number_of_results_behind_it(page: Page) -> None:
    """
    Checking a box shows as many datasets as it said, in each facet.
    """
    for facet in ("theme", "publisher", "format", "license", "place", "frequency", "year", "keyword"):
        search(page, "q=eau")
        open_facets(page)
        open_facet(page, facet)
        row = page.locator(f"[data-facet={facet}] li:not([hidden])").first
        said = int(row.locator(".count").inner_text())
        row.locator("input").check()
        expect(results(page)).to_have_count(said)


def test_values_of_a_facet_widen_and_facets_narrow(page: Page) -> None:
    """
    Two formats find what has either; a format and a theme find what has both. All of it is in the address.
    """
    search(page, "format=csv")
    found = {"csv": status(page).inner_text()}
    search(page, "format=csv&format=geojson")
    assert int(status(page).inner_text().split()[0]) > int(found["csv"].split()[0])
    open_facets(page)
    theme = page.locator("[data-facet=theme] li:not([hidden])").first
    said = int(theme.locator(".count").inner_text())
    theme.locator("input").check()
    expect(page.locator("#search-chips li")).to_have_count(4)
    assert parameters(page)["format"] == ["csv", "geojson"] and len(parameters(page)["theme"]) == 1
    expect(results(page)).to_have_count(said)
    formats = results(page).locator(".formats").all_inner_texts()
    assert formats and all("CSV" in one or "GeoJSON" in one for one in formats)


def test_the_focus_stays_on_the_box_that_was_checked(page: Page) -> None:
    """
    By keyboard alone, boxes can be checked one after the other.
    """
    search(page, "q=ville")
    open_facets(page)
    boxes = page.locator("[data-facet=theme] li:not([hidden]) input")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#search-chips li")).to_have_count(2)
    expect(boxes.first).to_be_focused()
    page.keyboard.press("Tab")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#search-chips li")).to_have_count(3)
    expect(boxes.nth(1)).to_be_focused()


def test_a_chosen_value_is_removed_by_its_chip(page: Page) -> None:
    """
    Each chip is a link to the search without it, and the last one to the search without any.
    """
    search(page, "q=ville&format=csv&theme=transport")
    expect(page.locator("#search-chips")).to_contain_text("CSV")
    page.locator("#search-chips a").filter(has_text="CSV").click()
    expect(page.locator("#search-chips li")).to_have_count(2)
    assert parameters(page) == {"q": ["ville"], "theme": ["transport"]}
    expect(status(page)).to_be_focused()
    page.locator("#search-chips a").last.click()
    expect(page.locator("#search-chips")).to_be_hidden()
    assert parameters(page) == {"q": ["ville"]}


def test_back_and_forward_go_through_what_was_chosen(page: Page) -> None:
    """
    The browser's buttons undo and redo each choice, and a shared address shows the same.
    """
    page.goto("dataset/")
    listed = results(page).first.inner_text()
    field(page).fill("ville")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("ville")
    page.select_option("#search-sort", "title")
    expect(page).to_have_url(page.url.partition("?")[0] + "?q=ville&sort=title")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    sorted_first = results(page).first.locator("h3").inner_text()
    page.go_back()
    expect(page.locator("#search-sort")).to_have_value("relevance")
    page.go_back()
    expect(field(page)).to_have_value("")
    expect(results(page).first).to_have_text(listed, use_inner_text=True)
    page.go_forward()
    page.go_forward()
    expect(field(page)).to_have_value("ville")
    expect(results(page).first.locator("h3")).to_have_text(sorted_first, use_inner_text=True)
    page.goto(page.url)
    expect(results(page).first.locator("h3")).to_have_text(sorted_first, use_inner_text=True)


def test_the_list_is_narrowed_without_words(page: Page) -> None:
    """
    On the list of all datasets, before any search, a box narrows it to what the value's own page lists, in its order.
    """
    page.goto("dataset/")
    if page.locator("#search-facets > summary").is_visible():
        page.click("#search-facets > summary")
    box(page, "theme", "Santé").check()
    expect(status(page)).to_have_text("5 jeux de données")
    found = results(page).locator("h3 a").all_inner_texts()
    page.goto("theme/sante/")
    assert found == page.locator("#results h3 a").all_inner_texts()


def test_more_values_are_shown(page: Page) -> None:
    """
    A long facet shows its first values, and the others when asked.
    """
    search(page, "sort=title")
    open_facets(page)
    open_facet(page, "publisher")
    rows = page.locator("[data-facet=publisher] li:not([hidden])")
    shown = rows.count()
    assert shown < 14
    page.locator("[data-facet=publisher] .more-values").click()
    expect(rows).to_have_count(14)
    expect(rows.nth(shown).locator("input")).to_be_focused()


# ---------------------------------------------------------------- results


def test_sorting_by_title(page: Page) -> None:
    """
    The titles come in alphabetical order, accents aside, over all pages of results.
    """
    met: list[str] = []
    page.goto("dataset/?sort=title")
    for number in range(1, 6):
        expect(page.locator("#pagination, .pagination").locator("[aria-current]")).to_have_text(f"Page {number}")
        expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
        met += results(page).locator("h3 a").all_inner_texts()
        if number < 5:
            page.locator("a[rel=next]").click()
            expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
            expect(status(page)).to_be_focused()
    assert len(set(met)) == 50
    plain = [fold(title).split() for title in met]
    assert plain == sorted(plain)


def test_found_words_are_marked(page: Page) -> None:
    """
    The words that were found stand out in titles and excerpts, whatever their accents and endings.
    """
    search(page, "q=plage")
    expect(results(page).locator("h3 mark").first).to_have_text("plages")
    expect(results(page).locator(".card-excerpt mark").first).to_contain_text("plage")


def test_a_result_shows_why_it_was_found(page: Page) -> None:
    """
    Of a long description that part is shown which has the reader's words, and of one without them the beginning.
    """
    search(page, "q=eau électricité")
    excerpt = results(page).filter(has_text="Campings").locator(".card-excerpt")
    expect(excerpt.locator("mark")).to_have_text(["eau", "électricité"])
    expect(excerpt).to_have_text(re.compile("^… .* l’eau et l’électricité"))
    search(page, "q=campings")
    expect(results(page).first.locator(".card-excerpt")).to_have_text(
        re.compile("^Les terrains de camping .{80,240}…$")
    )


def test_a_dataset_of_another_language_is_found_and_said_to_be(page: Page) -> None:
    """
    In English, a dataset that is only in French is found by its French words, and marked; so in lists.
    """
    search(page, "q=camping")
    expect(results(page).locator(".foreign")).to_have_count(0)
    search(page, "q=randonnée")
    expect(results(page).locator(".foreign")).to_have_count(0)
    page.goto("en/dataset/?q=randonnée")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(results(page).first.locator("h3 a")).to_have_attribute("lang", "fr")
    expect(results(page).first.locator(".foreign")).to_have_text("in French")
    page.goto("en/theme/tourisme-sports-loisirs/")
    marked = results(page).filter(has=page.locator("h3 a[lang=fr]")).locator(".foreign")
    expect(marked.first).to_have_text("in French")


def test_the_first_of_a_month_is_said_as_the_page_says(page: Page) -> None:
    """
    A result of the first of a month has the day that the page writes for its language, whatever the browser says.
    """
    page.add_init_script(
        "Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get: () => () => '1 mai 2026' })"
    )
    search(page, "q=plage")
    expect(results(page).first.locator("time")).to_have_text("1er mai 2026")
    search(page, "q=plage&sort=title")
    page.locator("#search").evaluate("form => form.dataset.sayFirst = 'premier'")
    field(page).fill("piscine")
    expect(results(page).first.locator("time")).to_have_text("premier mai 2026")


def test_a_misspelt_word_is_found_and_said(page: Page) -> None:
    """
    The right spelling is offered as a link that searches it, with the accents that the catalogue writes.
    """
    search(page, "q=biblioteque publique")
    link = status(page).locator("a")
    expect(link).to_contain_text("bibliothèque")
    link.click()
    expect(field(page)).to_have_value(parameters(page)["q"][0])
    expect(status(page).locator("a")).to_have_count(0)
    expect(results(page).first).to_be_visible()


def test_weak_matches_are_called_so(page: Page) -> None:
    """
    When nothing is close to the question, that is said before what comes near.
    """
    search(page, "q=piscine licorne dragons")
    expect(status(page)).to_contain_text("Aucun résultat proche")
    expect(results(page).first).to_be_visible()
    search(page, "q=zzzzqqq")
    expect(status(page)).to_contain_text("Aucun jeu de données ne correspond")
    expect(results(page)).to_have_count(0)


def test_nothing_moves_when_excerpts_arrive(page: Page) -> None:
    """
    What comes after the titles takes the place that was kept for it.
    """
    page.goto("dataset/")
    held: list[Route] = []
    page.route("**/excerpts-*/**", lambda route: held.append(route))
    with page.expect_request("**/excerpts-*/**"):
        field(page).fill("eau")
    expect(results(page).first.locator("mark").first).to_be_visible()
    tops = "all => all.map(one => one.offsetTop)"
    before = results(page).evaluate_all(tops)
    page.wait_for_timeout(200)
    assert held
    for route in held:
        route.continue_()
    expect(results(page).first.locator(".card-excerpt")).not_to_be_empty()
    assert before == results(page).evaluate_all(tops)


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "%", "שלום עולם", "مياه", "𝒳 🦆", "EPSG:32198", "a" * 10_000]
)
def test_any_text_is_searched(page: Page, query: str) -> None:
    """
    Markup, other scripts and 10,000 characters are words like others: found or not, nothing breaks.
    """
    page.goto("dataset/")
    page.evaluate("query => { location.search = new URLSearchParams({q: query}) }", query)
    expect(page.locator("#search-status bdi")).to_have_text(query[:60] + ("…" if len(query) > 60 else ""))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---------------------------------------------------------------- failures


def cut(route: Route) -> None:
    answer = route.fetch()
    body = answer.body()
    route.fulfill(response=answer, body=body[: len(body) // 2])


@pytest.mark.parametrize(
    "fail",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=404, body="<!doctype html>"),
        lambda route: route.fulfill(status=503, body=""),
        cut,
    ],
    ids=["offline", "404", "503", "truncated"],
)
@pytest.mark.parametrize("what", ["**/directory.bin", "**/terms-*/**", "**/stubs-*/**"])
def test_a_file_that_does_not_arrive_is_said(page: Page, what: str, fail: object) -> None:
    """
    Whatever file of the index fails, the reader is told, sees the list, and finds when trying again.
    """
    page.route(what, fail)
    page.goto("dataset/?q=eau")
    retry = status(page).get_by_role("button")
    expect(retry).to_be_visible()
    expect(results(page)).to_have_count(20)
    page.unroute_all(behavior="wait")
    retry.click()
    expect(status(page)).to_contain_text("pour « eau »".replace("« ", "«\u202f").replace(" »", "\u202f»"))
    expect(results(page).first.locator("mark").first).to_be_visible()


def test_facets_that_do_not_arrive_are_said(page: Page) -> None:
    """
    A facet's file that fails is said, and the counts come with the next try.
    """
    page.route("**/facet-*", lambda route: route.abort())
    page.goto("dataset/?q=eau&format=csv")
    retry = status(page).get_by_role("button")
    expect(retry).to_be_visible()
    page.unroute("**/facet-*")
    retry.click()
    expect(page.locator("#search-chips")).to_contain_text("CSV")
    expect(results(page).first.locator("mark").first).to_be_visible()


@pytest.fixture(scope="session")
def later_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration portal published anew, without one of its datasets."""
    folder = tmp_path_factory.mktemp("later")
    copy_catalogue(folder)
    next((folder / "datasets").rglob("casernes-incendie.yaml"), folder / "none").unlink(missing_ok=True)
    shutil.rmtree(next((folder / "datasets").rglob("casernes-incendie"), folder / "none"), ignore_errors=True)
    records = [file for ending in ("md", "csv") for file in (folder / "content").rglob(f"*.{ending}")]
    for file in (folder / "portal.yaml", *records):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("casernes-incendie", "bornes-recharge"), encoding="utf-8")
    build(read_portal(folder), folder / "site", jobs=1)
    return folder / "site"


def test_a_tab_from_before_a_publication_still_finds(page: Page, later_site: Path) -> None:
    """
    After the catalogue was published anew, a page that was opened before searches the new index.
    """
    search(page, "q=eau")

    def serve(route: Route) -> None:
        file = later_site / urlsplit(route.request.url).path.removeprefix(MOUNT)
        route.fulfill(body=file.read_bytes()) if file.is_file() else route.fulfill(status=404, body="")

    page.route("**/search/**", serve)
    field(page).fill("bornes de recharge")
    expect(results(page).first).to_contain_text("Bornes de recharge")
    field(page).fill("caserne")
    expect(status(page)).to_contain_text("caserne")
    expect(page.locator("#results a[href*='casernes-incendie']")).to_have_count(0)


@pytest.fixture
def workerless(page: Page) -> Iterator[Page]:
    page.add_init_script("delete window.Worker")
    yield page


def test_without_workers_the_form_leads_to_the_list(workerless: Page) -> None:
    """
    In a browser without workers, the form leads to the list of all datasets, and it is said that nothing is searched.
    """
    workerless.goto("")
    field(workerless).fill("eau")
    workerless.keyboard.press("Enter")
    expect(workerless.locator("h1")).to_have_text("Jeux de données")
    expect(results(workerless)).to_have_count(20)
    expect(status(workerless)).to_contain_text("n’a pas pu être chargée")


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "query", ["q=ville&format=csv&theme=transport", "q=biblioteque", "q=piscine licorne dragons", "sort=title"]
)
def test_axe_finds_nothing_in_results(page: Page, query: str, scheme: str) -> None:
    """
    Results, chips, marks and open facets break no rule of WCAG 2.2 AA or of axe's best practice.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    search(page, query)
    open_facets(page)
    # On a phone the way to the results floats over the facets until their end is reached.
    page.locator("#search-facets").evaluate("panel => panel.scrollIntoView({ block: 'end' })")
    assert [] == violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
