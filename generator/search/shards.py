"""
The index cut by term: sorted terms in files of a few KB, so that a query fetches only those that hold its words.

A file's columns, terms in their order and a term's fields in theirs:

    shared, rest     the terms, front-coded
    fields           which fields have the term, a bit each
    places           of the terms that are first met in the same document, the place of each
    counts           for each field that has the term: in how many documents, less one
    documents        for each: their numbers, by gaps
    times            for each document: how often it says the term, less one, and its boost
    exceptions       a term's, a field's and a boost's place, a length, times, and the score × 1000 of those
    lengths …        one column a field: how long the field is in each document, less one

Scores are not written: search-store.js computes them as lunr does. Its logarithm may differ from ours in the last bit,
so whatever is that near to a change of rounding is written out as an exception, and each score is the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import sqrt

from generator.search.packing import Columns, front_code, gaps, utf16, varints
from generator.search.postings import Held, Postings, Row, ScoreKind, rounded
from generator.site.memory import no_garbage

SMALLEST = 4000
LARGEST = 9000

# About what a term, a field of it and a document of that come to, compressed.
TERM_COST, FIELD_COST, DOCUMENT_COST = 4, 2, 1.8

# In thousandths of a thousandth: far more than what two logarithms can differ by.
MARGIN = 1e-6


def cut_terms(postings: Postings) -> list[list[str]]:
    """
    The terms of each file, in the order in which JavaScript compares them.

    A query costs the directory once and a few files: the larger the catalogue, the larger the files that are best.
    """
    # In ASCII the two orders are one.
    terms = sorted(postings.held, key=None if "".join(postings.held).isascii() else utf16)
    costs = [cost_of(postings.held[term]) for term in terms]
    most = min(max(SMALLEST, 2 * sqrt(sum(costs))), LARGEST)
    shards: list[list[str]] = []
    size = 0.0
    for term, cost in zip(terms, costs, strict=True):
        if not shards or size + cost > most:
            shards.append([])
            size = 0
        shards[-1].append(term)
        size += cost
    return shards


def cost_of(fields: Sequence[tuple[int, Held]]) -> float:
    documents = sum([len(held) for _, held in fields]) / 2
    return TERM_COST + FIELD_COST * len(fields) + DOCUMENT_COST * documents


def separators(shards: Sequence[Sequence[str]]) -> list[str]:
    """
    Where each file starts: the shortest text that is after all terms of the one before.

    >>> separators([["eau", "ecole"], ["ecoute", "encre"]])
    ['', 'ecou']
    """
    found = [""] if shards else []
    for before, after in pairwise(shards):
        last, first = before[-1], after[0]
        length = next((n for n in range(1, len(first)) if utf16(first[:n]) > utf16(last)), len(first))
        found.append(first[:length])
    return found


@no_garbage()
def encode_shards(postings: Postings, shards: Iterable[Sequence[str]], margin: float = MARGIN) -> list[Columns]:
    encoded: list[Columns] = []
    places = place_terms(postings)
    kinds = postings.kinds
    rows = list(postings.rows.values())
    levels = {boost: place for place, boost in enumerate(postings.boosts)}
    often = [(kind.times - 1) * len(levels) + levels[kind.boost] for kind in kinds]
    long = [kind.length - 1 for kind in kinds]
    thousandths = [Scores(row, kinds, 1000) for row in rows]
    for terms in shards:
        every = array("I")
        by_row = [array("I") for _ in rows]
        masks, starts, counts, exceptions = [], [], [], []
        for place, term in enumerate(terms):
            mask = 0
            rarity = postings.rarity(term)
            for number, held in postings.held[term]:
                mask |= 1 << number
                starts.append(len(every) // 2)
                counts.append(len(held) // 2 - 1)
                every.extend(held)
                by_row[number].extend(held)
                scores = thousandths[number]
                for key in set(held[1::2]):
                    if -margin < rarity * scores[key] % 1 - 0.5 < margin:
                        kind = kinds[key]
                        score = round(rounded(rows[number].score(kind, rarity)) * 1000)
                        exceptions += [place, number, levels[kind.boost], kind.length, kind.times, score]
            masks.append(mask)
        encoded.append(
            (
                *front_code(terms),
                varints(masks),
                varints(map(places.__getitem__, terms)),
                varints(counts),
                varints(gaps(every[::2], starts)),
                varints(map(often.__getitem__, every[1::2])),
                varints(exceptions),
                *(varints(map(long.__getitem__, held[1::2])) for held in by_row),
            )
        )
    return encoded


class Scores(dict[int, float]):
    """A row's score of each kind, by its place, for one rarity; each is computed when it is first asked for."""

    def __init__(self, row: Row, kinds: Sequence[ScoreKind], rarity: float) -> None:
        super().__init__()
        self._row, self._kinds, self._rarity = row, kinds, rarity

    def __missing__(self, place: int) -> float:
        score = self[place] = self._row.score(self._kinds[place], self._rarity)
        return score


def place_terms(postings: Postings) -> dict[str, int]:
    """
    Of the terms that are first met in the same document, the place of each.

    lunr sums in the order of `_index`, that in which terms were first met. Beside the first document this is all that
    it takes to know it, in a fraction of the bytes.
    """
    places = {}
    before, place = -1, 0
    for term, first in zip(postings.held, postings.first, strict=True):
        place = place + 1 if first == before else 0
        places[term] = place
        before = first
    return places


def encode_vocabulary(postings: Postings, terms: Sequence[str]) -> Columns:
    """All terms, sorted, and in how many documents each is."""
    return *front_code(terms), varints(map(postings.frequency, terms))
