"""How large a picture is, by its first bytes alone: nothing of what a stranger drew is decoded."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

HEAD = 1_000_000
"""Bytes that are looked at: a JPEG may hold a whole profile before it says its size."""

MOST_PIXELS = 40_000_000
"""More than a reader's phone draws."""

Size = tuple[int, int]


def png(head: bytes) -> Size | None:
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" and len(head) >= 24 else None


def gif(head: bytes) -> Size | None:
    return struct.unpack("<HH", head[6:10]) if len(head) >= 10 else None


def jpeg(head: bytes) -> Size | None:
    """The size stands in the frame's segment, after any number of others."""
    place = 2
    while place + 9 <= len(head) and head[place] == 0xFF:
        kind, length = head[place + 1], int.from_bytes(head[place + 2 : place + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def webp(head: bytes) -> Size | None:
    if head[8:12] != b"WEBP" or len(head) < 30:
        return None
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def avif(head: bytes) -> Size | None:
    place = head.find(b"ispe")
    return struct.unpack(">II", head[place + 8 : place + 16]) if 0 < place <= len(head) - 16 else None


def svg(head: bytes) -> Size | None:
    """A drawing has no pixels."""
    return (0, 0) if b"<svg" in head[:10_000] else None


SIGNS: Mapping[bytes, Callable[[bytes], Size | None]] = {
    b"\x89PNG\r\n\x1a\n": png,
    b"GIF87a": gif,
    b"GIF89a": gif,
    b"\xff\xd8\xff": jpeg,
    b"RIFF": webp,
}
"""How a picture begins, to how its size is read."""


def picture_size(head: bytes) -> Size | None:
    """
    The width and height of a picture; None for what is none that browsers show.

    >>> picture_size(b"GIF89a" + bytes([64, 1, 200, 0])), picture_size(b'<svg xmlns="x"/>'), picture_size(b"MZ" * 99)
    ((320, 200), (0, 0), None)
    """
    read = next((size for sign, size in SIGNS.items() if head.startswith(sign)), None)
    if read is None:
        read = avif if head[4:12] in (b"ftypavif", b"ftypavis") else svg
    return read(head)
