"""DCAT catalogues, Vitrine's own among them, as files of a portal."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from generator.authoring.folder import Folder
from generator.authoring.report import Report
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.dates import DayOrder
from generator.importers.dcat.codes import code_of
from generator.importers.dcat.datasets import read_dataset
from generator.importers.dcat.names import OWN_DATASET, find_portal, name_datasets, source_of
from generator.importers.dcat.readers import WHOLE, reader_of
from generator.importers.dcat.services import describe_services, name_services
from generator.importers.dcat.sources import read_statements
from generator.importers.dcat.statements import Statements, Subject, expand
from generator.importers.dcat.themes import adopt_themes
from generator.importers.dcat.walk import Values, Walk
from generator.importers.languages import guess_language
from generator.importers.terms import find_code
from generator.text.languages import DEFAULT_LANGUAGE


def import_dcat(source: str, into: Path) -> Report:
    """
    Import a DCAT catalogue from a file, a folder or an address; also DCAT-US's `data.json`.

    SourceError when the source can't be read; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    report = Report(source=source if remote else Path(source).name)
    found = read_statements(source, report)
    folder = Folder.open(into, report)
    catalog = main_catalog(found)
    own, others = find_languages(found, catalog)
    draft = Draft.begin(folder, report, own, others)
    fill(draft, found, catalog)
    return draft.write()


def main_catalog(found: Statements) -> Subject | None:
    """The catalogue that has the most datasets: a catalogue of catalogues has several."""
    catalogs = found.of_type("dcat:Catalog")
    return max(catalogs, key=lambda node: len(found.objects(node, "dcat:dataset")), default=None)


def find_languages(found: Statements, catalog: Subject | None) -> tuple[str, list[str]]:
    """
    The language of texts without a tag, and those of the tags.

    The catalogue's own languages come first, in their order, as far as texts are in them.
    """
    tags: Counter[str] = Counter()
    bare: list[str] = []
    for node in found.datasets():
        for name in ("dct:title", "dct:description"):
            for term in found.objects(node, name):
                if isinstance(term, ox.Literal):
                    tags[find_code("languages", term.language or "")] += 1
                    if not term.language:
                        bare.append(term.value)
    untagged = tags.pop("", 0)
    said = [code_of("languages", term) for term in (found.objects(catalog, "dct:language") if catalog else [])]
    said = [code for code in dict.fromkeys(said) if code and (code in tags or not tags)]
    spoken = list(dict.fromkeys([*said, *sorted(tags, key=lambda code: (-tags[code], code))]))
    if not spoken or (untagged and not said):
        spoken = list(dict.fromkeys([guess_language(bare), *spoken, *([] if spoken else [DEFAULT_LANGUAGE])]))
    spoken = [code for code in spoken if code]
    return spoken[0], spoken[1:]


def fill(draft: Draft, found: Statements, catalog: Subject | None) -> None:
    """Everything that the statements say, in the draft."""
    ids = name_datasets(found, draft)
    matches = [OWN_DATASET.fullmatch(node.value) for node in found.datasets()]
    bases = Counter(match["base"] for match in matches if match)
    base = bases.most_common(1)[0][0] if bases else ""
    days = DayOrder(
        term.value
        for predicates in found.subjects.values()
        for iri in ("dct:issued", "dct:modified")
        for term in predicates.get(expand(iri), ())
    )
    known: dict[Any, str] = {source_of(found, node): id for node, id in ids.items()}
    known.update(ids)
    services, portal = name_services(found, draft), find_portal(found, ids, draft.report)
    walk = Walk(found, draft, WHOLE, reader_of, known, services, base, portal, days)
    adopt_themes(walk)
    for node, identifier in ids.items():
        draft.datasets[identifier] = read_dataset(walk, node, identifier)
    for term in found.objects(catalog, "dcat:dataset") if catalog else []:
        if not found.about(term):
            draft.report.tell("left-out.undescribed", "", term.value)
    if catalog is not None:
        draft.catalog = read_catalog(walk, catalog)
    draft.catalog["service"] = describe_services(walk, draft.catalog)


def read_catalog(walk: Walk, node: Subject) -> Values:
    values = walk.describe("Catalog", node, "", except_=("service", "themeTaxonomy"))
    if values.get("homepage", "").rstrip("/") == walk.base.rstrip("/"):
        values.pop("homepage", None)
    return values


IMPORTER = Importer(name="dcat", source="address", take=import_dcat)
