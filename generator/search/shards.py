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

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import sqrt

from generator.search.packing import Columns, front_code, gaps, utf16, varints
from generator.search.postings import Held, Postings, rounded

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


def encode_shards(postings: Postings, shards: Iterable[Sequence[str]], margin: float = MARGIN) -> Iterator[Columns]:
    places = place_terms(postings)
    rows = list(postings.rows.values())
    levels = {boost: place for place, boost in enumerate(postings.boosts)}
    often = [[(kind.times - 1) * len(levels) + levels[kind.boost] for kind in row.kinds] for row in rows]
    heavy = [[row.score(key, 1000) for key in range(len(row.kinds))] for row in rows]
    long = [[kind.length - 1 for kind in row.kinds] for row in rows]
    for terms in shards:
        masks, counts, exceptions = [], [], []
        documents: list[int] = []
        times: list[int] = []
        lengths: list[list[int]] = [[] for _ in rows]
        for place, term in enumerate(terms):
            mask = 0
            rarity = postings.rarity(term)
            for number, held in postings.held[term]:
                mask |= 1 << number
                found, kinds = held[::2], held[1::2]
                counts.append(len(found) - 1)
                documents += gaps(found)
                times += map(often[number].__getitem__, kinds)
                lengths[number] += map(long[number].__getitem__, kinds)
                near = heavy[number]
                for key in set(kinds):
                    if -margin < rarity * near[key] % 1 - 0.5 < margin:
                        kind = rows[number].kinds[key]
                        thousandths = round(rounded(rows[number].score(key, rarity)) * 1000)
                        exceptions += [place, number, levels[kind.boost], kind.length, kind.times, thousandths]
            masks.append(mask)
        yield (
            *front_code(terms),
            varints(masks),
            varints(map(places.__getitem__, terms)),
            varints(counts),
            varints(documents),
            varints(times),
            varints(exceptions),
            *map(varints, lengths),
        )


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
