"""A portal's folder that stands alone: what surrounds a catalogue, and the catalogue that a new portal begins with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import DISTRIBUTION, __version__
from generator.authoring.folder import BUILT, IGNORE
from generator.authoring.transaction import write_whole
from generator.authoring.yaml_style import render
from generator.source.folders import CATALOG, PORTAL, PUBLISHERS
from generator.text.languages import Text
from generator.text.slugs import slugify
from generator.text.strings import LANGUAGES, spoken, strings

TEXTS = Path(__file__).parent / "frame"
"""The texts that a portal begins with, by language; `[[name]]` stands for what is the portal's own."""

OF_LANGUAGES = ("about", "licence", "contact")
"""The pages, by the names of their texts."""

HOME = ("search", "figures", "themes", "featured", "latest", "news", "reuses", "publishers", "catalogs", "actions")
"""The blocks of the home page: what there is first, what the public can do last."""

PLACEHOLDER = "https://example.org/"
PLACE = re.compile(r"\[\[(\w+)\]\]")


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a portal is begun from. A text that lacks one of the languages is shown in another."""

    languages: Sequence[str]
    title: Text
    publisher: Text
    base_url: str = PLACEHOLDER
    email: str = ""
    license: str = ""

    @property
    def main(self) -> str:
        """The language of what is written once, such as the README."""
        return spoken(self.languages[0])

    def say(self, text: Text, language: str) -> str:
        return text.get(language) or next(iter(text.values()), "")


def words_in(key: str, languages: Iterable[str]) -> Text:
    """A text of the program in those of some languages that it speaks, in English where it speaks none."""
    known = [language for language in languages if language in LANGUAGES] or ["en"]
    return {language: strings(language)[key] for language in known}


def plain(text: Text, languages: Sequence[str]) -> str | Text:
    """A text as a file has it: without its language where the portal has but that one."""
    return text[languages[0]] if list(text) == list(languages) and len(text) == 1 else text


def fill_in(name: str, values: Mapping[str, str]) -> str:
    text = (TEXTS / name).read_text(encoding="utf-8")
    return PLACE.sub(lambda match: values[match[1]], text)


# ------------------------------------------------------------------- around a catalogue


def page_name(name: str, languages: Sequence[str]) -> str:
    """What a page's file, and so its address, is called, in the portal's main language."""
    return strings(spoken(languages[0]))[f"frame.pages.{name}.name"]


def portal_links(languages: Sequence[str]) -> dict[str, Any]:
    """The entries of portal.yaml that lead to the pages of the frame, and to the lists beside them."""

    def entry(key: str, url: str) -> dict[str, Any]:
        return {"title": plain(words_in(key, languages), languages), "url": url}

    pages = {name: f"/{page_name(name, languages)}/" for name in OF_LANGUAGES}
    lists = [entry(f"site.terms.{kind}", f"/{kind}/") for kind in ("dataset", "theme", "publisher")]
    return {
        "menu": [*lists, entry("frame.pages.about.title", pages["about"])],
        "footer": [entry(f"frame.pages.{name}.title", pages[name]) for name in ("contact", "licence")],
        "home": list(HOME),
        "actions": [entry("frame.actions.request", pages["contact"])],
    }


def frame(beginning: Beginning) -> dict[str, str]:
    """What surrounds a catalogue, whatever it comes from: path to content."""
    values = {
        "title": beginning.say(beginning.title, beginning.main),
        "lang": beginning.main,
        "email": beginning.email,
        "links": strings(beginning.main)["frame.links"],
    }
    return {
        **dict(frame_pages(beginning)),
        **dict(request_forms(beginning.languages)),
        IGNORE: f"{BUILT}/.venv/\n",
        "requirements.txt": f"{DISTRIBUTION}[preview]=={__version__}\n",
        "README.md": fill_in(f"{beginning.main}/readme.md", values),
        ".github/workflows/portal.yaml": fill_in("github.yaml", values),
        ".github/workflows/links.yaml": fill_in("github-links.yaml", values),
        ".gitlab-ci.yml": fill_in("gitlab.yaml", values),
    }


def frame_pages(beginning: Beginning) -> Iterator[tuple[str, str]]:
    """The pages about, on licences and on whom to write to, in each language that the program speaks."""
    languages = beginning.languages
    known = [language for language in languages if language in LANGUAGES] or [languages[0]]
    for name in OF_LANGUAGES:
        for language in known:
            speech = spoken(language)
            reach = fill_in(f"{speech}/{'reach' if beginning.email else 'unreachable'}.md", {"email": beginning.email})
            publisher = as_words(beginning.say(beginning.publisher, language))
            text = fill_in(f"{speech}/{name}.md", {"publisher": publisher, "reach": reach.rstrip("\n")})
            suffix = "" if language == languages[0] else f".{language}"
            yield f"content/{page_name(name, languages)}{suffix}.md", localized(text, languages)


def request_forms(languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Forms to ask for data on GitHub or GitLab, in each language; `vitrine import requests` reads the answers."""
    for language in dict.fromkeys(spoken(language) for language in languages):
        name = strings(language)["frame.request-form"]
        yield f".github/ISSUE_TEMPLATE/{name}.yml", fill_in(f"{language}/request.yml", {})
        yield f".gitlab/issue_templates/{name}.md", fill_in(f"{language}/request.md", {})


