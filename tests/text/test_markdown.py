"""Markdown as publishers write it, and as those who would misuse it do: safe HTML, the same by either path."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.rules.markdown import find_forbidden
from generator.text.markdown import (
    MARKED,
    converter,
    excerpt,
    find_links,
    picture_links,
    render_markdown,
    render_plain,
    sanitize,
)
from tests.conftest import ARBRES

LETTERS = "aàœZ0 9.,;:!?()'\"/+-=%$@^{}\n\n\u00a0\u202f’«»…\u2028"
words = st.text(LETTERS) | st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"))
paragraphs = st.lists(words, max_size=5).map("\n\n".join)


@settings(max_examples=400, deadline=None)
@given(paragraphs)
def test_plain_text_takes_the_short_way_to_the_same_end(text):
    """
    Text without marks is what Markdown would have made of it, to the byte.
    """
    text = text.strip()
    assume(not MARKED.search(text))
    markdown = converter(2)
    markdown.reset()

    # The sanitizer writes no-break spaces as `&nbsp;`.
    assert render_plain(text) == picture_links(sanitize(markdown.convert(text))).replace("&nbsp;", "\xa0")


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>body{background:url(//evil.example)}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input name=a><button>x</button></form>",
    '<div style="position:fixed;inset:0">x</div>',
    "<p onclick=alert(1) onmouseover=alert(1)>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](a.png)',
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=x onerror=alert(1)></video>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea><img src=x onerror=alert(1)></textarea>",
    '<h2 id="main">x</h2><a name="main">y</a>',
    '<p class="card" data-index="x">y</p>',
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<a href=x target=_blank rel=opener>x</a>",
    "<img src=//evil.example/pixel.gif>",
    "![x](https://evil.example/pixel.gif)",
    "![x][y]\n\n[y]: //evil.example/pixel.gif",
    "<img src='/\\evil.example/pixel.gif'>",
    "<img src='/\t/evil.example/pixel.gif' alt='a>b'>",
    "<img src=http:evil.example/pixel.gif>",
    "<div>\n<![x[\n</div>",
]

TAGS = {"a", "blockquote", "br", "code", "del", "em", "h2", "h3", "hr", "img", "li", "ol", "p", "pre", "strong", "ul"}
TAGS |= {"div", "table", "tbody", "td", "th", "thead", "tr"}
TAGS |= {"abbr", "b", "dd", "dl", "dt", "figcaption", "figure", "h4", "h5", "h6", "i", "ins", "kbd", "q", "s", "samp"}
TAGS |= {"small", "span", "sub", "sup", "u", "var"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}}


class Harm(HTMLParser):
    """What of a text's HTML is not on the list of what may pass."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attributes:
            address = re.sub(r"[\t\n\r]", "", value or "").strip().lower()
            if name not in ("lang", "title", *ATTRIBUTES.get(tag, ())):
                self.found.append(f"{tag} {name}")
            if name == "href" and re.match(r"(?!https?:|mailto:)[a-z]+:", address):
                self.found.append(address)
            if name == "src" and re.match(r"[a-z]+:|[/\\]{2}", address):
                self.found.append(address)
            if name == "id" and not address.startswith("text-"):
                self.found.append(address)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_would_harm_is_gone(attack):
    """
    No script, handler, style, frame or form passes, nor an address that runs, a picture from elsewhere or a bare id.
    """
    for text in (attack, f"Avant {attack} après", f"- {attack}", f"| a |\n|---|\n| {attack} |", f"> {attack}"):
        assert Harm(render_markdown(text)).found == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(ATTACKS) | st.text(max_size=8), max_size=6).map("".join))
def test_attacks_in_pieces_are_harmless_too(text):
    """
    Whatever stands around it, nothing harmful passes, and nothing raises.
    """
    assert Harm(render_markdown(text)).found == []
    assert "\n" not in excerpt(text)
    list(find_links(text))
    list(find_forbidden(text))


