"""
Which document says what, in which field, and what that is worth: lunr 2.3's BM25, without lunr.

Postings are by field and term, as a reader asks for them. From the same terms lunr.py gets the same scores, to the
bit; a test compares them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from generator.search.documents import BOOSTS

VERSION = "2.3.9"
"""The lunr that reads the index: the one in the theme's package-lock.json."""

# lunr's own values of BM25's two parameters.
K1 = 1.2
B = 0.75

Counts = Mapping[str, int]
"""A field's terms in the order in which they were met, with how many times each."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """
    One field of all documents.

    `held` has, by term, a document number and a place in `kinds` in turn, documents ascending. A kind is all that a
    score depends on beside the term: how long the field is in the document, and how many times the term is there.
    """

    boost: float
    held: Mapping[str, array[int]]
    kinds: Sequence[tuple[int, int]]
    length: int
    size: int

    @cached_property
    def average(self) -> float:
        return self.length / self.size if self.size else 0.0

    @cached_property
    def norms(self) -> Mapping[int, float]:
        """What the length of a field does to its scores."""
        # The operations stand in lunr's order, here and below: each bit comes out the same.
        return {length: K1 * (1 - B + B * (length / self.average)) for length, _ in self.kinds}


@dataclass(frozen=True, kw_only=True)
class Postings:
    """
    `terms` are in the order in which they were first met, which is lunr's `_index`; `rows` are by field.

    `size` is the number of documents.
    """

    terms: Sequence[str]
    rows: Mapping[str, Row]
    size: int

    def frequency(self, term: str) -> int:
        """In how many fields of how many documents a term is: lunr's idf counts a document once a field."""
        return sum(len(row.held.get(term, ())) for row in self.rows.values()) // 2

    def documents(self, term: str) -> int:
        """In how many documents a term is."""
        found = [row.held[term][::2] for row in self.rows.values() if term in row.held]
        return len(found[0]) if len(found) == 1 else len(set().union(*found))

    def scores(self, term: str) -> Iterator[tuple[Row, array[int], list[float]]]:
        """For each field that has the term: its documents, ascending, and what the term is worth in each."""
        times = self.frequency(term)
        rarity = log(1 + abs((self.size - times + 0.5) / (times + 0.5)))
        for row in self.rows.values():
            if (held := row.held.get(term)) is None:
                continue
            kinds, boost, norms = row.kinds, row.boost, row.norms
            worth = {}
            for kind in set(held[1::2]):
                length, times = kinds[kind]
                worth[kind] = round(rarity * ((K1 + 1) * times) / (norms[length] + times) * boost, 3)
            yield row, held[::2], [worth[kind] for kind in held[1::2]]


def collect_postings(
    documents: Iterable[Mapping[str, Counts]], boosts: Mapping[str, float] = BOOSTS
) -> Postings:
    """The postings of documents that are given as the counted terms of each field."""
    terms: dict[str, None] = {}
    rows: list[tuple[str, dict[str, array[int]], dict[tuple[int, int], int]]] = [(field, {}, {}) for field in boosts]
    lengths = dict.fromkeys(boosts, 0)
    size = 0
    for number, document in enumerate(documents):
        size += 1
        for field, held, kinds in rows:
            counts = document[field]
            length = sum(counts.values())
            lengths[field] += length
            kind_of = {times: kinds.setdefault((length, times), len(kinds)) for times in set(counts.values())}
            for term, times in counts.items():
                if term in held:
                    held[term].extend((number, kind_of[times]))
                else:
                    terms.setdefault(term)
                    held[term] = array("I", (number, kind_of[times]))
    return Postings(
        terms=list(terms),
        rows={
            field: Row(boost=boosts[field], held=held, kinds=list(kinds), length=lengths[field], size=size)
            for field, held, kinds in rows
        },
        size=size,
    )
