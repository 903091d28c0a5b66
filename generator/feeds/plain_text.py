"""Texts as feeds carry them: plain, in one language or in all."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3

from generator.text.languages import Text, present
from generator.text.markdown import MARKED, render_markdown

# What is as good as one space; those that typography asks for, which do not break, stay.
SPACE = re.compile(r"[ \t\n\r\f\v]+")
BLANK = re.compile(r"\n\s*\n")

BREAKS = (
    (SPACE, " "),
    (re.compile(r"<li>\s*(?:<p>)?"), "\n- "),
    (re.compile(r"<br\b[^>]*>|</li>|</tr>|</dt>|</dd>"), "\n"),
    (re.compile(r"</?(?:p|h\d|ul|ol|dl|div|pre|table|blockquote|figure|hr)\b[^>]*>"), "\n\n"),
    (re.compile(r"</t[dh]>"), " "),
)


@lru_cache(maxsize=4096)
def paragraphs(markdown: str) -> str:
    """
    What Markdown says, without its marks or HTML, with its paragraphs and lists kept.

    >>> paragraphs("Un **mot**,\\nun <b>autre</b> &amp; [un lien](/a).\\n\\n- un\\n\\n- deux\\n\\nFin")
    'Un mot, un autre & un lien.\\n\\n- un\\n- deux\\n\\nFin'
    >>> paragraphs("Quoi\\u202f? **Dix** 000&nbsp;$")
    'Quoi\\u202f? Dix 000\\xa0$'
    """
    text = markdown.strip()
    if not MARKED.search(text):
        return "\n\n".join(SPACE.sub(" ", block).strip() for block in BLANK.split(text))
    return without_tags(render_markdown(text))


def without_tags(text: str) -> str:
    """Safe HTML as plain text."""
    for pattern, replacement in BREAKS:
        text = pattern.sub(replacement, text)
    text = html.unescape(nh3.clean(text, tags=set()))
    lines = "\n".join(SPACE.sub(" ", line).strip() for line in text.split("\n"))
    lines = re.sub(r"^(- .*)\n+(?=- )", r"\1\n", lines, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def worded(text: Text) -> dict[str, str]:
    """The languages in which Markdown says something in words; a lone picture says nothing."""
    return {language: words for language, words in present(text).items() if paragraphs(words)}
