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
from generator.importers.dcat.names import (
    find_dcat_portal,
    name_datasets,
    own_bases,
    own_dataset,
    source_of,
    title_of,
)
from generator.importers.dcat.readers import WHOLE, reader_of
from generator.importers.dcat.services import describe_services, name_services
from generator.importers.dcat.sources import read_statements
from generator.importers.dcat.statements import Statements, Subject, Term, expand
from generator.importers.dcat.themes import adopt_themes
from generator.importers.dcat.unread import tell_unread
from generator.importers.dcat.walk import Values, Walk
from generator.importers.languages import own_language, rank_languages, read_tag
from generator.source.secrets import public_address, secrets_of


def import_dcat(source: str, into: Path) -> Report:
    """
    Import a DCAT catalogue from a file, a folder or an address; also DCAT-US's `data.json`.

    SourceError when the source can't be read; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    report = Report(source=public_address(source) if remote else Path(source).name)
    report.secrets = secrets_of(source) if remote else frozenset()
    found = read_statements(source, report)
    found.bases = own_bases(found)
    folder = Folder.open(into, report)
    catalog = main_catalog(found)
    languages = find_dcat_languages(found, catalog, report)
    draft = Draft.begin(folder, report, languages[0], languages[1:])
    draft.locale = "en-US" if "dcat-us" in report.profiles else ""
    fill(draft, found, catalog)
    return draft.write()


def main_catalog(found: Statements) -> Subject | None:
    """The catalogue that is part of no other; of several, the one that has the most datasets."""
    catalogs = found.of_type("dcat:Catalog")
    parts = {
        part
        for node in catalogs
        for name in ("dcat:catalog", "dct:hasPart")
        for part in found.about(node).get(expand(name), ())
        if part in catalogs and part != node
    }
    parts |= {
        node for node in catalogs if any(top in catalogs for top in found.about(node).get(expand("dct:isPartOf"), ()))
    }
    tops = [node for node in catalogs if node not in parts] or catalogs
    return max(tops, key=lambda node: len(list(found.about(node).get(expand("dcat:dataset"), ()))), default=None)


def find_dcat_languages(found: Statements, catalog: Subject | None, report: Report) -> list[str]:
    """
    The portal's languages: that of texts without a tag first, then those of the tags, by use.

    A Vitrine's come back in their own order, as far as texts are in them.
    """
    records: list[set[str]] = []
    bare: list[str] = []
    stated: list[str] = []
    for node in found.datasets():
        tags = set()
        for name in ("dct:title", "dct:description"):
            for term in found.about(node).get(expand(name), ()):
                if isinstance(term, ox.Literal):
                    tags.add(read_tag(term.language or ""))
                    bare += [] if term.language else [term.value]
        records.append(tags)
        stated += [code_of("languages", term) for term in found.about(node).get(expand("dct:language"), ())]
    languages = found.about(catalog).get(expand("dct:language"), ()) if catalog else ()
    declared = [code for code in (code_of("languages", term) for term in languages) if code]
    ranked, rare = rank_languages(records, declared)
    for code in rare:
        report.tell("guessed.rare-language", "", code)
    if found.bases and ranked:
        return [*(code for code in declared if code in ranked), *(code for code in ranked if code not in declared)]
    untagged = sum("" in tags for tags in records)
    tagged = sum(bool(tags - {""}) for tags in records)
    if untagged and untagged >= tagged:
        single = declared[:1] if len(set(declared)) == 1 else []
        return list(dict.fromkeys([single[0] if single else own_language(bare, [*stated, *declared], ranked), *ranked]))
    return ranked or declared[:1] or [own_language(bare, stated, [])]


def fill(draft: Draft, found: Statements, catalog: Subject | None) -> None:
    """Everything that the statements say, in the draft."""
    ids = name_datasets(found, draft)
    matches = [own_dataset(found, node) for node in found.datasets()]
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
    services, portal = name_services(found, draft), find_dcat_portal(found, ids, draft.report)
    walk = Walk(
        found,
        draft,
        WHOLE,
        reader_of,
        known,
        services,
        base,
        portal,
        days,
        published_records(found),
        catalogs_of(found),
    )
    adopt_themes(walk)
    for node, identifier in ids.items():
        draft.datasets[identifier] = read_dataset(walk, node, identifier)
    for term in found.objects(catalog, "dcat:dataset") if catalog else []:
        if not found.about(term):
            draft.report.tell("left-out.undescribed", "", term.value)
    if catalog is not None:
        draft.catalog = read_catalog(walk, catalog)
    tell_catalogs(found, catalog, draft)
    draft.catalog["service"] = describe_services(walk, draft.catalog)
    break_circles(draft)
    tell_unread(walk, ids)


def tell_catalogs(found: Statements, main: Subject | None, draft: Draft) -> None:
    """The source's other catalogues: led to, or only told; their datasets are brought in."""
    parts = draft.catalog.get("catalog") or []
    linked = {part["iri"] for part in (parts if isinstance(parts, list) else [parts])}
    for node in found.of_type("dcat:Catalog"):
        if node != main:
            code = "kept.catalog" if node.value in linked else "left-out.catalog"
            draft.report.tell(code, "", title_of(found, node) or node.value)


def published_records(found: Statements) -> dict[Term, list[Subject]]:
    """The catalogue's own records of things, which know dates that the things do not say."""
    records: dict[Term, list[Subject]] = {}
    for node in found.of_type("dcat:CatalogRecord"):
        for term in found.objects(node, "foaf:primaryTopic"):
            records.setdefault(term, []).append(node)
    return records


def catalogs_of(found: Statements) -> dict[Term, Subject]:
    """Each dataset to the first catalogue that lists it."""
    catalogs: dict[Term, Subject] = {}
    for node in found.of_type("dcat:Catalog"):
        for term in found.about(node).get(expand("dcat:dataset"), ()):
            catalogs.setdefault(term, node)
    return catalogs


def read_catalog(walk: Walk, node: Subject) -> Values:
    values = walk.describe("Catalog", node, "", except_=("service", "themeTaxonomy"))
    if values.get("homepage", "").rstrip("/") == walk.base.rstrip("/"):
        values.pop("homepage", None)
    return values


def break_circles(draft: Draft) -> None:
    """A publisher is not its own parent, at any distance."""
    for identifier in sorted(draft.publishers):
        seen, node = {identifier}, draft.publishers[identifier].get("parent")
        while node in draft.publishers and node not in seen:
            seen.add(node)
            node = draft.publishers[node].get("parent")
        if node == identifier:
            draft.report.tell("left-out.own-parent", "", identifier)
            del draft.publishers[identifier]["parent"]


IMPORTER = Importer(name="dcat", source="address", take=import_dcat)
