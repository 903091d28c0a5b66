"""
Which document says what, in which field, and what that is worth: lunr 2.3's BM25, without lunr.

Postings are by field and term, as a reader asks for them. Of the same terms lunr.py makes the same index; a test
compares the two.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

from generator.search.documents import BOOSTS

VERSION = "2.3.9"
"""The lunr that reads the index: the one in the theme's package-lock.json."""

# lunr's own values of BM25's two parameters; search-store.js has them too.
K1 = 1.2
B = 0.75

Counts = Mapping[str, int]
"""A field's terms in the order in which they were met, with how many times each."""


class Kind(NamedTuple):
    """All that a score depends on beside the term: the field's length, the term's times, the document's boost."""

    length: int
    times: int
    boost: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """
    One field of all documents. `length` is that of all together.

    `held` has, by term, a document's number and a place in `kinds` in turn, documents ascending.
    """

    boost: float
    held: Mapping[str, array[int]]
    kinds: Sequence[Kind]
    length: int
    size: int

    def documents(self, term: str) -> array[int]:
        return self.held[term][::2]

    def kinds_of(self, term: str) -> list[Kind]:
        return [self.kinds[number] for number in self.held[term][1::2]]

    @cached_property
    def norms(self) -> Mapping[int, float]:
        """What a length does to a score."""
        # The operations stand in lunr's order, here and below: each bit comes out the same.
        average = self.length / self.size
        return {kind.length: K1 * (1 - B + B * (kind.length / average)) for kind in self.kinds}

    def worth(self, term: str, rarity: float) -> dict[Kind, float]:
        """The term's score in this field, not yet rounded, by kind."""
        found = {}
        for number in set(self.held[term][1::2]):
            kind = length, times, boost = self.kinds[number]
            found[kind] = rarity * ((K1 + 1) * times) / (self.norms[length] + times) * self.boost * boost
        return found


@dataclass(frozen=True, kw_only=True)
class Postings:
    """
    `terms` are in the order in which they were first met, which is lunr's `_index`; `rows` are by field.

    `size` is the number of documents, `boosts` are the boosts that any has.
    """

    terms: Sequence[str]
    rows: Mapping[str, Row]
    size: int
    boosts: Sequence[float]

    def rarity(self, term: str) -> float:
        """lunr's idf. It counts a document once a field."""
        times = sum(len(row.held.get(term, ())) for row in self.rows.values()) // 2
        return log(1 + abs((self.size - times + 0.5) / (times + 0.5)))

    def frequency(self, term: str) -> int:
        """In how many documents a term is."""
        found = [row.documents(term) for row in self.rows.values() if term in row.held]
        return len(found[0]) if len(found) == 1 else len(set().union(*found))

    def first(self, term: str) -> int:
        """The first document that has a term."""
        return min(row.held[term][0] for row in self.rows.values() if term in row.held)


def rounded(score: float) -> float:
    """As lunr keeps a score."""
    return round(score, 3)


def collect_postings(
    documents: Iterable[Mapping[str, Counts]],
    fields: Mapping[str, float] = BOOSTS,
    boosts: Sequence[float] | None = None,
) -> Postings:
    """The postings of documents that are given as the counted terms of each field; `boosts` has one a document."""
    terms: dict[str, None] = {}
    rows: list[tuple[str, dict[str, array[int]], dict[Kind, int]]] = [(field, {}, {}) for field in fields]
    lengths = dict.fromkeys(fields, 0)
    size = 0
    for number, document in enumerate(documents):
        size += 1
        boost = boosts[number] if boosts else 1.0
        for field, held, kinds in rows:
            counts = document[field]
            length = sum(counts.values())
            lengths[field] += length
            kind_of = {
                times: kinds.setdefault(Kind(length, times, boost), len(kinds)) for times in set(counts.values())
            }
            for term, times in counts.items():
                if term in held:
                    held[term].extend((number, kind_of[times]))
                else:
                    terms.setdefault(term)
                    held[term] = array("I", (number, kind_of[times]))
    return Postings(
        terms=list(terms),
        rows={
            field: Row(boost=fields[field], held=held, kinds=list(kinds), length=lengths[field], size=size)
            for field, held, kinds in rows
        },
        size=size,
        boosts=sorted({kind.boost for _, _, kinds in rows for kind in kinds} or {1.0}),
    )
