"""What nobody asked of the statements: every property of every node that is reached from a dataset or a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from generator.importers.dcat.statements import Statements, Subject, compact
from generator.importers.dcat.walk import TECHNICAL, Walk

# What says what a node is, where it is listed or how pages follow one another, and nothing of the data.
PLUMBING = """
    rdf:type skos:inScheme skos:topConceptOf foaf:primaryTopic dcat:dataset dcat:service dcat:themeTaxonomy
    oa:motivatedBy oa:hasTarget
"""
# Lists whose entries everybody knows: what a catalogue repeats of them says nothing new.
KNOWN = ("http://publications.europa.eu/", "http://purl.org/adms/", "http://data.europa.eu/bna/", "http://spdx.org/")


def tell_unread(walk: Walk, ids: Mapping[Subject, str]) -> None:
    """Each property that was not read is told, of the dataset that leads to it; a dataset that is left out was told."""
    found = walk.found
    owners = owners_of(found, ids)
    for node, predicates in found.subjects.items():
        subject = owners.get(node, "")
        if subject is None:
            continue
        listed = found.types(node) & {"skos:ConceptScheme", "skos:Concept"}
        if node.value.startswith(KNOWN) or (listed and found.bases):
            continue
        for iri in predicates:
            name = compact(iri)
            if (node, iri) in found.asked or name.startswith("hydra:") or name in f"{TECHNICAL} {PLUMBING}".split():
                continue
            kind = re.split(r"[:#/]", min(found.types(node), default=""))[-1]
            walk.report.tell("left-out.field", subject, f"{kind}.{name}" if kind and kind != "Dataset" else name)


def owners_of(found: Statements, ids: Mapping[Subject, str]) -> dict[Subject, str | None]:
    """Each node to the first dataset that leads to it, None where that one is left out."""
    owners: dict[Subject, str | None] = dict(ids) | {node: None for node in found.datasets() if node not in ids}
    waiting = sorted(owners, key=lambda node: owners[node] is not None)
    while waiting:
        node = waiting.pop()
        for other in targets(found, node):
            if other not in owners and other in found.subjects:
                owners[other] = owners[node]
                waiting.append(other)
    return owners


def targets(found: Statements, node: Subject) -> Iterator[Subject]:
    for values in found.subjects.get(node, {}).values():
        yield from (value for value in values if not isinstance(value, ox.Literal))