def as_words(name: str) -> str:
    """
    A name in a Markdown page, of which no character is a mark.

    >>> as_words("Ville [d’Exemple](/x) <b>")
    'Ville \\\\[d’Exemple\\\\](/x) &lt;b>'
    """
    return re.sub(r"([\\`*_\[\]#|])", r"\\\1", name).replace("<", "&lt;")


def localized(text: str, languages: Sequence[str]) -> str:
    """A page's links to the pages of the frame, by the names that these have in the portal."""
    for name in OF_LANGUAGES:
        text = text.replace(f"](/{name}/)", f"](/{page_name(name, languages)}/)")
    return text


def write_missing(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files that a folder lacks; the paths of those that were written."""
    missing = [path for path in files if not os.path.lexists(root / path)]
    for path in missing:
        write_whole(root / path, files[path])
    return missing


# ------------------------------------------------------------------- a portal from nothing


def new_portal(beginning: Beginning) -> dict[str, str]:
    """A whole portal, to be built as it stands: path to content."""
    languages = beginning.languages
    publisher = slugify(beginning.say(beginning.publisher, languages[0]))
    contact = {"contactPoint": {"email": beginning.email}} if beginning.email else {}
    catalog = {
        "title": plain(beginning.title, languages),
        "description": plain(about_catalog(beginning), languages),
        "publisher": publisher,
        **({"license": beginning.license} if beginning.license else {}),
        **contact,
    }
    return {
        PORTAL: portal_file(beginning),
        CATALOG: render(catalog, "Catalog"),
        f"{PUBLISHERS}{publisher}.yaml": render({"name": plain(beginning.publisher, languages)}, "Agent"),
        **example(beginning, publisher),
        **frame(beginning),
    }


def about_catalog(beginning: Beginning) -> Text:
    said = words_in("frame.catalog", beginning.languages)
    return {
        language: text.format(publisher=beginning.say(beginning.publisher, language)) for language, text in said.items()
    }


def portal_file(beginning: Beginning) -> str:
    values = {
        "baseURL": beginning.base_url,
        "languages": list(beginning.languages),
        **portal_links(beginning.languages),
    }
    replaced = {"baseURL": strings(beginning.main)["import.placeholder.base-url"]}
    return render(values, "Portal", replaced if beginning.base_url == PLACEHOLDER else {})


def example(beginning: Beginning, publisher: str) -> dict[str, str]:
    """A first dataset with its data, which says that it is but an example."""
    languages = beginning.languages
    words = strings(beginning.main)
    data = fill_in(f"{beginning.main}/example.csv", {})
    month, loans, registrations = data.partition("\n")[0].split(",")

    def text(key: str) -> str | Text:
        return plain(words_in(f"frame.example.{key}", languages), languages)

    columns = [
        {"name": month, "type": "yearmonth", "title": text("month")},
        {"name": loans, "type": "integer", "title": text("loans")},
        {"name": registrations, "type": "integer", "title": text("registrations")},
    ]
    chart = {"kind": "line", "x": month, "y": [loans], "title": text("chart")}
    values = {
        "title": text("title"),
        "description": text("description"),
        "publisher": publisher,
        "theme": ["societe-culture"],
        "keyword": {code: [word] for code, word in words_in("frame.example.keyword", languages).items()},
        **({"license": beginning.license} if beginning.license else {}),
        "temporal": {"start": "2025-01", "end": "2025-12"},
        "distribution": [
            {"id": "csv", "title": text("file"), "file": f"{loans}.csv", "chart": chart, "columns": columns}
        ],
    }
    folder = f"datasets/{words['frame.example.name']}"
    return {
        f"{folder}/dataset.yaml": render(values, "Dataset", {"title": words["frame.example.comment"]}),
        f"{folder}/{loans}.csv": data,
    }
