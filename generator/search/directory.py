"""
All files of a language's index, and the one that leads to them: the only one whose name does not change.

The names of all others hold a digest of their content, so that they may be cached for ever, and so that a page which
was opened before a publication finds them gone and reads the directory again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.search.analyzed import Analyzed
from generator.search.analyzer import settings
from generator.search.compressor import PLAIN, Compressor
from generator.search.documents import BOOSTS
from generator.search.packing import Columns, compress, fingerprint, front_code, json_column
from generator.search.postings import VERSION, Postings, collect_postings
from generator.search.results import CHUNK, encode_excerpts, encode_rests, encode_stubs
from generator.search.shards import cut_terms, encode_shards, encode_vocabulary, separators
from generator.site.addresses import search_directory

FORMAT = 1
"""What search-store.js must know to read the files."""

Files = Iterator[tuple[str, bytes]]

HEAVY = 2
"""How many times as large as the usual one a file is when the directory names its size."""


def write_index(
    documents: Iterable[Analyzed],
    language: str,
    stemmer: str = "",
    make_series: Callable[[Postings], Mapping[str, list[Columns]]] = lambda postings: {},
    more: Mapping[str, bytes] | None = None,
    part: str = "",
    compressor: Compressor = PLAIN,
) -> Files:
    """
    Path and content of each file, the directory last.

    `part` is what is searched, where it is not the datasets. `stemmer` is the address of the stemmer's script, seen
    from the directory. `make_series` has series of files and `more` single ones (compressed), by the names by which a
    reader asks the store for them.
    """
    counts, stubs, boosts = [], [], []
    for document in documents:
        counts.append(document.counts)
        stubs.append(document.stub)
        boosts.append(document.boost)
    postings = collect_postings(counts, BOOSTS, boosts)
    counts.clear()
    shards = cut_terms(postings)
    vocabulary = encode_vocabulary(postings, [term for shard in shards for term in shard])
    series = {
        "terms": encode_shards(postings, shards),
        "stubs": list(encode_stubs(stubs, language)),
        "excerpts": list(encode_excerpts(stubs, language)),
        "rests": list(encode_rests(stubs)),
        **make_series(postings),
    }
    directory = search_directory(language, part)
    names = Names(posixpath.dirname(directory))
    for kind, files in series.items():
        yield from names.name_series(kind, files, compressor.compress_files(files))
    contents = {"vocabulary": (fingerprint([vocabulary]), compressor.compress_file(vocabulary))}
    contents |= {kind: (fingerprint([[content]]), content) for kind, content in (more or {}).items()}
    for kind, (made, content) in contents.items():
        yield names.name_file(kind, made, content)
    usual, heavy = weigh(names.lengths["terms"])
    header = {
        "format": FORMAT,
        "language": language,
        "lunr": VERSION,
        "documents": postings.size,
        "fields": {field: [row.boost, row.length] for field, row in postings.rows.items()},
        "boosts": list(postings.boosts),
        "pipeline": [pipeline_function(language)],
        "analysis": settings(language),
        "stemmer": stemmer,
        "chunk": CHUNK,
        "names": names.given,
        "usual": usual,
        "heavy": heavy,
        "files": {kind: len(files) for kind, files in series.items()},
    }
    yield directory, compress((json_column(header), *front_code(separators(shards))))


class Names:
    """The names that files of an index are given, and how long those of each series are."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.given: dict[str, str] = {}
        self.lengths: dict[str, list[int]] = {}

    def name_series(self, kind: str, files: Sequence[Columns], compressed: Iterable[bytes]) -> Files:
        name = self.given[kind] = f"{kind}-{fingerprint(files)}"
        lengths = self.lengths[kind] = []
        for number, content in enumerate(compressed):
            yield f"{self.folder}/{name}/{number}.bin", content
            lengths.append(len(content))

    def name_file(self, kind: str, made: str, content: bytes) -> tuple[str, bytes]:
        name = self.given[kind] = f"{kind}-{made}.bin"
        return f"{self.folder}/{name}", content


def weigh(lengths: Sequence[int]) -> tuple[int, Mapping[int, int]]:
    """The usual length of a series' files, and the numbers and lengths of those that are much longer."""
    usual = sorted(lengths)[len(lengths) // 2] if lengths else 0
    return usual, {number: size for number, size in enumerate(lengths) if size > HEAVY * usual}


def pipeline_function(language: str) -> str:
    """
    The name under which the worker registers the language's analysis before it loads an index.

    >>> pipeline_function("fr")
    'vitrine-fr'
    """
    return f"vitrine-{language}"


def stemmer_asset(language: str) -> str:
    """
    The name of the stemmer's script among the theme's assets; empty for a language without one.

    A worker runs a script only when the host calls it JavaScript, which hosts do by the ending `.js`.

    >>> stemmer_asset("fr"), stemmer_asset("et")
    ('fr.js', '')
    """
    script: str = settings(language)["script"]
    return posixpath.splitext(posixpath.basename(script))[0] + ".js" if script else ""
