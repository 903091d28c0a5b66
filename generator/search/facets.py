"""
What the results of a search are narrowed by: a column a facet, with each document's values.

A facet is a file of its own, so that a page loads it when it is first opened; the theme's search-facets.js reads it. It
is packed as packing.py says, in columns:

    what there is   JSON: {"documents": 9, "each": 1, "values": [label, [label, value], [label, value, language], …]}
    sets of values  varints: how many, how many of them the set before begins with too, and the steps to the others
    documents       the place of each one's set, or with "steps": true the step from the one before, modulo the number
                    of sets: the low byte of each, then a column with the next byte, as many as it takes. Where a byte
                    has room for the places of several documents, it has `each`, as digits, the first one's the lowest

A label alone is a value's too, when plain_slug makes that of it. The spatial facet has boxes instead:

    what there is   JSON: {"documents": 9}
    documents       varints: how many boxes each one has
    boxes           eight columns: west and south, from -180° on, width and height, in hundredths of a degree and
                    rounded outwards, each as the low bytes, then the high bytes

Of keywords only the most frequent are there, as many as a reader may want to narrow by; `+keyword:` in the query finds
any.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, takewhile
from math import ceil, floor

from generator.model import Catalog, Dataset, Location, PeriodOfTime
from generator.search.compressor import PLAIN, Compressor
from generator.search.packing import Columns, compress, json_column, packed_head, planes, varints
from generator.site.collections import Collection
from generator.standards import vocabulary
from generator.text.slugs import slugify
from generator.text.speech import Words, choose
from generator.text.strings import FALLBACK

FACETS = ("publisher", "theme", "format", "license", "frequency", "year", "place", "keyword", "spatial")
"""The facets that have a column, in the order in which a page shows them."""

MOST_KEYWORDS = 500

STEPS = 100
"""Steps in a degree: about a kilometre each, which is exact enough to narrow by."""

ORIGIN = 180 * STEPS

MOST_DIGITS = 8

Collections = Mapping[str, Mapping[str, Collection]]

Box = tuple[int, int, int, int]
"""West, south, east, north in steps; west is never east of east."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetColumn:
    """`labels` are in the order in which documents first have them; `values` has what each one says, maybe nothing."""

    labels: Mapping[str, Words]
    values: Sequence[Sequence[str]]


def facet_files(
    catalog: Catalog, collections: Collections, language: str, order: Sequence[str], compressor: Compressor = PLAIN
) -> Mapping[str, bytes]:
    """The files, compressed, by the names that the directory has for them: `facet-theme`."""
    files = encode_facets(catalog, collections, language, order, compressor)
    return {f"facet-{facet}": compressor.compress_file(file, compress_facet) for facet, file in files.items()}


def encode_facets(
    catalog: Catalog, collections: Collections, language: str, order: Sequence[str], compressor: Compressor = PLAIN
) -> Mapping[str, Columns]:
    """
    Facet to its file. `collections` are those of the language; `order` has the datasets' ids by document number.

    What no document has is no facet, and has no file.
    """
    datasets = [catalog.datasets[key] for key in order]
    columns = [
        *collected_columns(collections, language, catalog.portal.languages, order),
        ("frequency", frequency_column(datasets, language)),
        ("year", year_column(datasets)),
        ("place", place_column(datasets, language, catalog.portal.languages)),
    ]
    files = {facet: encode_column(column, language, compressor) for facet, column in columns if column.labels}
    boxes = [boxes_of(dataset.spatial) for dataset in datasets]
    if any(boxes):
        files["spatial"] = encode_boxes(boxes)
    return files


def close_order(datasets: Sequence[Dataset]) -> list[Dataset]:
    """
    Datasets by publisher, then those together that have the same formats: the facets are a fifth smaller so.

    Whatever else is the same stands as it did.
    """
    formats = {dataset.id: tuple(formats_of(dataset)) for dataset in datasets}
    rank = number_sets(formats.values(), number_values(list(formats.values())))
    return sorted(datasets, key=lambda dataset: (dataset.publisher, rank[formats[dataset.id]]))


def collected_columns(
    collections: Collections, language: str, others: Sequence[str], order: Sequence[str]
) -> Iterator[tuple[str, FacetColumn]]:
    """The facets that have pages of their own: those count the same."""
    numbers = {key: number for number, key in enumerate(order)}
    for kind, found in collections.items():
        members = list(found.values())
        if kind == "keyword":
            members = sorted(members, key=lambda item: -len(item.datasets))[:MOST_KEYWORDS]
        said: list[list[str]] = [[] for _ in order]
        for collection in members:
            for dataset in collection.datasets:
                said[numbers[dataset]].append(collection.key)
        titles = {item.key: choose(item.title, (language, *others)) for item in members}
        yield kind, column_of(said, titles)


def frequency_column(datasets: Iterable[Dataset], language: str) -> FacetColumn:
    codes = [item.accrual_periodicity for item in datasets]
    known = vocabulary("frequencies")
    titles = {code: choose(known[code].title, (language, FALLBACK)) for code in codes if code in known}
    return column_of([[code] if code else [] for code in codes], titles)


def year_column(datasets: Iterable[Dataset]) -> FacetColumn:
    return column_of([map(str, years_of(dataset)) for dataset in datasets], {})


def place_column(datasets: Sequence[Dataset], language: str, others: Sequence[str]) -> FacetColumn:
    """The places that datasets name. A value is the same in every language, so that a search may be shared."""
    titles: dict[str, Words] = {}
    said: list[list[str]] = []
    for dataset in datasets:
        keys = {slugify(choose(place.name, others)): place.name for place in dataset.spatial if place.name}
        titles |= {key: choose(name, (language, *others)) for key, name in keys.items()}
        said.append(list(keys))
    return column_of(said, titles)


