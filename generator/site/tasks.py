"""The unit of a build: one artifact, how it is made, and a digest of all that it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Content = bytes | Iterable[bytes]

COMPRESSED = ".gz"
"""Ends the digest of an artifact that comes with a compressed copy: it is made from one thing more."""


@dataclass(frozen=True, slots=True)
class Task:
    """
    One artifact to come. `render(site, *arguments)` gives its content and depends on nothing but `digest`'s inputs.

    Picklable: `render` is a module's function, `arguments` are ids. `source` is the publisher's file that asked for it,
    or the package that brings it, if one does.
    """

    path: str
    render: Callable[..., Content]
    arguments: tuple[Any, ...]
    digest: str
    source: str = ""
    streamed: bool = False
    """Whether the content comes in pieces because the whole would be large."""
    dataset: str = ""
    """The id of the dataset that it is all about: what its artifacts share is worked out once, where all are made."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """
    A folder of artifacts that are made in one go and whose names their content decides.

    `render(site, *arguments)` yields the path and content of each; every path is below `path`, which ends with a slash.
    """

    path: str
    render: Callable[..., Iterable[tuple[str, bytes]]]
    arguments: tuple[Any, ...]
    digest: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is published as it is; `source` is a POSIX path from the portal's folder."""

    path: str
    source: str


Plan = Sequence[Task | Bundle | Copy]
