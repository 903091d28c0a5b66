"""What inputs are made of: constructs repeated and nested, real files torn and joined, values of every odd kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

PIECES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "pieces.yaml").read_text(encoding="utf-8"))
MOST = 20_000
"""Characters of a text: constructs that are slow in the square of their number show well below it."""


def repeated(kind: str) -> st.SearchStrategy[str]:
    """Pieces, each many times in a row or once, in any order."""
    pieces = PIECES[kind]
    runs = st.tuples(st.sampled_from(pieces), st.one_of(st.integers(1, 3), st.sampled_from([30, 300, 3_000])))
    joined = st.lists(runs, max_size=8).map(lambda found: "".join(piece * number for piece, number in found)[:MOST])
    return st.one_of(joined, st.lists(st.sampled_from(pieces), max_size=60).map("".join))


def torn(seeds: list[str], kind: str) -> st.SearchStrategy[str]:
    """Sound files with parts cut out, doubled, or put elsewhere, and pieces in between."""
    cut = st.tuples(st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(["cut", "double", "put"]), repeated(kind))

    def tear(text: str, cuts: list[tuple[float, float, str, str]]) -> str:
        for place, length, how, piece in cuts:
            start = int(place * len(text))
            end = start + int(length * length * len(text))
            kept = {"cut": "", "double": text[start:end] * 2, "put": text[start:end] + piece}[how]
            text = text[:start] + kept + text[end:]
        return text

    return st.builds(tear, st.sampled_from(seeds), st.lists(cut, max_size=4))


def odd_values(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Whatever JSON may hold where something else was meant."""
    bare = st.one_of(
        *(st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False), texts),
        st.sampled_from(
            ["", " ", "http://[", "//", "#", "a" * 300, "\x00", "\ud800", "2020-02-30", "R/P1Y", "0,0,0,0"]
        ),
        st.sampled_from(['{"type": "Polygon"}', "POLYGON((1 2", "en", "draft", "../x", "{}", "[]", "null", "CC-BY"]),
    )
    return st.recursive(bare, lambda inner: st.one_of(st.lists(inner, max_size=3), keyed(inner)), max_leaves=6)


def keyed(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = ["name", "title", "url", "fr", "en", "@id", "@type", "@value", "type", "key", "value", "description", ""]
    return st.dictionaries(st.sampled_from(names), values, max_size=3)


def warped(seeds: list[Any], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Sound JSON in which some values are replaced, gone or doubled."""

    @st.composite
    def warp(draw: st.DrawFn) -> Any:
        document = json.loads(json.dumps(draw(st.sampled_from(seeds))))
        for _ in range(draw(st.integers(0, 4))):
            place = document
            while isinstance(place, dict | list) and place:
                key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
                if not isinstance(place[key], dict | list) or not place[key] or draw(st.integers(0, 3)) == 0:
                    place[key] = draw(odd_values(texts))
                    break
                place = place[key]
        return document

    return warp()
