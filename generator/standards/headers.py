"""What every host is to send with which file: the rules of `standards/headers.yaml`, and the media types of feeds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from generator.standards import read_rows
from generator.standards.feeds import FeedRow, feeds


class HeaderRule(NamedTuple):
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
def header_rules() -> tuple[HeaderRule, ...]:
    rows = (row for row in read_rows("headers") if "paths" in row)
    return tuple(HeaderRule(tuple(row["paths"]), row["headers"], row.get("cache", "")) for row in rows)


@cache
def endings() -> tuple[Ending, ...]:
    """Those of the table, then those that only a feed has."""
    rows = (row for row in read_rows("headers") if "ending" in row)
    known = [Ending(row["ending"], row["type"], row.get("text", False), row.get("usual", False)) for row in rows]
    ends = {f".{item.name}" for item in known}
    new = {
        row.file.rpartition(".")[2]: row.type
        for row in feeds().values()
        if has_ending(row) and not row.file.endswith(tuple(ends))
    }
    return (*known, *(Ending(name, type_, text=True, usual=False) for name, type_ in new.items()))


@cache
def unnamed() -> tuple[Unnamed, ...]:
    """The feeds whose names have no ending; those for many paths first, as the last word counts for some hosts."""
    types = {
        row.served or re.sub(r"\{\w+\}", "*", row.path): row.type for row in feeds().values() if not has_ending(row)
    }
    return tuple(Unnamed(path, types[path]) for path in sorted(types, key=lambda path: "*" not in path))


def has_ending(row: FeedRow) -> bool:
    return "." in row.file.replace("{id}", "").replace("{n}", "")


def type_of(path: str) -> str:
    """
    The media type that hosts are told to send a file with, or nothing.

    >>> type_of("data.json"), type_of(".well-known/void"), type_of("a.xyz")
    ('application/json', 'text/turtle', '')
    """
    ends = (ending.type for ending in endings() if path.endswith(f".{ending.name}"))
    return next(ends, "") or next((item.type for item in unnamed() if re.fullmatch(path_pattern(item.path), path)), "")


def is_text(path: str) -> bool:
    """
    Whether a file is worth compressing.

    >>> is_text("feed.atom"), is_text("api/3/action/package_list"), is_text("search/fr/directory.bin")
    (True, True, False)
    """
    ends = any(ending.text and path.endswith(f".{ending.name}") for ending in endings())
    return ends or any(re.fullmatch(path_pattern(item.path), path) for item in unnamed())


def path_pattern(path: str) -> str:
    """
    A rule's path as a regular expression of paths from the site's root.

    >>> path_pattern("search/:lang/terms-*")
    'search/[^/]+/terms-.*'
    """
    return re.sub(r":\w+", "[^/]+", path.replace(".", r"\.").replace("*", ".*"))


def policy() -> str:
    """The Content-Security-Policy as a page's own `meta` may say it, for hosts that send no headers."""
    said = next(rule.headers["Content-Security-Policy"] for rule in header_rules() if not rule.cache)
    # CSP 3, section 3.3: a meta element's frame-ancestors is ignored, and browsers complain of it.
    return "; ".join(part for part in re.split(r";\s*", said) if not part.startswith("frame-ancestors"))
