"""Files that their author takes for metadata, pages or published data, and that nothing reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as Items
from pathlib import Path

from generator.model.diagnostics import Diagnostic, Place
from generator.source.folders import CATALOG, DATASET, DATASETS, PORTAL, PUBLISHERS
from generator.source.nodes import Node, Scalar, Sequence
from generator.standards import vocabulary
from generator.text.slugs import slugify

YAML = re.compile(r"(.+)\.(?:ya?ml|yalm|ymal)(?:\.(?:txt|rtf|docx?|odt))?", re.IGNORECASE)
MARKDOWN = re.compile(r"(.+)\.(?:md|markdown|mdown|mkd)(?:\.(?:txt|rtf|docx?|odt))?", re.IGNORECASE)
NEARLY = {
    PORTAL: re.compile(r"porta(?:i?l|ls)\.(?:ya?ml|json)(?:\.txt)?", re.IGNORECASE),
    CATALOG: re.compile(r"datasets/catalog(?:ue)?s?\.(?:ya?ml|json)(?:\.txt)?", re.IGNORECASE),
}
TEXTS = ("txt", "html", "md", "yaml")
"""Formats of files that often lie beside data and are none."""


Tree = Iterable[tuple[str, Items[str]]]
"""Each folder below another, with a trailing slash, and its files."""

Reader = Callable[[str], Node | None]
"""What a YAML file holds, by its path."""


def find_misnamed(portal: Path, path: str) -> str:
    """The file that has not quite the name of the one that a portal must have; nothing where there is none."""
    folder = posixpath.dirname(path)
    beside = sorted(file.name for file in (portal / folder).iterdir()) if (portal / folder).is_dir() else []
    return next((found for name in beside if NEARLY[path].fullmatch(found := posixpath.join(folder, name))), "")


def find_unread(datasets: Tree, content: Tree, read: Reader) -> Iterator[Diagnostic]:
    """The files below `datasets/` and `content/` that nothing reads, each folder's data once, by what is read."""
    whole = ""
    for prefix, names in datasets:
        if whole and prefix.startswith(whole):
            continue
        if prefix and any(name in names for name in DATASETS):
            whole = prefix
            continue
        misnamed = [*tell_misnamed(f"datasets/{prefix}", names, YAML, (".yaml", ".yml"))]
        yield from misnamed or tell_data(f"datasets/{prefix}", names, read)
    for prefix, names in content:
        yield from tell_misnamed(f"content/{prefix}", names, MARKDOWN, (".md",))


def tell_misnamed(
    prefix: str, names: Items[str], pattern: re.Pattern[str], endings: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for name in names:
        found = pattern.fullmatch(name)
        if found and not name.endswith(endings) and not NEARLY[CATALOG].fullmatch(f"{prefix}{name}"):
            right = f"{found[1]}{endings[0]}"
            yield Diagnostic.at(Place(f"{prefix}{name}"), "unread-file", value=name, name=right)


def tell_data(prefix: str, names: Items[str], read: Reader) -> Iterator[Diagnostic]:
    """The first data file of a folder that no metadata beside it names: that is told where it is named."""
    data = [] if prefix.startswith(PUBLISHERS) else [name for name in names if is_data(name)]
    described = {text for name in names for text in unread_texts(read(prefix + name))} if data else ()
    data = [name for name in data if name not in described]
    if data:
        folder = prefix if prefix != "datasets/" else f"datasets/{slugify(posixpath.splitext(data[0])[0])}/"
        value = "`, `".join(data[:5])
        yield Diagnostic.at(Place(prefix + data[0]), "data-without-dataset", value=value, path=folder + DATASET)


def unread_texts(node: Node | None) -> Iterator[str]:
    """Every text below a node."""
    if isinstance(node, Scalar):
        yield node.value
    elif node is not None:
        for inner in node.items if isinstance(node, Sequence) else node.entries.values():
            yield from unread_texts(inner)


def is_data(name: str) -> bool:
    term = vocabulary("formats").find(posixpath.splitext(name)[1].removeprefix(".") or name)
    return term is not None and "." in name and term.code.casefold() not in TEXTS
