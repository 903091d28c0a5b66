"""Maps to objects of the model, driven by the property table: one walk for every class."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from collections.abc import Sequence as Sequence_
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, TypeVar

from generator import model
from generator.model.diagnostics import Place, closest
from generator.source.nodes import Mapping_, Node, Scalar, Sequence, given_entries
from generator.source.ranges.context import Context, Reader, list_items, shape
from generator.source.ranges.geometry import box_of
from generator.source.ranges.readers import reader_of
from generator.source.structure.bare_values import wrap_value
from generator.standards import PROSE, Property, fold_code, properties, vocabulary

SPOKEN = ("text", "keywords", *PROSE)
"""The ranges of what is said in several languages."""

Rows = Mapping[str, Property]

Model = TypeVar("Model", bound=model.Written)


class Shape(NamedTuple):
    """What an object of a portal may say: the rows of its keys, and which of them it can't leave out."""

    kind: str
    rows: Rows
    duties: Sequence_[Property]


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a class of the model."""
    return make_shape(kind, properties()[kind])


def make_shape(kind: str, rows: Rows) -> Shape:
    return Shape(kind, rows, [row for row in rows.values() if row.obliges("portal") == "mandatory"])


def structure_object(kind: type[Model], node: Node | None, context: Context, origin: Place, **known: Any) -> Model:
    """
    An instance of a model class from a map. `known` are fields that the file's place tells (its id).

    Unknown and missing keys are reported; a value that could not be read is left out, and its key stays in the origin.
    """
    written, values = read_object(shape_of(kind.__name__), node, context, origin, known)
    return kind(origin=written, **values)


def read_object(
    what: Shape, node: Node | None, context: Context, origin: Place, known: Mapping[str, Any]
) -> tuple[model.Origin, dict[str, Any]]:
    """Where a map and its keys were written, and what they say by the model's names; `known` is said already."""
    rows = what.rows
    if node is not None and not isinstance(node, Mapping_):
        names, meant = "`, `".join([*rows][:3]), wrap_value(what.kind, node)
        context.report(node.place, "not-a-map", found=shape(node), keys=names, suggestion=meant)
        node = None
    if node is None:
        return model.Origin(*origin, unread=True), dict(known)
    # A colour without quotes is a comment: nothing is left of it, and that is worth a word.
    colors = {name: value for name, value in node.entries.items() if name in rows and rows[name].range == "color"}
    written = {**given_entries(node), **colors}
    values = dict(known)
    keys: dict[str, tuple[int, int]] = {}
    texts: dict[str, tuple[int, int]] = {}
    for name, parent in (raised := find_raised(rows, node)).items():
        if parent not in keys:
            context.report(node.keys[name], "raised-key", value=name, parent=parent)
            keys[parent] = node.keys[name][1:]
    for name in node.entries:
        if name not in rows and name not in raised:
            meant = suggest_property(name, rows, written)
            context.report(node.keys[name], "unknown-property", value=name, kind=what.kind, suggestion=meant)
            if meant:  # misspelt, not missing
                keys[meant] = node.entries[name].place[1:]
    for name, (place, below) in find_sunken(rows, written).items():
        context.report(place, "sunken-key", value=name, parent=below)
        keys[name] = place[1:]
        written[below] = without_entry(name, written[below])
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
        if row.range in PROSE:
            texts |= starts_of(name, value)
        if converted is not None:
            values[row.attribute] = converted
    for row in what.duties:
        if row.name not in keys and row.attribute not in known:
            context.report(node.place, "missing-property", property=row.name, kind=what.kind)
    return model.Origin(*node.place, keys, texts=texts), values


def suggest_property(name: str, rows: Rows, written: Mapping[str, Node]) -> str:
    """The property that a key stands for, by what other catalogues call it or by its letters, if none is there yet."""
    free = {key: row for key, row in rows.items() if key not in written}
    folded = fold_code(name).replace("-", "_")
    return next((key for key, row in free.items() if folded in row.aliases), "") or closest(name, free)


