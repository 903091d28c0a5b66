"""Every construct repeated: read in a time that grows with its length, or told as too tangled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.text.markdown import find_links, plain_text, render_markdown
from generator.text.tangles import DEEPEST, MOST_OPEN, find_tangle

ROOT = Path(__file__).parents[2]

REPEATED = [
    *("[", "](", "![", "[![", "[[a]", "[a](", "[a\n", "[a][b]", "[](a)", "![](a)", '[a](b "', "]", "(", "[a]: b\n"),
    *("`", "` ``", "`a\n", "``` ", "```\n", "~~~\n", "*", "**a ", "_a ", "***a", "* * ", "_", "*a_b "),
    *("<", "<a ", "<p\n", "<div>", "<div>\n\n", "<b><i>", "</b>", "<table>", "<a href='", "<a b=c ", "<!--"),
    *("<![", "<?"),
    *("&", "&#", "&amp;", "&lt;", "&aaaa", "> ", ">", "> a\n\n", "- ", "1. ", "- - \n", "* a\n\n", "1) a\n"),
    *("a|b\n", "|", "# a\n", "a\n=\n", "#", "=", "-", "x", "a ", "a    ", "    a\n", "\ta\n", "\n\na"),
    *("\\", "é", "\x85a"),
    *("http://", "<http:", "a@b.", "ftp:", "« ", " ;", " !", '"a" ', ".", "l'"),
]  # fmt: skip
WORK = """
import sys
from generator.text.markdown import find_links, find_anchors, plain_text, excerpt, render_markdown
from generator.text.typography import space_html, space_text
from generator.rules.markdown import find_forbidden
from generator.search.analyzer import Analyzer
for construct in eval(sys.stdin.read()):
    length = len(construct)
    for text in (construct * (60_000 // length), (construct * 400 + "\\n") * 20, (construct * 30 + "\\n\\n") * 60):
        space_html(render_markdown(text)), space_text(text)
        list(find_links(text)), find_anchors(text), excerpt(text), list(find_forbidden(text))
        Analyzer.of("fr").terms(text[:20_000])
    print(repr(construct), flush=True)
"""


@pytest.mark.parametrize("part", range(4))
def test_every_construct_repeated_ends(part):
    """
    Sixty thousand characters of whatever Markdown, HTML, URLs and typography know take no process over two minutes.
    """
    constructs = REPEATED[part::4]
    done = subprocess.run(
        [sys.executable, "-c", WORK], input=repr(constructs), cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert (done.stdout.splitlines(), done.stderr) == ([repr(construct) for construct in constructs], "")


TANGLED = {
    "[" * 6_000: MOST_OPEN - 1,
    "a\n\n" + "![" * 3_000: 2 * MOST_OPEN + 2,
    "<div>" * 350: 5 * (DEEPEST - 1),
    "> " * 300 + "a": 0,
    "1. " * 300 + "a": 0,
    "a" * 400_000: 50_000,
    "***\n" * 1_200: 4 * 1_000,
    "a  \n" * 25_000: 4 * 20_000 + 1,
    "1. a\n\nb\n\n" * 4_000: 9 * 3_333 + 4,
    "*" * 6_000 + "a" + "*" * 6_000: 0,
    "*a _b " * 1_000 + "a" + " b_ a*" * 1_000: 3 * 400,
    "\n".join("    " * depth + "- a" for depth in range(200)): None,
}


@pytest.mark.parametrize("text", TANGLED, ids=lambda text: text[:6])
def test_a_tangled_text_has_a_place_and_says_nothing(text):
    """
    Where it gets too tangled is told, and nothing of it is rendered, nor any link of it followed.
    """
    start = find_tangle(text)

    assert start == TANGLED[text] or (TANGLED[text] is None and start is not None)
    assert list(find_links(f"[a](b)\n\n{text}")) == []
    assert text.startswith("aaa") or render_markdown(text) == plain_text(text) == ""


SOUND = [
    "Un [lien](https://exemple.org/a_(b)) et du `code`.\n\n" * 500,
    "| classe | n |\n|---|---|\n" + "| [0 ; 5[ | 3 |\n" * 45,
    "-" * 200 + "\n\n" + "=" * 200 + "\n\n***\n\n" + "- - -\n",
    "\n".join(f"{number}. article\n    - alinéa\n        - point" for number in range(200)),
    "<details><p>a<p>b<p>c</details>\n\n" * 200 + "<br>" * 100,
    "```\n" + "    if (a[i] > b) { c(); }\n" * 300 + "```\n",
    "".join(f"*p{number} = *q; 2*{number}*3 snake_case_name **gras** _ital_\n" for number in range(150)),
    "* *Genre espèce* et __init__.py ** de rabais**\n" * 300,
    "> « Citation »\n> > d’une citation\n" * 100,
    "\n\n".join(f"## Titre {number}\n\nTexte." for number in range(400)),
]


@pytest.mark.parametrize("text", SOUND, ids=lambda text: text[:12])
def test_what_people_write_is_not_tangled(text):
    """
    Long pages, tables of intervals, laws with their paragraphs, code and quotations are read.
    """
    assert find_tangle(text) is None
