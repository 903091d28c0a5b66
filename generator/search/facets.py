"""
What the results of a search are narrowed by: a column a facet, with each document's values.

A facet is a file of its own, so that a page loads it when it is first opened; the theme's search-facets.js reads it. It
is packed as packing.py says, in three columns:

    what there is   JSON: {"documents": 9, "values": [label, [label, value], [label, value, language], …], "steps": true}
    sets of values  varints: how many, the first one's number, then the step to each next one
    documents       each one's set: the low byte of every number, then the next byte; with "steps", the step from the last

A label alone is a value's too, when plain_slug makes that of it. The spatial facet has boxes instead:

    what there is   JSON: {"documents": 9}
    documents       varints: how many boxes each one has
    boxes           west, south, width and height in hundredths of a degree, rounded outwards, two bytes each: the low
                    bytes of all wests, their high bytes, and so on

Keywords have no file: `+keyword:` in the query is exact.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from math import ceil, floor
from typing import Any

from generator.collections import format_titles, license_key
from generator.model import Catalog, Dataset, Location, PeriodOfTime
from generator.search.packing import pack, varints
from generator.speech import Words, choose
from generator.standards import vocabulary
from generator.urls import slugify

FACETS = ("publisher", "theme", "format", "license", "frequency", "year", "spatial")
"""The facets that have a column, in the order in which a page shows them."""

STEPS = 100
"""Steps in a degree: about a kilometre each, which is exact enough to narrow by."""

Box = tuple[int, int, int, int]
"""West, south, east, north in steps; west is never east of east."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`labels` are in the order in which documents first have them; `values` has what each one says, maybe nothing."""

    labels: Mapping[str, Words]
    values: Sequence[Sequence[str]]


def facet_files(catalog: Catalog, language: str, order: Sequence[str]) -> Mapping[str, bytes]:
    """
    Facet to its file's content, compressed. `order` has the datasets' ids by document number.

    What no document has is no facet, and has no file.
    """
    datasets = [catalog.datasets[key] for key in order]
    files = {facet: write(column, language) for facet, column in columns(catalog, language, datasets) if column.labels}
    boxes = [boxes_of(dataset.spatial) for dataset in datasets]
    if any(boxes):
        files["spatial"] = write_boxes(boxes)
    return files


def close_order(catalog: Catalog, order: Iterable[str]) -> list[str]:
    """
    Datasets by publisher, then those together that have the same formats: the facets are a fifth smaller so.

    Whatever else is the same stands as in `order`.
    """
    datasets = [catalog.datasets[key] for key in order]
    formats = {dataset.id: tuple(sorted(formats_of(dataset))) for dataset in datasets}
    rank = ranks(formats.values())
    return [d.id for d in sorted(datasets, key=lambda dataset: (dataset.publisher, rank[formats[dataset.id]]))]


def columns(catalog: Catalog, language: str, datasets: Sequence[Dataset]) -> Iterator[tuple[str, Column]]:
    """Each facet that has values. They are the keys of the collections, so that both count the same."""

    def column(read: Callable[[Dataset], Iterable[str]], label: Callable[[str], Words]) -> Column:
        said = [tuple(dict.fromkeys(read(dataset))) for dataset in datasets]
        met = dict.fromkeys(chain.from_iterable(said))
        return Column(labels={key: label(key) or Words(key, "") for key in met}, values=said)

    publishers, themes = catalog.publishers, catalog.themes
    formats, frequencies = format_titles(datasets), vocabulary("frequencies")
    licenses = {license_key(item.license): item.license for item in datasets if item.license}
    others = catalog.portal.languages

    def frequency(code: str) -> Words:
        return choose(frequencies[code].title, language, ("en",)) if code in frequencies else Words("", "")

    yield (
        "publisher",
        column(
            lambda dataset: [dataset.publisher] if dataset.publisher in publishers else [],
            lambda key: choose(publishers[key].name, language, others),
        ),
    )
    yield (
        "theme",
        column(
            lambda dataset: [theme for theme in dataset.theme if theme in themes],
            lambda key: choose(themes[key].pref_label, language, others),
        ),
    )
    yield (
        "format",
        column(
            formats_of,
            lambda key: Words(formats[key][""], ""),
        ),
    )
    yield (
        "license",
        column(
            lambda dataset: [license_key(dataset.license)] if dataset.license else [],
            lambda key: choose(licenses[key].name, language, others),
        ),
    )
    yield (
        "frequency",
        column(lambda dataset: [dataset.accrual_periodicity] if dataset.accrual_periodicity else [], frequency),
    )
    yield "year", column(lambda dataset: map(str, years_of(dataset)), lambda key: Words(key, ""))


def formats_of(dataset: Dataset) -> Iterable[str]:
    return {slugify(item.format): None for item in dataset.distribution if item.format}


def years_of(dataset: Dataset) -> Iterable[int]:
    """
    The years that the data are about, else the year in which they were published.

    >>> list(years_of(Dataset(temporal=(PeriodOfTime(start="2010-05", end="2012"),), issued="2015-02-06")))
    [2010, 2011, 2012]
    >>> list(years_of(Dataset(issued="2015-02-06"))), list(years_of(Dataset()))
    ([2015], [])
    """
    published = year_of(dataset.issued) or year_of(dataset.modified)
    covered = [span for period in dataset.temporal if (span := span_of(period, year_of(dataset.modified) or published))]
    if not covered:
        return [published] if published else []
    return sorted(set(chain.from_iterable(range(start, end + 1) for start, end in covered)))


