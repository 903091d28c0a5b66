"""The whole index as one lunr.Index.load takes: what the pieces are compared with, and never shipped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.model import Agent, Catalog, Concept, Dataset, Distribution, Portal
from generator.search.analyzed import analyze
from generator.search.directory import pipeline_function
from generator.search.documents import SearchDocument
from generator.search.packing import utf16
from generator.search.postings import VERSION, Postings, collect_postings, rounded
from generator.standards import vocabulary
from generator.text.slugs import slugify


def serialize(postings: Postings, pipeline: Sequence[str] = ()) -> dict[str, Any]:
    vectors: dict[str, list[list[float]]] = {field: [[] for _ in range(postings.size)] for field in postings.rows}
    inverted = {}
    fields = list(postings.rows)
    for number, (term, found) in enumerate(postings.held.items()):
        posting: dict[str, Any] = {field: {} for field in fields}
        rarity = postings.rarity(term)
        for place, held in found:
            field = fields[place]
            row = postings.rows[field]
            for document, kind in zip(held[::2], held[1::2], strict=True):
                posting[field][str(document)] = {}
                vectors[field][document] += [number, rounded(row.score(postings.kinds[kind], rarity))]
        inverted[term] = {**posting, "_index": number}
    return {
        "version": VERSION,
        "fields": fields,
        "fieldVectors": [
            [f"{field}/{number}", rows[number]] for number in range(postings.size) for field, rows in vectors.items()
        ],
        "invertedIndex": [[term, inverted[term]] for term in sorted(inverted, key=utf16)],
        "pipeline": list(pipeline),
    }


def build_index(documents: Iterable[SearchDocument], language: str) -> dict[str, Any]:
    """The serialised index of a language; a document's reference is its number, as text."""
    analyzed = analyze(documents, language)
    postings = collect_postings([one.counts for one in analyzed], boosts=[one.boost for one in analyzed])
    return serialize(postings, [pipeline_function(language)])


def write_json(value: object, file: Path) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_files(files: Iterable[tuple[str, bytes]], folder: Path) -> dict[str, int]:
    """Writes the files of an index below a folder; their sizes."""
    sizes = {}
    for path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        sizes[path] = len(content)
    return sizes


def bench_catalog(lines: Iterable[str]) -> Catalog:
    """The catalogue of a bench corpus, without the portal around it."""
    records = list(map(json.loads, lines))
    agents = {slugify(name): name for name in (record["publisher"] for record in records)}
    return Catalog(
        portal=Portal(languages=("fr",)),
        publishers={key: Agent(id=key, name={"fr": name}) for key, name in agents.items()},
        theme_taxonomy=tuple(themes()),
        datasets={dataset.id: dataset for dataset in map(bench_dataset, records)},
    )


def themes() -> Iterator[Concept]:
    for code, term in vocabulary("themes").terms.items():
        yield Concept(id=code, pref_label=term.title)


def bench_dataset(record: Mapping[str, Any]) -> Dataset:
    return Dataset(
        id=record["id"],
        title={"fr": record["title"]},
        description={"fr": record["description"]},
        publisher=slugify(record["publisher"]),
        theme=tuple(record["theme"]),
        keyword={"fr": tuple(record["keyword"])},
        issued=record["issued"],
        modified=record["modified"],
        distribution=tuple(
            Distribution(id=str(number), title={"fr": item["title"]}, format=item["format"])
            for number, item in enumerate(record["distribution"])
        ),
    )
