"""What a JKAN portal has beside its catalogue: its title, logo, menu and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml.comments import CommentedMap

from generator.authoring.report import Report
from generator.authoring.yaml_style import dumped, quoted, round_trip
from generator.importers.catalogs import Draft
from generator.importers.distributions import shorten
from generator.importers.html import to_line, to_markdown
from generator.importers.jkan.records import Record, is_draft, listed_words, map_of, read_front_matter
from generator.importers.links import OldPortal
from generator.importers.records import Fields, Reasons, said
from generator.source.guard import files_inside, is_inside
from generator.standards.yaml_loader import SAFE
from generator.text.slugs import slugify
from generator.theme.colors import contrast, mend

LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
PICTURES = (".svg", ".png", ".webp", ".jpg", ".jpeg")
COLLECTIONS = {"datasets": "dataset", "organizations": "publisher", "categories": "theme"}
NO_PAGES = ("readme", "index", "404", "license", "contributing")
LARGEST = 5_000_000
LEGIBLE = 5.5
"""What WCAG 2.2 (1.4.3) asks of text, and what tints of the colour take from it."""


@cache
def reasons() -> Reasons:
    """Key to why it is left out."""
    text = (Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=SAFE)
    return {key: f"left-out.{reason}" for reason, keys in table.items() for key in keys}


def old_path(config: Mapping[str, Any], collection: str, default: str, path: str) -> str:
    """Where the old portal showed a file of a collection, as `_config.yml` says."""
    settings = map_of(map_of(config.get("collections")).get(collection))
    pattern = said(settings.get("permalink")) or f"/{default}/:path/"
    return re.sub(r":(?:path|name|title|slug)", lambda _: path, pattern)


def read_config(source: Path, config: Mapping[str, Any], draft: Draft) -> None:
    """The portal's own name, description, logo and menu."""
    fields = Fields(config, draft.report, "", reasons(), "_config.")
    draft.title = fields.take("catalog.title", "title", read=lambda value: to_line(said(value))) or ""
    draft.description = (
        fields.take("catalog.description", "description", "greeting", read=lambda value: to_markdown(said(value))) or ""
    )
    if path := logo_of(source, said(config.get("logo")), draft):
        draft.portal["logo"] = {"file": path}
        fields.took("logo", "portal.logo")
    if colors := colors_of(said(config.get("jkan_theme"))):
        draft.portal["colors"] = colors
        fields.took("jkan_theme", "portal.colors")
    for key in ("url", "lang", "locale", "language"):
        fields.took(key, "portal")
    fields.read.add("navigation")
    fields.rest()


@cache
def theme_colors() -> Mapping[str, Mapping[str, str]]:
    """The colours of the themes that a JKAN portal may name."""
    table = yaml.load((Path(__file__).parent / "colors.yaml").read_text(encoding="utf-8"), Loader=SAFE)
    return dict(table)


def colors_of(theme: str) -> dict[str, str]:
    """
    The colours of a theme, dark enough to be read on white and to have white read on them.

    >>> colors_of("Sandstone "), colors_of("minty"), colors_of("Default")
    ({'accent': '#325d88', 'band': '#3e3f3a'}, {'accent': '#467164', 'band': '#467164'}, {})
    """
    colors = theme_colors().get(theme.strip().casefold(), {})
    return {name: mend(color, lambda found: contrast(found, "#ffffff") >= LEGIBLE) for name, color in colors.items()}


def logo_of(source: Path, written: str, draft: Draft) -> str:
    """The portal's logo, brought along where its file is in the repository."""
    file = source / written.lstrip("/")
    if (
        not written
        or not is_inside(source, written.lstrip("/"))
        or file.suffix.lower() not in PICTURES
        or file.stat().st_size > LARGEST
    ):
        return ""
    path = f"content/images/logo{file.suffix.lower()}"
    draft.files[path] = file.read_bytes()
    return path


def read_menu(config: Mapping[str, Any], draft: Draft) -> None:
    """The entries of the old menu that lead to something here."""
    pages = {f"/{path.removeprefix('content/').removesuffix('.md')}/" for path in draft.files if path.endswith(".md")}
    entries = []
    for item in listed_words(config.get("navigation")):
        entry = map_of(item)
        title, target = to_line(said(entry.get("title"))), said(entry.get("url"))
        path = f"/{target.strip('/')}/" if not re.match(r"[a-z]+:", target) else target
        ours = f"/{COLLECTIONS[target.strip('/')]}/" if target.strip("/") in COLLECTIONS else path
        if title and (ours in pages or ours.split("/")[1] in COLLECTIONS.values() or ours.startswith("https://")):
            entries.append({"title": draft.speech.say({"": title}), "url": ours})
            draft.report.took("_config.navigation", "portal.menu", title)
        else:
            draft.report.tell("left-out.menu", "", f"_config.navigation: {title} {target}".strip())
    if entries:
        draft.portal["menu"] = entries


