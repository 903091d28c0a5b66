"""
A lunr 2.3 index, without lunr: the same bytes as lunr.py makes of the same terms, in a fraction of its time.

Postings are what any way to store the index starts from; `serialize` is lunr's own, one JSON for all.
"""

from __future__ import annotations

import json
import posixpath
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, NamedTuple

from generator.search.analysis import Analyzer, settings
from generator.search.documents import BOOSTS, Document, serialize_stub

VERSION = "2.3.9"
"""The lunr that reads the index: the one in the theme's package-lock.json."""

# lunr's own values of BM25's two parameters.
K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """What one field of one document says: term numbers, ascending, each with its score."""

    terms: array[int]
    scores: array[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """
    Which document says what, in which field, and what that is worth.

    `terms` are in the order in which they were first met, which is lunr's `_index`. `vectors` has one row a
    field, with one vector a document.
    """

    fields: Sequence[str]
    terms: Sequence[str]
    vectors: Sequence[Sequence[Vector]]

    def by_term(self) -> list[list[list[int]]]:
        """By field and term number: the documents, ascending."""
        found: list[list[list[int]]] = []
        for row in self.vectors:
            documents: list[list[int]] = [[] for _ in self.terms]
            for number, vector in enumerate(row):
                for term in vector.terms:
                    documents[term].append(number)
            found.append(documents)
        return found


class _Counts(NamedTuple):
    """How long a field is, which terms are in it, and how many times each."""

    length: int
    terms: array[int]
    times: array[int]


class _Numbers(dict[str, int]):
    """Numbers terms as they are met."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def collect_postings(
    documents: Iterable[Mapping[str, Sequence[str]]], boosts: Mapping[str, float] = BOOSTS
) -> Postings:
    """The postings of documents that are given as the terms of each field."""
    numbers = _Numbers()
    number_of = numbers.__getitem__
    counted: list[list[_Counts]] = [[] for _ in boosts]
    # In how many fields of how many documents a term is: lunr's idf counts a document once a field.
    frequencies: Counter[int] = Counter()
    rows = list(zip(boosts, counted, strict=True))
    for document in documents:
        for field, row in rows:
            terms = document[field]
            counts = Counter(map(number_of, terms))
            met = array("I", sorted(counts))
            frequencies.update(met)
            row.append(_Counts(len(terms), met, array("I", map(counts.__getitem__, met))))
    size = len(counted[0]) if counted else 0
    rarity = [
        log(1 + abs((size - times + 0.5) / (times + 0.5)))
        for times in map(frequencies.__getitem__, range(len(numbers)))
    ]
    return Postings(
        fields=tuple(boosts),
        terms=list(numbers),
        vectors=[_weigh(row, rarity, boost) for row, boost in zip(counted, boosts.values(), strict=True)],
    )


def _weigh(row: Sequence[_Counts], rarity: Sequence[float], boost: float) -> list[Vector]:
    """BM25 of every term in one field. The operations stand in lunr's order: each bit comes out the same."""
    vectors = []
    average = sum(length for length, _, _ in row) / len(row) if row else 0.0
    for length, terms, counts in row:
        norm = K1 * (1 - B + B * (length / average)) if length else 0.0
        scores = [
            round(rarity[term] * ((K1 + 1) * times) / (norm + times) * boost, 3)
            for term, times in zip(terms, counts, strict=True)
        ]
        vectors.append(Vector(terms=terms, scores=array("d", scores)))
    return vectors


def analyze(documents: Iterable[Document], language: str) -> Iterable[Mapping[str, Sequence[str]]]:
    """The terms of each field of each document."""
    terms = Analyzer.of(language).terms
    return ({field: terms(text) for field, text in document.texts.items()} for document in documents)


def build_index(documents: Iterable[Document], language: str) -> dict[str, Any]:
    """The serialised index of a language; a document's reference is its number, as text."""
    return serialize(collect_postings(analyze(documents, language)), [pipeline_function(language)])


def pipeline_function(language: str) -> str:
    """
    The name under which search.js registers the language's analysis before it loads the index.

    >>> pipeline_function("fr")
    'vitrine-fr'
    """
    return f"vitrine-{language}"


def serialize(postings: Postings, pipeline: Sequence[str] = ()) -> dict[str, Any]:
    """The postings as lunr.Index.load reads them."""
    size = len(postings.vectors[0]) if postings.vectors else 0
    references = [str(number) for number in range(size)]
    vectors = [
        [f"{field}/{reference}", _interleave(row[number])]
        for number, reference in enumerate(references)
        for field, row in zip(postings.fields, postings.vectors, strict=True)
    ]
    columns = list(zip(postings.fields, postings.by_term(), strict=True))
    metadata: dict[str, Any] = {}
    inverted = []
    for number in utf16_order(postings.terms):
        posting: dict[str, Any] = {
            field: dict.fromkeys([references[document] for document in column[number]], metadata)
            for field, column in columns
        }
        posting["_index"] = number
        inverted.append([postings.terms[number], posting])
    return {
        "version": VERSION,
        "fields": list(postings.fields),
        "fieldVectors": vectors,
        "invertedIndex": inverted,
        "pipeline": list(pipeline),
    }


def _interleave(vector: Vector) -> list[float]:
    flat: list[float] = [0] * (2 * len(vector.terms))
    flat[::2] = vector.terms
    flat[1::2] = vector.scores
    return flat


def utf16_order(terms: Sequence[str]) -> list[int]:
    """
    The places of terms in the order in which JavaScript compares them: lunr.js refuses terms in another one.

    >>> utf16_order(["\\uffee", "\\U00010428", "z"])
    [2, 1, 0]
    """
    return sorted(range(len(terms)), key=lambda number: terms[number].encode("utf-16-be", "surrogatepass"))


def render_index(documents: Iterable[Document], language: str) -> bytes:
    """The index as JSON, what lunr.Index.load takes."""
    return _dump(build_index(documents, language))


def render_documents(documents: Iterable[Document], language: str, stemmer: str = "") -> bytes:
    """
    The rest of what the script needs: the language's analysis, and the result stubs by document number.

    `stemmer` is the address of the stemmer's script, seen from this file; a language without rules has none.
    """
    stubs = [serialize_stub(document.stub, language) for document in documents]
    return _dump({"analysis": settings(language), "stemmer": stemmer, "documents": stubs})


def stemmer_asset(language: str) -> str:
    """
    The name of the stemmer's script among the theme's assets; empty for a language without one.

    A worker runs a script only when the host calls it JavaScript, which hosts do by the ending `.js`.

    >>> stemmer_asset("fr"), stemmer_asset("et")
    ('fr.js', '')
    """
    script: str = settings(language)["script"]
    return posixpath.splitext(posixpath.basename(script))[0] + ".js" if script else ""


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode()
