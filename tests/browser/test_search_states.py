"""What the search says, to eyes and to ears: too narrow, nothing, a page further, a failure; and filters on a phone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import WIDTHS
from tests.browser.test_search_page import field, results, search, status, violations
from tests.browser.test_search_suggestions import options


@pytest.fixture(scope="module")
def address(catalogue_address: str) -> str:
    """Where the demonstration portal is served whose search finds datasets alone."""
    return catalogue_address


def is_phone(page: Page) -> bool:
    return (page.viewport_size or {})["width"] == WIDTHS["phone"]


# ---------------------------------------------------------------- nothing


def test_filters_that_leave_nothing_are_said(page: Page) -> None:
    """
    When the filters alone leave nothing, the reader is told so, how much there would be, and can clear them.
    """
    search(page, "q=eau&format=csv&theme=education")
    expect(status(page)).to_have_text("Aucun résultat avec ces filtres. Sans eux, il y en a 4.")
    page.get_by_role("link", name="Effacer les filtres").click()
    expect(results(page)).to_have_count(4)
    search(page, "format=csv&theme=education&publisher=societe-transport")
    expect(status(page)).to_contain_text("Aucun résultat avec ces filtres. Sans eux, il y en a 50.")
    search(page, "q=zzzzqqq&format=csv")
    expect(status(page)).to_contain_text("Aucun jeu de données ne correspond")


def test_nothing_found_leads_on(page: Page) -> None:
    """
    Where nothing is found, links lead to the lists that can be browsed and to what the public can do; on a phone
    nothing offers to filter nothing.
    """
    search(page, "q=zzzzqqq")
    links = page.locator(".nothing").get_by_role("link")
    lists = ["Thèmes", "Organismes", "Formats", "Licences", "Mots-clés", "Tous les jeux de données"]
    actions = ["Demander des données", "Voir les demandes", "Proposer une réutilisation", "Signaler une erreur"]
    expect(links).to_have_text([*lists, *actions])
    if is_phone(page):
        expect(page.locator("#search-facets")).to_be_hidden()
    field(page).fill("eau")
    expect(results(page)).to_have_count(4)
    expect(links.first).to_be_hidden()
    field(page).fill("zzzzqqq")
    links.first.click()
    expect(page.locator("h1")).to_have_text("Thèmes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["q=zzzzqqq", "q=eau&format=csv&theme=education"])
def test_axe_finds_nothing_where_nothing_is_found(page: Page, query: str, scheme: str) -> None:
    """
    An empty answer breaks no rule of WCAG 2.2 AA or of axe's best practice either, and fits on a phone.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    search(page, query)
    assert [] == violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize("order", ["title", "date"])
def test_another_order_finds_as_many(page: Page, order: str) -> None:
    """
    The number of results stays the same in any order, weak ones among them, and a facet's counts add up to it.
    """
    search(page, "q=piste cyclable hiver")
    said = status(page).inner_text()
    page.select_option("#search-sort", order)
    expect(page.locator(".cards-border")).to_be_visible()
    expect(status(page)).to_have_text(said, use_inner_text=True)


def test_the_page_of_results_is_said(page: Page) -> None:
    """
    From the second page on, what is said tells the page; paging moves the focus there.
    """
    search(page, "q=ville")
    said = status(page).inner_text()
    last = page.locator(".pagination li a").last.inner_text().split()[-1]
    page.locator("a[rel=next]").click()
    expect(status(page)).to_have_text(f"{said}, page 2 sur {last}")
    expect(status(page)).to_be_focused()
    expect(status(page)).to_be_in_viewport()


def test_the_title_tells_the_search(page: Page) -> None:
    """
    The tab, the history and a bookmark name what was searched.
    """
    page.goto("dataset/")
    plain = page.title()
    field(page).fill("eau")
    expect(page).to_have_title(f"eau – {plain}")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_title(plain)


def test_results_are_announced_once_typing_rests(page: Page) -> None:
    """
    A screen reader hears the number of results once the reader rests, not after each letter; and of a cleared search.
    """
    page.goto("dataset/")
    page.evaluate("""() => {
        window.heard = [];
        const region = document.querySelector("[role=status]");
        new MutationObserver(() => heard.push(region.textContent)).observe(region, {childList: true});
    }""")
    field(page).click()
    page.keyboard.type("eau", delay=120)
    expect(page.locator("[role=status]")).to_have_text("4 résultats pour «\u202feau\u202f»")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("[role=status]")).to_have_text("50 jeux de données")
    assert ["4 résultats pour «\u202feau\u202f»", "50 jeux de données"] == page.evaluate("heard")


