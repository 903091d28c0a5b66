"""A dataset's page on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "1.5cm")


@pytest.mark.parametrize("path", ["dataset/budget-municipal/", "en/dataset/resultats-elections/"])
def test_a_dataset_takes_two_sheets(page: Page, path: str) -> None:
    """
    What the dataset is, its files, a chart and the first rows of its table fill two sheets, and no third.
    """
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sheets = page.pdf(format="Letter", margin=MARGINS, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2


def test_paper_has_no_controls_and_all_addresses(page: Page) -> None:
    """
    Nothing to press is printed; the address of each file is, and as much of the table as a sheet is wide.
    """
    page.goto("dataset/budget-municipal/")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    for control in ("nav", "form", "input", "select", ".button", ".copy", "summary:not(.preview-more > summary)"):
        assert page.locator(f"{control}:visible").count() == 0, control
    assert page.locator(".file-address:visible").all_inner_texts() == [
        "https://donnees.exemple.org/dataset/budget-municipal/budget-2022-2026.csv",
        "https://exemple.org/val-boreal/budget/budget-2022-2026.xlsx",
        "https://exemple.org/val-boreal/budget/budget-2026.pdf",
    ]
    expect(page.locator(".preview-more .preview-rows tbody tr:visible")).to_have_count(10)
    expect(page.get_by_text("Imprimées\u202f: les dix premières lignes")).to_be_visible()
