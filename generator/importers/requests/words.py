"""What words of an issue stand for: the table of standards, and a table of a portal's own labels over it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generator.authoring.folder import plain_node
from generator.authoring.report import SourceError
from generator.source.nodes import Mapping_, Refused, decode_yaml, parse_yaml
from generator.standards import read_rows
from generator.text.slugs import slugify

IGNORED, REQUEST = "ignored", "request"
"""What a portal's own table may say of a label beside a state: it says nothing, or that an issue asks for data."""

SCOPE = re.compile(r"^[^:/]{1,40}(?:::?|/)\s*")
"""What opens a label that belongs to a group: `status: `, `état::`."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """
    Labels to states, in the order in which they win; labels of requests to their language, reasons of closing to
    states; and words by what they are, folded.
    """

    statuses: Mapping[str, str]
    requests: Mapping[str, str]
    closed: Mapping[str, str]
    fields: Mapping[str, str]
    others: Mapping[str, frozenset[str]]

    def status_of(self, labels: Iterable[str]) -> list[str]:
        """The states that labels tell, the one that wins first."""
        told = {self.statuses[form] for label in labels for form in forms(label) if form in self.statuses}
        order = list(dict.fromkeys(self.statuses.values()))
        return [code for code in order if code in told and code != IGNORED]

    def is_request(self, labels: Iterable[str]) -> bool:
        return any(form in self.requests for label in labels for form in forms(label))

    def language_of(self, labels: Iterable[str]) -> str:
        """The language in which somebody asked, as the label of its form tells."""
        return next((self.requests[form] for label in labels for form in forms(label) if form in self.requests), "")

    def tells(self, label: str) -> bool:
        """Whether anything is made of a label."""
        return any(form in self.statuses or form in self.requests for form in forms(label))


def forms(label: str) -> Iterator[str]:
    """
    What a label may be known by, as a whole and without the group that it is in.

    >>> list(forms("État :: À l’étude"))
    ['etat-a-l-etude', 'a-l-etude']
    """
    yield slugify(label)
    if (short := SCOPE.sub("", label, count=1).strip(" :")) and short != label:
        yield slugify(short)


@cache
def standard_words() -> Words:
    statuses: dict[str, str] = {}
    requests: dict[str, str] = {}
    closed: dict[str, str] = {}
    fields: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    tables = {"request": requests, "status": statuses, "field": fields}
    for row in read_rows("issue-words"):
        table = tables.get(row["means"])
        for word in row["words"]:
            if table is None:
                others.setdefault(row["means"], set()).add(slugify(word))
            else:
                table.setdefault(slugify(word), row["code"])
        closed |= dict.fromkeys(row.get("closed", ()), row["code"])
    known = {name: frozenset(found) for name, found in others.items()}
    return Words(statuses=statuses, requests=requests, closed=closed, fields=fields, others=known)


def read_words(file: Path | None, statuses: Collection[str], language: str) -> Words:
    """
    The words, with those of a portal's own table first: label to state, `request` or `ignored`.

    SourceError when the table can't be read, or names a state that there is not.
    """
    if file is None:
        return standard_words()
    try:
        node, diagnostics = parse_yaml(file.name, decode_yaml(file.name, file.read_bytes()))
    except OSError as error:
        raise SourceError("unreadable-source", path=file, problem=error.strerror or error) from None
    except Refused as refused:
        raise SourceError("bad-labels", path=refused.diagnostic.place, value="", choices="") from None
    written = plain_node(node)
    choices = (*statuses, REQUEST, IGNORED)
    if diagnostics or not isinstance(written, dict):
        place = diagnostics[0].place if diagnostics else file.name
        raise SourceError("bad-labels", path=place, value="", choices=", ".join(choices))
    for label, code in written.items():
        if code not in choices:
            place = node.entries[label].place if isinstance(node, Mapping_) else file.name
            raise SourceError("bad-labels", path=place, value=code, choices=", ".join(choices))
    return with_labels(standard_words(), written, language)


def with_labels(words: Words, written: Mapping[str, str], language: str) -> Words:
    own = {slugify(label): code for label, code in written.items()}
    requests = {label: language for label, code in own.items() if code == REQUEST}
    statuses = {label: code for label, code in own.items() if code != REQUEST}
    rest = {label: code for label, code in words.statuses.items() if label not in own}
    order = list(dict.fromkeys(words.statuses.values()))
    ranked = sorted({**statuses, **rest}.items(), key=lambda item: rank(item[1], order))
    others = {label: code for label, code in words.requests.items() if label not in own}
    return replace(words, statuses=dict(ranked), requests={**others, **requests})


def rank(code: str, order: list[str]) -> int:
    return order.index(code) if code in order else -1
