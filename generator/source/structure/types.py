"""Content types: those that ship with the program, and the portal's own, which take the place of one that ships."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from generator import model
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.source.files import Source
from generator.source.nodes import MAX_BYTES, Node, Refused, Sequence, parse_yaml
from generator.source.ranges.context import Context
from generator.source.structure.objects import structure_object
from generator.source.structure.type_checks import check_types
from generator.standards import FOLDER

TYPES = "content/types/"
CODES = f"{TYPES}codes/"

Types = Mapping[str, model.ContentType]


def structure_types(source: Source, portal: model.Portal, context: Context) -> Types:
    """The portal's content types by id; a mistake in a declaration is told at its place."""
    lists = {
        name_of(path): read_codes(path, read_node(source, path, context), context)
        for path in declarations(source, CODES)
    }
    own: dict[str, model.ContentType] = {}
    for path in declarations(source, TYPES):
        declared = structure_type(name_of(path), path, read_node(source, path, context), context)
        own[declared.id] = replace(declared, fields=tuple(with_codes(item, lists, context) for item in declared.fields))
    found = {**shipped_types(), **own}
    check_types(own, found, portal, context)
    for name in portal.types:
        if name not in found:
            place = portal.origin.part("types", name)
            context.report(place, "unknown-type", value=name, suggestion=closest(name, found), choices=", ".join(found))
    return {name: item for name, item in found.items() if not portal.types or name in portal.types}


def types_in(folder: Path) -> Types:
    """The content types of a portal's folder, whatever is wrong with their declarations."""
    files = [path.relative_to(folder).as_posix() for path in sorted((folder / TYPES).rglob("*.y*ml"))]
    return structure_types(Source(folder=folder, content_files=files), model.Portal(), Context())


def declarations(source: Source, folder: str) -> list[str]:
    """The YAML files of a folder, which are read and not published."""
    found = [
        path
        for path in source.content_files
        if path.startswith(folder) and "/" not in path.removeprefix(folder) and path.endswith((".yaml", ".yml"))
    ]
    source.content_files = [path for path in source.content_files if path not in found]
    return found


def name_of(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def read_node(source: Source, path: str, context: Context) -> Node | None:
    try:
        node, diagnostics = parse_yaml(path, source.read_text(path, MAX_BYTES), metadata=True)
    except Refused as refused:
        node, diagnostics = None, [refused.diagnostic]
    else:
        if node is None and not diagnostics:
            diagnostics = [Diagnostic.at(Place(path), "empty-file")]
    context.diagnostics += diagnostics
    return node


def structure_type(name: str, path: str, node: Node | None, context: Context) -> model.ContentType:
    return structure_object(model.ContentType, node, context, Place(path), id=name)


def read_codes(path: str, node: Node | None, context: Context) -> tuple[model.Choice, ...]:
    """A list of codes that several fields share."""
    if node is not None and not isinstance(node, Sequence):
        context.report(node.place, "not-a-list", value=path)
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(structure_object(model.Choice, item, context, item.place) for item in items)


def with_codes(item: model.Field, lists: Mapping[str, tuple[model.Choice, ...]], context: Context) -> model.Field:
    """A field with the choices of the list that it names."""
    if not item.codes:
        return item
    if item.codes not in lists:
        meant = closest(item.codes, lists)
        context.report(item.origin["codes"], "unknown-code-list", value=item.codes, suggestion=meant)
        return item
    return replace(item, choices=(*lists[item.codes], *item.choices))


@cache
def shipped_types() -> Types:
    """The types that ship with the program, by id."""
    found, context = {}, Context()
    for file in sorted(Path(FOLDER, "types").glob("*.yaml")):
        node, _ = parse_yaml(file.name, file.read_text(encoding="utf-8"))
        found[file.stem] = structure_type(file.stem, file.name, node, context)
    check_types(found, found, model.Portal(languages=("fr", "en")), context)
    if context.diagnostics:
        raise ValueError([(item.place, item.code, dict(item.values)) for item in context.diagnostics])
    return found
