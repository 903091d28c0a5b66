"""What documents say, as terms; and what was found out before, so that a changed dataset alone is read again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, fields

from generator.model import Catalog
from generator.search.analyzer import Analyzer
from generator.search.documents import SearchDocument, Stub, document_of, searched
from generator.search.packing import json_column
from generator.search.postings import Counts
from generator.site.memory import no_garbage
from generator.text.speech import Words

SHOWN = [field.name for field in fields(Stub)]

Analyses = MutableMapping[str, bytes]
"""Key to an analysis, written. A dict remembers as long as a program runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyzed:
    """A document as the index needs it: the terms of each field, counted, and its result."""

    counts: Mapping[str, Counts]
    stub: Stub
    boost: float = 1.0


@no_garbage()
def analyze(documents: Iterable[SearchDocument], language: str) -> list[Analyzed]:
    terms = Analyzer.of(language).terms
    return [
        Analyzed(
            counts={field: count(terms(text)) for field, text in document.texts.items()},
            stub=document.stub,
            boost=document.boost,
        )
        for document in documents
    ]


def count(terms: Sequence[str]) -> Counts:
    """
    Most fields say each term once, which is sooner found out than counted.

    >>> count(["eau", "ecole", "eau"]) == {"eau": 2, "ecole": 1}, count(["eau"])
    (True, {'eau': 1})
    """
    once = dict.fromkeys(terms, 1)
    return once if len(once) == len(terms) else Counter(terms)


@no_garbage()
def analyze_catalog(catalog: Catalog, language: str, digests: Mapping[str, str], analyses: Analyses) -> list[Analyzed]:
    """
    The catalogue's documents analysed, those that changed since `analyses` were made, and the others as they were.

    `digests` has, by dataset id, a digest of all that its document is made from. What no document needs any more is
    dropped.
    """
    publishers, themes, languages = catalog.publishers, catalog.themes, catalog.portal.languages
    found: list[Analyzed] = []
    stale = set(analyses)
    for dataset in searched(catalog):
        key = f"{language} {digests[dataset.id]}"
        stale.discard(key)
        try:
            analyzed = _read_analyzed(analyses[key])
        except (KeyError, ValueError, TypeError):
            document = document_of(dataset, publishers.get(dataset.publisher), themes, language, languages)
            (analyzed,) = analyze([document], language)
            analyses[key] = _write(analyzed)
        found.append(analyzed)
    for key in stale:
        if key.partition(" ")[0] == language:
            del analyses[key]
    return found


def _write(analyzed: Analyzed) -> bytes:
    stub = {name: getattr(analyzed.stub, name) for name in SHOWN}
    languages = {key: text.language for key, text in stub.items() if isinstance(text, Words)}
    return json_column([analyzed.counts, stub, languages, analyzed.boost])


def _read_analyzed(written: bytes) -> Analyzed:
    counts, stub, languages, boost = json.loads(written)
    words = {key: Words(stub[key], said) for key, said in languages.items()}
    return Analyzed(counts=counts, stub=Stub(**{**stub, "formats": tuple(stub["formats"]), **words}), boost=boost)
