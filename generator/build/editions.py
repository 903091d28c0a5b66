"""What of a portal is to be published on a day: drafts, and pages dated after it, wait."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from generator.build.day import EPOCH as EPOCH
from generator.build.day import today as today
from generator.model import Catalog, ContentType, Page, Release, Text, Written
from generator.model.diagnostics import Diagnostic
from generator.rules.prose import find_prose
from generator.site.addresses import EXTERNAL, resolve
from generator.standards import PROSE, properties
from generator.text.markdown import find_links

Model = TypeVar("Model", bound=Written)

Types = Mapping[str, ContentType]

TEXTS = ("text", *PROSE)


class Edition(NamedTuple):
    """Which edition of a portal is made: that of a day (ISO 8601), with what waits or without it."""

    day: str
    drafts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """
    What is not to be published yet: the file that says so, when it may be, and the page's or dataset's `path` in the
    site, in a language or in all of them.
    """

    source: str
    path: str
    release: Release
    language: str = ""


def find_waiting(catalog: Catalog, day: str) -> tuple[Waiting, ...]:
    """All that waits on a day, by file."""
    found = [
        Waiting(source=dataset.origin.path, path=f"dataset/{key}", release=Release(draft=True))
        for key, dataset in catalog.datasets.items()
        if dataset.draft
    ]
    for page in catalog.pages:
        for language, release in page.releases.items():
            if release.waits(day):
                source = page.sources[language]
                found.append(Waiting(source=source, path=page.path, release=release, language=language))
    return tuple(sorted(found, key=lambda item: item.source))


def hold_back(catalog: Catalog, waiting: Collection[Waiting]) -> Catalog:
    """The catalogue without what waits, without a word of it anywhere else, and without the files that are its own."""
    if not waiting:
        return catalog
    drafts = {item.path.removeprefix("dataset/") for item in waiting if not item.language}
    languages = {(item.path, item.language) for item in waiting if item.language}
    pages = [kept for page in catalog.pages if (kept := in_languages(page, catalog.types, languages))]
    datasets = {
        key: replace(
            without_references(dataset, drafts),
            named_by={name: tuple(id for id in ids if id not in drafts) for name, ids in dataset.named_by.items()},
        )
        for key, dataset in catalog.datasets.items()
        if key not in drafts
    }
    public = replace(
        catalog,
        datasets=datasets,
        pages=tuple(without_datasets(page, catalog.types, drafts) for page in pages),
        portal=without_references(catalog.portal, drafts),
        service=tuple(without_references(service, drafts) for service in catalog.service),
        usage={key: count for key, count in catalog.usage.items() if key not in drafts},
    )
    held = held_pages(catalog, public)
    own = files_of((page for page in catalog.pages if page.path in held), catalog)
    own |= {file for file in catalog.files if file.startswith(folders_of(catalog, held))}
    own -= files_of(public.pages, public)
    return replace(public, files=tuple(file for file in catalog.files if file not in own))


def in_languages(page: Page, types: Types, waiting: Collection[tuple[str, str]]) -> Page | None:
    """A page in the languages that do not wait; None where none is left."""
    left = {language for language in page.sources if (page.path, language) not in waiting}
    if left == page.sources.keys():
        return page
    if not left:
        return None
    gone = page.sources.keys() - left

    def spoken(text: Text) -> Text:
        return {language: words for language, words in text.items() if language not in gone}

    rows = [row.attribute for row in properties()["Page"].values() if row.range in TEXTS]
    texts: dict[str, Any] = {name: spoken(getattr(page, name)) for name in (*rows, "body", "sources")}
    values = {
        name: spoken(value) if types[page.type].by_name[name].range in TEXTS else value
        for name, value in page.values.items()
    }
    return replace(page, values=values, **texts)


def without_datasets(page: Page, types: Types, gone: Collection[str]) -> Page:
    """A record that names none of the datasets that are not published."""
    named = [item for item in types[page.type].fields if item.range == "dataset"] if page.type else ()
    changed: dict[str, Any] = {}
    for item in named:
        value = page.values.get(item.name)
        if isinstance(value, tuple) and any(id in gone for id in value):
            changed[item.name] = tuple(id for id in value if id not in gone)
        elif value in gone:
            changed[item.name] = ""
    return replace(page, values={**page.values, **changed}) if changed else page


def without_references(item: Model, drafts: Collection[str]) -> Model:
    """An object that names none of the drafts."""
    changed: dict[str, Any] = {}
    for row in properties()[type(item).__name__].values():
        if row.range != "ref:datasets":
            continue
        named = row.listed(getattr(item, row.attribute))
        kept = tuple(id for id in named if id not in drafts)
        if kept != named:
            changed[row.attribute] = kept if row.many else ""
    return replace(item, **changed) if changed else item


def held_pages(catalog: Catalog, public: Catalog) -> frozenset[str]:
    """The paths at which nothing is published, since the page waits; lists of a content type are there without it."""
    left = {page.path for page in public.pages}
    used = {page.type for page in public.pages}
    lists = {declared.path.rstrip("/") for name, declared in catalog.types.items() if name in used}
    return frozenset(page.path for page in catalog.pages) - left - lists


def folders_of(catalog: Catalog, held: Collection[str]) -> tuple[str, ...]:
    """The folders of which the own page (`index.md`) waits, each with a slash at its end."""
    sources = [page.source for page in catalog.pages if page.path in held and page.path]
    return tuple(
        f"{posixpath.dirname(source)}/" for source in sources if posixpath.basename(source).startswith("index.")
    )


def files_of(pages: Iterable[Page], catalog: Catalog) -> set[str]:
    """The files of `content/` that some pages, or what a catalogue has beside pages, show or lead to."""
    shown = replace(catalog, pages=list(pages))
    targets = {target for prose in find_prose(shown) for target in file_targets(prose.words, prose.folder)}
    targets |= {resolve(name, page.folder) for page in shown.pages for name in files_named(page, catalog.types)}
    portal = catalog.portal
    return {f"content/{target}" for target in targets} | {portal.backdrop, portal.logo.file if portal.logo else ""}


def files_named(page: Page, types: Types) -> Iterator[str]:
    """The files beside a record that its fields name."""
    for item in types[page.type].fields if page.type else ():
        if item.range in ("file", "picture") and (value := page.values.get(item.name)):
            yield from value if item.many else (value,)


def file_targets(words: str, folder: str) -> Iterator[str]:
    for _line, _column, target in find_links(words):
        if not EXTERNAL.match(target):
            yield resolve(target, folder)


def drop_waiting(diagnostics: Iterable[Diagnostic], catalog: Catalog, waiting: Iterable[Waiting]) -> list[Diagnostic]:
    """Diagnostics without those of files that wait, which may be unfinished."""
    sources = {item.source for item in waiting}
    held = [dataset for dataset in catalog.datasets.values() if dataset.origin.path in sources and dataset.folder]
    folders = tuple(f"{dataset.folder}/" for dataset in held)
    return [
        item
        for item in diagnostics
        if item.place.path not in sources and not (folders and item.place.path.startswith(folders))
    ]
