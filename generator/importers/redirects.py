"""Addresses of the old portal that lead to pages of the new one, as `redirects.yaml` says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from ruamel.yaml.comments import CommentedMap

from generator.authoring.folder import Folder
from generator.authoring.yaml_style import dumped, quoted, round_trip
from generator.source.files import REDIRECTS
from generator.source.guard import is_stray, read_inside
from generator.source.nodes import decode_yaml
from generator.source.structure.redirects import path_of


@dataclass
class Redirects:
    """Old paths, from the portal's root, to today's: those that differ, and all of them by what links may say."""

    moves: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def add(self, old: str, new: str) -> None:
        """
        An old address, unless it is today's too, or none that a static site can have.

        >>> redirects = Redirects()
        >>> redirects.add("/organization/Été", "/publisher/ete/")
        >>> redirects.add("/dataset/a", "/dataset/a/")
        >>> redirects.moves
        {'/organization/%C3%89t%C3%A9/': '/publisher/ete/'}
        """
        path = path_of(quote(old, safe="/%~@!$&'()*+,;=:"))
        if path:
            self.known.setdefault(f"/{path}".rstrip("/"), new)
        if path and f"/{path}" != new:
            self.moves.setdefault(quote(f"/{path}"), new)

    def write(self, folder: Folder, gone: Iterable[str], taken: Iterable[str]) -> None:
        """
        The file brought up to date: what somebody changed or took out here stays so. What would lead to a page that is
        `gone`, or take the place of a page of today's, is left out.
        """
        # Where a disk knows no capitals, addresses that differ by them alone are one.
        gone, taken = set(gone), {path.casefold() for path in taken}
        moves = with_folders(
            {old: new for old, new in sorted(self.moves.items()) if new not in gone and old.casefold() not in taken}
        )
        if not moves:
            return
        known = folder.memory.of("File", REDIRECTS) or {}
        folder.remembered.objects[f"File {REDIRECTS}"] = {**known, **moves}
        data = read_inside(folder.root, REDIRECTS)
        if is_stray(folder.root, REDIRECTS):
            folder.report.tell("kept.unreadable-file", "", REDIRECTS)
            return
        if data is None:
            folder.put(REDIRECTS, written_redirects(CommentedMap(), moves), "new")
            return
        there = round_trip().load(decode_yaml(REDIRECTS, data))
        fresh = {old: new for old, new in moves.items() if old not in known and old not in (there or {})}
        if fresh and isinstance(there, CommentedMap):
            folder.put(REDIRECTS, written_redirects(there, fresh), "updated")
        else:
            folder.report.files["unchanged"] += 1


def with_folders(moves: Mapping[str, str]) -> Mapping[str, str]:
    """
    The old addresses, those that others lie below as folders': `1.5` looks like a file's name, and is not always one.

    >>> list(with_folders({"/dataset/1.5": "/a/", "/dataset/1.5/b/": "/c/", "/a.html": "/d/"}))
    ['/dataset/1.5/', '/dataset/1.5/b/', '/a.html']
    """
    folders = {str(parent) for old in moves for parent in PurePosixPath(old).parents}
    return {f"{old}/" if old in folders else old: new for old, new in moves.items()}


def written_redirects(document: CommentedMap, moves: Mapping[str, str]) -> str:
    for old, new in moves.items():
        document[quoted(old)] = quoted(new)
    return dumped(round_trip(), document)
