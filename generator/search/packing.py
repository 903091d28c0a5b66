"""
How the files of a search index are written: columns of bytes, compressed beforehand, since hosts do not compress types
that they don't know. search-store.js reads them.

A file is `V`, the number of its columns, their lengths, the columns; all of it as a zlib stream, whose checksum tells
a truncated file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

MAGIC = b"V"
LEVEL = 9


def varint(number: int) -> bytes:
    """
    Seven bits a byte, the lowest first, the eighth bit set where more follow.

    >>> varint(5), varint(300)
    (b'\\x05', b'\\xac\\x02')
    """
    return varints([number])


def varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    append = out.append
    for number in numbers:
        while number > 127:
            append(number & 127 | 128)
            number >>= 7
        append(number)
    return bytes(out)


def pack(*columns: bytes) -> bytes:
    """A file before it is compressed."""
    return b"".join([MAGIC, varint(len(columns)), varints(map(len, columns)), *columns])


def compress(packed: bytes) -> bytes:
    return zlib.compress(packed, LEVEL)


def utf16(text: str) -> bytes:
    """
    A key to sort texts by, in the order in which JavaScript compares them.

    >>> sorted(["\\uffee", "\\U00010428", "z"], key=utf16)
    ['z', '𐐨', 'ﾮ']
    """
    return text.encode("utf-16-be", "surrogatepass")


def front_code(words: Sequence[str]) -> tuple[bytes, bytes]:
    """
    Sorted words as two columns: how many UTF-16 units each shares with the one before, and what follows them.

    >>> front_code(["eau", "eaux", "ecole"])
    (b'\\x00\\x03\\x01', b'eau\\nx\\ncole')
    """
    shared, rest = [], []
    before = ""
    for word in words:
        length = 0
        for one, other in zip(before, word, strict=False):
            if one != other:
                break
            length += 1
        shared.append(length if word.isascii() else len(utf16(word[:length])) // 2)
        rest.append(word[length:])
        before = word
    return varints(shared), "\n".join(rest).encode("utf-8", "surrogatepass")
