"""Markdown files as pages, of one language or several."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from collections.abc import Sequence as Items
from dataclasses import replace
from typing import Any

from generator import model
from generator.model.diagnostics import Place, closest
from generator.model.pages import first_day
from generator.source.files import PageFile, Source
from generator.source.ranges.context import Context
from generator.source.structure.objects import structure_object
from generator.standards import Property, properties


def structure_pages(source: Source, portal: model.Portal, context: Context) -> tuple[model.Page, ...]:
    """Markdown files as pages: `about.md` and `about.en.md` are one page in two languages."""
    groups: dict[str, dict[str, PageFile]] = {}
    for file in source.pages:
        path = page_address(file)
        language = file.language or portal.default_language
        if language not in portal.languages:
            choices = ", ".join(portal.languages)
            meant = next((code for code in portal.languages if language.casefold().startswith(code)), "")
            context.report(Place(file.path), "page-language", value=language, choices=choices, suggestion=meant)
            continue
        if twin := groups.setdefault(path, {}).get(language):
            context.report(Place(file.path), "duplicate-page", value=path, first=twin.path)
        else:
            groups[path][language] = file
    pages = tuple(structure_page(path, files, portal, context) for path, files in sorted(groups.items()))
    check_pictures(pages, source, context)
    return pages


def check_pictures(pages: tuple[model.Page, ...], source: Source, context: Context) -> None:
    """A page's picture stands beside it."""
    known = set(source.content_files)
    for page in pages:
        if isinstance(page, model.Reuse) and page.picture:
            folder = posixpath.dirname(page.origin.path)
            if f"{folder}/{page.picture}" not in known:
                beside = [posixpath.basename(path) for path in known if posixpath.dirname(path) == folder]
                meant = closest(page.picture, beside)
                place = page.origin["picture"]
                context.report(place, "missing-picture", value=page.picture, folder=folder, suggestion=meant)


def page_class(path: str) -> type[model.Page]:
    """
    The content type of the page at an address: that of the folder it is in.

    >>> page_class("news/ouverture").__name__, page_class("news").__name__, page_class("about").__name__
    ('News', 'Page', 'Page')
    """
    folder, inside, _ = path.partition("/")
    return model.CONTENT_TYPES.get(folder, model.Page) if inside else model.Page


def page_address(file: PageFile) -> str:
    """
    The path under `content/` without suffix; `index.md` is its folder's own page.

    >>> page_address(PageFile(path="content/a/index.en.md", language="en", front=None, body="", line=0))
    'a'
    """
    path = (
        file.path.removeprefix("content/")
        .removesuffix(".md")
        .removesuffix(f".{file.language}" if file.language else "")
    )
    return path.removesuffix("index").removesuffix("/") if posixpath.basename(path) == "index" else path


def structure_page(path: str, files: Mapping[str, PageFile], portal: model.Portal, context: Context) -> model.Page:
    """One page of all its languages; each file's front matter speaks its own language."""
    kind = page_class(path)
    parts: dict[str, model.Page] = {}
    usual = context.default_language
    for language in (language for language in portal.languages if language in files):
        file = files[language]
        context.default_language = language
        if file.front is None:
            context.report(Place(file.path, 1, 1), "missing-property", property="title", kind=kind.__name__)
        parts[language] = structure_object(kind, file.front, context, Place(file.path, 1, 1))
    context.default_language = usual
    first = next(iter(parts.values()))
    return replace(
        first,
        path=path,
        **{row.attribute: merge(row, list(parts.values())) for row in properties()[kind.__name__].values()},
        body={language: files[language].body for language in parts},
        sources={language: files[language].path for language in parts},
        lines={language: files[language].line for language in parts},
        releases={language: release(part, first) for language, part in parts.items()},
    )


def release(part: model.Page, first: model.Page) -> model.Release:
    """When a page may be published in a language: when its first language's file and its own say so."""
    return model.Release(part.draft or first.draft, max(part.date, first.date, key=first_day))


def merge(row: Property, parts: Items[model.Page]) -> Any:
    """A key of a page's files: a text's languages together, else what the first file that has it says."""
    values = [getattr(part, row.attribute) for part in parts]
    if row.range in ("text", "markdown"):
        return {code: text for value in values for code, text in value.items()}
    return next((value for value in values if value), values[0])
