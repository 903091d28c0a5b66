"""
The files that hold a piece of every dataset: what the build before has of them is copied, the rest is made once.

A module of this room that has such files says so in a function `wholes(site)`: each by its path, Joined. For each of
them an index in the cache folder says where in the published file the piece of each dataset is, and what that was made
from. An index that is lost, damaged or of another file only costs the time to make the pieces again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from generator.feeds import functions_named
from generator.feeds.digests import dataset_inputs
from generator.feeds.joined import HERE, Joined
from generator.feeds.json_lines import JsonLine
from generator.feeds.records import records_of
from generator.feeds.spool import Spool
from generator.site.memory import remembered
from generator.site.site import Site
from generator.source.kept import read_kept, write_kept

CHUNK = 1 << 20
"""About how many bytes are copied at a time."""

NODES = "wholes/nodes.json"
"""What the datasets point to, in the cache folder."""

Place = tuple[int, int]
"""Where a piece is in a file: its first byte, and how many there are."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a dataset gives to the files that hold all: a piece for each by its path, and the nodes it points to."""

    forms: Mapping[str, bytes]
    nodes: Sequence[JsonLine]


@remembered
def whole_feeds(site: Site) -> Mapping[str, Joined]:
    """All such files of a site, by path."""
    return dict(chain.from_iterable(wholes(site) for wholes in functions_named("wholes")))


def pieces(site: Site, id: str) -> Pieces:
    """A dataset's pieces: the same whoever makes them."""
    forms = {path: joined.piece(id) for path, joined in whole_feeds(site).items()}
    return Pieces(forms, records_of(site).pointed_lines(id))


def add_pieces(site: Site, id: str, made: Pieces) -> None:
    """Pieces that were made elsewhere, for whoever renders the files that hold all."""
    spool_of(site).add(id, made.forms)
    records_of(site).point(id, made.nodes)


@remembered
def spool_of(site: Site) -> Spool:
    return Spool(site.cache)


def piece_of(site: Site, path: str, id: str) -> bytes:
    """A dataset's piece in one file; what has to be described is put into all its forms at once."""
    spool = spool_of(site)
    if id not in spool:
        spool.add(id, pieces(site, id).forms)
    return spool.read(id, path)


# ---------------------------------------------------------------- rendering


def render_whole(site: Site, path: str, inputs: str, copy: str = "") -> Iterator[bytes]:
    """
    Such a file, piece by piece; `inputs` is the digest of what it is made from. One that is published at another path
    too is rendered for each `copy`.
    """
    joined, made = whole_feeds(site)[path], dataset_inputs(site)
    recall_nodes(site)
    former = open_former(site, copy or path, made, len(joined.between))
    start = 0
    sizes: list[int] = []
    try:
        for chunk in joined.chunks():
            if chunk == HERE:
                yield from fill_in(site, path, joined, former, sizes)
            else:
                start += 0 if sizes else len(chunk)
                yield chunk
    finally:
        former.close()
    found = [[id, made[id], size] for id, size in zip(joined.ids, sizes, strict=True)]
    write_kept(site.cache, index_name(copy or path), [inputs, start, found])
    keep_nodes(site)


def fill_in(site: Site, path: str, joined: Joined, former: Former, sizes: list[int]) -> Iterator[bytes]:
    """The pieces of a file, with what is between them; the length of each is added to `sizes`."""
    before = b""
    for ids, place in runs(joined.ids, former.places, len(joined.between)):
        content = former.read(place) if place else b""
        if place and len(content) == place[1]:
            sizes += [former.places[id][1] for id in ids]
        else:
            found = [piece_of(site, path, id) for id in ids]
            sizes += map(len, found)
            content = joined.between.join(found)
        yield before + content
        before = joined.between


def runs(ids: Sequence[str], places: Mapping[str, Place], gap: int) -> Iterator[tuple[list[str], Place | None]]:
    """
    Datasets whose pieces stand in a file one after the other, each run with where it is; None where there is none.

    >>> list(runs(["a", "b", "c", "d"], {"a": (10, 5), "b": (17, 5), "d": (30, 5)}, 2))
    [(['a', 'b'], (10, 12)), (['c'], None), (['d'], (30, 5))]
    """
    run: list[str] = []
    start = end = 0
    for id in ids:
        place = places.get(id)
        if run and (place is None or place[0] != end + gap or end - start > CHUNK):
            yield run, (start, end - start)
            run = []
        if place is None:
            yield [id], None
            continue
        start, end = start if run else place[0], sum(place)
        run.append(id)
    if run:
        yield run, (start, end - start)


# ---------------------------------------------------------------- what a build before left


@dataclass(frozen=True, slots=True)
class Former:
    """The file as a build before published it, with the places of pieces that would come out the same."""

    file: BinaryIO | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def read(self, place: Place) -> bytes:
        """Nothing where the file can't be read any more."""
        start, size = place
        with suppress(OSError):
            if self.file:
                self.file.seek(start)
                return self.file.read(size)
        return b""

    def close(self) -> None:
        if self.file:
            self.file.close()


def open_former(site: Site, path: str, made: Mapping[str, str], gap: int) -> Former:
    left = site.left(path)
    index = read_kept(site.cache, index_name(path)) if left else None
    if not left or not index or index[0] != left.made_from:
        return Former()
    _, start, found = index
    places = {}
    for id, digest, size in found:
        if made.get(id) == digest:
            places[id] = start, size
        start += size + gap
    try:
        return Former(left.file.open("rb"), places)
    except OSError:
        return Former()


def index_name(path: str) -> str:
    return f"wholes/{path}.json"


@remembered
def recall_nodes(site: Site) -> None:
    """What datasets that did not change point to, as a build before knew it."""
    made, records = dataset_inputs(site), records_of(site)
    lines, found = read_kept(site.cache, NODES) or ((), {})
    for id, (digest, numbers) in found.items():
        if made.get(id) == digest:
            records.point(id, [JsonLine(lines[number]) for number in numbers])


def keep_nodes(site: Site) -> None:
    """Keep what was found out of that since it was recalled."""
    made, records = dataset_inputs(site), records_of(site)
    if not records.unkept:
        return
    numbers: dict[JsonLine, int] = {}
    found = {
        id: [made[id], [numbers.setdefault(line, len(numbers)) for line in records.pointed_lines(id)]]
        for id in records.named
    }
    write_kept(site.cache, NODES, [list(numbers), found])
    records.unkept = False
