"""Nodes to the model, driven by the property table: one walk for every class."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from collections.abc import Sequence as Items
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from generator import model
from generator.diagnostics import Diagnostic, Place, closest
from generator.geometry import box_of
from generator.ranges import reader_of
from generator.ranges.context import Context, Reader, items_of, shape
from generator.source.files import CATALOG, DATASET, PORTAL, PUBLISHERS, USAGE, Document, PageFile, Source, name_of
from generator.source.nodes import Mapping_, Node, Scalar, Sequence, present
from generator.standards import Property, properties, vocabulary
from generator.urls import is_slug, slugify

HOME = ("search", "figures", "actions", "featured", "themes", "popular", "latest", "news", "reuses", "publishers")
"""The blocks of a home page that names none; those with nothing to show are left out."""

Model = TypeVar("Model", bound=model.Written)


def structure_object(kind: type[Model], node: Node | None, context: Context, origin: Place, **known: Any) -> Model:
    """
    An instance of a model class from a map. `known` are fields that the file's place tells (its id).

    Unknown and missing keys are reported; a value that could not be read is left out, and its key stays in the origin.
    """
    rows = properties()[kind.__name__]
    if node is not None and not isinstance(node, Mapping_):
        context.report(node.place, "not-a-map", found=shape(node), keys="`, `".join([*rows][:3]))
        node = None
    if node is None:
        return kind(origin=model.Origin(*origin, unread=True), **known)
    # A colour without quotes is a comment: nothing is left of it, and that is worth a word.
    colors = {name: value for name, value in node.entries.items() if name in rows and rows[name].range == "color"}
    written = {**present(node), **colors}
    values = dict(known)
    keys: dict[str, tuple[int, int]] = {}
    for name in node.entries:
        if name not in rows:
            meant = closest(name, rows)
            context.report(node.keys[name], "unknown-property", value=name, kind=kind.__name__, suggestion=meant)
            if meant:  # misspelt, not missing
                keys[meant] = node.entries[name].place[1:]
    for name, value in written.items():
        row = rows.get(name)
        if row is None:
            continue
        before = len(context.diagnostics)
        converted = read_property(row, value, context)
        if converted in (None, ()) and len(context.diagnostics) == before:
            continue  # `{fr: }` and `[]` say nothing
        keys[name] = value.place[1:]
        keys |= parts_of(name, row, value)
        if converted is not None:
            values[row.attribute] = converted
    for row in rows.values():
        if row.name not in keys and row.obliges("portal") == "mandatory" and row.attribute not in known:
            context.report(node.place, "missing-property", property=row.name, kind=kind.__name__)
    return kind(origin=model.Origin(node.place.path, node.place.line, node.place.column, keys), **values)


def parts_of(name: str, row: Property, node: Node) -> dict[str, tuple[int, int]]:
    """The places of a value's parts that rules speak of: the texts of each language, the codes of a list."""
    if isinstance(node, Mapping_):
        return {f"{name}.{part}": item.place[1:] for part, item in present(node).items()}
    if isinstance(node, Sequence) and row.range in ("ref:themes", "ref:datasets", "slug", "token"):
        return {f"{name}.{item.value.strip()}": item.place[1:] for item in node.items if isinstance(item, Scalar)}
    return {}


def read_property(row: Property, node: Node, context: Context) -> Any:
    """The value of one key: a tuple where the property is a list, else one value; None when nothing could be read."""
    reader = row_reader(row.range)
    if not row.many:
        return reader(node, row, context)
    values = (reader(item, row, context) for item in items_of(node))
    return tuple(value for value in values if value is not None)


@cache
def row_reader(range_: str) -> Reader:
    if range_ == "license":
        return read_license
    if range_ == "logo":
        return read_logo
    if range_ == "object:Location":
        return read_area
    if range_.startswith("object:"):
        kind = getattr(model, range_.removeprefix("object:"))
        return lambda node, row, context: structure_object(kind, node, context, node.place)
    return reader_of(range_)


def read_license(node: Node, row: Property, context: Context) -> model.LicenseDocument | None:
    """A licence by its code, or written out as `{iri, name}`."""
    if isinstance(node, Mapping_):
        return structure_object(model.LicenseDocument, node, context, node.place)
    code = reader_of("code:licenses")(node, row, context)
    if code is None:
        return None
    term = vocabulary("licenses")[code]
    return model.LicenseDocument(
        code=code, iri=vocabulary("licenses").iri(code), name=term.title, origin=model.Origin(*node.place)
    )


