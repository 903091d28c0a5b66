"""Themes: inherited by shadowing, made by a command, and documented as they are."""

from __future__ import annotations

import dataclasses
import re

import pytest
from click.testing import CliRunner
from jinja2 import Environment, Template, nodes

from generator.authoring.template_reference import GLOBALS, TEMPLATES, document, folder, template_names
from generator.build.pipeline import read_portal
from generator.cli import cli
from generator.model.diagnostics import Place, sort_diagnostics
from generator.pages.dataset import dataset_view
from generator.pages.renderer import environment_of, fill_template
from generator.pages.templates import BrokenTemplate
from generator.pages.views import frame
from generator.theme.files import read_theme
from tests.conftest import MINIMAL, ROOT, SmallPortal, read_tree

FENCE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_a_new_theme_changes_nothing_yet(portal) -> None:
    """
    What `vitrine theme new` makes builds as it is, looks like its parent, and says what to write in portal.yaml.
    """
    small: SmallPortal = portal()
    done = CliRunner().invoke(cli, ["theme", "new", "ville", "--portal", str(small.folder), "--lang", "en"])
    small.lay({"portal.yaml": (small.folder / "portal.yaml").read_text() + "theme: ville\n"})
    files = small.build()
    sheet = next(text for path, text in files.items() if path.startswith("assets/theme."))

    assert (0, ["assets/theme.css", "theme.yaml"]) == (done.exit_code, sorted(read_tree(small.folder / "themes/ville")))
    assert "theme: ville" in done.stderr
    assert b"--" not in sheet
    assert "/* --accent: #" in (small.folder / "themes/ville/assets/theme.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "said"), [("Ma Ville", "`ma-ville`"), ("default", "already")])
def test_a_theme_needs_a_name_of_its_own(portal, name: str, said: str) -> None:
    """
    A name that can't be a folder's, or that is taken, is wrong usage.
    """
    done = CliRunner().invoke(cli, ["theme", "new", name, "--portal", str(portal().folder), "--lang", "en"])

    assert (2, True) == (done.exit_code, said in done.stderr)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_documented_child_theme_works(portal, language: str) -> None:
    """
    The child theme of the documentation has under ten lines, and changes a colour, corners and a template.
    """
    shown = dict(FENCE.findall((ROOT / f"docs/themes.{language}.md").read_text(encoding="utf-8")))
    small: SmallPortal = portal(
        {
            **shown,
            "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\ntheme: ville\n",
            "content/aide.md": "---\ntitle: Aide\n---\nBonjour.\n",
        }
    )
    files = small.build()
    pages = {path: text.decode() for path, text in files.items() if path.endswith(".html")}

    assert 10 > sum(text.count("\n") for text in shown.values())
    assert [] == small.check().codes or {"missing-translation"} == set(small.check().codes)
    assert ("search-small" in pages["aide/index.html"], "search-small" in pages["dataset/autre/index.html"]) == (
        False,
        True,
    )
    assert any(b"--accent:#7a1f3d" in text for path, text in files.items() if path.startswith("assets/theme."))


def test_the_nearest_file_wins_and_colours_add_up(portal) -> None:
    """
    A grandchild's file takes the place of its ancestors'; each ancestor's own colours stay, the nearest last.
    """
    small: SmallPortal = portal(
        {
            "themes/a/theme.yaml": "parent: default\n",
            "themes/a/assets/theme.css": ":root { --accent: #111; --ink: #222 }\n",
            "themes/a/assets/favicon.svg": "<svg>a</svg>",
            "themes/b/theme.yaml": "parent: a\n",
            "themes/b/assets/theme.css": ":root { --accent: #333 }\n",
            "themes/b/strings/fr.yaml": "site: {home: Maison}\n",
        }
    )
    theme = read_theme(small.folder, "b", Place("portal.yaml"))

    assert ("#333", "#222") == (theme.palette["light"]["accent"], theme.palette["light"]["ink"])
    assert b"<svg>a</svg>" == theme.assets["favicon.svg"]
    assert "Maison" == theme.words("fr")["site.home"]
    assert ["themes/a/assets/theme.css", "themes/b/assets/theme.css"] == [path for path, _text in theme.sheets][-2:]
    assert theme.published["theme.css"].decode().splitlines() == [
        ":root{--accent:#111;--ink:#222}",
        ":root{--accent:#333}",
    ]


SHOWN = """\
{% extends "default:dataset.html" %}
{% block head %}{{ super() }}
<script defer src="{{ asset("ville.js") }}"></script>
{% endblock %}
{% block header %}<header>Ville</header>{% endblock %}
{% block more %}
<p><img src="{{ asset("ville.svg") }}" alt=""> {{ say("ours") }} {{ page.publisher.title }}</p>
{% endblock %}
"""
OWN = {
    "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr]\ntheme: ville\n",
    "themes/ville/theme.yaml": "parent: default\n",
    "themes/ville/templates/dataset.html": SHOWN,
    "themes/ville/assets/ville.js": "ville();\n",
    "themes/ville/assets/ville.svg": "<svg/>",
    "themes/ville/strings/fr.yaml": "site: {ours: Publié par}\n",
}


def test_a_theme_has_a_header_a_block_a_script_an_icon_and_words_of_its_own(portal) -> None:
    """
    What the documentation shows of a template is done by the blocks that it names.
    """
    small: SmallPortal = portal(OWN)
    page = small.build()["dataset/autre/index.html"].decode()

    assert [] == small.check().codes
    assert "<header>Ville</header>" in page and 'class="band"' not in page
    assert re.search(r'<p><img src="../../assets/ville\.\w+\.svg" alt=""> Publié par Ville</p>', page)
    assert re.search(r'<script defer src="../../assets/ville\.\w+\.js"></script>', page)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ('{{ asset("favcon.svg") }}', "no asset `favcon.svg`; did you mean `favicon.svg`?"),
        ('{{ say("hme") }}', "no words `hme`; did you mean `home`?"),
        ('{{ size("x") }}', "ValueError: could not convert string to float: 'x'"),
        ("{{ page.nope }}", "'generator.pages.views.dataset.DatasetView object' has no attribute 'nope'"),
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_told_where(portal, written: str, problem: str) -> None:
    """
    A name that is not there, or a value that is not of the kind asked for, is the template's fault, on its line.
    """
    template = SHOWN.replace("<header>Ville</header>", f"\n{written}")
    found = read_portal(portal(OWN | {"themes/ville/templates/dataset.html": template}).folder)
    with pytest.raises(BrokenTemplate) as broken:
        fill_template(
            found.site, "dataset.html", "fr", page=dataset_view(found.site, "fr", found.site.catalog.datasets["autre"])
        )

    assert ("themes/ville/templates/dataset.html:6:1", problem) == (
        str(broken.value.diagnostic.place),
        broken.value.diagnostic.values["problem"],
    )


def test_quebec_is_one_sheet() -> None:
    """
    The second theme shows the seams: no template, one sheet, fonts that npm installs, its own widths.
    """
    tree = [path for path in read_tree(ROOT / "themes/quebec") if not path.startswith("node_modules/")]
    theme = read_theme(ROOT, "quebec", Place("portal.yaml"))
    sheets = {name: text.decode() for name, text in theme.published.items() if name.endswith(".css")}
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', sheets["style.css"] + sheets["theme.css"])

    assert ["assets/theme.css", "package-lock.json", "package.json", "theme.yaml"] == tree
    assert () == theme.problems
    assert {f"assets/{path}" for path in fonts} == {p for n, p in theme.addresses.items() if n.startswith("fonts/")}
    assert "(min-width:992px)" in sheets["style.css"] and "60em" not in sheets["style.css"]
    assert not any("custom-media" in text or "(--" in re.sub(r"var\(--", "", text) for text in sheets.values())
    assert "resolved" not in (ROOT / "themes/quebec/package-lock.json").read_text(encoding="utf-8")


# ------------------------------------------------------------------- what is joined

PLAIN = {
    "themes/a/theme.yaml": "parent: default\njoin:\n  style.css: [css/a.css, css/b.css]\n  a.js: [b.js, a.js]\n",
    "themes/a/assets/css/a.css": "a { b: c }\n",
    "themes/a/assets/css/b.css": 'b { c: url("../d.svg") }\n',
    "themes/a/assets/d.svg": "<svg/>",
    "themes/a/assets/a.js": "a()\n",
    "themes/a/assets/b.js": "b()\n",
    "themes/ville/theme.yaml": "parent: a\n",
}


@pytest.mark.parametrize(
    ("files", "sheet", "script"),
    [
        ({}, ["a{b:c}", "b{c:d}"], ["b()", "a()"]),
        ({"assets/css/b.css": "b { e: f }", "assets/b.js": "c()"}, ["a{b:c}", "b{e:f}"], ["c()", "a()"]),
        ({"assets/style.css": "g { h: i }", "assets/a.js": "d()"}, ["g{h:i}"], ["b()", "d()"]),
        ({"theme.yaml": "parent: a\njoin: {style.css: [css/b.css], a.js: [b.js]}"}, ["b{c:d}"], ["b()"]),
        (
            {"theme.yaml": "parent: a\njoin: {style.css: [style.css, css/e.css]}", "assets/css/e.css": "e { f: g }"},
            ["a{b:c}", "b{c:d}", "e{f:g}"],
            ["b()", "a()"],
        ),
        (
            {
                "theme.yaml": "parent: a\njoin: {style.css: [css/e.css, style.css]}",
                "assets/css/e.css": "e { f: g }",
                "assets/style.css": "g { h: i }",
            },
            ["e{f:g}", "g{h:i}"],
            ["b()", "a()"],
        ),
    ],
    ids=["inherited", "a part", "the whole", "another list", "a longer list", "a list and a file"],
)
def test_what_is_joined_is_inherited(portal, files: dict[str, str], sheet: list[str], script: list[str]) -> None:
    """
    A theme takes its parent's joined files as they are, or changes a part, the whole or the list; no part is alone.
    """
    small: SmallPortal = portal(PLAIN | {f"themes/ville/{path}": text for path, text in files.items()})
    theme = read_theme(small.folder, "ville", Place("portal.yaml"))
    written = re.sub(r"url\(\"d\.\w+\.svg\"\)", "d", theme.published["style.css"].decode())

    assert () == theme.problems
    assert (sheet, script) == (written.splitlines(), theme.published["a.js"].decode().splitlines())
    assert not theme.published.keys() & {part for name, parts in theme.joins.items() for part in parts if part != name}


def test_own_colours_are_joined_after_the_parents(portal) -> None:
    """
    A list below `theme.css` adds up as the file does, and a colour is told in the file and on the line of its own.
    """
    small: SmallPortal = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/a/theme.yaml": "parent: default\n",
            "themes/a/assets/theme.css": "a { b: c }\n",
            "themes/ville/theme.yaml": "parent: a\njoin: {theme.css: [css/colours.css, css/badge.css]}\n",
            "themes/ville/assets/css/colours.css": "\n:root { --visited: #d8b4fe }\n",
            "themes/ville/assets/css/badge.css": "d { e: f }\n",
        }
    )
    theme = read_theme(small.folder, "ville", Place("portal.yaml"))

    assert ["a{b:c}", ":root{--visited:#d8b4fe}", "d{e:f}"] == theme.published["theme.css"].decode().splitlines()
    assert {("low-contrast", "themes/ville/assets/css/colours.css:2:1")} == {
        (item.code, str(item.place)) for item in small.check().diagnostics
    }


