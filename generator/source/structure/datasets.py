"""Datasets, with what their files and one another tell of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import normalize
from urllib.parse import urlsplit

from generator import model
from generator.model.diagnostics import Place, closest
from generator.source.changes import changes_of
from generator.source.files import Source, SourceDocument, is_whole_folder, name_of
from generator.source.folders import DATASET, DATASETS
from generator.source.ranges.context import Context
from generator.source.structure.documents import structure_document
from generator.standards import properties, vocabulary
from generator.text.slugs import is_slug, slugify


def file_id(path: str) -> str:
    """The permanent identifier that a file's or folder's name gives."""
    name = name_of(path)
    return name if is_slug(name) else slugify(name)


def check_file_id(path: str, context: Context) -> None:
    name, identifier = name_of(path), file_id(path)
    if name != identifier:
        context.report(Place(path), "bad-file-id", value=name, suggestion=identifier)


def structure_dataset(document: SourceDocument, source: Source, context: Context) -> model.Dataset:
    folder = posixpath.dirname(document.path) if is_whole_folder(document.path) else ""
    known = {"id": file_id(document.path), "folder": folder}
    dataset = structure_document(model.Dataset, document, source, context, refine_dataset, **known)
    files = [item for item in dataset.distribution if item.file]
    if files and not folder:
        tell_folder(files, f"{posixpath.dirname(document.path)}/{dataset.id}/{DATASET}", source, context)
    else:
        check_file_id(document.path, context)
    distributions = dataset.distribution
    if files:
        dated = document.path if dataset.modified else ""
        distributions = name_distributions(
            tuple(complete_file(item, dated, folder, source, context) for item in distributions)
        )
    recorded = source.modified(document.path)
    modified = max([dataset.modified, *(item.modified for item in distributions)])
    return replace(
        dataset,
        distribution=distributions,
        modified=modified or recorded,
        dated_by_record=not modified,
        record_modified=recorded,
        history=changes_of(source, document.path, {item.file for item in distributions}, dataset.formerly),
    )


def refine_dataset(dataset: model.Dataset) -> model.Dataset:
    """A dataset with what its description tells between the lines; ids that files give come once these are read."""
    # What is withdrawn is not to be had any more, whatever its file still says.
    items = tuple(map(with_format, dataset.distribution)) if dataset.offered else ()
    if not any(item.file for item in items):
        items = name_distributions(items)
    return replace(dataset, distribution=items, identifier=dataset.identifier or dataset.id)


def with_format(item: model.Distribution) -> model.Distribution:
    """A distribution with the format that its file's name tells, and the media type that its format does."""
    formats = vocabulary("formats")
    format_ = item.format
    if not format_ and (name := item.file or posixpath.basename(urlsplit(item.download_url).path)):
        extension = posixpath.splitext(name)[1].removeprefix(".")
        term = formats.find(extension) if extension else None
        format_ = term.code if term else ""
    media_type = item.media_type
    if not media_type and format_ in formats:
        media_type = formats[format_].facts.get("mediaType", "")
    return replace(item, format=format_, media_type=media_type)


def tell_folder(files: Sequence[model.Distribution], path: str, source: Source, context: Context) -> None:
    """Files without a folder, once, with the place where the dataset belongs; where one is already, ids clash."""
    if path not in source.documents:
        names = "`, `".join(item.file for item in files)
        context.report(files[0].origin["file"], "file-without-folder", value=names, path=path)


def complete_file(
    item: model.Distribution, dated: str, folder: str, source: Source, context: Context
) -> model.Distribution:
    """
    A distribution with what its file tells: size, checksum, date.

    `dated` is the file that says when its dataset was updated, if one does: the commit that brought both tells
    nothing more.
    """
    if not item.file or not folder:
        return item
    facts = source.data_file(f"{folder}/{item.file}")
    if facts is None and (name := same_name(item.file, source.names(folder))):
        item = replace(item, file=name)
        facts = source.data_file(f"{folder}/{name}")
    if facts is None and source.is_stray(f"{folder}/{item.file}"):
        context.report(item.origin["file"], "linked-file", value=item.file, folder=folder)
        return item
    if facts is None:
        beside = [name for name in source.names(folder) if name not in DATASETS]
        context.report(
            item.origin["file"],
            "missing-data-file",
            value=item.file,
            folder=folder,
            suggestion=closest(item.file, beside),
        )
        return item
    came = "" if dated and source.came_together(f"{folder}/{item.file}", dated) else facts.modified
    return replace(item, byte_size=facts.size, checksum=facts.sha256, modified=item.modified or came)


def same_name(wanted: str, names: Iterable[str]) -> str:
    """
    The name among others that differs only in how its accents are composed: macOS parts them from their letters.

    >>> same_name("\u00e9t\u00e9.csv", ["e\u0301te\u0301.csv"]) == "e\u0301te\u0301.csv", same_name("a.csv", ["b.csv"])
    (True, '')
    """
    folded = normalize("NFC", wanted)
    return next((name for name in names if name != wanted and normalize("NFC", name) == folded), "")


def name_distributions(items: tuple[model.Distribution, ...]) -> tuple[model.Distribution, ...]:
    """
    Distributions that all have an id: what was written, else the file's name, the format, or the title as a slug.

    A clash is numbered in order; the ones written by hand keep theirs.
    """
    taken = {item.id for item in items if item.id}
    named = []
    for item in items:
        if not item.id:
            title = next(iter(item.title.values()), "")
            base = slugify(item.file or title or item.format or "file")
            name, number = base, 2
            while name in taken:
                name, number = f"{base}-{number}", number + 1
            taken.add(name)
            item = replace(item, id=name)
        named.append(item)
    return tuple(named)


def list_versions(datasets: dict[str, model.Dataset]) -> dict[str, model.Dataset]:
    """The datasets, each with all its versions: DCAT-AP knows them from this side alone, whoever wrote them down."""
    found: dict[str, list[str]] = {}
    for dataset in datasets.values():
        if dataset.is_version_of != dataset.id and dataset.offered:
            found.setdefault(dataset.is_version_of, []).append(dataset.id)
    return {
        key: replace(item, has_version=tuple(dict.fromkeys([*item.has_version, *found[key]]))) if key in found else item
        for key, item in datasets.items()
    }


def name_one_another(datasets: dict[str, model.Dataset]) -> dict[str, model.Dataset]:
    """The datasets, each with those on offer that name it as their series or as a version."""
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    found: dict[str, dict[str, list[str]]] = {}
    for dataset in datasets.values():
        for row in rows if dataset.offered else ():
            for named in row.listed(getattr(dataset, row.attribute)):
                found.setdefault(named, {}).setdefault(row.name, []).append(dataset.id)
    named_by = {key: {name: tuple(ids) for name, ids in names.items()} for key, names in found.items()}
    return {key: replace(item, named_by=named_by[key]) if key in named_by else item for key, item in datasets.items()}
