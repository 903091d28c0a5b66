"""Inputs that once failed, one a file, by trial; each holds whatever its trial reads, as JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def packed(content: Any) -> bytes:
    """An input as a file: octets in Base64, what JSON has no form for left out of account."""
    if isinstance(content, bytes):
        content = {"base64": base64.b64encode(content).decode()}
    return json.dumps(content, indent=1).encode()


def unpacked(data: bytes) -> Any:
    content = json.loads(data)
    if isinstance(content, dict) and list(content) == ["base64"]:
        return base64.b64decode(content["base64"])
    return content


def failures() -> Iterator[tuple[str, str, Any]]:
    """Each trial's name, the file's, and the input."""
    for file in sorted(FOLDER.glob("*/*.json")):
        yield file.parent.name, file.stem, unpacked(file.read_bytes())
