"""Issues as trackers export them: JSON of GitHub and GitLab, whole pages one after another, and GitLab's CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.authoring.report import Report, SourceError
from generator.previews.text_files import decode, encoding_of
from generator.source.tables import LONGEST
from generator.standards.yaml_loader import SAFE

LIMIT = 50_000_000
MOST = 50_000
"""The most issues of one export."""

DEEPEST = 20
DAY = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?=$|[T ])")


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What somebody answered, and on which day."""

    text: str
    day: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """
    What an export says of an issue. `place` is where it stands in the export, `people` who is named there: logins and
    names, which nothing may repeat.
    """

    place: str
    number: str
    title: str
    body: str = ""
    url: str = ""
    opened: str = ""
    closed: str = ""
    changed: str = ""
    is_closed: bool = False
    reason: str = ""
    labels: tuple[str, ...] = ()
    author: str = ""
    closer: str = ""
    comments: tuple[Comment, ...] = ()
    people: frozenset[str] = field(default=frozenset(), repr=False)


class Part:
    """An object of an export, by what its keys are called there in small letters."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = {str(key).strip().casefold(): value for key, value in values.items()}

    def get(self, name: str) -> Any:
        """The first of the keys that trackers have for a thing that says something."""
        found = (self.values.get(key) for key in keys()[name])
        return next((value for value in found if value not in (None, "", [], {})), None)

    def text(self, name: str) -> str:
        value = self.get(name)
        return "" if value is None or isinstance(value, (dict, list)) else str(value).replace("\0", "").strip()

    def day(self, name: str) -> str:
        """The day of a moment; empty where it is none."""
        found = DAY.match(self.text(name))
        return found[1] if found else ""

    def is_true(self, name: str) -> bool:
        return self.text(name).casefold() in ("true", "yes", "1", "oui")


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """What trackers call each part of an issue."""
    rows = yaml.load((Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8"), Loader=SAFE)
    return {name: tuple(found) for name, found in rows.items()}


def read_issues(source: Path, report: Report) -> list[Issue]:
    """
    The issues of an export, each once; what is none, is a change, or is confidential, is told with its place.

    SourceError when the file is no export.
    """
    parts = list(read_parts(source))
    comments: dict[str, list[Comment]] = {}
    issues: dict[str, Issue] = {}
    for place, values in parts:
        part = Part(values) if isinstance(values, dict) else Part({})
        if part.text("of"):
            comments.setdefault(part.text("of").rstrip("/").rpartition("/")[2], []).append(read_comment(part))
        elif code := refusal(part):
            report.tell(code, "", place)
        elif (issue := read_issue(part, place)).number in issues:
            report.tell("left-out.twin-issue", f"#{issue.number}", place)
        else:
            issues[issue.number] = issue
    if not issues and not report.events:
        raise SourceError("no-issues", path=source.name)
    return [
        replace(issue, comments=tuple(sorted((*issue.comments, *comments.get(number, ())), key=lambda one: one.day)))
        for number, issue in issues.items()
    ]


def refusal(part: Part) -> str:
    """Why something in an export is no request that may be published: the code of the report, or nothing."""
    if part.get("change") is not None:
        return "left-out.change"
    if part.is_true("hidden"):
        return "left-out.confidential"
    if not re.fullmatch(r"\d{1,12}", part.text("number")) or not part.text("title"):
        return "left-out.bad-record"
    return "" if part.day("opened") else "left-out.undated"


def read_issue(part: Part, place: str) -> Issue:
    listed = part.get("comments")
    comments = [Part(item) for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return Issue(
        place=place,
        number=part.text("number"),
        title=part.text("title"),
        body=part.text("body"),
        url=part.text("url"),
        opened=part.day("opened"),
        closed=part.day("closed"),
        changed=part.day("changed"),
        is_closed=part.text("state").casefold() == "closed" or bool(part.day("closed")),
        reason=part.text("reason").casefold(),
        labels=tuple(label_names(part.get("labels"))),
        author=login(part.get("author")),
        closer=login(part.get("closer")),
        comments=tuple(read_comment(item) for item in comments if not item.is_true("system")),
        people=frozenset(people(part.values)),
    )


def read_comment(part: Part) -> Comment:
    return Comment(text=part.text("text"), day=part.day("opened"), author=login(part.get("author")))


def label_names(value: Any) -> Iterator[str]:
    """
    >>> list(label_names([{"name": "a"}, "b", {"label": {"title": "c"}}])), list(label_names("a, b"))
    (['a', 'b', 'c'], ['a', 'b'])
    """
    for item in value if isinstance(value, list) else str(value or "").split(","):
        if isinstance(item, dict):
            inner = item["label"] if isinstance(item.get("label"), dict) else item
            item = inner.get("name") or inner.get("title") or ""
        if isinstance(item, str) and item.strip():
            yield item.strip()


def login(value: Any) -> str:
    """Who somebody is in the tracker."""
    if isinstance(value, dict):
        value = value.get("login") or value.get("username") or value.get("name")
    return str(value or "")


def people(value: Any, depth: int = 0) -> Iterator[str]:
    """The logins and names of all accounts that an object tells of."""
    if depth > DEEPEST or not isinstance(value, (dict, list)):
        return
    if isinstance(value, list):
        for item in value:
            yield from people(item, depth + 1)
        return
    is_account = any(key in value for key in ("login", "username", "avatar_url"))
    for key, item in value.items():
        named = key in ("login", "username", "author", "author username", "assignee", "assignee username", "email")
        if isinstance(item, str) and item and (named or (is_account and key == "name")):
            yield item
        yield from people(item, depth + 1)


def read_parts(source: Path) -> Iterator[tuple[str, Any]]:
    """Each thing in an export and where it stands: a line of a table, a number in a list."""
    try:
        data = source.read_bytes() if source.stat().st_size <= LIMIT else None
    except OSError as error:
        raise SourceError("unreadable-source", path=source, problem=error.strerror or error) from None
    if data is None:
        raise SourceError("too-large", path=source.name, limit=LIMIT // 1_000_000)
    text = decode(data, encoding_of(data, True), True).lstrip("\ufeff")
    read = read_json if text.lstrip()[:1] in ("[", "{") else read_table
    for number, found in enumerate(read(text, source.name)):
        if number >= MOST:
            raise SourceError("too-many-issues", path=source.name, limit=MOST)
        yield found


def read_json(text: str, name: str) -> Iterator[tuple[str, Any]]:
    """Lists, one or several after another, or objects a line."""
    decoder, start, number = json.JSONDecoder(), 0, 0
    while start := skip_space(text, start):
        try:
            value, end = decoder.raw_decode(text, start - 1)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, getattr(error, "pos", start)) + 1
            problem = getattr(error, "msg", type(error).__name__)
            raise SourceError("not-json", path=name, line=line, problem=problem) from None
        for item in value if isinstance(value, list) else [value]:
            number += 1
            yield f"{name}, {number}", item
        start = end


def skip_space(text: str, start: int) -> int:
    """One more than where something follows; 0 at the end."""
    found = re.compile(r"\S").search(text, start)
    return found.start() + 1 if found else 0


def read_table(text: str, name: str) -> Iterator[tuple[str, Any]]:
    """The rows below a heading that names a number and a title."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [cell.strip().casefold() for cell in next(rows, [])]
        if not (set(head) & set(keys()["number"]) and set(head) & set(keys()["title"])):
            raise SourceError("no-issues", path=name)
        line = rows.line_num + 1
        for row in rows:
            if any(len(cell) > LONGEST for cell in row):
                raise csv.Error(f"> {LONGEST}")
            if any(cell.strip() for cell in row):
                yield f"{name}:{line}", dict(zip(head, row, strict=False))
            line = rows.line_num + 1
    except csv.Error as error:
        raise SourceError("unreadable-source", path=f"{name}:{rows.line_num}", problem=error) from None