def test_each_part_of_the_default_theme_is_joined() -> None:
    """
    No file of the default theme's sheet is left out, and pages load one sheet.
    """
    theme = read_theme(ROOT, "default", Place("portal.yaml"))

    assert {name for name in theme.assets if name.startswith("css/")} == set(theme.joins["style.css"])
    assert {"style.css", "styleguide.css"} == {name for name in theme.published if name.endswith(".css")}


def test_a_file_of_npms_may_only_be_joined(portal) -> None:
    """
    A list names a file that npm installed by its path: it is joined, its licence published; a missing one is told.
    """
    lines = "join:\n  own.js:\n    - node_modules/a/lib/b.js\n    - node_modules/a/lib/c.js\n"
    small: SmallPortal = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/ville/theme.yaml": f"parent: default\n{lines}",
            "themes/ville/node_modules/a/LICENSE": "MIT",
            "themes/ville/node_modules/a/lib/b.js": "b()\n",
        }
    )
    theme = read_theme(small.folder, "ville", Place("portal.yaml"))

    assert (b"b()", b"MIT") == (theme.published["own.js"], theme.published["licenses/a.txt"])
    assert [] == [name for name in theme.published if name.startswith("node_modules/")]
    assert [("missing-script", "themes/ville/theme.yaml:5:7")] == [(i.code, str(i.place)) for i in theme.problems]


