"""
How the files of a search index are written: columns of bytes, compressed beforehand, since hosts do not compress types
that they don't know. search-store.js reads them.

A file is `V`, the number of its columns, their lengths, the columns; all of it as one zlib stream, whose checksum tells
a file that was cut short.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

MAGIC = b"V"
LEVEL = 9

# A new Huffman table pays from about so many bytes on.
BLOCK = 500

# From about so many bytes on, a file is worth two tries.
LARGE = 10_000

Columns = Sequence[bytes]


def varints(numbers: Iterable[int]) -> bytes:
    """
    Seven bits a byte, the lowest first, the eighth bit set where more follow.

    >>> varints([5, 300])
    b'\\x05\\xac\\x02'
    """
    numbers = list(numbers)
    # Nearly always all are small.
    try:
        if (small := bytes(numbers)).isascii():
            return small
    except ValueError:
        pass
    return b"".join(map(_written.__getitem__, numbers))


class _Written(dict[int, bytes]):
    """What each number becomes. Knows it once it has met it."""

    def __missing__(self, number: int) -> bytes:
        out = bytearray()
        rest = number
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
        written = self[number] = bytes(out)
        return written


_written = _Written()


def gaps(numbers: Sequence[int], starts: Iterable[int]) -> list[int]:
    """
    Runs of ascending numbers by what lies between them; a run begins at each of `starts`.

    >>> gaps([3, 4, 9, 1, 2], [0, 3])
    [3, 0, 4, 1, 0]
    """
    found = [after - before - 1 for before, after in pairwise([-1, *numbers])]
    for start in starts:
        found[start] = numbers[start]
    return found


def pack(*columns: bytes) -> bytes:
    """A file before it is compressed."""
    return packed_head(columns) + b"".join(columns)


def packed_head(columns: Columns) -> bytes:
    return MAGIC + varints([len(columns), *map(len, columns)])


def compress(columns: Columns) -> bytes:
    """A file. Numbers come out smaller when short repetitions are passed over, and many numbers when all are."""
    if len(columns) == 1:
        return deflate(columns, zlib.Z_DEFAULT_STRATEGY)
    found = deflate(columns, zlib.Z_FILTERED)
    return min(found, deflate(columns, zlib.Z_HUFFMAN_ONLY), key=len) if len(found) > LARGE else found


def deflate(columns: Columns, strategy: int) -> bytes:
    """Columns look unlike each other: each has its own Huffman table when it is worth one."""
    stream = zlib.compressobj(LEVEL, memLevel=9, strategy=strategy)
    parts = [stream.compress(packed_head(columns))]
    size = 0
    for column in columns:
        if size > BLOCK:
            parts.append(stream.flush(zlib.Z_BLOCK))
            size = 0
        parts.append(stream.compress(column))
        size += len(column)
    return b"".join([*parts, stream.flush()])


def fingerprint(files: Iterable[Columns]) -> str:
    """What changes with any column of any file, and not with another version of zlib."""
    found = hashlib.sha256()
    for columns in files:
        found.update(packed_head(columns))
        for column in columns:
            found.update(column)
    return found.hexdigest()[:10]


def json_column(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def utf16(text: str) -> bytes:
    """
    A key that sorts texts as JavaScript compares them; lunr.js refuses terms in another order.

    >>> sorted(["\\uffee", "\\U00010428", "z"], key=utf16)
    ['z', '𐐨', '\\uffee']
    """
    return text.encode("utf-16-be", "surrogatepass")


def shared_start(one: str, other: str) -> str:
    """
    >>> shared_start("ecole", "ecoute")
    'eco'
    """
    length = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        length += 1
    return one[:length]


def front_code(words: Sequence[str]) -> Columns:
    """
    Sorted words in two columns: how many UTF-16 units each shares with the one before, and what follows them.

    >>> front_code(["eau", "eaux", "ecole"])
    (b'\\x00\\x03\\x01', b'eau\\nx\\ncole')
    """
    starts = [shared_start(word, before) for before, word in pairwise(["", *words])]
    rest = "\n".join([word[len(start) :] for start, word in zip(starts, words, strict=True)])
    units = [len(start) if start.isascii() else len(utf16(start)) // 2 for start in starts]
    return varints(units), rest.encode("utf-8", "surrogatepass")


def planes(numbers: Sequence[int], largest: int) -> Iterator[bytes]:
    """
    The lowest byte of every number, then the next byte of every number, for numbers up to the largest.

    >>> [plane.hex() for plane in planes([1, 258], 258)]
    ['0102', '0001']
    """
    return (bytes(number >> shift & 0xFF for number in numbers) for shift in range(0, largest.bit_length(), 8))