def test_a_page_that_does_not_arrive_is_said_where_the_reader_is(page: Page) -> None:
    """
    When the next page of results fails, the focus and the eyes come to the message; trying again brings the page.
    """
    search(page, "q=ville")
    page.route("**/stubs-*/**", lambda route: route.abort())
    page.locator("a[rel=next]").click()
    retry = status(page).get_by_role("button")
    expect(retry).to_be_in_viewport()
    expect(status(page)).to_be_focused()
    page.unroute_all(behavior="wait")
    retry.click()
    expect(status(page)).to_contain_text("page 2 sur")
    expect(status(page)).to_be_focused()


def test_filters_that_do_not_arrive_are_said_beside_the_results(page: Page) -> None:
    """
    When only the counts of the filters fail, the results stay, and trying again brings the counts.
    """
    page.route("**/facet-*", lambda route: route.abort())
    search(page, "q=eau")
    if is_phone(page):
        page.click("#search-facets > summary")
    expect(status(page)).to_contain_text("4 résultats pour «\u202feau\u202f»")
    expect(status(page)).to_contain_text("Les filtres n’ont pas pu être chargés.")
    expect(results(page)).to_have_count(4)
    page.unroute_all(behavior="wait")
    status(page).get_by_role("button").click()
    if is_phone(page):
        page.click("#search-facets > summary")
    expect(page.locator("[data-facet=theme] .count").first).to_be_visible()
    expect(status(page)).to_have_text("4 résultats pour «\u202feau\u202f»")


def test_all_filters_are_offered_from_the_start(page: Page) -> None:
    """
    Before any question every filter is there by its name, and none has the tick of one that is used.
    """
    page.goto("dataset/")
    if is_phone(page):
        page.click("#search-facets > summary")
    names = ["Thèmes", "Organismes", "Formats", "Licences", "Mots-clés", "Lieu", "Fréquence", "Années couvertes"]
    assert page.locator(".facet > summary:visible").all_inner_texts() == [*names, "Zone géographique"]
    ticked = ".facet h2"
    for place in range(page.locator(ticked).count()):
        said = page.locator(ticked).nth(place).evaluate("head => getComputedStyle(head, '::after').content")
        assert said == "none"


def test_a_tick_marks_what_filters(page: Page) -> None:
    """
    A closed filter has a tick while one of its values is chosen, areas too, and no other has one.
    """
    page.goto("dataset/?frequency=annual&spatial=-72.21,+48.61,+-71.89,+48.83")
    assert page.locator("[data-picked]").evaluate_all("all => all.map(({ dataset }) => dataset.facet)") == [
        "frequency",
        "spatial",
    ]


def test_nothing_lies_over_the_filters_of_a_phone(page: Page) -> None:
    """
    The filters take the screen between their name and the way to the results, and Escape closes them.
    """
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 480})
    search(page, "q=ville")
    page.click("#search-facets > summary")
    boxes = [
        page.locator(f"#search-facets > {part}").bounding_box() for part in ("summary", ".facets-list", ".facets-done")
    ]
    tops = [(round(box["y"]), round(box["y"] + box["height"])) for box in boxes if box]
    assert tops[0][0] == 0 and tops[-1][1] == 480
    assert all(bottom == top for (_, bottom), (top, _) in pairwise(tops))
    page.locator("[data-facet=theme] input").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#search-facets > summary")).to_be_focused()
    expect(page.locator(".facets-list")).to_be_hidden()


# ---------------------------------------------------------------- filters


def test_filters_fold_on_a_phone(page: Page) -> None:
    """
    On a phone, filters are a short list of names, the first of which is open; elsewhere all that need no count.
    """
    search(page, "q=ville")
    if is_phone(page):
        page.click("#search-facets > summary")
    expect(page.locator("[data-facet=year] label").first).to_be_attached()
    found = page.locator("details.facet[open]").evaluate_all("all => all.map(one => one.dataset.facet)")
    folded = ["theme", "publisher", "format", "license", "keyword", "place", "frequency", "year", "spatial"]
    assert folded[: 1 if is_phone(page) else 5] == found


FOUND, KEYWORDS = "q=musées", ["culture", "exposition", "fréquentation", "musée", "patrimoine"]


def keywords(page: Page) -> list[str]:
    names = page.locator("[data-facet=keyword] label > span:first-of-type")
    return names.evaluate_all("all => all.map(one => one.textContent).sort()")