def read_area(node: Node, row: Property, context: Context) -> model.Location:
    """An area; its box, where none is written, is the one around its geometry."""
    area = structure_object(model.Location, node, context, node.place)
    return replace(area, bbox=area.bbox or box_of(area.geometry) or ()) if area.geometry else area


def read_logo(node: Node, row: Property, context: Context) -> model.Logo | None:
    """A picture's path, or `{file, alt}`."""
    if isinstance(node, Mapping_):
        return structure_object(model.Logo, node, context, node.place)
    file = reader_of("picture")(node, row, context)
    return model.Logo(file=file, origin=model.Origin(*node.place)) if file else None


def structure_catalog(source: Source) -> tuple[model.Catalog, list[Diagnostic]]:
    """Everything read as one catalogue, and all that is wrong with single files, those of the source included."""
    context = Context(diagnostics=list(source.diagnostics))
    portal = structure_portal(source, context)
    context.default_language = portal.default_language
    publishers = {agent.id: agent for agent in (structure_agent(d, context) for d in source.publishers) if agent.id}
    datasets: dict[str, model.Dataset] = {}
    for document in source.datasets:
        dataset = structure_dataset(document, source, context)
        if first := datasets.get(dataset.id):
            context.report(Place(document.path, 1, 1), "duplicate-id", value=dataset.id, first=first.origin.path)
        else:
            datasets[dataset.id] = dataset
    document = source.documents.get(CATALOG, Document(path=CATALOG, node=None))
    catalog = structure_object(
        model.Catalog,
        document.node,
        context,
        Place(CATALOG),
        portal=portal,
        publishers=publishers,
        datasets=name_one_another(dict(sorted(datasets.items()))),
        pages=structure_pages(source, portal, context),
        files=tuple(source.content_files),
        usage=structure_usage(source, datasets, context),
        deleted=deleted_datasets(source),
        shallow_history=source.history.shallow,
    )
    if not catalog.theme_taxonomy:
        catalog = replace(catalog, theme_taxonomy=default_themes())
    return catalog, context.diagnostics


def name_one_another(datasets: dict[str, model.Dataset]) -> dict[str, model.Dataset]:
    """The datasets, each with those on offer that name it as their series or as a version."""
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    found: dict[str, dict[str, list[str]]] = {}
    for dataset in datasets.values():
        for row in rows if dataset.withdrawn is None else ():
            for named in row.listed(getattr(dataset, row.attribute)):
                found.setdefault(named, {}).setdefault(row.name, []).append(dataset.id)
    named_by = {key: {name: tuple(ids) for name, ids in names.items()} for key, names in found.items()}
    return {key: replace(item, named_by=named_by.get(key, {})) for key, item in datasets.items()}


def deleted_datasets(source: Source) -> dict[str, tuple[str, str]]:
    """Id to path and date of the dataset files that git saw deleted."""
    return {
        name_of(path): (path, date)
        for path, date in sorted(source.history.deleted.items())
        if path.startswith("datasets/")
        and path.endswith(".yaml")
        and not path.startswith(PUBLISHERS)
        and path != CATALOG
    }


def structure_usage(source: Source, datasets: Mapping[str, model.Dataset], context: Context) -> dict[str, int]:
    """
    How often each dataset was used. A former id counts for today's; what was used and is gone is told, not counted.

    A first line that holds no number is a heading.
    """
    names = {former: dataset.id for dataset in datasets.values() for former in dataset.formerly}
    names |= {key: key for key in datasets}
    found: dict[str, int] = {}
    for number, line in enumerate(source.usage, start=1):
        name, comma, count = (part.strip().strip('"') for part in line.partition(","))
        if not line.strip() or (number == 1 and not count.isdecimal()):
            continue
        if not comma or not count.isascii() or not count.isdecimal():
            context.report(Place(USAGE, number, 1), "bad-usage-line", value=line.strip())
        elif name not in names:
            meant = closest(name, names)
            context.report(Place(USAGE, number, 1), "unknown-used-dataset", value=name, suggestion=meant)
        else:
            found[names[name]] = found.get(names[name], 0) + int(count)
    return dict(sorted(found.items()))