def column_of(said: Iterable[Iterable[str]], titles: Mapping[str, Words]) -> FacetColumn:
    """What has no title is its own label."""
    values = [tuple(sorted(keys)) for keys in said]
    labels = {key: titles.get(key) or Words(key, "") for key in dict.fromkeys(chain.from_iterable(values))}
    return FacetColumn(labels=labels, values=values)


def formats_of(dataset: Dataset) -> list[str]:
    return sorted({slugify(item.format) for item in dataset.distribution if item.format})


def years_of(dataset: Dataset) -> Iterable[int]:
    """
    The years that the data are about, as far as the publisher says: when they were published tells nothing of that.

    >>> list(years_of(Dataset(temporal=(PeriodOfTime(start="2010-05", end="2012"),), issued="2015-02-06")))
    [2010, 2011, 2012]
    >>> list(years_of(Dataset(issued="2015-02-06"))), list(years_of(Dataset()))
    ([], [])
    """
    known = year_of(dataset.modified) or year_of(dataset.issued)
    covered = [span for period in dataset.temporal if (span := span_of(period, known))]
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


def encode_column(column: FacetColumn, language: str, compressor: Compressor = PLAIN) -> Columns:
    numbers = number_values(column.values)
    place = number_sets(column.values, numbers)
    size = len(place)
    codes = [place[members] for members in column.values]
    steps = [(after - before) % size for before, after in pairwise([0, *codes])]
    # As many digits as a byte has room for: Huffman's codes are whole bits, too coarse for one of few values.
    each = next(number for number in range(MOST_DIGITS, 0, -1) if number == 1 or size**number <= 256)
    header = {
        "documents": len(codes),
        "each": each,
        "values": [label_cell(key, column.labels[key], language) for key in numbers],
    }
    sets = front_code_sets([tuple(sorted(map(numbers.__getitem__, members))) for members in place])
    plain = json_column(header), sets, *planes(digits(codes, size, each), size - 1)
    stepped = json_column({**header, "steps": True}), sets, *planes(digits(steps, size, each), size - 1)
    return min(plain, stepped, key=lambda columns: len(compressor.compress_file(columns, compress_facet)))


def digits(numbers: Sequence[int], base: int, each: int) -> Sequence[int]:
    """
    Several numbers as the digits of one.

    >>> digits([1, 2, 3, 1], 4, 3)
    [57, 1]
    """
    if each == 1:
        return numbers
    powers = [base**place for place in range(each)]
    return [
        sum(number * power for number, power in zip(numbers[start : start + each], powers, strict=False))
        for start in range(0, len(numbers), each)
    ]


def number_values(said: Sequence[Sequence[str]]) -> Mapping[str, int]:
    """
    The most frequent first, so that small numbers are frequent; but as they come where documents stand by them.

    >>> number_values([("b",), ("a",), ("a", "b"), ("a",)]), number_values([("b",), ("a",), ("a",)])
    ({'a': 0, 'b': 1}, {'b': 0, 'a': 1})
    """
    frequencies = Counter(chain.from_iterable(said))
    if sum(1 for _ in groupby(said)) == len(set(said)):
        return {value: number for number, value in enumerate(frequencies)}
    by_frequency = sorted(frequencies, key=lambda value: (-frequencies[value], value))
    return {value: number for number, value in enumerate(by_frequency)}


def number_sets(said: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> Mapping[Sequence[str], int]:
    """The sets of values that occur, small ones first, then as their values' numbers stand."""
    shapes = {members: sorted(map(numbers.__getitem__, members)) for members in said}
    ordered = sorted(shapes, key=lambda members: (len(members), shapes[members]))
    return {members: number for number, members in enumerate(ordered)}


def front_code_sets(sets: Iterable[Sequence[int]]) -> bytes:
    """
    Ascending numbers: how many, how many of them the set before begins with too, and the step to each of the others.

    >>> list(front_code_sets([(), (4,), (4, 5, 7), (4, 5, 9)]))
    [0, 0, 1, 0, 4, 3, 1, 0, 1, 3, 2, 3]
    """
    found: list[int] = []
    before: Sequence[int] = ()
    for members in sets:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, members, strict=False)))
        rest = [-1, *members][shared:]
        found += [len(members), shared, *(after - last - 1 for last, after in pairwise(rest))]
        before = members
    return varints(found)


def compress_facet(columns: Columns) -> bytes:
    """As `compress` makes it, or shorter where looking for repetition only does harm."""
    stream = zlib.compressobj(9, memLevel=9, strategy=zlib.Z_HUFFMAN_ONLY)
    parts = [stream.compress(packed_head(columns))]
    for column in columns:
        parts += stream.flush(zlib.Z_BLOCK), stream.compress(column)
    return min(b"".join([*parts, stream.flush()]), compress(columns), key=len)


def label_cell(key: str, label: Words, language: str) -> str | list[str]:
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


def encode_boxes(boxes: Sequence[Sequence[Box]]) -> Columns:
    every = [
        (west + ORIGIN, south + ORIGIN, east - west, north - south)
        for west, south, east, north in chain.from_iterable(boxes)
    ]
    edges = chain.from_iterable(planes(row, 0xFFFF) for row in zip(*every, strict=True))
    return json_column({"documents": len(boxes)}), varints(map(len, boxes)), *edges
