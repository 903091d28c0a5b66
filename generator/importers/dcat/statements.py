"""Statements of linked data by subject, and the short names of what they are made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from generator.feeds.dcat_ap.nodes import PREFIXES

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal

TYPE = f"{PREFIXES['rdf']}type"
HYDRA = "http://www.w3.org/ns/hydra/core#"
NAMES = {
    **PREFIXES,
    "dcat-us": "http://data.resources.gov/ontology/dcat-us#",
    "hydra": HYDRA,
    "schema": "http://schema.org/",
    "time": "http://www.w3.org/2006/time#",
}
# Spellings of namespaces that are often met and mean the same.
TWINS = {
    "http://purl.org/dc/elements/1.1/": NAMES["dct"],
    "https://schema.org/": NAMES["schema"],
    "https://www.w3.org/ns/dcat#": NAMES["dcat"],
    "http://www.w3.org/ns/hydra#": HYDRA,
}

# What relative addresses of a file are relative to: nobody knows, and nothing may come of it.
NOWHERE = "relative:/"
EMPTY = "nothing-is-said-here"
"""The query of the address that relative addresses are relative to: only an empty one still has it."""


def expand(name: str) -> str:
    """
    >>> expand("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    return NAMES[prefix] + local


def compact(iri: str) -> str:
    """
    >>> compact("http://purl.org/dc/terms/title"), compact("https://exemple.org/a")
    ('dct:title', 'https://exemple.org/a')
    """
    return next((f"{prefix}:{iri[len(start) :]}" for prefix, start in NAMES.items() if iri.startswith(start)), iri)


def unify(iri: str) -> str:
    """A predicate or class in the spelling that we know it by."""
    return next((known + iri[len(twin) :] for twin, known in TWINS.items() if iri.startswith(twin)), iri)


@dataclass
class Statements:
    """Subject to predicate to objects, in the documents' order; `asked` is what was read, `bases` are Vitrines."""

    subjects: dict[Subject, dict[str, dict[Term, None]]] = field(default_factory=dict)
    known: set[Subject] = field(default_factory=set)
    asked: set[tuple[Term, str]] = field(default_factory=set)
    bases: frozenset[str] = frozenset()

    def add(self, subject: Subject, predicate: str, value: Term) -> None:
        self.subjects.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def objects(self, subject: Term, path: str) -> list[Term]:
        """What stands at the end of a path of names: `dct:title`, `vcard:hasEmail/vcard:value`."""
        found = [subject]
        for name in path.split("/"):
            iri = expand(name)
            self.asked |= {(node, iri) for node in found}
            found = [value for node in found for value in self.about(node).get(iri, ())]
        return found

    def about(self, node: Term) -> Mapping[str, Iterable[Term]]:
        """What is said of a node; of a literal that spells a node's address, what is said of the node."""
        if isinstance(node, ox.Literal):
            try:
                node = ox.NamedNode(node.value)
            except ValueError:
                return {}
        return self.subjects.get(node, {})

    def types(self, node: Term) -> set[str]:
        return {compact(unify(item.value)) for item in self.about(node).get(TYPE, ())}

    def of_type(self, name: str) -> list[Subject]:
        return [node for node in self.subjects if name in self.types(node)]

    def datasets(self) -> list[Subject]:
        """The datasets that are described, in their order, then the series that are only told of."""
        return list(dict.fromkeys([*self.offered(), *self.of_type("dcat:DatasetSeries")]))

    def offered(self) -> list[Subject]:
        """The datasets that are described as such, in their order; a catalogue is none, though DCAT 3 says so."""
        found = dict.fromkeys(self.of_type("dcat:Dataset"))
        for catalog in self.of_type("dcat:Catalog"):
            named = self.objects(catalog, "dcat:dataset")
            found |= dict.fromkeys(n for n in named if not isinstance(n, ox.Literal) and n in self.subjects)
        return [node for node in found if "dcat:Catalog" not in self.types(node)]

    def merge(self, page: Statements) -> int:
        """Another page's statements; the number of datasets that it brings. One that is known already stays."""
        fresh = set(page.offered()) - self.known
        for subject, predicates in page.subjects.items():
            if subject not in self.known:
                for predicate, values in predicates.items():
                    self.subjects.setdefault(subject, {}).setdefault(predicate, {}).update(values)
        self.known |= fresh
        return len(fresh)
