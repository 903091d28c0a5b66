"""Access logs: common and combined (nginx, Apache, with the host before it too), and W3C's extended one (IIS)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from generator.standards import read_rows

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LINE = re.compile(
    r"\S+ (?:\S+ )?\S+ (?:\S+|\"[^\"]*\"|[^\[]*?) ?\[\d{1,2}/(?P<name>[A-Z][a-z]{2})/(?P<year>\d{4})[^\]]*\] "
    r'"(?P<method>[A-Z]+) (?P<address>\S+)[^"]*" (?P<status>\d{3}) \S+'
    r'(?: "(?:[^"\\]|\\.)*" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
"""A line of a common or combined log; the visitor's address and name are passed over."""


class Hit(NamedTuple):
    """What was asked for, how often, in which month; `refused` says why it does not count (or "")."""

    address: str
    month: str
    times: int = 1
    refused: str = ""


class Request(NamedTuple):
    """A line of a log, as far as it is looked at: `agent` is None in a log that does not tell it."""

    address: str
    month: str
    method: str
    status: str
    agent: str | None


def read_log(lines: Iterable[str]) -> Iterator[Hit]:
    """Each line as a hit, those that don't count with the reason."""
    names: list[str] = []
    for line in lines:
        if line.startswith("#"):
            if line.startswith("#Fields:"):
                names = line.removeprefix("#Fields:").split()
            continue
        if not line.strip():
            continue
        request = of_fields(dict(zip(names, line.split(), strict=False))) if names else of_line(line)
        yield judge(request) if request else Hit("", "", refused="unread")


def of_line(line: str) -> Request | None:
    found = LINE.match(line)
    if not found or found["name"] not in MONTHS:
        return None
    month = f"{found['year']}-{MONTHS.index(found['name']) + 1:02}"
    return Request(found["address"], month, found["method"], found["status"], found["agent"])


def of_fields(cells: Mapping[str, str]) -> Request | None:
    """A line of W3C's format, by the names that its head gives."""
    wanted = ("date", "cs-method", "cs-uri-stem", "sc-status")
    if any(name not in cells for name in wanted) or not re.match(r"\d{4}-\d\d-\d\d$", cells["date"]):
        return None
    date, method, address, status = (cells[name] for name in wanted)
    agent = cells.get("cs(User-Agent)")
    return Request(address, date[:7], method, status, agent.replace("+", " ") if agent else None)


def judge(request: Request) -> Hit:
    """A request as it counts: a reader's, for a page or a file, that was answered."""
    reason = ""
    if request.agent is not None and is_robot(request.agent):
        reason = "robots"
    elif request.method != "GET" or request.status not in ("200", "304"):
        reason = "unanswered"
    return Hit(request.address, request.month, refused=reason)


@cache
def patterns() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(row["pattern"]) for row in read_rows("crawlers")))


def is_robot(agent: str) -> bool:
    """
    >>> is_robot("Mozilla/5.0 (compatible; Googlebot/2.1)"), is_robot("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    (True, False)
    >>> is_robot("-"), is_robot("curl/8.5.0")
    (True, False)
    """
    return agent in ("", "-") or patterns().search(agent.lower()) is not None
