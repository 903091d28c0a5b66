"""Numbers along time on a record's page: what the drawing says, and where its rows are found."""

import re

WORKS = """\
shape: page
title: {fr: Chantiers, en: Works}
singular: {fr: Chantier, en: Work}
fields:
  - {name: starts, range: day, label: {fr: Début, en: Start}}
computed:
  - {name: spent, range: series, of: spending, by: year, value: amount, target: planned, label: {en: Spent}}
"""
SPENDING = """\
shape: register
title: {fr: Dépenses, en: Spending}
singular: {fr: Dépense, en: Spending}
key: [work, year]
heading: year
within: work
fields:
  - {name: work, range: record, type: works, required: true, label: {fr: Chantier, en: Work}}
  - {name: year, range: year, required: true, label: {fr: Année, en: Year}}
  - {name: amount, range: money, unit: "<$>", label: {fr: Dépensé, en: Spent}}
  - {name: planned, range: money, label: {fr: Prévu, en: Planned}}
"""
SECTIONS = "sections: [{field: spent}, {records: spending}]\n"


def page(portal, works, rows):
    files = {
        "content/types/works.yaml": works,
        "content/types/spending.yaml": SPENDING,
        "content/types/spending.csv": f"work,year,amount,planned\n{rows}",
        "content/works/pont.md": "---\ntitle: {fr: Pont, en: Bridge}\n---\n",
    }
    return portal(files).build()["en/works/pont/index.html"].decode()


def test_no_record_has_two_places_on_a_page(portal):
    """
    The rows below a drawing are where its records are found, unless a list of them stands on the page too.
    """
    rows = "pont,2025,1,2\npont,2026,2,2\n"
    alone, listed = page(portal, WORKS, rows), page(lambda files: portal(files, name="b"), WORKS + SECTIONS, rows)

    for text in (alone, listed):
        assert re.findall(r'id="(spending-pont-\d+)"', text) == ["spending-pont-2025", "spending-pont-2026"]


def test_a_drawing_says_its_unit_and_judges_nothing(portal):
    """
    Numbers stand in their field's unit, as text; which way is better is said only where a declaration says so.
    """
    text = page(portal, WORKS, "pont,2025,100,\npont,2026,200,\n")

    assert re.findall(r"<text [^>]*>([^<]*)</text>", text) == [
        "100\u00a0&lt;$&gt;",
        "2025",
        "200\u00a0&lt;$&gt;",
        "2026",
    ]
    assert "Improving" not in text


def test_no_mark_strikes_through_a_number(portal):
    """
    Where what was aimed at lies just above a bar, the bar's number stands above the mark.
    """
    text = page(portal, WORKS, "pont,2025,95,100\n")
    (number,) = re.findall(r'<text x="320.0" y="([\d.]+)" text-anchor="middle">95', text)
    (mark,) = re.findall(r'class="series-target" d="M[\d.]+ ([\d.]+)H', text)

    assert float(number) == float(mark) - 6