def test_markdown_makes_what_publishers_expect():
    """
    Emphasis, lists, tables, code and headings, which start below the page's own.
    """
    text = "# Un\n\nDu *texte* **gras** et `code`.\n\n- a\n- b\n\n## Deux\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"

    assert render_markdown(text, level=3) == (
        '<h3 id="text-un">Un</h3>\n'
        "<p>Du <em>texte</em> <strong>gras</strong> et <code>code</code>.</p>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        '<h4 id="text-deux">Deux</h4>\n'
        "<table>\n<thead>\n<tr>\n<th>x</th>\n<th>y</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>"
    )


def test_columns_keep_their_alignment():
    """
    A table's columns stand as their author drew them, without a style, which the site's policy refuses.
    """
    html = render_markdown("| Poste | Montant |\n|---|--:|\n| Eau | 12 |")

    assert re.findall(r"<t[dh]\b[^>]*>[^<]+", html) == [
        "<th>Poste",
        '<th class="align-right">Montant',
        "<td>Eau",
        '<td class="align-right">12',
    ]
    assert "align" not in render_markdown('<table><tr><td align="top">x</td></tr></table>')


def test_one_text_leaves_nothing_to_the_next():
    """
    References and heading ids of a text are its own.
    """
    render_markdown("# A\n\n[x][r]\n\n[r]: https://exemple.org/")

    assert render_markdown("# A\n\n[x][r]") == '<h2 id="text-a">A</h2>\n<p>[x][r]</p>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[x](aide.md)", '<p><a href="!aide.md">x</a></p>'),
        ("[x](/dataset/?q=a&b=c#d)", '<p><a href="!/dataset/?q=a&amp;b=c#d">x</a></p>'),
        ('<a href="aide.md">x</a>', '<p><a href="!aide.md">x</a></p>'),
        ("[x][r]\n\n[r]: aide.md", '<p><a href="!aide.md">x</a></p>'),
        ("![x](carte.png)", '<p><img alt="x" src="!carte.png"></p>'),
        ("![x](https://exemple.org/c.png)", '<p><a href="https://exemple.org/c.png">x</a></p>'),
        ("[x](mailto:a@exemple.org)", '<p><a href="mailto:a@exemple.org">x</a></p>'),
    ],
)
def test_links_are_rewritten(text, html):
    """
    Each address within the portal passes through the rewriting, however it was written.
    """
    assert render_markdown(text, rewrite=lambda target: target if ":" in target else f"!{target}") == html


def test_pages_link_to_datasets_and_to_their_forms(portal):
    """
    A dot in an address may be a dataset's own, or begin the ending of one of its files.
    """
    links = "[a](/dataset/gtfs-1.0) [b](/dataset/gtfs-1.0.ttl) [c](/dataset/arbres.jsonld) [d](/dataset/arbres)"
    page = {"content/liens.md": f"---\ntitle: Liens\n---\n{links}\n"}
    site = portal(page | {f"datasets/{id}.yaml": ARBRES for id in ("arbres", "gtfs-1.0")}).build()

    assert re.findall(r'<a href="([^"]+)">[abcd]</a>', site["liens/index.html"].decode()) == [
        "../dataset/gtfs-1.0/",
        "../dataset/gtfs-1.0.ttl",
        "../dataset/arbres.jsonld",
        "../dataset/arbres/",
    ]


def test_a_dropped_link_leaves_its_words():
    """
    An address that the rewriting refuses is gone; what it was linked from stays.
    """
    assert render_markdown("[x](a)", rewrite=lambda target: None) == "<p><a>x</a></p>"


def test_links_are_found_where_they_stand():
    """
    Targets of links, pictures, references and HTML, with line and column.
    """
    text = (
        'Voir [a](/un/) et\n![b](deux.png "titre")\n\n[c]: trois.md (titre)\n<a href="quatre/">d</a>'
        "\n<a title='e' HREF = cinq/>e</a> <img src=six.png alt=''>"
    )

    assert list(find_links(text)) == [
        (1, 10, "/un/"),
        (2, 6, "deux.png"),
        (4, 6, "trois.md"),
        (5, 10, "quatre/"),
        (6, 21, "cinq/"),
        (6, 42, "six.png"),
    ]


def test_a_picture_whose_address_does_not_pass_leaves_its_words():
    """
    No picture without an address is left in a page.
    """
    assert render_markdown("Un ![plan](javascript:x), <img src=data:x>.") == "<p>Un plan, .</p>"
    assert render_markdown("![Plan](plan.png)", rewrite=lambda target: None) == "<p>Plan</p>"


