"""A portal's files as read from disk: YAML as nodes, Markdown as text, data files as facts."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from generator.model.diagnostics import Diagnostic, Place
from generator.source.answers import ANSWERS, read_lines
from generator.source.folders import CATALOG, DATASETS, PORTAL, PUBLISHERS
from generator.source.front_matter import FRONT_MATTER, find_front_fault
from generator.source.git import History, Touch, read_history
from generator.source.guard import CACHE, is_inside, is_plain_file, is_stray, leads_elsewhere
from generator.source.nodes import Node, Refused, decode_yaml, parse_yaml
from generator.source.store import Shelf, open_shelf
from generator.source.syntax import find_marker
from generator.source.tree import dataset_files, linked_folders, walk
from generator.source.unread import find_misnamed, find_unread
from generator.text.code_spans import mask_code

OWNER = re.compile(r"detected dubious ownership in repository at '(.*?)'")
LANGUAGE_SUFFIX = re.compile(r"\.([a-z]{2,3}|[A-Z]{2,3}|[a-z]{2,3}-[A-Z]{2})$")

PAGE_LIMIT = 2_000_000
REDIRECTS = "redirects.yaml"
SINGLE = (PORTAL, CATALOG, REDIRECTS)
"""The YAML files of which a portal has one."""

USAGE = "usage.csv"
USAGE_LIMIT = 20_000_000


@dataclass(frozen=True, kw_only=True)
class SourceDocument:
    """One YAML file, read when it is asked for; `node` is None when there is none to read, or it could not be read."""

    path: str
    file: Path | None = None

    def read(self) -> bytes:
        """What is in the file. Raises OSError."""
        return self.file.read_bytes() if self.file else b""

    def parse(self, content: bytes) -> tuple[Node | None, list[Diagnostic]]:
        """The root node of what is in the file, and what is wrong with it."""
        if self.file is None:
            return None, []
        try:
            node, diagnostics = parse_yaml(self.path, decode_yaml(self.path, content), metadata=True)
        except Refused as refused:
            return None, [refused.diagnostic]
        if node is None and not diagnostics:
            return None, [Diagnostic.at(Place(self.path), "empty-file")]
        return node, diagnostics

    @cached_property
    def parsed(self) -> tuple[Node | None, list[Diagnostic]]:
        return self.parse(self.read())

    @property
    def node(self) -> Node | None:
        return self.parsed[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """One Markdown file: its front matter, its body, the line on which the body starts; language "" is the default."""

    path: str
    language: str
    front: Node | None
    body: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file beside the metadata: size in bytes, SHA-256 in hexadecimal, date of its last commit (or "")."""

    size: int
    sha256: str
    modified: str


@dataclass(kw_only=True)
class Source:
    """Everything read, and what could not be."""

    folder: Path
    documents: dict[str, SourceDocument] = field(default_factory=dict)
    pages: list[PageFile] = field(default_factory=list)
    content_files: list[str] = field(default_factory=list)
    usage: list[str] = field(default_factory=list)
    """The lines of `usage.csv`."""
    answers: list[str] = field(default_factory=list)
    """The lines of `links.csv`."""
    history: History = field(default_factory=History)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    kept: Shelf = field(default_factory=lambda: Shelf(None))
    """What was made of files before."""

    @property
    def publishers(self) -> Iterator[SourceDocument]:
        return (self.documents[path] for path in sorted(self.documents) if path.startswith(PUBLISHERS))

    @property
    def datasets(self) -> Iterator[SourceDocument]:
        return (
            self.documents[path]
            for path in sorted(self.documents)
            if path not in SINGLE and not path.startswith(PUBLISHERS)
        )

    def node(self, path: str) -> Node | None:
        """What a YAML file holds, if it is one that was read."""
        return self.documents[path].node if path in self.documents else None

    def modified(self, path: str) -> str:
        return self.history.dates.get(path, "")

    def touches(self, path: str) -> Sequence[Touch]:
        """What commits of late did to a file, the newest first."""
        return self.history.changes.get(path, ())

    def changed_beside(self, folder: str) -> Sequence[str]:
        """The names of the files of a folder that git saw change."""
        return self.changed_names.get(folder, ())

    @cached_property
    def changed_names(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for path in self.history.changes:
            folder, name = posixpath.split(path)
            if name not in DATASETS:
                found.setdefault(folder, []).append(name)
        return found

    def came_together(self, path: str, other: str) -> bool:
        """Whether one commit brought two files, of which the first has stayed as it came."""
        arrivals = self.history.arrivals
        return len(self.touches(path)) == 1 and path in arrivals and arrivals[path] == arrivals.get(other)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; hidden ones are left out."""
        return sorted(file.name for file in (self.folder / folder).iterdir() if not file.name.startswith("."))

    def read_text(self, path: str, limit: int) -> str:
        """The text of a file of the portal. Raises Refused for one that is too large or holds none; OSError."""
        return decode_yaml(path, (self.folder / path).read_bytes(), limit)

    def size(self, path: str) -> int:
        """The bytes of a file of the portal."""
        return (self.folder / path).stat().st_size

    def read_head(self, path: str, length: int) -> bytes:
        """The first bytes of a file of the portal."""
        with (self.folder / path).open("rb") as file:
            return file.read(length)

    def is_stray(self, path: str) -> bool:
        """Whether a path is a symbolic link that leads out of the portal's folder, or nowhere, or what is no file."""
        return is_stray(self.folder, path)

    def data_file(self, path: str) -> DataFile | None:
        """The facts of a data file; None when there is no such regular file inside the portal's folder."""
        if not is_inside(self.folder, path):
            return None
        file = self.folder / path
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return DataFile(size=file.stat().st_size, sha256=digest, modified=self.modified(path))


def is_whole_folder(path: str) -> bool:
    """Whether a YAML file describes the dataset whose files are beside it."""
    return posixpath.basename(path) in DATASETS


def name_of(path: str) -> str:
    """
    What a file below `datasets/` calls the thing that it describes: its own name, or its folder's.

    >>> name_of("datasets/arbres.yaml"), name_of("datasets/rues/arbres/dataset.yaml")
    ('arbres', 'arbres')
    """
    folder, name = posixpath.split(path)
    return posixpath.basename(folder) if name in DATASETS else posixpath.splitext(name)[0]


def read_source(folder: Path) -> Source:
    """Read a portal's folder. What is wrong with its files is among the diagnostics; OSError is the disk's fault."""
    history = read_history(folder)
    kept = Shelf(None) if any(is_cached(path) for path in history.dates) else open_shelf(folder, "structure")
    source = Source(folder=folder, history=history, kept=kept)
    source.diagnostics += check_history(source.history)
    failed = partial(tell_unreadable, source)
    wanted = [PORTAL, REDIRECTS, *sorted(dataset_files(folder / "datasets", failed))]
    for path in wanted:
        read_yaml_document(source, path)
    for path in (PORTAL, CATALOG):
        if path not in source.documents:
            nearly = find_misnamed(folder, path)
            code = "misnamed-file" if nearly else "missing-file"
            source.diagnostics.append(Diagnostic.at(Place(path), code, path=path, value=nearly))
            source.documents.pop(nearly, None)
    source.diagnostics += find_unread(
        walk(folder / "datasets", lambda error: None), walk(folder / "content", lambda error: None), source.node
    )
    for path in linked_folders(folder):
        source.diagnostics.append(Diagnostic.at(Place(path), "linked-folder", value=path))
    for prefix, names in walk(folder / "content", failed):
        for name in names:
            path = f"content/{prefix}{name}"
            if not is_path(path):
                source.diagnostics.append(bad_path(path))
            elif source.is_stray(path):
                source.diagnostics.append(linked_file(path))
            elif name.endswith(".md"):
                read_page(source, path)
            else:
                source.content_files.append(path)
    read_usage(source)
    source.answers = read_lines(folder)
    source.diagnostics += [linked_file(ANSWERS)] if source.is_stray(ANSWERS) else []
    source.diagnostics += check_cache(source)
    return source


def check_cache(source: Source) -> Iterator[Diagnostic]:
    """Whether the folder of what only saves time is the portal's own: no link, and no part of the repository."""
    if leads_elsewhere(source.folder, CACHE):
        yield Diagnostic.at(Place(CACHE), "linked-cache", value=CACHE)
    if kept := sorted(filter(is_cached, source.history.dates)):
        yield Diagnostic.at(Place(kept[0]), "cache-in-repository", value=CACHE)


def is_cached(path: str) -> bool:
    """Whether a file belongs to the folder of what only saves time."""
    return path.startswith(f"{CACHE}/")


def tell_unreadable(source: Source, error: OSError) -> None:
    """A folder that can't be read, so that nobody believes that it is empty."""
    if isinstance(error, FileNotFoundError):
        return
    path = Path(error.filename).relative_to(source.folder).as_posix()
    source.diagnostics.append(Diagnostic.at(Place(path), "unreadable-folder", value=path, problem=error.strerror))


def check_history(history: History) -> Iterator[Diagnostic]:
    """Why git says nothing of a repository that there is."""
    if foreign := OWNER.search(history.refusal):
        yield Diagnostic.at(Place("datasets"), "foreign-repository", value=foreign[1])
    elif history.refusal:
        yield Diagnostic.at(Place("datasets"), "unread-history", problem=history.refusal)


def is_path(path: str) -> bool:
    r"""
    Whether a path can be an address, and a file on every system.

    >>> is_path("content/l’été.pdf"), is_path("content/a\\b"), is_path("content/\udce9"), is_path("content/a\x1bb")
    (True, False, False, False)
    """
    return path.isprintable() and "\\" not in path


def bad_path(path: str) -> Diagnostic:
    """A file that can't be published, by the part of its path that is the reason."""
    return Diagnostic.at(Place(path), "bad-path", value=next(part for part in path.split("/") if not is_path(part)))


def linked_file(path: str) -> Diagnostic:
    """A file that is not read, as a link leads out of the portal, or as it is no file."""
    folder, name = posixpath.split(path)
    return Diagnostic.at(Place(path), "linked-file", value=name, folder=folder or ".")


def read_usage(source: Source) -> None:
    file = source.folder / USAGE
    if source.is_stray(USAGE):
        source.diagnostics.append(linked_file(USAGE))
        return
    if not file.exists():
        return
    try:
        source.usage = decode_yaml(USAGE, file.read_bytes(), USAGE_LIMIT).splitlines()
    except Refused as refused:
        source.diagnostics.append(refused.diagnostic)


def read_yaml_document(source: Source, path: str) -> None:
    """A file that the portal has one of is read at once, any other when its object is made."""
    file = source.folder / path
    if not os.path.lexists(file):
        return
    if not is_plain_file(file) and source.is_stray(path):
        source.diagnostics.append(linked_file(path))
        source.documents[path] = SourceDocument(path=path)
    else:
        document = source.documents[path] = SourceDocument(path=path, file=file)
        source.diagnostics += document.parsed[1] if path in SINGLE else []


def read_page(source: Source, path: str) -> None:
    try:
        text = decode_yaml(path, (source.folder / path).read_bytes(), PAGE_LIMIT)
    except Refused as refused:
        source.diagnostics.append(refused.diagnostic)
        return
    front, body, line = None, text, 0
    if (marker := find_marker(mask_code(text))) is not None:
        place = Place(path, text.count("\n", 0, marker) + 1, 1)
        source.diagnostics.append(Diagnostic.at(place, "merge-conflict"))
        return
    if matter := FRONT_MATTER.match(text):
        front, diagnostics = parse_yaml(path, matter[1], line=1, metadata=True)
        source.diagnostics += diagnostics
        body = text[matter.end() :]
        line = text.count("\n", 0, matter.end())
        if diagnostics and front is None:
            return
    elif fault := find_front_fault(path, text):
        source.diagnostics.append(fault)
        return
    suffix = LANGUAGE_SUFFIX.search(path.removesuffix(".md"))
    language = suffix[1] if suffix else ""
    source.pages.append(PageFile(path=path, language=language, front=front, body=body, line=line))
