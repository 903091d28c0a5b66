"""How files that only save time are written, so that damage to one is seen: their content's digest stands before it."""

from __future__ import annotations

import hashlib


def seal(content: bytes) -> bytes:
    """
    >>> seal(b"a")[60:]
    b'48bb\\na'
    """
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def unseal(sealed: bytes) -> bytes | None:
    """
    What was sealed; None for what is not as it was written.

    >>> unseal(seal(b"a")), unseal(seal(b"a")[:-1]), unseal(b"")
    (b'a', None, None)
    """
    mark, _, content = sealed.partition(b"\n")
    return content if mark == hashlib.sha256(content).hexdigest().encode() else None
