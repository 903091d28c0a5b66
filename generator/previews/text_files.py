"""The beginning of a text file, in whatever encoding it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from generator.previews.content import Unreadable
from generator.previews.limits import SAMPLE
from generator.previews.profile import Problem

BINARY = (
    b"PK\3\4",
    b"\x1f\x8b",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"PAR1",
    b"SQLite format 3",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
"""How files begin that are no text."""

SPOILT = "\N{REPLACEMENT CHARACTER}"
"""What stands for an octet that is no character."""


@dataclass(kw_only=True)
class TextFile:
    """
    The beginning of a text file. `whole` is whether it is all of it, `size` the octets that were read, `encoding` its
    name as Python, R and iconv know it.
    """

    text: str
    whole: bool
    size: int
    encoding: str
    problems: list[Problem]


def read_text(path: Path) -> TextFile:
    with path.open("rb") as stream:
        data = stream.read(SAMPLE + 1)
    whole = len(data) <= SAMPLE
    data = data[:SAMPLE]
    if data.startswith(BINARY):
        raise Unreadable("data-file-broken")
    encoding = encoding_of(data, whole)
    text = decode(data, encoding, whole)
    problems = []
    if encoding == "cp1252":
        problems.append(Problem(code="data-file-encoding", values={"line": str(line_of_octet(data))}))
    if text.count("\0") * 100 > len(text):
        raise Unreadable("data-file-broken")
    text = text.replace("\0", SPOILT)
    if count := text.count(SPOILT) - data.count(SPOILT.encode()) * (encoding == "utf-8"):
        line = text.count("\n", 0, text.index(SPOILT)) + 1
        problems.append(Problem(code="data-file-octets", values={"line": str(line), "count": str(count)}))
    if not whole:  # the last line is probably cut
        end = max(text.rfind("\n"), text.rfind("\r"))
        text = text[: end + 1] or text
    if not text.strip():
        raise Unreadable("data-file-empty")
    return TextFile(text=text, whole=whole, size=len(data), encoding=encoding, problems=problems)


def encoding_of(data: bytes, whole: bool) -> str:
    """
    UTF-8 where what is not ASCII is mostly characters of it, else Windows-1252; UTF-16 by its mark or by its zeros.

    >>> [encoding_of(data, True) for data in ("été".encode(), b"\\xe9t\\xe9", "été ".encode() + b"\\xff")]
    ['utf-8', 'cp1252', 'utf-8']
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 7 and zeros.count(0) * 10 > 8 * len(zeros):
            return encoding
    try:
        decode(data, "utf-8", whole, "strict")
        return "utf-8"
    except UnicodeDecodeError:
        spoilt = decode(data, "utf-8", whole)
        characters = len(re.findall(r"[^\x00-\x7f\ufffd]", spoilt))
        return "utf-8" if characters >= spoilt.count(SPOILT) else "cp1252"


def line_of_octet(data: bytes) -> int:
    """The line of the first octet that is no UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def decode(data: bytes, encoding: str, whole: bool, errors: str = "replace") -> str:
    """A text that may be cut in the middle of a character."""
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    return codecs.getincrementaldecoder(encoding)(errors).decode(data, final=whole)


def estimate(rows: int, read: TextFile, path: Path) -> int:
    """The rows of a file of which only the beginning was read, in two figures."""
    whole = round(rows * path.stat().st_size / read.size)
    return round(whole, 2 - len(str(whole)))
