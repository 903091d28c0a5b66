"""The beginning of a text file, in whatever encoding it is."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from generator.previews.content import Unreadable
from generator.previews.limits import SAMPLE
from generator.previews.profile import Problem


@dataclass(kw_only=True)
class Sample:
    """
    The beginning of a text file. `whole` is whether it is all of it, `size` the octets that were read, `utf_8` whether
    it is encoded so.
    """

    text: str
    whole: bool
    size: int
    utf_8: bool
    problems: list[Problem]


def read_sample(path: Path) -> Sample:
    with path.open("rb") as stream:
        data = stream.read(SAMPLE + 1)
    whole = len(data) <= SAMPLE
    data = data[:SAMPLE]
    problems = []
    utf_8 = False
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = decode(data, "utf-16", whole)
    else:
        try:
            text = decode(data, "utf-8-sig", whole, "strict")
            utf_8 = True
        except UnicodeDecodeError as error:
            text = decode(data, "cp1252", whole)
            line = data.count(b"\n", 0, error.start) + 1
            problems.append(Problem(code="data-file-encoding", values={"line": str(line)}))
    if "\0" in text:
        raise Unreadable("data-file-broken")
    if not whole:  # the last line is probably cut
        end = max(text.rfind("\n"), text.rfind("\r"))
        text = text[: end + 1] or text
    if not text.strip():
        raise Unreadable("data-file-empty")
    return Sample(text=text, whole=whole, size=len(data), utf_8=utf_8, problems=problems)


def decode(data: bytes, encoding: str, whole: bool, errors: str = "replace") -> str:
    """A text that may be cut in the middle of a character."""
    return codecs.getincrementaldecoder(encoding)(errors).decode(data, final=whole)


def estimate(rows: int, sample: Sample, path: Path) -> int:
    """The rows of a file of which only the beginning was read, in two figures."""
    whole = round(rows * path.stat().st_size / sample.size)
    return round(whole, 2 - len(str(whole)))
