"""HTML becomes Markdown, and what is not HTML stays."""

import pytest

from generator.authoring.report import Report
from generator.importers.addresses import read_address, read_email
from generator.importers.dates import DayOrder
from generator.importers.html import to_line, to_markdown
from generator.importers.languages import guess_language
from generator.importers.links import OldPortal


@pytest.mark.parametrize(
    "text",
    [
        "a < b et c > d & e",
        "# Titre\n\n* un_mot_long\n* [lien](https://exemple.org/a_b_c?x=1&copy=2)\n\n    du code",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "NO<sub>2</sub>, dans `<b>` ou non",
        "Voir <https://exemple.org/>.",
    ],
)
def test_text_that_is_not_html_stays(text):
    """
    Plain text and Markdown are left as they are, whatever they hold.
    """
    assert text == to_markdown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Un</p>\r\n<p>Deux<br/>\r\nTrois</p>", "Un\n\nDeux\n\nTrois"),
        ("<h2>Titre</h2><ol><li>a</li><li><em>b</em></li></ol>", "## Titre\n\n1. a\n2. *b*"),
        ("Voir <a href=https://exemple.org/a target=_blank>ici</a>.", "Voir [ici](https://exemple.org/a)."),
        ("<a href='https://exemple.org'>https://exemple.org</a>", "<https://exemple.org>"),
        ("<a href='https://exemple.org/<ID>/'>x</a> <ID>", "[x](https://exemple.org/%3CID%3E/) &lt;ID>"),
        ("<a href='javascript:alert(1)'>x</a><script>alert(1)</script><img src=x onerror=alert(1)>", "x![](x)"),
        ("- un\n- deux <b>gras</b>\n\ntexte", "- un\n- deux **gras**\n\ntexte"),
        ("<!-- note --><p>a &lt; b &amp; c&nbsp;d</p>", "a < b & c d"),
        ("<textes> perdus", "&lt;textes> perdus"),
    ],
)
def test_html_becomes_markdown(text, expected):
    """
    Tags become Markdown's marks; scripts and unsafe links go, and no word is lost.
    """
    assert expected == to_markdown(text)


def test_control_characters_are_dropped():
    """
    What no YAML file can hold is not written.
    """
    assert to_markdown("a\x00\x0bb\r\nc\x1b") == "ab\nc"
    assert to_line("a\x07\tb") == "a b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://exemple.org/a%20b?c=d e", ("https://exemple.org/a%20b?c=d%20e", "")),
        ("www.exemple.org", ("https://www.exemple.org", "scheme")),
        ("exemple.org/a.csv", ("https://exemple.org/a.csv", "scheme")),
        ("‘https://exemple.org/a.xls'", ("https://exemple.org/a.xls", "quotes")),
        ("ftp://exemple.org/pub/", ("ftp://exemple.org/pub/", "")),
        ("/downloads/a.csv", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("à venir", None),
    ],
)
def test_addresses_are_mended_or_refused(text, expected):
    """
    An address is encoded, completed where that is safe, and refused otherwise.
    """
    assert expected == read_address(text)


def test_invalid_email_is_refused():
    """
    Only what can be written to is an address.
    """
    assert [read_email(text) for text in (" <a@b.ee>", "a@b", "voir le site")] == ["a@b.ee", "", ""]


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        (["20/04/2020"], "05/01/2020", ("2020-01-05", "order")),
        (["04/20/2020"], "05/01/2020", ("2020-05-01", "order")),
        (["20/04/2020", "04/20/2020"], "05/01/2020", None),
        ([], "01.02.2003", ("2003-02-01", "order")),
        ([], "5/5/2020", ("2020-05-05", "")),
        ([], "21/11/2019 (lisamise kuupäev)", ("2019-11-21", "rest")),
        ([], "21/05/2020'", ("2020-05-21", "")),
        ([], "17-11-2020", ("2020-11-17", "")),
        ([], "2015/04/27", ("2015-04-27", "")),
        ([], "2020-03-28T15:22:22.478Z", ("2020-03-28", "")),
        ([], "2020", ("2020", "")),
        ([], "31/02/2020", None),
        ([], "hier", None),
    ],
)
def test_dates_are_read_as_the_catalogue_writes_them(known, text, expected):
    """
    The order of day and month is what the catalogue's other dates show, and never made up.
    """
    assert expected == DayOrder(known).read(text)


def test_language_is_guessed_from_small_words_only():
    """
    Too few words guess nothing.
    """
    assert [
        guess_language([text])
        for text in ("The list of the trees and of the parks in it", "Puud ja põõsad on siin ning seal ei ole", "CSV")
    ] == ["en", "et", ""]


PORTAL = OldPortal(
    Report(),
    base="https://d.exemple.org/",
    hosts=frozenset(["d.exemple.org"]),
    datasets={"arbres": "arbres", "0b1b8c5e": "arbres"},
    aliases={"eau": "v-eau"},
    publishers={"ville": "ville"},
    resources={"r1": "arbres"},
    titles={"arbres": "Arbres [publics]"},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/dataset/arbres)", "[a](/dataset/arbres/)"),
        ("[a](https://d.exemple.org/fr/dataset/eau)", "[a](/dataset/v-eau/)"),
        ("[a](https://ailleurs.org/dataset/eau)", "[a](https://ailleurs.org/dataset/eau)"),
        ("[a](https://vieux.org/dataset/x/resource/r1/download/a.csv)", "[a](/dataset/arbres/#r1)"),
        ("[a](./arbres) [b](/ville/eau 'Titre')", "[a](/dataset/arbres/) [b](/dataset/v-eau/ 'Titre')"),
        ("[a](/organization/ville)", "[a](/publisher/ville/)"),
        ("[a] (https://d.exemple.org/dataset/arbres)", "[a](/dataset/arbres/)"),
        ("[a] (https://ailleurs.org)", "[a] (https://ailleurs.org)"),
        ("(https://d.exemple.org/dataset/arbres).", "([Arbres (publics)](/dataset/arbres/))."),
        ("[a](/about) ![b](/i.png)", "[a](https://d.exemple.org/about) ![b](https://d.exemple.org/i.png)"),
        (
            "[a](www.exemple.org/b) [c](#d) [e](mailto:f@g.ee)",
            "[a](https://www.exemple.org/b) [c](#d) [e](mailto:f@g.ee)",
        ),
        ("`[a](/dataset/arbres)`", "`[a](/dataset/arbres)`"),
    ],
)
def test_links_into_the_old_portal_lead_into_the_new(text, expected):
    """
    A link to what was imported leads to its page here, any other one to where it led.
    """
    assert expected == PORTAL.rewrite(text, "x")


def test_links_that_lead_nowhere_become_text():
    """
    Without the old portal's address, a relative link is its text.
    """
    report = Report()

    assert OldPortal(report).rewrite("[a](/about), ![b](/i.png)", "x") == "a, b"
    assert report.totals() == {"links.unlinked": 2}
