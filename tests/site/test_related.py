"""Related datasets: rare keywords before common ones, themes and publishers after, the same at every build."""

from __future__ import annotations

from time import process_time

from generator.model import Catalog, Dataset
from generator.site.related import COMMON, SHOWN, relate


def catalog(**datasets: tuple[str, str, str]) -> Catalog:
    """Id to keywords, themes and publisher, each parted by spaces."""
    return Catalog(
        datasets={
            key: Dataset(id=key, keyword={"fr": tuple(words.split())}, theme=tuple(themes.split()), publisher=publisher)
            for key, (words, themes, publisher) in datasets.items()
        }
    )


def related(found: Catalog) -> dict[str, list[str]]:
    return {key: list(near) for key, near in relate(found, list(found.datasets)).items()}


def test_rare_keywords_tell_more_than_common_ones():
    """
    Of two datasets that share a word, the one whose word is rarer is nearer.
    """
    found = catalog(
        a=("arbre ville", "", "x"),
        b=("ville", "", "y"),
        c=("arbre", "", "z"),
        d=("ville", "", "w"),
        e=("autre", "", "v"),
    )

    assert related(found)["a"] == ["c", "b", "d"]


def test_theme_and_publisher_decide_between_equals():
    """
    Datasets that share as much by keywords are told apart by theme, then by publisher, then by the catalogue's order.
    """
    found = catalog(
        a=("eau", "nature", "x"),
        b=("eau", "autre", "y"),
        c=("eau", "autre", "x"),
        d=("eau", "nature", "y"),
        e=("eau", "autre", "y"),
    )

    assert related(found)["a"] == ["d", "c", "b", "e"]


def test_without_keywords_themes_and_publishers_relate():
    """
    A dataset without a keyword has those of its theme and publisher, then of its theme; a lonely one has none.
    """
    found = catalog(a=("", "nature", "x"), b=("", "nature", "y"), c=("", "nature", "x"), d=("", "", "z"))

    assert related(found) == {"a": ["c", "b"], "b": ["a", "c"], "c": ["a", "b"], "d": []}


def test_spellings_of_a_keyword_are_one():
    """
    Accents and capitals do not part datasets, nor do languages.
    """
    found = Catalog(
        datasets={
            "a": Dataset(id="a", keyword={"fr": ("Été",)}),
            "b": Dataset(id="b", keyword={"en": ("ete",)}),
        }
    )

    assert related(found) == {"a": ["b"], "b": ["a"]}


def test_no_more_than_are_shown():
    """
    However many share a word, the first five in the catalogue's order are kept.
    """
    found = catalog(**{f"d{number:02}": ("eau", "", "x") for number in range(20)})

    assert related(found)["d07"] == [f"d{number:02}" for number in range(SHOWN)]


def test_a_word_of_all_does_not_make_it_slow():
    """
    Thousands of datasets that all share a word and a theme take a moment, and still have neighbours.
    """
    found = catalog(**{f"d{number}": (f"tous w{number // 3}", "nature", "x") for number in range(6000)})
    started = process_time()
    near = related(found)

    assert process_time() - started < 5
    assert near["d0"][:2] == ["d1", "d2"] and len(near["d0"]) == SHOWN
    assert COMMON < 6000


BASE = """\
title: {{fr: {0}, en: {0}}}
description: {{fr: Texte., en: Text.}}
publisher: ville
theme: [transport]
license: cc-by-4.0
keyword: {{fr: [{1}], en: [{1}]}}
distribution:
  - {{id: csv, downloadURL: "https://exemple.org/{0}.csv"}}
"""


def test_a_new_title_reaches_the_pages_that_name_it(portal):
    """
    A page is rendered again when a related dataset changes its title; a withdrawn one is named no more.
    """
    small = portal({f"datasets/{name}.yaml": BASE.format(name, "eau") for name in ("lacs", "puits")})
    assert b">puits</a>" in small.build()["dataset/lacs/index.html"]

    small.lay({"datasets/puits.yaml": BASE.format("sources", "eau")})
    assert b">sources</a>" in small.build()["dataset/lacs/index.html"]

    small.lay({"datasets/puits.yaml": BASE.format("sources", "eau") + "withdrawn: {date: 2026-01-01}\n"})
    assert b">sources</a>" not in small.build()["dataset/lacs/index.html"]
