"""A value that a file of the cache folder keeps from one build to the next: it is read as it was written, or not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from generator.model.digest import program_digest
from generator.source.guard import read_inside, write_inside


def read_kept(folder: Path | None, name: str) -> Any:
    """What was kept under a name; None where nothing was, or where it is not whole any more."""
    content = read_inside(folder, name) if folder else None
    seal, _, written = (content or b"").partition(b"\n")
    if seal != seal_of(name, written):
        return None
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


def write_kept(folder: Path | None, name: str, value: Any) -> None:
    """Keep what JSON can say. A folder that can't be written only costs the next build time."""
    if folder:
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        write_inside(folder, name, seal_of(name, written) + b"\n" + written)


def seal_of(name: str, written: bytes) -> bytes:
    """Of what was written under a name, and of the program that can read it."""
    return hashlib.sha256(f"{program_digest()} {name}\0".encode() + written).hexdigest().encode()
