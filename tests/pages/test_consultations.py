"""Consultations: the state they are in on the day of the build, what their pages then say, and what is wrong."""

import json
import re

import pytest

CONSULTATION = """\
---
title: {fr: Parc, en: Park}
opens: 2026-11-01
closes: 2027-02-01
publisher: ville
participate: Écrivez-nous.
---
Un parc.
"""
REPORT = "reported: 2026-12-20\nheard: Oui.\nchanged: Un banc."


def consultation(*fields: str) -> str:
    """The consultation with some of its fields instead, or added."""
    text = CONSULTATION
    for line in fields:
        name = line.partition(":")[0]
        old = re.search(rf"^{name}: .*\n", text, re.MULTILINE)
        text = text.replace(old[0], f"{line}\n") if old else text.replace("\n---\nUn", f"\n{line}\n---\nUn")
    return text


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ((), "open"),
        (("closes: 2026-12-31",), "open"),
        (("opens: 2026-12-31",), "open"),
        (("opens: 2027-01-01",), "upcoming"),
        (("closes: 2026-12-30",), "analysing"),
        (("closes: 2026-12-19", REPORT), "reported"),
        (("cancelled: 2026-12-01", "whyCancelled: Le terrain est vendu."), "cancelled"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value)[:30],
)
def test_a_consultation_is_in_the_state_that_its_dates_say(portal, fields, state):
    """
    The state follows from the dates on the day of the build, the first and last days of it open.
    """
    files = portal({"content/consultations/parc.md": consultation(*fields)}).build()

    assert json.loads(files["consultations/index.json"])["records"][0]["state"] == state


def test_open_consultations_come_first(portal):
    """
    In the list and among its filters, what one can still take part in comes before what is over.
    """
    files = portal(
        {
            "content/consultations/a.md": consultation("title: Annulée", "cancelled: 2026-12-01", "whyCancelled: Non."),
            "content/consultations/b.md": consultation("title: Terminée", "closes: 2026-12-30"),
            "content/consultations/c.md": consultation("title: Ouverte"),
        }
    ).build()
    page = files["consultations/index.html"].decode()

    assert re.findall(r'<h2 class="card-title"><a [^>]*>([^<]+)', page) == ["Ouverte", "Terminée", "Annulée"]
    assert re.findall(r'href="[^"]*/state/(\w+)/"', page) == ["open", "analysing", "cancelled"]


def test_how_to_take_part_is_said_while_one_can(portal):
    """
    A consultation that is over says no more how to take part in it, but what was heard and what changed.
    """
    files = portal(
        {
            "content/consultations/ouverte.md": consultation(),
            "content/consultations/finie.md": consultation("closes: 2026-12-19", REPORT),
        }
    ).build()

    def parts(name: str) -> list[str]:
        return re.findall(r'<h2 id="_((?!feeds)\w+)"', files[f"consultations/{name}/index.html"].decode())

    assert parts("ouverte") == ["participate"]
    assert parts("finie") == ["heard", "changed"]


def test_the_home_page_shows_what_one_can_take_part_in(portal):
    """
    Open consultations are on the home page, with the script that knows the reader's day; others are not.
    """
    files = {"content/consultations/parc.md": consultation(), "portal.yaml": None}
    small = portal({"content/consultations/finie.md": consultation("title: Fini", "closes: 2026-12-30")})
    without = small.build()["index.html"].decode()
    small.lay({path: text for path, text in files.items() if text})
    home = small.build()["index.html"].decode()

    assert "Donnez votre avis" not in without
    assert "states." not in without
    assert re.findall(r'<h3 class="card-title"><a [^>]*>([^<]+)', home) == ["Parc"]
    assert "states." in home


def test_what_the_first_file_says_its_translation_need_not(portal):
    """
    A consultation's dates and publisher are written once, in the file of the portal's first language.
    """
    files = {
        "content/consultations/parc.md": consultation("title: Parc"),
        "content/consultations/parc.en.md": "---\ntitle: Park\nparticipate: Write to us.\n---\nA park.\n",
    }

    assert portal(files).check().lines() == []


def test_a_field_after_a_long_text_is_no_line_of_it(portal):
    """
    A field that a type declares may follow a text announced by `|`: it is no line that lost its indentation.
    """
    text = consultation("participate: |\n  Ici.", "documents: |\n  Rien.")

    assert portal({"content/consultations/parc.md": text}).check().lines() == []


def test_what_is_wrong_with_a_consultation_is_told_at_its_place(portal):
    """
    Closing before opening, a report without words, a cancellation without a reason, a publisher that is not there.
    """
    text = consultation("closes: 2026-10-31", "publisher: vile", "reported: 2026-12-20", "cancelled: 2026-12-20")

    assert portal({"content/consultations/parc.md": text}).check().lines() == [
        "content/consultations/parc.md:2:1: error[missing-when] `changed` is missing, because of what `reported` says\n"
        "  help: add `changed`, or mend `reported`",
        "content/consultations/parc.md:2:1: error[missing-when] `heard` is missing, because of what `reported` says\n"
        "  help: add `heard`, or mend `reported`",
        "content/consultations/parc.md:2:1: error[missing-when] `whyCancelled` is missing, because of what `cancelled`"
        " says\n  help: add `whyCancelled`, or mend `cancelled`",
        "content/consultations/parc.md:4:9: error[date-order] `closes` (2026-10-31) comes before `opens` (2026-11-01)\n"
        "  help: mend one of the two dates",
        "content/consultations/parc.md:5:12: error[unknown-publisher] no publisher is called `vile`\n"
        "  help: did you mean `ville`?",
    ]


@pytest.mark.parametrize(
    ("fields", "buttons"), [((), ["Answer online"]), (("closes: 2026-12-30",), []), (("opens: 2027-01-01",), [])]
)
def test_one_answers_online_by_a_button_while_it_is_open(portal, fields, buttons):
    """
    The questionnaire is a button of the page of an open consultation, and of no other.
    """
    files = {"content/consultations/parc.md": consultation("url: https://exemple.org/questionnaire/", *fields)}
    page = portal(files).build()["en/consultations/parc/index.html"].decode()

    assert re.findall(r'<a class="button" href="https://exemple.org/questionnaire/">(.*?)</a>', page) == buttons
