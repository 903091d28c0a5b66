"""French spaces: put where typography asks for them, in French texts alone, and never where a meaning would change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.typography import NARROW, space_html, space_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Où ? Ici ! Là : ailleurs ; nulle part", "Où_? Ici_! Là_: ailleurs_; nulle part"),
        ("« Oui »", "«_Oui_»"),
        ("« Quoi ? », dit-elle", "«_Quoi_?_», dit-elle"),
        ("Vraiment ?!", "Vraiment_?!"),
        ("Vraiment ?…", "Vraiment_?…"),
        ("l'eau d'ici, à 12:30", "l'eau d'ici, à 12:30"),
        ("x ?q=1, y :z, z !important", "x ?q=1, y :z, z !important"),
        ("Déjà\u202f: fait\u00a0!", "Déjà_: fait\u00a0!"),
    ],
)
def test_plain_text(written, shown):
    """
    A space before a double mark that ends a word, and within guillemets, does not break; nothing else changes.
    """
    assert space_text(written).replace(NARROW, "_") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Lire : <code>a : b</code> !</p>", "<p>Lire_: <code>a : b</code>_!</p>"),
        (
            "<pre><code>a ? <b>b</b> : c</code></pre><p>a ? b</p>",
            "<pre><code>a ? <b>b</b> : c</code></pre><p>a_? b</p>",
        ),
        ('<a href="x : y" title="« a »">x</a>', '<a href="x : y" title="« a »">x</a>'),
        ("<p>Quoi ?<br>Rien !</p>", "<p>Quoi_?<br>Rien_!</p>"),
        ("<p>« <em>Non</em> »</p>", "<p>«_<em>Non</em>_»</p>"),
        ("<p>a &lt;b&gt; :</p>", "<p>a &lt;b&gt;_:</p>"),
    ],
)
def test_html(written, shown):
    """
    Code, tags and addresses stay as they were written.
    """
    assert space_html(written).replace(NARROW, "_") == shown


@given(st.text("ab «»;:!?<>&'\"\n" + NARROW, max_size=30))
def test_only_spaces_change(text):
    """
    Whatever the text, its other characters stay, and doing it twice is doing it once.
    """
    for space in (space_text, space_html):
        shown = space(text)
        assert shown.replace(NARROW, " ") == text.replace(NARROW, " ")
        assert space(shown) == shown


FILES = {
    "datasets/arbres.yaml": """\
title: {fr: "Arbres : où ?", en: "Trees : where ?"}
description: {fr: "Combien ? « Beaucoup » : voir `a : b`.", en: "How many ?"}
publisher: ville
theme: [transport]
license: cc-by-4.0
distribution:
  - {id: csv, title: "Tout : le fichier", downloadURL: "https://exemple.org/arbres.csv"}
"""
}


def test_pages_show_french_as_french_is_set(portal):
    """
    Titles and texts that were written in French have its spaces, wherever they stand; English ones stay as written.
    """
    site = portal(FILES).build()
    french, english = (site[f"{path}dataset/arbres/index.html"].decode() for path in ("", "en/"))

    assert re.findall("<h1>(.*?)</h1>", french) == [f"Arbres{NARROW}: où{NARROW}?"]
    assert f"Combien{NARROW}? «{NARROW}Beaucoup{NARROW}»{NARROW}: voir <code>a : b</code>." in french
    assert re.findall("<h1>(.*?)</h1>", english) == ["Trees : where ?"]
    assert "How many ?" in english
    assert f'<h3 lang="fr">Tout{NARROW}: le fichier</h3>' in english


def test_feeds_hold_what_was_written(portal):
    """
    What machines read is the publisher's own text.
    """
    assert "Arbres : où ?" in portal(FILES).build()["data.json"].decode()
