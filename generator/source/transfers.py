"""What servers do with an answer: they pack it, and when they stumble they say when to ask again."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BUSY = (408, 425, 429, 500, 502, 503, 504)
"""Statuses of a server that may answer when it is asked again."""


def pause_asked(header: str, attempt: int) -> float:
    """
    Seconds until the next attempt: those that the server asks for, else twice as many as before.

    >>> pause_asked("7", 1), pause_asked("", 3), pause_asked("soon", 1)
    (7.0, 4.0, 1.0)
    """
    if re.fullmatch(r"\s*\d{1,9}\s*", header):
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return float(2 ** (attempt - 1))


def packed_with(headers: Mapping[str, str]) -> list[str]:
    """
    How an answer is packed, the first way first.

    >>> packed_with({"Content-Encoding": "GZip, identity"})
    ['gzip']
    """
    codings = [name.strip().lower() for name in headers.get("Content-Encoding", "").split(",")]
    return [name for name in codings if name not in ("", "identity")]


def can_unpack(codings: list[str]) -> bool:
    """What is packed twice is refused, as a few bytes would become gigabytes."""
    return codings in ([], ["gzip"], ["x-gzip"], ["deflate"])


def media_type_of(headers: Mapping[str, str]) -> str:
    """
    The media type that an answer says it has, without parameters.

    >>> media_type_of({"Content-Type": "Text/CSV; charset=utf-8"})
    'text/csv'
    """
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Unpacker:
    """gzip or deflate, no further than the limit; zlib.error for what is neither."""

    def __init__(self) -> None:
        self.stream = zlib.decompressobj(wbits=47)
        self.begun = False

    def take(self, chunk: bytes, room: int) -> bytes:
        try:
            return self.stream.decompress(chunk, max_length=max(room, 0) + 1)
        except zlib.error:
            if not self.begun and chunk[:2] != b"\x1f\x8b":
                # Some servers send deflate without its frame.
                self.stream, self.begun = zlib.decompressobj(wbits=-15), True
                return self.take(chunk, room)
            raise
        finally:
            self.begun = True