def find_raised(rows: Rows, node: Mapping_) -> dict[str, str]:
    """The keys of an object that belong below the empty one before them, and which one that is."""
    found, parent = {}, ""
    for name, value in node.entries.items():
        if name in rows:
            is_empty = isinstance(value, Scalar) and value.plain and not value.value
            parent = name if is_empty else ""
        elif parent and name in keys_below(rows[parent]):
            found[name] = parent
    return found


def keys_below(row: Property) -> Container[str]:
    """The keys that a property's value may have."""
    if row.range in SPOKEN:
        return vocabulary("languages").terms
    return properties().get(row.range.removeprefix("object:"), ())


# A text of several lines that holds a key: its name and what follows.
KEY = re.compile(r"^(\w+):(?=\s|$)", re.MULTILINE)


def find_sunken(rows: Rows, written: Mapping[str, Node]) -> dict[str, tuple[Place, str]]:
    """Keys of an object that are indented below another of its keys: where they stand, and below which."""
    found = {}
    for below, value in written.items():
        one_line = isinstance(value, Scalar) and "\n" not in value.value
        for name, place in strangers(rows[below], value, rows) if below in rows and not one_line else ():
            if name in rows and name not in written:
                found[name] = place, below
    return found


def strangers(row: Property, node: Node, rows: Rows) -> Iterator[tuple[str, Place]]:
    """Keys in the value of another that are none of its own; those in a text only if the object can't do without."""
    if isinstance(node, Mapping_):
        own = keys_below(row) or rows
        yield from ((name, node.keys[name]) for name in node.entries if name not in own)
        for item in node.entries.values() if row.range in SPOKEN else ():
            yield from strangers(row, item, rows) if isinstance(item, Scalar) else ()
    elif isinstance(node, Scalar) and node.start and row.range in SPOKEN:
        line, column = node.start
        for match in KEY.finditer(node.value, node.value.find("\n") + 1 or len(node.value)):
            if match[1] in rows and rows[match[1]].obliges("portal") == "mandatory":
                yield match[1], Place(node.place.path, line + node.value.count("\n", 0, match.start()), column)


def without_entry(name: str, node: Node) -> Node:
    if not isinstance(node, Mapping_):
        return node
    return Mapping_(node.place, {key: value for key, value in node.entries.items() if key != name}, node.keys)


def parts_of(name: str, row: Property, node: Node) -> dict[str, tuple[int, int]]:
    """The places of a value's parts that rules speak of: the texts of each language, the codes of a list."""
    if isinstance(node, Mapping_):
        return {f"{name}.{part}": item.place[1:] for part, item in given_entries(node).items()}
    if isinstance(node, Sequence) and row.range in (
        "ref:themes",
        "ref:datasets",
        "ref:publishers",
        "ref:services",
        "slug",
        "token",
        "choice",
        "url",
    ):
        return {f"{name}.{item.value.strip()}": item.place[1:] for item in node.items if isinstance(item, Scalar)}
    return {}


def starts_of(name: str, node: Node) -> dict[str, tuple[int, int]]:
    """Where the words of a text begin, in each of its languages, once read."""
    parts = {f"{name}.{part}": item for part, item in given_entries(node).items()} if isinstance(node, Mapping_) else {}
    found = {}
    for part, item in (parts or {name: node}).items():
        if isinstance(item, Scalar) and item.start:
            line, column = item.start
            blank = item.value[: len(item.value) - len(item.value.lstrip())]
            found[part] = (line + blank.count("\n"), column + len(blank.rpartition("\n")[2]))
    return found


def read_property(row: Property, node: Node, context: Context) -> Any:
    """The value of one key: a tuple where the property is a list, else one value; None when nothing could be read."""
    reader = row_reader(row.range)
    if not row.many:
        return reader(node, row, context)
    values = (reader(item, row, context) for item in list_items(node))
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
