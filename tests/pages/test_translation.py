"""What pages say where a text is not in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.conftest import SmallPortal

Make = Callable[..., SmallPortal]

WHOLE = '<p class="notice">This page has not been translated yet: its text is in French.</p>'
PART = '<p class="notice">This page is not translated in full: part of its text is in French.</p>'
HEAD = "publisher: ville\ntheme: [transport]\nlicense: cc-by-4.0\n"
MARKED = re.compile(
    r'<a href="[^"]*"( lang="fr")?>([^<]*)</a></h3>\s*<p class="card-by">(?:<small class="foreign">([^<]*)</small>)?'
)


def dataset(title: str, description: str) -> str:
    return f"title: {title}\ndescription: {description}\n{HEAD}"


def notice_in(page: bytes) -> str:
    found = re.search(r'<p class="notice">.*?</p>', page.decode())
    return found[0] if found else ""


def test_a_page_without_translation_says_so(portal: Make) -> None:
    """
    In the reader's language, pages of datasets and of Markdown say whether all or part of them is in another one.
    """
    site = portal(
        {
            "datasets/a.yaml": dataset("{fr: Arbres, en: Trees}", "{fr: Les arbres., en: The trees.}"),
            "datasets/b.yaml": dataset("{fr: Bancs}", "{fr: Les bancs.}"),
            "datasets/c.yaml": dataset("{fr: Clôtures, en: Fences}", "{fr: Les clôtures.}"),
            "content/aide.md": "---\ntitle: {fr: Aide, en: Help}\n---\nDe l’aide.\n",
            "content/seule.md": "---\ntitle: Seule\n---\nDe l’aide.\n",
            "content/news/n.md": "---\ntitle: Nouvelle\ndate: 2026-01-02\n---\nDu neuf.\n",
        }
    ).build()
    pages = {
        "dataset/a": "",
        "dataset/b": WHOLE,
        "dataset/c": PART,
        "aide": PART,
        "seule": WHOLE,
        "news/n": WHOLE,
    }
    assert {path: notice_in(site[f"en/{path}/index.html"]) for path in pages} == pages
    assert {notice_in(site[f"{path}/index.html"]) for path in pages} == {""}


def test_a_card_says_in_which_language_its_title_is(portal: Make) -> None:
    """
    A card whose title has no translation names its language, and its title has the `lang` of it.
    """
    site = portal(
        {
            "datasets/a.yaml": dataset("{fr: Arbres, en: Trees}", "{fr: Les arbres., en: The trees.}"),
            "datasets/b.yaml": dataset("{fr: Bancs}", "{fr: Les bancs.}"),
        }
    ).build()
    cards = MARKED.findall(site["en/dataset/index.html"].decode())
    assert {(' lang="fr"', "Bancs", "in French"), ("", "Trees", "")} <= set(cards)
    assert "foreign" not in re.sub(r"<template.*?</template>", "", site["dataset/index.html"].decode(), flags=re.DOTALL)
