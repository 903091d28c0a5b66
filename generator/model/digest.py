"""Digests: of values, and of the program itself."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from generator.standards.packages import identities

PACKAGE = Path(__file__).parents[1]


def digest(*inputs: object) -> str:
    """
    A digest of values by what they print: frozen models without their places, texts, numbers, tuples of these.

    >>> digest("a", ("b",)) == digest("a", ("b",)), digest("a") == digest("b")
    (True, False)
    """
    return hashlib.sha256("\x00".join(map(repr, inputs)).encode()).hexdigest()[:32]


@cache
def program_digest() -> str:
    """A digest of the program's files and of the packages that add to it: a new version renders everything anew."""
    files = sorted(file for file in PACKAGE.rglob("*") if file.suffix in (".py", ".yaml"))
    found = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    found.update(repr(identities()).encode())
    return found.hexdigest()
