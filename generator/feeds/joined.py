"""Files of many datasets, as what stands around a piece for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

HERE = b"\0"
"""Stands among the chunks of a file for all its pieces: no feed may hold this character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """
    A file with a piece for each dataset, and something between two of them; iterating gives its bytes.

    `chunks` gives what is around the pieces, with HERE in their place if there are any. What is after HERE may follow
    from the pieces: it is asked for when they are there. `piece` makes a dataset's, and depends on nothing but what
    feeds say of the dataset, of which digests.py has the digest.
    """

    ids: Sequence[str]
    piece: Callable[[str], bytes]
    chunks: Callable[[], Iterable[bytes]]
    between: bytes = b""

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks():
            if chunk != HERE:
                yield chunk
                continue
            before = b""
            for id in self.ids:
                yield before + self.piece(id)
                before = self.between
