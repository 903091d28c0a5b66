"""What feeds say of each dataset, worked out once in a process and kept as long as there is room."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from generator.feeds.dcat_ap.catalog import describe_dataset
from generator.feeds.dcat_ap.nodes import Node
from generator.feeds.dcat_us_1 import pod_dataset
from generator.feeds.json_lines import JsonLine, read_lines, write_line
from generator.feeds.parts import Part, whole_catalog
from generator.model import Catalog
from generator.site.memory import remembered
from generator.site.site import Site, nothing

Written = TypeVar("Written")

ROOM = 64_000_000
"""Characters kept in a process: the lines of some 10,000 datasets. Past it, what comes is made anew each time."""


@dataclass(frozen=True, slots=True)
class DatasetRecord:
    """A dataset in DCAT-AP: its node as a line of JSON, and the nodes that it points to, by IRI."""

    line: JsonLine
    shared: Mapping[str, Node]

    @property
    def node(self) -> Node:
        return read_node(self.line)


@lru_cache(maxsize=1)
def read_node(line: JsonLine) -> Node:
    """A line read again, once for the forms that are made of it one after the other."""
    node: Node = json.loads(line)
    return node


class Records:
    """
    The datasets of a catalogue as feeds write them.

    Nothing is dropped for what is new: feeds go through all datasets in one order, and would find the first gone.
    `published` gives an artifact that would come out the same: a dataset is read there rather than described again.
    """

    def __init__(self, catalog: Catalog, room: int = ROOM, published: Callable[[str], bytes | None] = nothing) -> None:
        self.catalog = catalog
        self.room = room
        self.published = published
        self.records: dict[str, DatasetRecord] = {}
        self.lines: dict[tuple[str, str], JsonLine] = {}
        self.nodes: dict[str, Node] = {}
        self.read: dict[JsonLine, Node] = {}
        self.written: dict[tuple[Callable[[Node], Any], str], Any] = {}
        self.named: dict[str, Collection[Node]] = {}
        self.unkept = False
        self.last: tuple[str, DatasetRecord] | None = None

    @cached_property
    def whole(self) -> Part:
        return whole_catalog(self.catalog)

    def find(self, id: str) -> DatasetRecord:
        """The dataset in DCAT-AP."""
        if id in self.records:
            return self.records[id]
        if self.last and self.last[0] == id:  # all that is made of a dataset is made at once
            return self.last[1]
        record = self.take(id) or self.describe(id)
        self.keep(self.records, id, record, record.line)
        self.last = id, record
        return record

    def take(self, id: str) -> DatasetRecord | None:
        """The dataset as its published document has it."""
        content = self.published(f"dataset/{id}.jsonld")
        if content is None:
            return None
        line, *others = read_lines(content)
        return DatasetRecord(line, {node["@id"]: node for node in self.read_nodes(others)})

    def describe(self, id: str) -> DatasetRecord:
        node, shared = describe_dataset(self.catalog, id)
        return DatasetRecord(write_line(node), {iri: self.share(iri, said) for iri, said in shared.items()})

    def pointed(self, id: str) -> Collection[Node]:
        """The nodes that a dataset points to: kept of all datasets, as they are the same few."""
        if id not in self.named:
            self.named[id] = tuple(self.find(id).shared.values())
            self.unkept = True
        return self.named[id]

    def pointed_lines(self, id: str) -> Sequence[JsonLine]:
        """The same as they are written."""
        return [self.write(node, write_line) for node in self.pointed(id)]

    def point(self, id: str, lines: Sequence[JsonLine]) -> None:
        """Remember the nodes that a dataset points to, as they were written."""
        self.named[id] = self.read_nodes(lines)

    def read_nodes(self, lines: Sequence[JsonLine]) -> tuple[Node, ...]:
        for line in lines:
            if line not in self.read:
                node = json.loads(line)
                self.read[line] = self.share(node["@id"], node)
        return tuple(map(self.read.__getitem__, lines))

    def share(self, iri: str, node: Node) -> Node:
        """The same node for all who say the same: datasets by the thousand point to it."""
        known = self.nodes.setdefault(iri, node)
        return known if known == node else node

    def write(self, node: Node, write: Callable[[Node], Written]) -> Written:
        """A node that many point to, written once for all of them."""
        iri = node["@id"]
        if self.nodes.get(iri) is not node:
            return write(node)
        if (write, iri) not in self.written:
            self.written[write, iri] = write(node)
        written: Written = self.written[write, iri]
        return written

    def pod(self, id: str) -> JsonLine:
        """The dataset in DCAT-US 1.1."""
        return self.line("pod", id, lambda: pod_dataset(self.catalog, self.catalog.datasets[id]))

    def line(self, form: str, id: str, describe: Callable[[], Mapping[str, Any]]) -> JsonLine:
        """The dataset in a form of JSON that several feeds have."""
        if (form, id) in self.lines:
            return self.lines[form, id]
        line = write_line(describe())
        self.keep(self.lines, (form, id), line, line)
        return line

    def keep(self, kept: dict[Any, Any], key: object, value: object, line: JsonLine) -> None:
        if self.room >= len(line):
            self.room -= len(line)
            kept[key] = value


@remembered
def records_of(site: Site) -> Records:
    """The records of the site that this process renders."""
    return Records(site.catalog, published=site.published)
