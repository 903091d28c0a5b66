"""Portals in other languages than French and English, in other scripts, and in those written from right to left."""

import re

import pytest

from generator.standards import vocabulary
from generator.text.speech import Speech
from tests.conftest import MINIMAL

NORTH = {
    "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, ar, iu]\ntheme: nord\n",
    "themes/nord/theme.yaml": "title: Nord\nparent: default\n",
    "themes/nord/strings/ar.yaml": "site:\n  home: الرئيسية\n",
    "datasets/autre.yaml": MINIMAL["datasets/autre.yaml"].replace("title: {", "title: {ar: أخرى, iu: ᐊᓯᖏᑦ, "),
}


def test_a_page_runs_the_way_of_its_language(portal):
    """
    Arabic pages run from right to left, and what they hold of other languages says which way it runs, as the reverse.
    """
    site = portal(NORTH).build()
    arabic, french = (site[path].decode() for path in ("ar/dataset/autre/index.html", "dataset/autre/index.html"))

    assert '<html lang="ar" dir="rtl">' in arabic and '<html lang="fr">' in french
    assert "<h1>أخرى</h1>" in arabic
    assert 'hreflang="fr" lang="fr" dir="ltr">français</a>' in arabic
    assert 'hreflang="iu" lang="iu" dir="ltr">ᐃᓄᒃᑎᑐᑦ</a>' in arabic
    assert 'hreflang="ar" lang="ar" dir="rtl">العربية</a>' in french
    assert 'hreflang="iu" lang="iu">ᐃᓄᒃᑎᑐᑦ</a>' in french
    assert 'lang="fr" dir="ltr">\n<p>Un autre jeu de données.</p>' in arabic
    assert '<h2 lang="en" dir="ltr" id="_files">Files and services</h2>' in arabic
    assert '<a href="https://exemple.org/dataset/autre#dataset" dir="auto">' in arabic
    assert '<html lang="ar" dir="rtl">' in site["ar/dataset/index.html"].decode()


def test_no_element_has_an_attribute_twice(portal):
    """
    Whatever adds a language or a direction to an element leaves the one that it has.
    """
    site = portal(NORTH).build()

    twice = re.compile(r'<[^<>]*\s(lang|dir)="[^<>]*\s\1="')
    assert [] == [path for path, page in site.items() if path.endswith(".html") and twice.search(page.decode())]


def test_an_address_that_leads_nowhere_is_said_once_in_a_language(portal):
    """
    The page of addresses that lead nowhere repeats no words that a language has borrowed.
    """
    page = portal(NORTH).build()["404.html"].decode()

    assert ["Page introuvable"] == re.findall(r'not-found-title">(.*?)<', page)


def test_headings_are_reached_by_their_words_in_any_script(portal):
    """
    A heading's anchor is made of its letters, accents aside, and links to it are checked.
    """
    text = "---\ntitle: À propos\n---\n\n## ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ\n\n## Où ça ?\n\n[a](#ᐃᓄᒃᑎᑐᑦ-ᐅᖃᐅᓯᖅ) [b](#ou-ca) [c](#ᐃᓄᒃ)\n"
    made = portal({"content/about.md": text})

    assert ["dead-anchor"] == [code for code in made.check().codes if code == "dead-anchor"]
    page = made.build()["about/index.html"].decode()
    assert '<h2 id="text-ᐃᓄᒃᑎᑐᑦ-ᐅᖃᐅᓯᖅ">' in page and '<h2 id="text-ou-ca">' in page


def test_a_text_may_say_the_language_of_its_words(portal):
    """
    What an author writes in another language keeps its `lang` and its `dir`, and nothing is said against them.
    """
    text = "---\ntitle: À propos\n---\n\nLe mot <span lang='ar' dir='rtl'>كتاب</span>.\n"
    made = portal({"content/about.md": text})

    assert [] == [code for code in made.check().codes if code != "missing-translation"]
    assert '<span lang="ar" dir="rtl">كتاب</span>' in made.build()["about/index.html"].decode()


@pytest.mark.parametrize("code", vocabulary("languages").terms)
def test_dates_and_numbers_are_said_in_every_language(code):
    """
    No language of the table lacks what it takes to say a duration, a date, a share and a size.
    """
    speech = Speech(code, {})
    said = [speech.duration("P1Y2M3DT4H5M6S"), speech.date("2015-02-06"), speech.percent(0.5), speech.size(1500)]

    assert all(said) and "duration-" not in said[0]


def test_durations_are_lists_of_counted_units():
    """
    Each unit has the plural of its language, and the last is joined as its language does.
    """
    said = {code: Speech(code, {}).duration("P1Y2M") for code in ("es", "de", "it", "ar")}

    assert {
        "es": "1 año y 2 meses",
        "de": "1 Jahr und 2 Monate",
        "it": "1 anno e 2 mesi",
        "ar": "سنة وشهران",
    } == said
