"""What every host is to send with which file: the rules of `standards/headers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from generator.standards import read_rows


class Rule(NamedTuple):
    """Headers of the files at some paths; `cache` says what sort of caching they ask for, if they speak of it."""

    paths: tuple[str, ...]
    headers: Mapping[str, str]
    cache: str


class Ending(NamedTuple):
    """How names end and the media type: `text` is worth compressing, `usual` is what every host knows by itself."""

    name: str
    type: str
    text: bool
    usual: bool


class Unnamed(NamedTuple):
    """Texts at a path whose names have no ending, and their media type."""

    path: str
    type: str


@cache
def rules() -> tuple[Rule, ...]:
    rows = (row for row in read_rows("headers") if "paths" in row)
    return tuple(Rule(tuple(row["paths"]), row["headers"], row.get("cache", "")) for row in rows)


@cache
def endings() -> tuple[Ending, ...]:
    rows = (row for row in read_rows("headers") if "ending" in row)
    return tuple(Ending(row["ending"], row["type"], row.get("text", False), row.get("usual", False)) for row in rows)


@cache
def unnamed() -> tuple[Unnamed, ...]:
    return tuple(Unnamed(row["path"], row["type"]) for row in read_rows("headers") if "path" in row)


def type_of(path: str) -> str:
    """
    The media type that hosts are told to send a file with, or nothing.

    >>> type_of("data.json"), type_of(".well-known/void"), type_of("a.xyz")
    ('application/json', 'text/turtle', '')
    """
    ends = (ending.type for ending in endings() if path.endswith(f".{ending.name}"))
    return next(ends, "") or next((item.type for item in unnamed() if re.fullmatch(pattern(item.path), path)), "")


def is_text(path: str) -> bool:
    """
    Whether a file is worth compressing.

    >>> is_text("feed.atom"), is_text("api/3/action/package_list"), is_text("search/fr/directory.bin")
    (True, True, False)
    """
    ends = any(ending.text and path.endswith(f".{ending.name}") for ending in endings())
    return ends or any(re.fullmatch(pattern(item.path), path) for item in unnamed())


def pattern(path: str) -> str:
    """
    A rule's path as a regular expression of paths from the site's root.

    >>> pattern("search/:lang/terms-*")
    'search/[^/]+/terms-.*'
    """
    return re.sub(r":\w+", "[^/]+", path.replace(".", r"\.").replace("*", ".*"))


def policy() -> str:
    """The Content-Security-Policy as a page's own `meta` may say it, for hosts that send no headers."""
    said = next(rule.headers["Content-Security-Policy"] for rule in rules() if not rule.cache)
    # CSP 3, section 3.3: a meta element's frame-ancestors is ignored, and browsers complain of it.
    return "; ".join(part for part in re.split(r";\s*", said) if not part.startswith("frame-ancestors"))