def structure_portal(source: Source, context: Context) -> model.Portal:
    document = source.documents.get(PORTAL, Document(path=PORTAL, node=None))
    portal = structure_object(model.Portal, document.node, context, Place(PORTAL))
    base = portal.base_url
    return replace(
        portal,
        base_url=base if base.endswith("/") else base + "/",
        languages=portal.languages or ("fr",),
        home=portal.home or HOME,
    )


@cache
def default_themes() -> tuple[model.Concept, ...]:
    return tuple(
        model.Concept(id=term.code, pref_label=term.title, close_match=term.eu)
        for term in vocabulary("themes").terms.values()
    )


def file_id(path: str, context: Context) -> str:
    """The permanent identifier that a file's or folder's name gives."""
    identifier = name_of(path)
    if not is_slug(identifier):
        context.report(Place(path), "bad-file-id", value=identifier, suggestion=slugify(identifier))
        return slugify(identifier)
    return identifier


def structure_agent(document: Document, context: Context) -> model.Agent:
    identifier = file_id(document.path, context)
    return structure_object(model.Agent, document.node, context, Place(document.path), id=identifier)


def structure_dataset(document: Document, source: Source, context: Context) -> model.Dataset:
    folder = posixpath.dirname(document.path) if document.path.endswith(f"/{DATASET}") else ""
    dataset = structure_object(
        model.Dataset,
        document.node,
        context,
        Place(document.path),
        id=file_id(document.path, context),
        folder=folder,
    )
    distributions = tuple(complete_file(item, folder, source, context) for item in dataset.distribution)
    modified = dataset.modified or source.modified(document.path)
    dates = [item.modified for item in distributions if item.file and item.modified]
    if not dataset.modified and dates:
        modified = max(modified, *dates)
    return replace(
        dataset,
        distribution=name_distributions(distributions),
        modified=modified,
        identifier=dataset.identifier or dataset.id,
        history=source.changes(document.path),
    )


def complete_file(item: model.Distribution, folder: str, source: Source, context: Context) -> model.Distribution:
    """A distribution with what its file, and its format, tell: size, checksum, date, format, media type."""
    formats = vocabulary("formats")
    format_ = item.format
    if not format_ and (name := item.file or posixpath.basename(urlsplit(item.download_url).path)):
        extension = posixpath.splitext(name)[1].removeprefix(".")
        term = formats.find(extension) if extension else None
        format_ = term.code if term else ""
    media_type = item.media_type
    if not media_type and format_ in formats:
        media_type = formats[format_].facts.get("mediaType", "")
    item = replace(item, format=format_, media_type=media_type)
    if not item.file:
        return item
    if not folder:
        path = f"{posixpath.splitext(item.origin.path)[0]}/{DATASET}"
        context.report(item.origin["file"], "file-without-folder", value=item.file, path=path)
        return item
    facts = source.data_file(f"{folder}/{item.file}")
    if facts is None:
        beside = [name for name in source.names(folder) if name != DATASET]
        context.report(
            item.origin["file"],
            "missing-data-file",
            value=item.file,
            folder=folder,
            suggestion=closest(item.file, beside),
        )
        return item
    return replace(item, byte_size=facts.size, checksum=facts.sha256, modified=item.modified or facts.modified)


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


def structure_pages(source: Source, portal: model.Portal, context: Context) -> tuple[model.Page, ...]:
    """Markdown files as pages: `about.md` and `about.en.md` are one page in two languages."""
    groups: dict[str, dict[str, PageFile]] = {}
    for file in source.pages:
        path = page_address(file)
        language = file.language or portal.default_language
        if language not in portal.languages:
            choices = ", ".join(portal.languages)
            context.report(Place(file.path), "page-language", value=language, choices=choices)
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
    )


def merge(row: Property, parts: Items[model.Page]) -> Any:
    """A key of a page's files: a text's languages together, else what the first file that has it says."""
    values = [getattr(part, row.attribute) for part in parts]
    if row.range in ("text", "markdown"):
        return {code: text for value in values for code, text in value.items()}
    return next((value for value in values if value), values[0])
