"""A bench corpus written as a portal: the same datasets that Hugo is given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.standards import vocabulary
from generator.text.slugs import slugify

Record = Mapping[str, Any]

LEFT_OUT = "the theme `tri`, which no list knows, and the frequency `unknown` are left out"

KINDS = {"Ministère": "ministry", "Ville": "municipality", "Municipalité": "municipality", "Organisme": "agency"}

PORTAL = """\
baseURL: https://donnees.example.org/
languages: [{languages}]
"""

CATALOG = """\
title: Données
description: Un catalogue de mesure.
publisher: {publisher}
license: cc-by-4.0
contactPoint: {{name: Équipe des données ouvertes, email: donnees@example.org}}
"""


def write_portal(corpus: Path, folder: Path, languages: Sequence[str]) -> None:
    """Write a portal into a new folder; English texts only where the portal speaks it."""
    datasets = folder / "datasets"
    (datasets / "publishers").mkdir(parents=True)
    ids: dict[str, str] = {}
    for record in read_corpus(corpus):
        if record["publisher"] not in ids:
            ids[record["publisher"]] = add_publisher(record["publisher"], set(ids.values()), datasets)
        text = "\n".join(dataset_lines(record, ids[record["publisher"]], "en" in languages))
        (datasets / f"{record['id']}.yaml").write_text(f"{text}\n", encoding="utf-8")
    catalog = CATALOG.format(publisher=min(ids.values()))
    (datasets / "catalog.yaml").write_text(catalog, encoding="utf-8")
    (folder / "portal.yaml").write_text(PORTAL.format(languages=", ".join(languages)), encoding="utf-8")


def read_corpus(corpus: Path) -> Iterator[Record]:
    with corpus.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def add_publisher(name: str, taken: set[str], datasets: Path) -> str:
    """Write the publisher's file; its id is its name's slug, numbered when another has it."""
    base = identifier = slugify(name)
    number = 2
    while identifier in taken:
        identifier, number = f"{base}-{number}", number + 1
    text = f"name: {quote(name)}\nkind: {KINDS[name.split()[0]]}\n"
    (datasets / "publishers" / f"{identifier}.yaml").write_text(text, encoding="utf-8")
    return identifier


def dataset_lines(record: Record, publisher: str, translated: bool) -> Iterator[str]:
    """The lines of a dataset's file."""
    for key in ("title", "description"):
        english = record.get(f"{key}_en") if translated else None
        if english:
            yield f"{key}:"
            yield f"  fr: {quote(record[key])}"
            yield f"  en: {quote(english)}"
        else:
            yield f"{key}: {quote(record[key])}"
    yield f"publisher: {publisher}"
    contact = record["contact"]
    yield f"contactPoint: {{name: {quote(contact['name'])}, email: {quote(contact['email'])}}}"
    if themes := known("themes", record["theme"]):
        yield f"theme: [{', '.join(themes)}]"
    yield f"keyword: [{', '.join(map(quote, record['keyword']))}]"
    yield from (f"license: {code}" for code in known("licenses", [record["license"]]))
    if record["frequency"] != "unknown":
        yield from (f"accrualPeriodicity: {code}" for code in known("frequencies", [record["frequency"]]))
    yield f"issued: {record['issued']}"
    yield f"modified: {record['modified']}"
    east, north = record["bbox"]
    yield f"spatial: {{bbox: [{east}, {north}, {east}, {north}]}}"
    yield "distribution:"
    for item in record["distribution"]:
        term = vocabulary("formats").find(item["format"])
        service = term is not None and term.facts.get("service")
        yield f"  - title: {quote(item['title'])}"
        yield f"    {'accessURL' if service else 'downloadURL'}: {quote(item['url'])}"
        yield f"    format: {term.code if term else quote(item['format'])}"
        if not service:
            yield f"    byteSize: {item['bytes']}"


def known(name: str, spellings: Iterable[str]) -> list[str]:
    """The codes that a vocabulary has for these spellings."""
    terms = (vocabulary(name).find(spelling) for spelling in spellings)
    return list(dict.fromkeys(term.code for term in terms if term))


def quote(text: str) -> str:
    """
    A YAML scalar: JSON's strings are among YAML's double-quoted ones.

    >>> quote('été "1"')
    '"été \\\\"1\\\\""'
    """
    return json.dumps(text, ensure_ascii=False)