def span_of(period: PeriodOfTime, known: int) -> tuple[int, int] | None:
    """
    A period's first and last year. One without an end goes on to the year for which it is `known`.

    >>> span_of(PeriodOfTime(start="2019"), 2021), span_of(PeriodOfTime(start="2019"), 0)
    ((2019, 2021), (2019, 2019))
    >>> span_of(PeriodOfTime(end="2019-12"), 2021), span_of(PeriodOfTime(), 2021)
    ((2019, 2019), None)
    """
    start, end = year_of(period.start), year_of(period.end)
    if not start and not end:
        return None
    first = start or end
    return first, max(first, end or known)


def year_of(date: str) -> int:
    """
    >>> year_of("2015-02-06"), year_of("")
    (2015, 0)
    """
    return int(date[:4]) if date[:4].isdecimal() else 0


def boxes_of(locations: Iterable[Location]) -> list[Box]:
    """
    The areas' boxes, rounded outwards; one across the antimeridian becomes two.

    >>> boxes_of([Location(bbox=(-73.981, 45.4, -73.47, 45.701))])
    [(-7399, 4540, -7347, 4571)]
    >>> boxes_of([Location(bbox=(170, -50, -170, -30)), Location(name={"fr": "Là-bas"})])
    [(17000, -5000, 18000, -3000), (-18000, -5000, -17000, -3000)]
    """
    found: dict[Box, None] = {}
    for location in locations:
        if not location.bbox:
            continue
        west, south, east, north = location.bbox
        for left, right in [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]:
            found[lower(left, 180), lower(south, 90), upper(right, 180), upper(north, 90)] = None
    return list(found)


def lower(degrees: float, limit: int) -> int:
    # Rounded first: 1.1 * 100 is a little more than 110.
    return max(-limit * STEPS, min(limit * STEPS, floor(round(degrees * STEPS, 6))))


def upper(degrees: float, limit: int) -> int:
    return max(-limit * STEPS, min(limit * STEPS, ceil(round(degrees * STEPS, 6))))


# ---------------------------------------------------------------- as bytes


def write(column: Column, language: str) -> bytes:
    """A facet's file."""
    numbers = {key: number for number, key in enumerate(column.labels)}
    said = [tuple(sorted(map(numbers.__getitem__, values))) for values in column.values]
    place = ranks(said)
    codes = [place[members] for members in said]
    width = (max(codes, default=0).bit_length() + 7) // 8
    steps = [after - before for before, after in pairwise([0, *codes])]
    sets = [(len(members), *members[:1], *(b - a for a, b in pairwise(members))) for members in place]
    header = {
        "documents": len(codes),
        "values": [label_of(key, label, language) for key, label in column.labels.items()],
    }
    shape = varints(chain.from_iterable(sets))
    plain = compress(pack(dump(header), shape, planes(codes, width)))
    stepped = compress(pack(dump({**header, "steps": True}), shape, planes(steps, width)))
    return min(plain, stepped, key=len)


def ranks(said: Iterable[tuple[Any, ...]]) -> Mapping[tuple[Any, ...], int]:
    """
    Numbers for sets of values, in their order: by frequency, so that most high bytes are nought and compress to
    nothing; but as they come where documents stand by them, so that a step is one.

    >>> ranks([(2,), (1,), (1,)]), ranks([(2,), (1,), (2,), (1,), (1,)])
    ({(2,): 0, (1,): 1}, {(1,): 0, (2,): 1})
    """
    said = list(said)
    frequencies = Counter(said)
    if sum(1 for _ in groupby(said)) == len(frequencies):
        return {members: number for number, members in enumerate(frequencies)}
    by_frequency = sorted(frequencies, key=lambda members: (-frequencies[members], members))
    return {members: number for number, members in enumerate(by_frequency)}


def label_of(key: str, label: Words, language: str) -> str | list[str]:
    if label.language not in ("", language):
        return [label, key, label.language]
    return [label, key] if plain_slug(label) != key else label


def plain_slug(text: str) -> str:
    """
    What search-facets.js too makes of a label. Where slugify does more, the value is written out.

    >>> plain_slug("Ville de L’Île-Perrot (été)")
    'ville-de-l-ile-perrot-ete'
    """
    bare = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)).lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def write_boxes(boxes: Sequence[Sequence[Box]]) -> bytes:
    """The spatial facet's file."""
    every = [(west, south, east - west, north - south) for west, south, east, north in chain.from_iterable(boxes)]
    edges = b"".join(planes(row, 2) for row in zip(*every, strict=True))
    return compress(pack(dump({"documents": len(boxes)}), varints(map(len, boxes)), edges))


def planes(numbers: Sequence[int], width: int) -> bytes:
    """
    The lowest byte of every number, then the next byte of every number.

    >>> planes([1, 258, -1], 2).hex()
    '0102ff0001ff'
    """
    return b"".join(bytes(number >> shift & 0xFF for number in numbers) for shift in range(0, 8 * width, 8))


def dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def compress(packed: bytes) -> bytes:
    """The shorter of two ways: columns without repetition come out smaller when none is looked for."""
    found = []
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY):
        stream = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL + 1, strategy)
        found.append(stream.compress(packed) + stream.flush())
    return min(found, key=len)
