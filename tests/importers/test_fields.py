"""Every property of every record of a source is taken over, or named in the report with what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.authoring.report import Report
from generator.importers.dcat import import_dcat, pod
from generator.importers.dcat.sources import read_statements
from generator.importers.dcat.statements import Statements, compact
from generator.importers.dcat.unread import KNOWN, PLUMBING
from generator.importers.dcat.walk import ALSO, TECHNICAL
from generator.standards import properties

REAL = Path(__file__).parents[3] / "shared" / "real"
SOURCES = sorted(
    file
    for kind in ("dcat", "datajson")
    for file in (REAL / kind).rglob("*")
    if file.is_file() and file.suffix != ".md"
)
needed = pytest.mark.skipif(not SOURCES, reason=f"the real feeds are not part of the project: {REAL} does not exist")


def keys_of(value: Any) -> Iterator[str]:
    """Every key of JSON that says something, however deep, but for those of GeoJSON."""
    if isinstance(value, list):
        for item in value:
            yield from keys_of(item)
    elif isinstance(value, dict) and "coordinates" not in value:
        for key, item in value.items():
            if not key.startswith("@") and not pod.empty(item):
                yield key
                yield from keys_of(item)


def properties_of(found: Statements) -> set[str]:
    """Every property of every node that is not an entry of a list that everybody knows."""
    return {
        compact(iri)
        for node, predicates in found.subjects.items()
        if not node.value.startswith(KNOWN)
        for iri in predicates
    }


def accounted(report: Report) -> set[str]:
    """What the report names: what was taken or told, by each part of its path, and the names that lines open with."""
    taken = {part for path, _ in report.fields for part in path.replace("dcat:record/", "").split("/")}
    named = {word for event in report.events for word in event.value.split()[:1]}
    doubted = {part for path in report.doubts for part in path.split("/")}
    return taken | doubted | named | {name.partition(".")[2] for name in named} | known_parts()


def known_parts() -> set[str]:
    """What names a thing rather than says something of it: its labels, its geometry, the value of a checksum."""
    rows = {row.iri for kind in ("Location", "PeriodOfTime", "Kind") for row in properties()[kind].values() if row.iri}
    paths = {part for names in ALSO.values() for path in names.split() for part in path.split("/") if "/" in path}
    return rows | paths | set(f"{TECHNICAL} {PLUMBING}".split())


def unaccounted(source: Path, into: Path) -> list[str]:
    report = import_dcat(str(source), into)
    found = read_statements(str(source), Report())
    # What the walk read without a row of its own: words of a node that stand for it, statuses told by their value.
    read = {
        "spdx:algorithm",
        "spdx:checksumValue",
        "rdfs:label",
        "dct:title",
        "skos:prefLabel",
        "foaf:name",
        "rdf:value",
    }
    return sorted(name for name in properties_of(found) - accounted(report) - read if not name.startswith("hydra:"))


@needed
@pytest.mark.parametrize("source", SOURCES, ids=lambda file: file.relative_to(REAL).as_posix())
def test_every_property_is_taken_or_named(source, tmp_path):
    """
    No property of a real feed goes without a word.
    """
    assert unaccounted(source, tmp_path / "p") == []


@needed
@pytest.mark.parametrize("source", [file for file in SOURCES if file.suffix == ".json"], ids=lambda file: file.name)
def test_every_key_is_a_property(source):
    """
    No key of a `data.json` is lost before it is a property: what JSON-LD drops, we would not see.
    """
    value = json.loads(source.read_text(encoding="utf-8"))
    context = pod.context()
    records = value["dataset"] if isinstance(value, dict) else value
    found = properties_of(read_statements(str(source), Report()))

    expected = {str(context.get(key, f"pod:{key}")) for key in keys_of(records)}

    assert sorted(expected - found - {"dcat:dataset"}) == []


def test_property_that_nobody_reads_is_named(tmp_path):
    """
    A property deep inside a record, which no table knows, is in the report under the dataset that it is of.
    """
    (tmp_path / "a.ttl").write_text(
        """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ex: <https://exemple.org/ns#> .
<https://exemple.org/d/a> a dcat:Dataset ; dct:title "Arbres"@fr ; ex:colour "vert" ;
  dct:conformsTo [ a dct:Standard ; dct:title "Norme"@fr ; ex:edition "3" ] ;
  dct:publisher [ a foaf:Agent ; foaf:name "Ville"@fr ; ex:mayor [ ex:born "1970" ] ] .
"""
    )

    report = import_dcat(str(tmp_path / "a.ttl"), tmp_path / "p")

    assert [
        tuple(event) for event in report.events if event.code in ("left-out.field", "left-out.unused", "kept.words")
    ] == [
        ("left-out.field", "", "Agent.https://exemple.org/ns#mayor"),
        ("left-out.unused", "a", "dct:conformsTo Norme"),
        ("left-out.field", "a", "https://exemple.org/ns#colour"),
        ("kept.words", "a", "https://exemple.org/ns#colour vert"),
        ("left-out.field", "a", "Standard.https://exemple.org/ns#edition"),
        ("left-out.field", "a", "https://exemple.org/ns#born"),
    ]
