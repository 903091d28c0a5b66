"""What a build before has made of an index and compressed, known again by what it was made from."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

from generator.model.digest import digest, program_digest
from generator.search.packing import Columns, compress, packed_head
from generator.source.store import Shelf

Method = Callable[[Columns], bytes]


class Compressor:
    """
    Gives each file as a method of compressing gives it. What a shelf keeps holds for one version of zlib and of this
    program; without one, nothing is kept.
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf
        self.mark = hashlib.blake2b(f"{program_digest()} {zlib.ZLIB_RUNTIME_VERSION}".encode(), digest_size=16)

    def compress_file(self, columns: Columns, method: Method = compress) -> bytes:
        (content,) = self.compress_files([columns], method)
        return content

    def compress_files(self, files: Sequence[Columns], method: Method = compress) -> Iterator[bytes]:
        """Several files, in their order."""
        shelf = self.shelf
        if shelf is None:
            yield from in_threads(files, method)
            return
        keys = [self.key_of(columns, method) for columns in files]
        missing = {key: columns for key, columns in zip(keys, files, strict=True) if shelf.recall(key) is None}
        shelf.update(zip(missing, in_threads(missing.values(), method), strict=True))
        yield from map(shelf.__getitem__, keys)

    def make_files(self, inputs: object, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """Files by name, made where nothing is kept of the same inputs, which `digest` tells from any others."""
        if self.shelf is None:
            return make()
        key = digest(self.mark.hexdigest(), inputs)
        written = self.shelf.recall(key)
        if written is None:
            written = self.shelf[key] = join_files(make())
        return part_files(written)

    def key_of(self, columns: Columns, method: Method) -> str:
        found = self.mark.copy()
        found.update(method.__name__.encode() + packed_head(columns))
        for column in columns:
            found.update(column)
        return found.hexdigest()

    def save(self) -> None:
        """Keep what was asked for, for the next build."""
        if self.shelf is not None:
            self.shelf.prune()
            self.shelf.save()


def in_threads(files: Iterable[Columns], method: Method) -> Iterable[bytes]:
    """Compressed files; zlib leaves Python's lock."""
    several = list(files)
    if len(several) < 2:
        return map(method, several)
    with ThreadPoolExecutor() as pool:
        return list(pool.map(method, several))


def join_files(files: Mapping[str, bytes]) -> bytes:
    """
    >>> part_files(join_files({"a": b"1\\n2", "b": b""}))
    {'a': b'1\\n2', 'b': b''}
    """
    sizes = {name: len(content) for name, content in files.items()}
    return json.dumps(sizes).encode() + b"\n" + b"".join(files.values())


def part_files(written: bytes) -> Mapping[str, bytes]:
    sizes, _, rest = written.partition(b"\n")
    ends = accumulate(json.loads(sizes).values())
    return {name: rest[end - size : end] for (name, size), end in zip(json.loads(sizes).items(), ends, strict=True)}


PLAIN = Compressor()
