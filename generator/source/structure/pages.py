"""Markdown files as pages, of one language or several."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from collections.abc import Sequence as Items
from dataclasses import replace
from typing import Any

from generator import model
from generator.model.conditions import meets
from generator.model.diagnostics import Place, closest
from generator.model.pages import first_day
from generator.source.files import PageFile, Source
from generator.source.pictures import HEAD, MOST_PIXELS, picture_size
from generator.source.ranges.context import Context
from generator.source.structure.objects import read_object, shape_of
from generator.source.structure.records import Mention, RecordReader
from generator.source.structure.registers import structure_register
from generator.source.structure.types import Types
from generator.standards import Property, properties

Pages = tuple[list[model.Page], list[Mention]]


def structure_pages(source: Source, portal: model.Portal, types: Types, context: Context) -> Pages:
    """
    Markdown files as pages: `about.md` and `about.en.md` are one page in two languages. A file in the folder of a
    content type is a record of it; the rows of registers are records too.
    """
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
    mentions: list[Mention] = []
    readers = {name: RecordReader(item, portal.languages, context, mentions) for name, item in types.items()}
    pages = []
    for path, files in sorted(groups.items()):
        page = structure_page(path, files, portal, reader_of_path(path, readers), context)
        if page is not None:
            pages.append(replace(page, path=types[path].path.rstrip("/")) if path in types else page)
    for reader in readers.values():
        if reader.type.is_register:
            pages.extend(structure_register(reader, source))
    check_pictures(pages, types, source, context)
    return pages, mentions


def check_pictures(pages: Items[model.Page], types: Types, source: Source, context: Context) -> None:
    """A file that a record names stands beside it; a picture is one, and not too large to be drawn."""
    known = set(source.content_files)
    for page in pages:
        fields = [item for item in types[page.type].fields if item.range in ("file", "picture")] if page.type else ()
        for item in fields:
            folder = posixpath.dirname(page.origin.path)
            for name in page.values.get(item.name, ()) if item.many else [page.values.get(item.name)]:
                if name and f"{folder}/{name}" not in known:
                    beside = [posixpath.basename(path) for path in known if posixpath.dirname(path) == folder]
                    place = page.origin[item.name]
                    context.report(
                        place, "missing-picture", value=name, folder=folder, suggestion=closest(name, beside)
                    )
                elif name and item.range == "picture":
                    check_picture(source, f"{folder}/{name}", page.origin[item.name], context)


def check_picture(source: Source, path: str, place: Place, context: Context) -> None:
    size = picture_size(source.read_head(path, HEAD))
    name = posixpath.basename(path)
    if size is None:
        context.report(place, "not-a-picture", value=name)
    elif size[0] * size[1] > MOST_PIXELS:
        megapixels, most = size[0] * size[1] // 1_000_000, MOST_PIXELS // 1_000_000
        context.report(place, "huge-picture", value=name, count=megapixels, limit=most)


def reader_of_path(path: str, readers: Mapping[str, RecordReader]) -> RecordReader | None:
    """How the page at a path is read, if it is in the folder of a content type that has pages."""
    folder, inside, _ = path.partition("/")
    reader = readers.get(folder) if inside else None
    return reader if reader and not reader.type.is_register else None


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


def structure_page(
    path: str,
    files: Mapping[str, PageFile],
    portal: model.Portal,
    reader: RecordReader | None,
    context: Context,
) -> model.Page | None:
    """
    One page of all its languages; each file's front matter speaks its own language. None for one that is withheld.
    """
    what = reader.shape if reader else shape_of("Page")
    parts: dict[str, tuple[model.Origin, dict[str, Any]]] = {}
    usual = context.default_language
    for language in (language for language in portal.languages if language in files):
        file = files[language]
        context.default_language = language
        if file.front is None:
            context.report(Place(file.path, 1, 1), "missing-property", property="title", kind="Page")
        shape = reader.translation if reader and parts else what
        parts[language] = read_object(shape, file.front, context, Place(file.path, 1, 1), {})
    context.default_language = usual
    said = [values for _, values in parts.values()]
    origin = next(iter(parts.values()))[0]
    values = {name: found for name, row in what.rows.items() if (found := merge(row, said)) is not None}
    known = {row.attribute for row in properties()["Page"].values()}
    first = said[0]
    page = model.Page(
        origin=origin,
        path=path,
        **{name: value for name, value in values.items() if name in known},
        body={language: files[language].body for language in parts},
        sources={language: files[language].path for language in parts},
        lines={language: files[language].line for language in parts},
        releases={language: release(part, first) for language, (_, part) in parts.items()},
    )
    if reader is None:
        if page.withdrawn:
            context.report(origin["withdrawn"], "unknown-property", value="withdrawn", kind="Page", suggestion="")
        return page
    reader.check(values, origin.of)
    if reader.type.withheld and meets(reader.type.withheld, values.get, context.day):
        return None
    own = f"{reader.type.path}{path.partition('/')[2]}"
    return replace(page, path=own, type=reader.type.id, values=reader.published(values))


def release(part: Mapping[str, Any], first: Mapping[str, Any]) -> model.Release:
    """When a page may be published in a language: when its first language's file and its own say so."""
    dates = (part.get("date", ""), first.get("date", ""))
    return model.Release(part.get("draft", False) or first.get("draft", False), max(*dates, key=first_day))


def merge(row: Property, parts: Items[Mapping[str, Any]]) -> Any:
    """A key of a page's files: a text's languages together, else what the first file that has it says."""
    values = [part[row.attribute] for part in parts if row.attribute in part]
    if values and row.range in ("text", "markdown"):
        return {code: text for value in values for code, text in value.items()}
    return next((value for value in values if value), values[0] if values else None)
