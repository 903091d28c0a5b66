"""
What the results of a search are narrowed by: a column a facet, with each document's values.

A facet is a file of its own, so that a page loads it when it is first opened; the theme's search-facets.js reads it. A
file is a line of JSON, then bytes. The line says how many `documents` there are, and

    {"values": [[value, label, language?], …], "sets": 3}     what they may say; the language only where it is not the page's

is followed by each set of values as varints (how many, then the steps from one value's number to the next), then by the
number of each document's set: the low byte of every document, then the next byte. The spatial facet has no values:

    {"boxes": 12}

is followed by how many boxes each document has, as varints, then by the west, south, width and height of every box in
hundredths of a degree, rounded outwards: the low bytes of all wests, their high bytes, and so on.

Keywords have no column: `+keyword:` in the query is exact.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import ceil, floor

from generator.collections import format_titles, license_key
from generator.model import Catalog, Dataset, Location, PeriodOfTime
from generator.search.analysis import fold
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
    """`labels` are in the order in which they are shown; `values` has what each document says, maybe nothing."""

    labels: Mapping[str, Words]
    values: Sequence[Sequence[str]]


def facet_files(catalog: Catalog, language: str, order: Sequence[str]) -> Mapping[str, bytes]:
    """
    Facet to its file's content, compressed. `order` has the datasets' ids by document number.

    What no document has is no facet, and has no file.
    """
    datasets = [catalog.datasets[key] for key in order]
    files = {facet: encode(column, language) for facet, column in columns(catalog, language, datasets) if column.labels}
    boxes = [boxes_of(dataset.spatial) for dataset in datasets]
    if any(boxes):
        files["spatial"] = encode_boxes(boxes)
    return {facet: compress(content) for facet, content in files.items()}


def columns(catalog: Catalog, language: str, datasets: Sequence[Dataset]) -> Iterator[tuple[str, Column]]:
    """Each facet that has values. They are the keys of the collections, so that both count the same."""

    def column(read: Callable[[Dataset], Iterable[str]], label: Callable[[str], Words]) -> Column:
        said = [tuple(dict.fromkeys(read(dataset))) for dataset in datasets]
        labels = {key: label(key) or Words(key, "") for key in set(chain.from_iterable(said))}
        return Column(labels=dict(sorted(labels.items(), key=lambda item: (fold(item[1]), item[0]))), values=said)

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
            lambda dataset: [slugify(item.format) for item in dataset.distribution if item.format],
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
    years = column(lambda dataset: map(str, years_of(dataset)), lambda key: Words(key, ""))
    recent_first = sorted(years.labels.items(), key=lambda item: -int(item[0]))
    yield "year", Column(labels=dict(recent_first), values=years.values)


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


def encode(column: Column, language: str) -> bytes:
    numbers = {key: number for number, key in enumerate(column.labels)}
    said = [tuple(sorted(map(numbers.__getitem__, values))) for values in column.values]
    # The most usual sets have the smallest numbers: most high bytes are then nought, and compress to nothing.
    frequencies = Counter(said)
    sets = sorted(frequencies, key=lambda members: (-frequencies[members], members))
    place = {members: number for number, members in enumerate(sets)}
    codes = [place[members] for members in said]
    labels = [
        [key, str(label), label.language] if label.language not in ("", language) else [key, str(label)]
        for key, label in column.labels.items()
    ]
    header = {"documents": len(codes), "values": labels, "sets": len(sets)}
    steps = (
        (len(members), *members[:1], *(after - before for before, after in pairwise(members))) for members in sets
    )
    # As many bytes as the largest number takes; none when all documents say the same.
    width = (max(codes, default=0).bit_length() + 7) // 8
    return b"".join([head(header), varints(chain.from_iterable(steps)), planes(codes, width)])


def encode_boxes(boxes: Sequence[Sequence[Box]]) -> bytes:
    every = list(chain.from_iterable(boxes))
    edges = [[], [], [], []] if not every else [*zip(*every, strict=True)]
    wests, souths, easts, norths = edges
    numbers = (
        wests,
        souths,
        [east - west for west, east in zip(wests, easts, strict=True)],
        [north - south for south, north in zip(souths, norths, strict=True)],
    )
    header = {"documents": len(boxes), "boxes": len(every)}
    shape = (planes([number & 0xFFFF for number in row], 2) for row in numbers)
    return b"".join([head(header), varints(map(len, boxes)), *shape])


def head(header: Mapping[str, object]) -> bytes:
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def varints(numbers: Iterable[int]) -> bytes:
    """
    Seven bits a byte, the lowest first; the eighth says that more follow.

    >>> varints([0, 127, 300]).hex()
    '007fac02'
    """
    found = bytearray()
    for number in numbers:
        while number > 0x7F:
            found.append(number & 0x7F | 0x80)
            number >>= 7
        found.append(number)
    return bytes(found)


def planes(numbers: Sequence[int], width: int) -> bytes:
    """
    The lowest byte of every number, then the next byte of every number.

    >>> planes([1, 258], 2).hex()
    '01020001'
    """
    return b"".join(bytes(number >> shift & 0xFF for number in numbers) for shift in range(0, 8 * width, 8))


def compress(content: bytes) -> bytes:
    """The shortest of zlib's ways: columns without repetition come out smaller when none is looked for."""
    found = []
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY):
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, strategy)
        found.append(deflate.compress(content) + deflate.flush())
    return min(found, key=len)
