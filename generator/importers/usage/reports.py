"""What a file of web statistics is, by what is in it: an access log, GoAccess's report, or Matomo's export."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from generator.authoring.report import SourceError
from generator.importers.usage.logs import MONTHS, Hit, read_log

LIMIT = 200_000_000
"""The most octets of a report, which is read whole; logs are read line by line."""

LINE = 65_536
"""The most letters of a line of a log."""

ADDRESSES = ("metadata: url", "metadata_url", "url", "page url", "label", "url de la page")
HITS = ("nb_hits", "pageviews", "hits", "vues", "pages vues", "vues de page", "downloads", "téléchargements")
DATES = ("date", "month", "mois")
"""What Matomo's exports call an address, its count and its time, in small letters, the surest first."""


def read_file(file: Path) -> Iterator[Hit]:
    """The hits of one file; SourceError where it can't be read."""
    try:
        head = opened(file).read(4096)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield from read_matomo(whole(file).decode("utf-16"), file)
        elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield from read_goaccess(whole(file).decode("utf-8-sig"), file)
        elif is_table(head.decode("utf-8-sig", "replace")):
            yield from read_matomo(whole(file).decode("utf-8-sig", "replace"), file)
        else:
            yield from read_log(log_lines(file))
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        raise SourceError("unreadable-source", path=file, problem=error) from None


def opened(file: Path) -> IO[bytes]:
    with file.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return gzip.open(file) if packed else file.open("rb")  # type: ignore[return-value]


def whole(file: Path) -> bytes:
    with opened(file) as stream:
        content = stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise SourceError("too-large", path=file, limit=LIMIT // 1_000_000)
    return content


def log_lines(file: Path) -> Iterator[str]:
    """Lines of any encoding; what is longer than a line may be comes in several, which count as unread."""
    with opened(file) as stream, io.TextIOWrapper(stream, encoding="utf-8", errors="replace") as text:
        yield from iter(lambda: text.readline(LINE), "")


def is_table(head: str) -> bool:
    """Whether the first line names Matomo's columns."""
    first = head.partition("\n")[0]
    names = {name.strip(' "\r').lower() for name in re.split("[,;\t]", first)}
    return bool(names & set(ADDRESSES)) and bool(names & set(HITS))


def read_matomo(text: str, file: Path) -> Iterator[Hit]:
    """Pages or downloads as Matomo exports them, of a month that a column or the file's name tells."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = {name.strip().lower(): name for name in rows.fieldnames or () if name}
    address, hits, date = (
        next((names[name] for name in among if name in names), "") for among in (ADDRESSES, HITS, DATES)
    )
    if not address or not hits:
        raise SourceError("usage-unknown", path=file)
    named = re.search(r"\d{4}-(?:0[1-9]|1[0-2])", file.name)
    for row in rows:
        told = re.match(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", row.get(date) or "") if date else named
        if not told:
            raise SourceError("usage-no-month", path=file)
        count = re.sub(r"\D", "", row.get(hits) or "")
        yield Hit((row.get(address) or "").strip(), told[0], int(count or 0))


def read_goaccess(text: str, file: Path) -> Iterator[Hit]:
    """GoAccess's JSON report, of one month: it counts requests over all its days together."""
    try:
        report = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError("not-json", path=file, line=getattr(error, "lineno", 1), problem=error) from None
    general = report.get("general") if isinstance(report, dict) else None
    if not isinstance(general, dict) or "requests" not in report:
        raise SourceError("usage-unknown", path=file)
    months = {month_of(general.get(name)) for name in ("start_date", "end_date")}
    if len(months) != 1 or "" in months:
        raise SourceError("usage-no-month", path=file)
    for panel in ("requests", "static_requests"):
        for item in list_of(report.get(panel)):
            count = item.get("hits")
            count = count.get("count") if isinstance(count, dict) else count
            refused = "" if item.get("method") in (None, "GET") else "unanswered"
            if isinstance(count, int):
                yield Hit(str(item.get("data", "")), next(iter(months)), count, refused)


def list_of(panel: Any) -> list[Mapping[str, Any]]:
    items = panel.get("data") if isinstance(panel, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def month_of(written: object) -> str:
    """
    >>> month_of("01/Nov/2026"), month_of("2026-11-30"), month_of(None)
    ('2026-11', '2026-11', '')
    """
    text = str(written)
    if found := re.match(r"\d{1,2}/([A-Z][a-z]{2})/(\d{4})", text):
        return f"{found[2]}-{MONTHS.index(found[1]) + 1:02}" if found[1] in MONTHS else ""
    return text[:7] if re.match(r"\d{4}-\d\d", text) else ""
