"""What a theme's author is told of templates: made from the views' docstrings and the default theme's own files."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent

from generator.pages.views import (
    content,
    dashboards,
    dataset,
    follow,
    frame,
    harvest,
    home,
    lists,
    not_found,
    styleguide,
)
from generator.previews import views as previews
from generator.theme.files import PARENT, find_theme

MODULES = (content, dashboards, dataset, follow, frame, harvest, home, lists, not_found, previews, styleguide)

TEMPLATES: Mapping[str, tuple[str, type]] = {
    "home.html": ("page", home.HomeView),
    "list.html": ("page", lists.ListView),
    "terms.html": ("page", lists.TermsView),
    "dataset.html": ("page", dataset.DatasetView),
    "service.html": ("page", dataset.ServiceView),
    "content-list.html": ("page", content.ContentListView),
    "content.html": ("page", content.ContentView),
    "text.html": ("page", content.TextView),
    "dashboards.html": ("page", dashboards.DashboardsView),
    "dashboard.html": ("page", dashboards.DashboardView),
    "harvest.html": ("page", harvest.HarvestView),
    "follow.html": ("page", follow.FollowView),
    "styleguide.html": ("page", styleguide.StyleguideView),
    "not-found.html": ("page", not_found.NotFoundView),
    "moved.html": ("page", dataset.MovedView),
    "card.html": ("card", frame.Card),
    "preview.html": ("preview", previews.PreviewView),
}
"""Template to the name and the class of the one thing that it is given."""

GLOBALS = {
    "say(key, **values)": "the program’s or the theme’s words for a key of `site:` in the strings files",
    "scripted(words)": "words for a script: borrowed ones begin with U+2063, in the place of which it sets `lang`",
    "plurals(key)": "each plural form of a key with its words, in which a script puts the number",
    "date(text)": "an ISO date as the page’s language says it",
    "number(value)": "a number as the page’s language writes it",
    "size(bytes)": "a size in bytes, said",
    "asset(name)": "the address of an asset, which holds a digest of its content",
    "sheets": "the style sheets that every page loads, in their order",
    "policy": "the Content-Security-Policy, for the page’s `meta`",
    "linked(page)": "what the page says to search engines, as schema.org’s JSON-LD",
    "lang(words)": "a `lang` attribute for words in another language, with `dir` if they run the other way",
    "untranslated(code, …)": "what a page says when texts in these languages are not all in its own, else nothing",
    "in_language(words)": "“in French”, where the words are not in the page’s language, else nothing",
    "lang_of(code)": "the same for a language’s code; `lang_of(code, svg=true)` without `dir`, which SVG does not have",
    "first_day": "the first day of a month in a date, as the page’s language writes it",
    "direction": "which way the page’s language is written: `ltr` or `rtl`",
}

BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
COMMENT = re.compile(r"\A(?:\s*\{%[^%]*%\})*\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
MACRO = re.compile(r"(?:\{#-?\s*((?:(?!#\}).)*?)\s*-?#\}\s*)?\{%-?\s*macro\s+(\w+\(.*?\))\s*-?%\}", re.DOTALL)


@cache
def folder() -> Path:
    found = find_theme(Path(), PARENT)
    assert found is not None
    return found / "templates"


def template_names() -> list[str]:
    return sorted(file.relative_to(folder()).as_posix() for file in folder().rglob("*.html"))


def document() -> str:
    """The page `templates.md`."""
    return "\n\n".join(parts()) + "\n"


def parts() -> Iterator[str]:
    yield "# Templates"
    yield (
        "What a theme may replace, and what each template is given. How to make a theme: [in English](themes.en.md), "
        "[en français](themes.fr.md)."
    )
    yield (
        "<!-- Made by `vitrine schema --output docs --lang fr` from generator/pages/views/: do not edit it by hand. -->"
    )
    yield "## Files"
    yield "\n".join(["| template | blocks | given |", "| --- | --- | --- |", *map(file_row, template_names())])
    yield "## In every template"
    yield "\n".join(["| name | gives |", "| --- | --- |", *(f"| `{key}` | {said} |" for key, said in GLOBALS.items())])
    yield "## Macros"
    yield "Of `macros.html`, which `base.html` imports as `m`; a page’s blocks may call them."
    macros = MACRO.findall((folder() / "macros.html").read_text(encoding="utf-8"))
    rows = (f"| `m.{call}` | {' '.join(said.split())} |" for said, call in macros)
    yield "\n".join(["| macro | makes |", "| --- | --- |", *rows])
    yield "## What they are given"
    yield (
        "`Words` is a text that knows its `language`. Links are addresses that stay right wherever the page stands; "
        "what is said to be HTML is safe, and is not escaped again."
    )
    for kind in classes():
        yield from class_parts(kind)


def file_row(name: str) -> str:
    text = (folder() / name).read_text(encoding="utf-8")
    blocks = ", ".join(f"`{block}`" for block in dict.fromkeys(BLOCK.findall(text)))
    if name in TEMPLATES:
        variable, kind = TEMPLATES[name]
        given = f"`{variable}`: [{kind.__name__}](#{kind.__name__.lower()})"
    elif name == "base.html":
        given = "`page`: [View](#view), which all pages extend"
    elif name.startswith("blocks/"):
        given = "`page`: [HomeView](#homeview); a block of the home page"
    else:
        given = "nothing"
    return f"| `{name}` | {blocks} | {given} |"


def classes() -> list[type]:
    """Every class that a template may meet: those it is given, then those of their fields."""
    known = {name: kind for module in MODULES for name, kind in vars(module).items() if is_view(kind)}
    found: dict[type, None] = {frame.View: None, frame.Chrome: None}
    waiting = [kind for _name, kind in TEMPLATES.values()]
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found[kind] = None
        names = [name for item in dataclasses.fields(kind) for name in re.findall(r"\w+", str(item.type))]
        inside = vars(inspect.getmodule(kind))
        candidates = (inside.get(name, known.get(name)) for name in names)
        waiting += [item for item in candidates if isinstance(item, type) and is_view(item) and item not in found]
    return list(found)


def is_view(kind: object) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


def class_parts(kind: type) -> Iterator[str]:
    yield f"### {kind.__name__}"
    parents = [parent for parent in kind.__bases__ if dataclasses.is_dataclass(parent)]
    said = inspect.getdoc(kind) or ""
    yield said if not said.startswith(f"{kind.__name__}(") else "—"
    if parents:
        yield f"All that [{parents[0].__name__}](#{parents[0].__name__.lower()}) has, and:"
    own = inspect.get_annotations(kind)
    told = field_notes(kind)
    rows = (
        f"| `{name}` | `{str(type_).replace('|', chr(92) + '|')}` | {told.get(name, '')} |"
        for name, type_ in own.items()
    )
    yield "\n".join(["| field | type | |", "| --- | --- | --- |", *rows])


def field_notes(kind: type) -> Mapping[str, str]:
    """The docstrings that follow a class's fields."""
    body = ast.parse(dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        before.target.id: " ".join(after.value.value.split())
        for before, after in zip(body.body, body.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign)
        and isinstance(before.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }
