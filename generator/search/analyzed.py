"""
What documents say, as terms; and what was found out before, so that a changed dataset alone is read again.

Never needed for a correct index: a lost or unreadable file of analyses only costs the time to make them again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from pathlib import Path

from generator.model import Catalog
from generator.search.analyzer import Analyzer
from generator.search.documents import SearchDocument, Stub, document_of, searched
from generator.search.packing import json_column
from generator.search.postings import Counts
from generator.site.memory import no_garbage
from generator.source.guard import delete
from generator.text.speech import Words

SHOWN = [field.name for field in fields(Stub)]

Analyses = MutableMapping[str, bytes]
"""Key to an analysis, written. A dict remembers as long as a program runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analyzed:
    """A document as the index needs it: the terms of each field, counted, and its result."""

    counts: Mapping[str, Counts]
    stub: Stub
    boost: float = 1.0


@no_garbage()
def analyze(documents: Iterable[SearchDocument], language: str) -> list[Analyzed]:
    terms = Analyzer.of(language).terms
    return [
        Analyzed(
            counts={field: count(terms(text)) for field, text in document.texts.items()},
            stub=document.stub,
            boost=document.boost,
        )
        for document in documents
    ]


def count(terms: Sequence[str]) -> Counts:
    """
    Most fields say each term once, which is sooner found out than counted.

    >>> count(["eau", "ecole", "eau"]) == {"eau": 2, "ecole": 1}, count(["eau"])
    (True, {'eau': 1})
    """
    once = dict.fromkeys(terms, 1)
    return once if len(once) == len(terms) else Counter(terms)


@no_garbage()
def analyze_catalog(catalog: Catalog, language: str, digests: Mapping[str, str], analyses: Analyses) -> list[Analyzed]:
    """
    The catalogue's documents analysed, those that changed since `analyses` were made, and the others as they were.

    `digests` has, by dataset id, a digest of all that its document is made from. What no document needs any more is
    dropped.
    """
    publishers, themes, languages = catalog.publishers, catalog.themes, catalog.portal.languages
    found: list[Analyzed] = []
    stale = set(analyses)
    for dataset in searched(catalog):
        key = f"{language} {digests[dataset.id]}"
        stale.discard(key)
        try:
            analyzed = _read_analyzed(analyses[key])
        except (KeyError, ValueError, TypeError):
            document = document_of(dataset, publishers.get(dataset.publisher), themes, language, languages)
            (analyzed,) = analyze([document], language)
            analyses[key] = _write(analyzed)
        found.append(analyzed)
    for key in stale:
        if key.partition(" ")[0] == language:
            del analyses[key]
    return found


def _write(analyzed: Analyzed) -> bytes:
    stub = {name: getattr(analyzed.stub, name) for name in SHOWN}
    languages = {key: text.language for key, text in stub.items() if isinstance(text, Words)}
    return json_column([analyzed.counts, stub, languages, analyzed.boost])


def _read_analyzed(written: bytes) -> Analyzed:
    counts, stub, languages, boost = json.loads(written)
    words = {key: Words(stub[key], said) for key, said in languages.items()}
    return Analyzed(counts=counts, stub=Stub(**{**stub, "formats": tuple(stub["formats"]), **words}), boost=boost)


TABLE = "CREATE TABLE analyses (key TEXT PRIMARY KEY, value BLOB)"


class AnalysesFile(dict[str, bytes]):
    """
    Analyses that a file keeps from one build to the next. `save` writes what changed since they were read.

    Each is kept with a digest. A file of which anything is not as it was written is begun anew.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            super().__init__(self._read())
        except (OSError, sqlite3.Error, ValueError, TypeError, OverflowError):
            self.clear()
            self._discard()
        self._saved = dict(self)

    def save(self) -> None:
        """A folder that can't be written only costs the next build time."""
        changed = [(key, value) for key, value in self.items() if self._saved.get(key) != value]
        gone = [(key,) for key in self._saved.keys() - self.keys()]
        if not changed and not gone:
            return
        try:
            self._save(changed, gone)
        except (OSError, sqlite3.Error):
            self._discard()
            with suppress(OSError, sqlite3.Error):
                self._save(list(self.items()), [])
        self._saved = dict(self)

    def _read(self) -> dict[str, bytes]:
        if not os.path.lexists(self.file):
            return {}
        with closing(self._open()) as rows:
            if [sql for (sql,) in rows.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")] != [TABLE]:
                raise ValueError("not a table of analyses")
            kept = dict(rows.execute("SELECT key, value FROM analyses"))
        return {key: unsealed(key, value) for key, value in kept.items()}

    def _save(self, changed: list[tuple[str, bytes]], gone: list[tuple[str]]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as rows, rows:
            rows.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            rows.executemany(
                "REPLACE INTO analyses VALUES (?, ?)", [(key, sealed(key, value)) for key, value in changed]
            )
            rows.executemany("DELETE FROM analyses WHERE key = ?", gone)

    def _open(self) -> sqlite3.Connection:
        """The file, if it is one: SQLite would follow a link, were it only its journal's."""
        if any(map(os.path.lexists, self._names[1:])) or not is_own(self.file):
            self._discard()
        rows = sqlite3.connect(self.file, timeout=5)
        rows.execute("PRAGMA journal_mode=MEMORY")
        return rows

    @property
    def _names(self) -> list[str]:
        return [f"{self.file}{suffix}" for suffix in ("", "-journal", "-wal", "-shm")]

    def _discard(self) -> None:
        with suppress(OSError):
            for name in self._names:
                delete(Path(name))


def is_own(file: Path) -> bool:
    """Whether there is nothing in a file's place, or a file and no link."""
    return not os.path.lexists(file) or stat.S_ISREG(file.lstat().st_mode)


def sealed(key: str, value: bytes) -> bytes:
    """
    >>> unsealed("a", sealed("a", b"b"))
    b'b'
    """
    return hashlib.sha256(key.encode() + b"\0" + value).digest() + value


def unsealed(key: str, written: bytes) -> bytes:
    """What was sealed under that key; ValueError for anything else."""
    value = written[32:]
    if sealed(key, value) != written:
        raise ValueError(key)
    return value
