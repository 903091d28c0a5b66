"""Each value that a catalogue states of its datasets, and whether CKAN's package of the dataset has it somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import DCAT, ORG, RDF, BNode, Graph, Namespace
from rdflib.term import Node

from generator.feeds.dcat_ap.nodes import PREFIXES

DCT, FOAF, SPDX, VCARD = (Namespace(PREFIXES[name]) for name in ("dct", "foaf", "spdx", "vcard"))

WITHIN = {FOAF.Agent, VCARD.Kind, DCT.Location, DCT.PeriodOfTime, DCAT.Distribution, SPDX.Checksum}
"""What a dataset says of these is its own; what it says of a theme or a licence is the vocabulary's."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

Path_ = tuple[str, ...]
"""Predicates from a dataset to a value, compact."""
Package = Mapping[str, Any]


@dataclass
class Row:
    """A field: for each value that was sent, the keys of the package under which it was found."""

    found: list[set[str]] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return len(self.found)

    @property
    def keys(self) -> list[str]:
        """Where the field is: a key with fewer values in common is another field's."""
        counted = Counter(key for keys in self.found for key in keys)
        return sorted(key for key, count in counted.items() if count == max(counted.values()))

    @property
    def arrived(self) -> int:
        return sum(not keys.isdisjoint(self.keys) for keys in self.found)


@dataclass(frozen=True)
class Harvest:
    """What one catalogue became in CKAN. `counts` are of its datasets and of the packages that were made of them."""

    profile: str
    versions: Mapping[str, str]
    counts: Mapping[str, int]
    rows: Mapping[Path_, Row]


def harvest(graph: Graph, answer: Mapping[str, Any]) -> Harvest:
    """A catalogue beside what the reader in CKAN's environment answered."""
    uris = [value for package in answer["packages"] for key, value in flat(package) if key == "uri"]
    datasets = {str(dataset) for dataset in graph.subjects(RDF.type, DCAT.Dataset)}
    counts = {
        "datasets": len(datasets),
        "arrived": len(datasets.intersection(uris)),
        "twice": len(uris) - len(set(uris)),
        "pages": answer["pages"],
    }
    return Harvest(answer["profile"], answer["versions"], counts, compare(graph, answer["packages"]))


def compare(graph: Graph, packages: Iterable[Package]) -> dict[Path_, Row]:
    """By field, over all datasets of a catalogue. A dataset without a package has lost everything."""
    known = {value: package for package in packages for key, value in flat(package) if key == "uri"}
    rows: dict[Path_, Row] = {}
    for dataset in sorted(graph.subjects(RDF.type, DCAT.Dataset)):
        package = known.get(str(dataset), {})
        resources = {item["uri"]: item for item in package.get("resources", ())}
        own = list(flat(package))
        for path, value, owner in statements(graph, dataset):
            there = list(flat(resources.get(owner, {}), "resources.")) if owner else own
            rows.setdefault(path, Row()).found.append({key for key, other in there if same(value, other)})
    return dict(sorted(rows.items()))


def statements(graph: Graph, node: Node, path: Path_ = (), owner: str = "") -> Iterator[tuple[Path_, str, str]]:
    """A field, a value and the distribution that it belongs to, if one."""
    for predicate, value in sorted(graph.predicate_objects(node)):
        if predicate == RDF.type:
            continue
        here = (*path, compact(predicate))
        file = str(value) if predicate == DCAT.distribution else owner
        if not isinstance(value, BNode):
            yield here, str(value), file
        within = isinstance(value, BNode) or WITHIN.intersection(graph.objects(value, RDF.type))
        if within and predicate != ORG.subOrganizationOf:
            yield from statements(graph, value, here, file)


def compact(iri: Node) -> str:
    """
    >>> compact(DCT.title)
    'dct:title'
    """
    return next((f"{name}:{iri.removeprefix(start)}" for name, start in PREFIXES.items() if iri.startswith(start)), iri)


def flat(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """
    A package's values, each with its key; lists that CKAN keeps as JSON are opened.

    >>> [*flat({"title": "A", "extras": [{"key": "theme", "value": '["b", "c"]'}], "tags": [{"name": "d"}]})]
    [('title', 'A'), ('theme', 'b'), ('theme', 'c'), ('tags.name', 'd')]
    """
    if isinstance(value, Mapping) and value.keys() == {"key", "value"}:
        yield from flat(value["value"], str(value["key"]))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name != "resources":
                yield from flat(item, f"{key}{name}" if key.endswith(".") or not key else f"{key}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from flat(item, key)
    elif isinstance(value, str) and value.startswith("["):
        yield from flat(json.loads(value), key)
    elif value is not None:
        yield key, str(value)


def same(sent: str, found: str) -> bool:
    """
    Whether a value arrived: as it was, without `mailto:`, or as the same number or corners in another notation.

    >>> same("mailto:a@exemple.org", "a@exemple.org"), same("500", "500.0"), same("1967", "1968")
    (True, True, False)
    >>> same("POLYGON((1 2,3 4,1 2))", '{"type": "Polygon", "coordinates": [[[1.0, 2.0], [3, 4], [1, 2]]]}')
    True
    """
    if sent.startswith(("POLYGON", "POINT")) and found.startswith("{"):
        return corners(sent) == corners(found)
    if NUMBER.fullmatch(sent) and NUMBER.fullmatch(found):
        return float(sent) == float(found)
    return sent.removeprefix("mailto:") == found


def corners(geometry: str) -> set[float]:
    return set(map(float, NUMBER.findall(geometry)))
