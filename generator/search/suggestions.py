"""
What is offered while one types: titles, keywords and publishers, in files so small that each letter may fetch one.

A suggestion is found by any of its words: for each one it is kept under the label from that word on, folded as the
index is. All keys, sorted, are cut into files of at most LIMIT bytes. Where the keys that begin alike are too many for
one file, theirs holds the best of them and the names of the next ones, as the first file does. A file is

    {"s": [[label, kind, key, count?, language?], …], "n": [first key, name, first key, name, …]}

`n` has the files below in the order of their keys: what begins with a text is below the last one whose first key is not
after it, unless the next one begins with that text too. search-worker.js reads them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, zip_longest

from generator.search.analyzer import Analyzer, settings
from generator.search.packing import shared_start, utf16
from generator.site.collections import Collection
from generator.text.speech import Words, choose

FIRST = "suggestions.json"
"""The file from which all others are found; it alone keeps its name."""

KINDS = ("dataset", "keyword", "publisher")
"""A suggestion's kind is its place here, and leads to the page of its key below a folder of that name."""

LIMIT = 8_000
"""The most bytes in a file."""

FRAME = 16
"""The bytes around what a file holds."""

SHORTEST = 2
"""The letters after which something is suggested."""

LONGEST_LABEL = 120
LONGEST_KEY = 40
MOST_WORDS = 5
"""A label is found by so many of its words, and by all of its beginning."""

BEGINNING = 4
"""How much better a suggestion is when its label begins with what was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`count` is how many datasets a keyword or a publisher leads to."""

    label: Words
    kind: str
    key: str
    count: int = 0


def suggestion_files(suggestions: Sequence[Suggestion], language: str) -> Iterator[tuple[str, bytes]]:
    """Every file, by its name in the folder of the language's index. The suggestions come the best first."""
    tree = _Tree([_encode(suggestion, language) for suggestion in suggestions])
    keys = sorted(
        (
            (key, number * (1 if place == 0 else BEGINNING), number)
            for number, suggestion in enumerate(suggestions)
            for place, key in enumerate(suggestion_keys(suggestion.label, language))
            if len(key) >= SHORTEST
        ),
        key=lambda item: (utf16(item[0]), item[1]),
    )
    first = _dump([], tree.below(keys, SHORTEST))
    yield from sorted(tree.files.items())
    yield FIRST, first


def collect_suggestions(
    collections: Mapping[str, Mapping[str, Collection]],
    titles: Iterable[tuple[str, Words]],
    language: str,
    languages: Sequence[str],
) -> list[Suggestion]:
    """
    The best first: keywords and publishers by how many datasets they lead to, titles by their date, in turn.

    `titles` are ids and titles of the index's documents, the most recent first: a search finds what was suggested.
    """
    gathered = [
        Suggestion(
            label=_short(choose(collection.title, (language, *languages))),
            kind=kind,
            key=key,
            count=len(collection.datasets),
        )
        for kind in ("publisher", "keyword")
        for key, collection in collections[kind].items()
        if collection.datasets
    ]
    gathered.sort(key=lambda suggestion: -suggestion.count)
    datasets = [Suggestion(label=_short(title), kind="dataset", key=key) for key, title in titles]
    in_turn = chain.from_iterable(zip_longest(gathered, datasets))
    return [suggestion for suggestion in in_turn if suggestion and suggestion.label]


def suggestion_keys(label: str, language: str) -> list[str]:
    """
    The label from each of its words on; a stop word is only where the label begins with it.

    >>> suggestion_keys("La qualité de l’eau", "fr")
    ['la qualite de eau', 'qualite de eau', 'eau']
    """
    words = Analyzer.of(language).tokens(label)
    stop_words = _stop_words(language)
    starts = [place for place, word in enumerate(words) if place == 0 or word not in stop_words]
    return [" ".join(words[place:])[:LONGEST_KEY] for place in starts[:MOST_WORDS]]


Item = tuple[str, int, int]
"""A key, its worth (the least is the best) and the number of its suggestion."""


class _Tree:
    """Cuts sorted keys into files. `entries` are the suggestions as they are written."""

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = entries
        self.sizes = [len(entry.encode()) + 1 for entry in entries]
        self.files: dict[str, bytes] = {}

    def below(self, items: Sequence[Item], length: int) -> list[str]:
        """Write the files of keys that part at `length` letters at the latest; their first keys and names."""
        following: list[str] = []
        merged: list[Item] = []
        first, room = "", 0

        def write_merged() -> None:
            if merged:
                following.extend((first, self.write(self.best(merged, LIMIT), [])))
                merged.clear()

        for start, group in groupby(items, key=lambda item: item[0][:length]):
            members = list(group)
            size = sum(self.sizes[number] for number in {number for _, _, number in members})
            if size > room or not merged:
                write_merged()
                first, room = start, LIMIT - FRAME
            if size <= room:
                merged.extend(members)
                room -= size
                continue
            common = shared_start(members[0][0], members[-1][0])
            deeper = self.below(members, len(common) + 1) if members[-1][0] != common else []
            following.extend((start, self.write(self.best(members, LIMIT // 2 if deeper else LIMIT), deeper)))
        write_merged()
        return following

    def best(self, items: Sequence[Item], limit: int) -> list[str]:
        """The best of them that have room, each once."""
        found: dict[int, None] = {}
        room = limit - FRAME
        for _, _, number in sorted(items, key=lambda item: item[1:]):
            if number not in found:
                room -= self.sizes[number]
                if room < 0:
                    break
                found[number] = None
        return [self.entries[number] for number in found]

    def write(self, entries: Sequence[str], following: Sequence[str]) -> str:
        content = _dump(entries, following)
        name = f"suggestions-{hashlib.sha256(content).hexdigest()[:10]}.json"
        self.files[name] = content
        return name


def _encode(suggestion: Suggestion, language: str) -> str:
    row: list[object] = [suggestion.label, KINDS.index(suggestion.kind), suggestion.key]
    foreign = suggestion.label.language not in ("", language)
    if suggestion.count or foreign:
        row.append(suggestion.count)
    if foreign:
        row.append(suggestion.label.language)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _dump(entries: Sequence[str], following: Sequence[str]) -> bytes:
    names = json.dumps(following, ensure_ascii=False, separators=(",", ":"))
    return f'{{"s":[{",".join(entries)}],"n":{names}}}'.encode()


def _short(label: Words) -> Words:
    """A label of a few lines at most, cut between words."""
    if len(label) <= LONGEST_LABEL:
        return label
    return Words(label[:LONGEST_LABEL].rpartition(" ")[0] + "…", label.language)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(settings(language)["stopWords"])