# ------------------------------------------------------------------- what templates are given


def test_templates_are_given_what_is_documented(portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Each template that is filled gets one value of the class that the documentation names, and no other.
    """
    given: dict[str, set[tuple[str, type]]] = {}
    render = Template.render

    def spy(template: Template, **values: object) -> str:
        given.setdefault(str(template.name), set()).update((name, type(value)) for name, value in values.items())
        return render(template, **values)

    monkeypatch.setattr(Template, "render", spy)
    small: SmallPortal = portal(
        {
            "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\nstyleguide: true\ndashboards: [use]\n",
            "datasets/catalog.yaml": MINIMAL["datasets/catalog.yaml"] + SERVICE,
            "datasets/b/dataset.yaml": DATASET,
            "datasets/b/b.csv": "nom,nombre\nérable,3\nchêne,4\n",
            "content/aide.md": "---\ntitle: Aide\n---\nBonjour.\n",
            "content/news/a.md": "---\ntitle: A\ndate: 2025-01-01\n---\nBonjour.\n",
        }
    )
    small.build()

    assert {name: {pair} for name, pair in TEMPLATES.items()} == given


SERVICE = """\
service:
  - {id: geo, title: {fr: Carte, en: Map}, endpointURL: "https://exemple.org/geo", servesDataset: [b]}
"""
DATASET = """\
title: {fr: B, en: B}
description: {fr: B., en: B.}
publisher: ville
theme: [transport]
license: cc-by-4.0
formerly: [a]
distribution:
  - {id: csv, file: b.csv}
"""


def test_every_template_and_field_is_documented() -> None:
    """
    The page on templates has each file, and each field that a template asks of what it is given.
    """
    text = document()
    asked = {
        name: {
            node.attr
            for node in Environment().parse((folder() / name).read_text(encoding="utf-8")).find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name == variable
        }
        for name, (variable, _kind) in TEMPLATES.items()
    }
    fields = {name: {item.name for item in dataclasses.fields(kind)} for name, (_v, kind) in TEMPLATES.items()}

    assert [] == [name for name in template_names() if f"| `{name}` |" not in text]
    assert {} == {name: left for name in asked if (left := asked[name] - fields[name])}
    assert [] == [item.name for item in dataclasses.fields(frame.Chrome) if f"| `{item.name}` |" not in text]


def test_every_global_is_documented(portal) -> None:
    """
    The names that every template knows are those of the page on templates.
    """

    site = read_portal(portal().folder).site
    own = set(environment_of(site, "fr").globals) - set(Environment().globals)

    assert {key.partition("(")[0] for key in GLOBALS} == own


def test_the_style_guide_is_there_when_asked_for(portal) -> None:
    """
    The style guide is a page in each language for portals that ask for it, and its colours are those of the theme.
    """
    asked: SmallPortal = portal(
        {"portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\nstyleguide: true\n"}
    )
    files = asked.build()
    page = files["style/index.html"].decode()
    sheet = next(text.decode() for path, text in files.items() if path.startswith("assets/styleguide."))

    assert "en/style/index.html" in files and "style/index.html" not in portal(name="plain").build()
    assert set(re.findall(r"tone-([\w-]+)", page)) == set(re.findall(r"\.tone-([\w-]+)\{", sheet)) >= {"accent", "band"}
    assert '<meta name="robots" content="noindex">' in page
    assert b"/style/" not in files["sitemap.xml"]


def test_a_sheet_that_is_no_text_is_told_where_it_ceases_to_be(portal):
    """
    A sheet or a script that is not in UTF-8 is an error at its first wrong byte.
    """
    small = portal(
        {
            "portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\ntheme: ville\n",
            "themes/ville/theme.yaml": "parent: default\n",
            "themes/ville/assets/theme.css": b"a { }\nb\xe9 { }\n",
            "themes/ville/assets/plus.js": b"\xff",
        }
    )

    assert ["themes/ville/assets/plus.js:1:1", "themes/ville/assets/theme.css:2:2"] == [
        str(item.place) for item in sort_diagnostics(small.check().diagnostics)
    ]


def test_the_licence_of_what_npm_brought_is_published_beside_it(portal) -> None:
    """
    Each package whose scripts or fonts a site serves has its licence there too, a file a package.
    """
    site = portal({}).build()
    texts = {re.sub(r"\.[0-9a-f]{10}\.", ".", path): text for path, text in site.items() if "/licenses/" in path}

    assert sorted(texts) == [
        f"assets/licenses/{name}.txt"
        for name in ("fontsource-source-serif-4", "lunr", "orama-stemmers", "pako", "porter2")
    ]
    assert b"Oliver Nightingale" in texts["assets/licenses/lunr.txt"]
