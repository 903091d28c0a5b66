"""
Which document says what, in which field, and what that is worth: lunr 2.3's BM25, without lunr.

Postings are by field and term, as a reader asks for them. Of the same terms lunr.py makes the same index; a test
compares the two.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple, TypeAlias

from generator.search.documents import BOOSTS
from generator.site.memory import no_garbage

VERSION = "2.3.9"
"""The lunr that reads the index: the one in the theme's package-lock.json."""

# lunr's own values of BM25's two parameters; search-store.js has them too.
K1 = 1.2
B = 0.75

Counts = Mapping[str, int]
"""A field's terms in the order in which they were met, with how many times each."""


class ScoreKind(NamedTuple):
    """All that a score depends on beside the term: the field's length, the term's times, the document's boost."""

    length: int
    times: int
    boost: float


Held: TypeAlias = "array[int]"
"""What a field has of a term: a document's number and a place in `kinds` in turn, documents ascending."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One field of all documents. `length` is that of all together."""

    boost: float
    length: int
    size: int

    def score(self, kind: ScoreKind, rarity: float) -> float:
        """What a kind makes of a term's rarity; not yet rounded."""
        # The operations stand in lunr's order: each bit comes out the same.
        length, times, boost = kind
        norm = K1 * (1 - B + B * (length / (self.length / self.size)))
        return rarity * ((K1 + 1) * times) / (norm + times) * self.boost * boost


@dataclass(frozen=True, kw_only=True)
class Postings:
    """
    `held` has each term's fields, by their place in `rows`; terms are in the order in which they were first met, which
    is lunr's `_index`.

    `first` has, in the same order, the first document of each. `kinds` are those of all rows. `size` is the number of
    documents, `boosts` are the boosts that any has.
    """

    held: Mapping[str, Sequence[tuple[int, Held]]]
    first: Sequence[int]
    kinds: Sequence[ScoreKind]
    rows: Mapping[str, Row]
    size: int
    boosts: Sequence[float]

    def rarity(self, term: str) -> float:
        """lunr's idf. It counts a document once a field."""
        times = sum([len(held) for _, held in self.held[term]]) // 2
        return log(1 + abs((self.size - times + 0.5) / (times + 0.5)))

    def frequency(self, term: str) -> int:
        """In how many documents a term is."""
        (_, held), *others = self.held[term]
        if not others:
            return len(held) // 2
        return len(set(held[::2]).union(*(more[::2] for _, more in others)))


def rounded(score: float) -> float:
    """As lunr keeps a score."""
    return round(score, 3)


@no_garbage()
def collect_postings(
    documents: Iterable[Mapping[str, Counts]],
    fields: Mapping[str, float] = BOOSTS,
    boosts: Sequence[float] | None = None,
) -> Postings:
    """The postings of documents that are given as the counted terms of each field; `boosts` has one a document."""
    terms: dict[str, list[tuple[int, Held]]] = {}
    first: list[int] = []
    kinds: dict[ScoreKind, int] = {}
    rows: list[tuple[str, dict[str, Held]]] = [(field, {}) for field in fields]
    lengths = dict.fromkeys(fields, 0)
    size = 0
    for number, document in enumerate(documents):
        size += 1
        boost = boosts[number] if boosts else 1.0
        for field, held in rows:
            counts = document[field]
            length = sum(counts.values())
            lengths[field] += length
            pairs = {
                times: array("I", (number, kinds.setdefault(ScoreKind(length, times, boost), len(kinds))))
                for times in set(counts.values())
            }
            for term, times in counts.items():
                if term in held:
                    # An array takes another in one piece.
                    held[term].extend(pairs[times])
                    continue
                if term not in terms:
                    terms[term] = []
                    first.append(number)
                held[term] = pairs[times][:]
    for place, (_, held) in enumerate(rows):
        for term, found in held.items():
            terms[term].append((place, found))
    return Postings(
        held=terms,
        first=first,
        kinds=list(kinds),
        rows={field: Row(boost=fields[field], length=lengths[field], size=size) for field in fields},
        size=size,
        boosts=sorted({kind.boost for kind in kinds} or {1.0}),
    )
