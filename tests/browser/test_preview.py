"""Previews in a browser: tables are sorted and filtered, maps moved and scaled; all is there without scripts too."""

from __future__ import annotations

import gzip
from pathlib import Path

from playwright.sync_api import Page, expect

ASSETS = Path(__file__).parents[2] / "themes" / "default" / "assets"
CASERNES = "dataset/casernes-incendie/"


def column(page: Page, number: int) -> list[str]:
    cells = page.locator("#csv .preview-rows tbody tr:visible")
    return [cells.nth(row).locator("td").nth(number).inner_text() for row in range(cells.count())]


def test_rows_are_sorted(page: Page) -> None:
    """
    A column's button sorts by it, up and then down, numbers as numbers; what is missing comes last; the state is told.
    """
    page.goto(CASERNES)
    head = page.locator("#csv .preview-rows thead th").nth(6)
    head.get_by_role("button", name="vehicules").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    up = [int(text) for text in column(page, 6)]
    assert up == sorted(up)
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [int(text) for text in column(page, 6)] == sorted(up, reverse=True)
    page.locator("#csv .preview-rows thead th").nth(7).get_by_role("button").click()
    expect(page.locator("#csv .preview-rows [aria-sort]")).to_have_count(1)
    assert [text != "" for text in column(page, 7)] == [True] + [False] * 17


def test_rows_are_filtered(page: Page) -> None:
    """
    Words narrow the rows shown, without accents, and how many are left is told.
    """
    page.goto(CASERNES)
    field = page.locator("#csv").get_by_role("searchbox", name="Filtrer les lignes")
    field.fill("a temps partiel brochet")
    expect(page.locator("#csv [role=status]")).to_have_text("2 lignes sur 18")
    assert len(column(page, 0)) == 2
    field.fill("")
    assert len(column(page, 0)) == 18


def view_box(page: Page) -> list[float]:
    written = page.locator("#csv .map svg").get_attribute("viewBox") or ""
    return [float(part) for part in written.split()]


def test_a_map_moves_and_scales(page: Page) -> None:
    """
    Buttons, keys and the pointer do the same; zero brings all of it back; points keep their size.
    """
    page.goto(CASERNES)
    pane = page.locator("#csv .map-window")
    whole = view_box(page)
    pane.get_by_role("button", name="Agrandir").click()
    near = view_box(page)
    assert near[2] < whole[2] and near[0] > 0
    pane.get_by_role("button", name="Vers l’est").click()
    assert view_box(page)[0] > near[0]
    pane.focus()
    page.keyboard.press("ArrowDown")
    assert view_box(page)[1] > near[1]
    page.keyboard.press("0")
    assert view_box(page) == whole
    box = page.locator("#csv .map svg").bounding_box()
    assert box
    page.locator("#csv .map svg").scroll_into_view_if_needed()
    box = page.locator("#csv .map svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 90)
    page.mouse.up()
    assert view_box(page)[0] < 0 and view_box(page)[1] < 0
    for _ in range(30):
        pane.get_by_role("button", name="Réduire").click()
    assert view_box(page)[2] == 2 * whole[2]


def test_the_keyboard_leaves_a_map(page: Page) -> None:
    """
    Focus goes through a map and its buttons, and out of it.
    """
    page.goto(CASERNES)
    page.locator("#csv .map-window").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map-window') === null")


def test_a_preview_needs_no_script(scriptless: Page) -> None:
    """
    Without scripts the table, the columns, the map and the chart are there, and no button that does nothing.
    """
    scriptless.goto(CASERNES)
    expect(scriptless.locator("#csv .map svg")).to_be_visible()
    expect(scriptless.locator("#csv .preview-rows tbody tr")).to_have_count(18)
    expect(scriptless.locator("#csv .profiles > li")).to_have_count(10)
    expect(scriptless.locator(".preview button")).to_have_count(0)
    scriptless.goto("dataset/resultats-elections/")
    expect(scriptless.locator(".chart-narrow")).to_be_visible()
    expect(scriptless.locator(".chart-wide")).to_be_hidden()


def test_the_script_is_small() -> None:
    """
    What improves previews weighs four kilobytes at most, compressed.
    """
    assert len(gzip.compress((ASSETS / "preview.js").read_bytes(), 9)) <= 4096