def test_code_holds_no_links():
    """
    What a text shows as code, or with the marks' own signs, leads nowhere and is not looked at.
    """
    text = "`[a](/un/)` et ``<a href=`deux`>``\n\n```\n[b](/trois/)\n```\n\\[c\\](/quatre/) href=cinq `[d](/six/)"

    assert list(find_links(text)) == [(6, 32, "/six/")]


def test_an_excerpt_ends_between_words():
    """
    It is the plain words, cut after one; the spaces of French typography stay as they are.
    """
    assert excerpt("Un **très** beau\njour\u202f!", 100) == "Un très beau jour\u202f!"
    assert excerpt("Un **très** beau jour", 11) == "Un très…"
    assert excerpt("anticonstitutionnellement", 4) == "anti…"


def test_an_id_stands_once():
    """
    Of two headings with one id the first keeps it, and what is no id is none; texts of one page share none.
    """
    text = '## Nous joindre\n\n<h2 id="nous-joindre">a</h2>\n<h2 id="">b</h2>\n<h2 id="c d">e</h2>'
    found = [re.findall(r'id="([^"]*)"', render_markdown(text, part=part)) for part in ("", "csv")]

    assert [["text-nous-joindre"], ["text-csv.nous-joindre"]] == found


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Voici :\n- un\n- deux", "<p>Voici :</p>\n<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("Voici :\n1) un\n2) deux", "<p>Voici :</p>\n<ol>\n<li>un</li>\n<li>deux</li>\n</ol>"),
        ("- un\n  - deux\n- trois", "<ul>\n<li>un<ul>\n<li>deux</li>\n</ul>\n</li>\n<li>trois</li>\n</ul>"),
        ("- un\n    - deux", "<ul>\n<li>un<ul>\n<li>deux</li>\n</ul>\n</li>\n</ul>"),
        ("1. un\n   - deux", "<ol>\n<li>un<ul>\n<li>deux</li>\n</ul>\n</li>\n</ol>"),
        (
            "- un\n\n  suite\n- deux",
            "<ul>\n<li>\n<p>un</p>\n<p>suite</p>\n</li>\n<li>\n<p>deux</p>\n</li>\n</ul>",
        ),
        ("Fondée en\n1984. Une année", "<p>Fondée en\n1984. Une année</p>"),
        ("```\nTexte\n- un\n```", "<pre><code>Texte\n- un\n</code></pre>"),
        ("Texte\n\n---\n\nSuite", "<p>Texte</p>\n<hr>\n<p>Suite</p>"),
    ],
    ids=["below a sentence", "brackets", "two spaces", "four spaces", "number", "paragraph", "year", "code", "line"],
)
def test_lists_are_those_that_their_author_sees(text, markup):
    """
    A list right below a sentence is one, nested by any indentation that CommonMark takes; years and code are none.
    """
    assert render_markdown(text) == markup


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        (
            "Voir https://exemple.org/a?b=1&c=2.",
            '<p>Voir <a href="https://exemple.org/a?b=1&amp;c=2">https://exemple.org/a?b=1&amp;c=2</a>.</p>',
        ),
        ("(www.exemple.org/a_(b))", '<p>(<a href="https://www.exemple.org/a_(b)">www.exemple.org/a_(b)</a>)</p>'),
        ("À a.b@exemple.org !", '<p>À <a href="mailto:a.b@exemple.org">a.b@exemple.org</a> !</p>'),
        ("[https://exemple.org](/a/)", '<p><a href="/a/">https://exemple.org</a></p>'),
        ("`https://exemple.org`", "<p><code>https://exemple.org</code></p>"),
        ("javascript://exemple.org et a@b", "<p>javascript://exemple.org et a@b</p>"),
        ('https://exemple.org"onclick="x', '<p><a href="https://exemple.org">https://exemple.org</a>"onclick="x</p>'),
    ],
    ids=["sentence", "brackets", "mail", "link", "code", "neither", "quote"],
)
def test_bare_addresses_are_links(text, markup):
    """
    Addresses of the web and of mail are links without the signs after them; not in code, nor in another link.
    """
    assert render_markdown(text) == markup
