"""Narrowing by area: by name, with a pointer on the map, with four numbers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_search_page import field, open_facet, open_facets, parameters, results, search, status


@pytest.fixture(scope="module")
def address(catalogue_address: str) -> str:
    """Where the demonstration portal is served whose search finds datasets alone."""
    return catalogue_address


def open_zone(page: Page, query: str = "sort=title") -> int:
    """Open the section of a search, and tell how many datasets it finds."""
    search(page, query)
    open_facets(page)
    open_facet(page, "spatial")
    return int(status(page).inner_text().split()[0])


def found(page: Page) -> int:
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    return int(status(page).inner_text().split()[0])


def test_an_area_is_chosen_by_name(page: Page) -> None:
    """
    A place's name leaves the datasets that touch it, larger ones among them; a chip names it and takes it back.
    """
    every = open_zone(page)
    area = page.get_by_label("Les données qui touchent")
    area.select_option("Monts de la Grande-Ourse")
    chips = page.locator("#search-chips a")
    expect(chips.first).to_have_text("Monts de la Grande-Ourse, retirer ce filtre")
    assert parameters(page)["spatial"] == ["-71.4, 47.4, -70.5, 48.2"]
    assert 0 < found(page) < every
    page.reload()
    expect(chips.first).to_have_text("Monts de la Grande-Ourse, retirer ce filtre")
    expect(area).to_have_value("-71.4, 47.4, -70.5, 48.2")
    chips.first.click()
    expect(status(page)).to_have_text(f"{every} jeux de données")
    expect(area).to_have_value("")


def test_the_most_local_comes_first(page: Page) -> None:
    """
    Of the datasets that touch an area, the first are about the smallest places, unless the reader wants another order.
    """
    search(page, "spatial=-72.21, 48.61, -71.89, 48.83")
    order = page.get_by_label("Trier par")
    expect(order).to_have_value("relevance")
    assert results(page).locator("h3").all_inner_texts()[:6] == [
        # The centre of the town,
        "Comptages de vélos",
        "Passages à vélo par année",
        "Passages à vélo, 2025",
        "Passages à vélo, 2024",
        "Passages à vélo, 2023",
        # then all of it.
        "Arbres publics",
    ]
    order.select_option("date")
    expect(page).to_have_url(re.compile("sort=date"))
    expect(order).to_have_value("date")


def test_an_area_is_drawn_on_the_map(page: Page) -> None:
    """
    A rectangle that is drawn is an area, whichever corner comes first, and a touched place too.
    """
    every = open_zone(page)
    box = page.locator("#zone-map").bounding_box()
    assert box
    at = lambda x, y: (box["x"] + box["width"] * x, box["y"] + box["height"] * y)  # noqa: E731
    page.mouse.move(*at(0.6, 0.7))
    page.mouse.down()
    page.mouse.move(*at(0.5, 0.5))
    page.mouse.up()
    expect(page.locator("#search-chips")).to_contain_text("Zone géographique")
    west, south, east, north = map(float, parameters(page)["spatial"][0].split(", "))
    assert -74 < west < east < -70 and 47 < south < north < 50
    assert page.locator("#zone-west").input_value() == f"{west:g}"
    drawn = page.locator("#zone-drawn").bounding_box()
    assert (
        drawn
        and drawn["x"] == pytest.approx(at(0.5, 0)[0], abs=4)
        and drawn["y"] == pytest.approx(at(0, 0.5)[1], abs=4)
    )
    assert 0 < found(page) < every
    page.locator("#zone-map").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator("#zone-drawn")).not_to_have_attribute("d", f"M{west:g} {south:g}H{east:g}V{north:g}H{west:g}Z")
    west, south, east, north = map(float, parameters(page)["spatial"][0].split(", "))
    assert (west, south) == (east, north)


def test_what_is_not_drawn_on_the_map_is_no_area(page: Page) -> None:
    """
    Neither another button than the first, nor one that was pressed elsewhere, chooses an area.
    """
    open_zone(page)
    before = page.url
    box = page.locator("#zone-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] - 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.up()
    page.locator("#zone-map").click(button="right")
    assert page.url == before


def test_an_area_is_written_in_numbers(page: Page) -> None:
    """
    By keyboard alone, west, south, east and north leave the datasets whose area meets theirs.
    """
    every = open_zone(page)
    page.get_by_text("Coordonnées", exact=True).focus()
    page.keyboard.press("Enter")
    for degrees in ("-71.45", "47.1", "-71.4", "47.25"):
        page.keyboard.press("Tab")
        page.keyboard.type(degrees)
    page.keyboard.press("Enter")
    expect(page.locator("#search-chips a").first).to_have_text("Zone géographique, retirer ce filtre")
    assert parameters(page)["spatial"] == ["-71.45, 47.1, -71.4, 47.25"]
    assert 0 < found(page) < every


def test_no_area_is_offered_where_no_result_has_one(page: Page) -> None:
    """
    The section is there when any result says where it is, and only then.
    """
    search(page, "q=eau")
    open_facets(page)
    expect(page.locator("[data-facet=spatial]")).to_be_visible()
    field(page).fill("zzzzqqq")
    expect(results(page)).to_have_count(0)
    expect(page.locator("[data-facet=spatial]")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_zone(page: Page, scheme: str) -> None:
    """
    The open section breaks no rule of WCAG 2.2 AA or of axe's best practice, and fits on a phone.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_zone(page, "spatial=-72.21, 48.61, -71.89, 48.83")
    page.get_by_text("Coordonnées", exact=True).click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
