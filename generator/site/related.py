"""Which datasets resemble one another: those that share rare keywords first, then themes and publisher."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log

from generator.model import Catalog, Dataset
from generator.text.slugs import slugify

SHOWN = 5
"""How many related datasets a page shows."""

COMMON = 60
"""A keyword of more datasets than this tells too little to be followed, and would make large catalogues slow."""

NEAR = 20
"""How many datasets of the same theme, or publisher, are looked at when keywords lead to too few."""

THEME, PUBLISHER = 0.5, 0.35
"""What a shared theme and publisher are worth beside a keyword as rare."""


def relate(catalog: Catalog, order: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """
    Each dataset that is not withdrawn to the ids of those nearest to it, the nearest first.

    What is shared counts by its rarity; of equals, the one that stands first in `order` wins.
    """
    rank = {key: number for number, key in enumerate(order)}
    datasets = [catalog.datasets[key] for key in order]
    words = {dataset.id: keywords(dataset) for dataset in datasets}
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    by_theme: defaultdict[str, list[str]] = defaultdict(list)
    by_publisher: defaultdict[str, list[str]] = defaultdict(list)
    by_both: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for dataset in datasets:
        for word in words[dataset.id]:
            by_word[word].append(dataset.id)
        for theme in set(dataset.theme):
            by_theme[theme].append(dataset.id)
            by_both[theme, dataset.publisher].append(dataset.id)
        by_publisher[dataset.publisher].append(dataset.id)
    size = len(datasets)
    word_worth = {word: log(1 + size / len(ids)) for word, ids in by_word.items() if 1 < len(ids) <= COMMON}
    theme_worth = {theme: THEME * log(1 + size / len(ids)) for theme, ids in by_theme.items()}
    publisher_worth = {key: PUBLISHER * log(1 + size / len(ids)) for key, ids in by_publisher.items()}
    themes = {dataset.id: frozenset(dataset.theme) for dataset in datasets}
    publishers = {dataset.id: dataset.publisher for dataset in datasets}

    def nearest(dataset: Dataset) -> tuple[str, ...]:
        scores: defaultdict[str, float] = defaultdict(float)
        for word in words[dataset.id]:
            if worth := word_worth.get(word):
                for key in by_word[word]:
                    scores[key] += worth
        scores.pop(dataset.id, None)
        own = themes[dataset.id]
        if len(scores) < SHOWN:
            groups = [by_both[theme, dataset.publisher] for theme in sorted(own)]
            groups += [by_theme[theme] for theme in sorted(own)] or [by_publisher[dataset.publisher]]
            for group in groups:
                for key in group[:NEAR]:
                    if key != dataset.id:
                        scores.setdefault(key, 0.0)
        for key in scores:
            if shared := own & themes[key]:
                scores[key] += max(map(theme_worth.__getitem__, shared))
            if publishers[key] == dataset.publisher:
                scores[key] += publisher_worth[dataset.publisher]
        # Rounded, so that the order in which equal parts were added decides nothing.
        found = heapq.nsmallest(SHOWN, scores, key=lambda key: (-round(scores[key], 9), rank[key]))
        return tuple(found)

    return {dataset.id: nearest(dataset) for dataset in datasets}


def keywords(dataset: Dataset) -> Sequence[str]:
    """Its keywords in whatever language, folded; sorted, so that every run adds in the same order."""
    return sorted({slugify(word) for said in dataset.keyword.values() for word in said})