def test_every_facet_is_of_the_results(page: Page) -> None:
    """
    Whether one scrolls to them or not, the keywords to narrow by are those that the results have.
    """
    search(page, FOUND)
    if is_phone(page):
        page.click("#search-facets > summary")
    expect(page.locator("[data-facet=year] label").first).to_be_attached()
    assert keywords(page) == KEYWORDS


def test_what_costs_more_is_counted_once_opened(page: Page) -> None:
    """
    Of a large catalogue, whose keywords are not counted unasked, none is shown that the results may not have.
    """

    def enlarge(route: Route) -> None:
        plain = route.fetch()
        large = plain.text().replace('open data-facet="keyword"', 'data-late data-facet="keyword"')
        assert large != plain.text()
        route.fulfill(response=plain, body=large)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/dataset/?*", enlarge)
    held: list[Route] = []
    page.route("**/facet-keyword-*", lambda route: held.append(route))
    search(page, FOUND)
    if is_phone(page):
        page.click("#search-facets > summary")
    expect(page.locator("[data-facet=year]")).to_be_visible()
    assert not any("facet-keyword" in url for url in asked)
    with page.expect_request("**/facet-keyword-*"):
        page.click("[data-facet=keyword] > summary")
    expect(page.locator("[data-facet=keyword] li").first).to_be_hidden()
    held.pop().continue_()
    expect(page.locator("[data-facet=keyword] li").first).to_be_visible()
    assert keywords(page) == KEYWORDS


def test_the_way_back_to_the_results_stays_in_view(page: Page) -> None:
    """
    On a phone, whoever filters sees how many results are left, and the button that leads to them.
    """
    if not is_phone(page):
        page.set_viewport_size({"width": WIDTHS["phone"], "height": 640})
    search(page, "q=ville")
    page.click("#search-facets > summary")
    expect(page.locator("#search-facets.is-counting")).to_have_count(0)
    row = page.locator("[data-facet=theme] li").first
    said = row.locator(".count").inner_text()
    done = page.get_by_role("button", name="Voir les résultats")
    row.locator("input").check()
    expect(done).to_have_text(f"Voir les résultats ({said})")
    expect(done).to_be_in_viewport(ratio=1)
    done.click()
    expect(page.locator("#search-facets")).not_to_have_attribute("open", "")
    expect(status(page)).to_be_focused()


def test_the_focus_is_never_under_the_bar(page: Page) -> None:
    """
    Whoever goes through the filters with the keyboard sees each stop above the bar that leads to the results.
    """
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 480})
    page.emulate_media(reduced_motion="reduce")
    search(page, "q=ville")
    page.click("#search-facets > summary")
    expect(page.locator("#search-facets.is-counting")).to_have_count(0)
    bar = page.locator(".facets-done")
    for _ in range(12):
        page.keyboard.press("Tab")
        stop, top = page.locator(":focus").bounding_box(), bar.bounding_box()
        assert stop and top and stop["y"] + stop["height"] <= top["y"]


def test_without_scripts_no_room_is_kept_for_sorting(scriptless: Page) -> None:
    """
    With scripts blocked, the list follows its count at once.
    """
    scriptless.goto("dataset/")
    expect(scriptless.locator(".sort")).to_have_css("display", "none")


def test_the_keyboard_skips_the_filters(page: Page) -> None:
    """
    The stop after the search leads past all filters to the results, and shows when it is reached.
    """
    search(page, "q=eau")
    page.locator("main form[role=search] button").focus()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Passer les filtres")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box and box["height"] >= 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#search-sort")).to_be_focused()
    expect(results(page)).to_have_count(4)


# ---------------------------------------------------------------- suggestions


def test_the_search_gets_ready_when_the_field_is_entered(page: Page) -> None:
    """
    What the first suggestion takes is under way before the first letter, and nothing of it on a page that is only read.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("")
    page.wait_for_load_state("networkidle")
    assert [] == [url for url in asked if "worker" in url or "/search/" in url]
    with page.expect_request("**/suggestions.json"), page.expect_request("**/directory.bin"):
        page.locator("form[role=search] input[name=q]").locator("visible=true").first.focus()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_are_readable_in_forced_colors(browser: Browser, address: str, scheme: str) -> None:
    """
    In a contrast theme of the system's, the words that were typed are as visible as the others.
    """
    context = browser.new_context(base_url=address, forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto("dataset/")
    field(page).fill("eau")
    mark = options(page).locator("mark").first
    expect(mark).to_be_visible()
    assert mark.evaluate("e => getComputedStyle(e).color") == mark.evaluate("e => getComputedStyle(e.parentNode).color")
    context.close()
