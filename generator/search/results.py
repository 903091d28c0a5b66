"""
What results show, in files of a few documents: first what a list of results needs, apart from it the excerpts; and the
rest of what is indexed, among which words in quotation marks are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.search.documents import Stub
from generator.search.packing import Columns, json_column

CHUNK = 8
"""Documents a file: a page of results is scattered over the catalogue, and most of each file is not asked for."""


def encode_stubs(stubs: Sequence[Stub], language: str) -> Iterator[Columns]:
    """
    Publishers' names, then by document: ids, titles, the publisher's place, formats, dates, languages of title and
    publisher, what records are and whether they lack an excerpt. The last two stand only where there are any.
    """
    for chunk in chunks(stubs):
        names = [str(stub.publisher) for stub in chunk]
        publishers = list(dict.fromkeys(names))
        said = [shortened(other(stub.title, language), other(stub.publisher, language)) for stub in chunk]
        column = [
            publishers,
            [stub.id for stub in chunk],
            [stub.title for stub in chunk],
            list(map(publishers.index, names)),
            [stub.formats for stub in chunk],
            [stub.modified for stub in chunk],
        ]
        kinds = [shortened(stub.kind, int(not stub.excerpt)) if stub.kind else [] for stub in chunk]
        more = [said, kinds] if any(kinds) else [said] if any(said) else []
        yield (json_column([*column, *more]),)


def encode_excerpts(stubs: Sequence[Stub], language: str) -> Iterator[Columns]:
    """By document: the excerpt, and its language where it is not the page's."""
    for chunk in chunks(stubs):
        yield (json_column([shortened(stub.excerpt, other(stub.excerpt, language)) for stub in chunk]),)


def encode_rests(stubs: Sequence[Stub]) -> Iterator[Columns]:
    """By document, what else of it is indexed: a line a text."""
    for chunk in chunks(stubs):
        yield (json_column([stub.rest for stub in chunk]),)


def chunks(stubs: Sequence[Stub]) -> Iterator[Sequence[Stub]]:
    return (stubs[start : start + CHUNK] for start in range(0, len(stubs), CHUNK))


def other(text: Any, language: str) -> str:
    """The text's language when it is not this one."""
    return text.language if text and text.language != language else ""


def shortened(*values: Any) -> list[Any]:
    """
    >>> shortened("a", 0, "", ())
    ['a']
    """
    last = max((place for place, value in enumerate(values, 1) if value), default=0)
    return list(values[:last])