def name_pages(source: Path, draft: Draft) -> None:
    """Where each page was and will be, so that links to it are known before texts are read."""
    for file, path in site_files(source):
        matter = read_front_matter(file, path, Report()) if is_page(file) else None
        if matter and not is_draft(matter[0]):
            draft.redirects.add(old_page(path, matter[0]), f"/{page_name(path, matter[0])}/")


def is_page(file: Path) -> bool:
    return file.suffix.lower() in (".md", ".markdown") and file.stem.casefold() not in NO_PAGES


def old_page(path: str, values: Mapping[str, Any]) -> str:
    return said(values.get("permalink")) or f"/{path.rpartition('.')[0].removeprefix('_pages/')}/"


def page_name(path: str, values: Mapping[str, Any]) -> str:
    steps = old_page(path, values).removesuffix(".html").strip("/").split("/")
    return "/".join(slugify(step) for step in steps)


def read_pages(source: Path, draft: Draft, portal: OldPortal) -> None:
    """The Markdown pages, with their links into the old portal rewritten; the rest of the old site is told."""
    for file, path in site_files(source):
        if not is_page(file):
            draft.report.tell("left-out.appearance", "", path)
            continue
        matter = read_front_matter(file, path, draft.report)
        if matter is None:
            continue
        values, body = matter
        if is_draft(values):
            draft.report.tell("left-out.dataset-state", path, "draft")
            continue
        fields = Fields(values, draft.report, "", reasons(), f"{path}: ")
        title = fields.take("page.title", "title", read=lambda value: to_line(said(value))) or file.stem
        name = page_name(path, values)
        described = fields.take("page.description", "description", read=lambda value: to_line(said(value)))
        front = {"title": title, "description": described}
        fields.rest()
        draft.files[f"content/{name}.md"] = page(front, portal.read(without_liquid(body, draft, path), ""))


def page(front: Mapping[str, Any], body: str) -> bytes:
    """A page of ours: front matter and Markdown."""
    bare = {key: value if key == "date" else quoted(value) for key, value in front.items() if value}
    document = CommentedMap(bare)
    separated = f"\n{body}\n" if body else ""
    return f"---\n{dumped(round_trip(), document)}---\n{separated}".encode()


def without_liquid(text: str, draft: Draft, subject: str) -> str:
    """Text without what only Jekyll understands, which is told."""
    for mark in LIQUID.findall(text):
        draft.report.tell("left-out.liquid", "", f"{subject}: {' '.join(mark.split())}")
    return LIQUID.sub("", text)


def site_files(source: Path) -> Iterator[tuple[Path, str]]:
    """The files of the old site that are neither catalogue nor tools, in order."""
    for path in files_inside(source)[0]:
        file = source / path
        parts = path.split("/")
        catalogue = parts[0] in ("_datasets", "_organizations", "_dataset_categories", "_data", "_applications")
        hidden = any(part.startswith(".") or part in ("node_modules", "vendor", "_site") for part in parts)
        shown = len(parts) > 1 or file.suffix.lower() in (".md", ".markdown", ".html")
        if not file.is_symlink() and not catalogue and not hidden and shown:
            yield file, path


def read_reuses(records: list[Record], draft: Draft) -> None:
    """What was made with the data, where the portal kept it (`_applications`)."""
    keys = {"app_name": "title", "app_description": "description"}
    for record in records:
        fields = Fields(record.values, draft.report, "", reasons(), "_applications.")
        own: dict[str, str] = {}
        other: dict[str, str] = {}
        for key, ours in keys.items():
            own[ours] = fields.take(f"reuse.{ours}", key, read=lambda value: to_line(said(value))) or ""
            other[ours] = fields.take(f"reuse.{ours}", f"{key}_english", read=lambda value: to_line(said(value))) or ""
        facts = {
            "author": fields.take("reuse.author", "developed_by", read=lambda value: to_line(said(value))),
            "url": fields.take("reuse.url", "app_url", read=lambda value: said(value) if "://" in said(value) else ""),
            "date": fields.take("reuse.date", "submitted", "date_issued", read=page_day),
        }
        fields.rest()
        name = shorten(slugify(own["title"] or record.stem))
        draft.files[f"content/reuses/{name}.md"] = page({**own, **facts}, "")
        if other["title"] and "en" in draft.languages and draft.speech.default != "en":
            draft.files[f"content/reuses/{name}.en.md"] = page({**other, **facts}, "")


def page_day(value: Any) -> str:
    match = re.fullmatch(r"(\d{4})[-/](\d\d)[-/](\d\d)", said(value))
    return "-".join(match.groups()) if match else ""
