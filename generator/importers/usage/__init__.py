"""Web statistics as `usage.csv`: how often each dataset was viewed and downloaded by month, and nothing of who did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.authoring.report import Report, SourceError
from generator.authoring.transaction import move_in
from generator.importers import Importer
from generator.importers.usage.logs import Hit
from generator.importers.usage.reports import read_file
from generator.importers.usage.targets import Targets
from generator.model import Catalog, Uses
from generator.source.files import USAGE, Source, read_source
from generator.source.ranges.context import Context
from generator.source.structure.catalog import structure_catalog
from generator.source.structure.usage import COLUMNS, read_lines
from generator.text.speech import Speech
from generator.text.strings import strings

Counts = dict[tuple[str, str], Uses]
"""Dataset id and month to uses."""

Row = tuple[str, ...]
"""A line of `usage.csv`, by its columns."""

SAID = ("views", "downloads", "robots", "unanswered", "elsewhere", "unread")
"""What is told of a source: what counts, then why the rest does not."""


@dataclass
class UsageReport(Report):
    """What was counted in which months, and what was not and why: numbers alone."""

    hits: Counter[str] = field(default_factory=Counter)
    months: Sequence[str] = ()

    def lines(self, language: str) -> list[str]:
        speech = Speech(language, strings(language))
        first, last = speech.date(self.months[0]), speech.date(self.months[-1])
        told = [(self.hits[name], speech.say(f"import.usage.{name}")) for name in SAID]
        return [
            speech.say("import.usage.period", first=first, last=last),
            *(f"{speech.number(count):>9}  {words}" for count, words in told if count),
        ]


def import_usage(source: str, into: Path) -> Report:
    """
    Count what a log, a report or a folder of them tells of a portal's datasets, into its `usage.csv`.

    Each month that the source tells of takes the place of what the file had of it. SourceError when nothing can be
    counted; then nothing is written.
    """
    read = read_source(into)
    catalog, _ = structure_catalog(read)
    if not catalog.datasets:
        raise SourceError("usage-no-portal", path=into)
    report = UsageReport(source=Path(source).name)
    counts = count_hits(Path(source), catalog, report)
    if not counts:
        raise SourceError("usage-nothing", path=source)
    report.months = sorted({month for _, month in counts})
    rows = kept_rows(read, catalog, report.months) + [
        (name, month, str(uses.views), str(uses.downloads), "") for (name, month), uses in counts.items()
    ]
    if read.is_stray(USAGE):
        raise SourceError("unwritable", path=into / USAGE, problem="symbolic link")
    try:
        move_in(into, {USAGE: text_of(rows).encode()})
    except OSError as error:
        raise SourceError("unwritable", path=into / USAGE, problem=error.strerror or error) from None
    return report


def count_hits(source: Path, catalog: Catalog, report: UsageReport) -> Counts:
    targets, found = Targets.of(catalog), Counter[tuple[str, str, str]]()
    for hit in read_hits(source):
        name, kind = ("", hit.refused) if hit.refused else targets.find(hit.address)
        report.hits[kind or "elsewhere"] += hit.times
        if name:
            found[name, hit.month, kind] += hit.times
    counts: Counts = defaultdict(Uses)
    for (name, month, kind), count in found.items():
        counts[name, month] = counts[name, month].plus(Uses(**{kind: count}))
    return counts


def read_hits(source: Path) -> Iterator[Hit]:
    """Those of a file, or of each file of a folder."""
    if not source.exists():
        raise SourceError("no-source", path=source)
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    for file in files:
        yield from read_file(file)


def kept_rows(read: Source, catalog: Catalog, months: Collection[str]) -> list[Row]:
    """What the file had of other months, and of none; SourceError where a line can't be read, and would be lost."""
    context = Context()
    rows = [
        [cells[name].text if name in cells else "" for name in COLUMNS] for _, cells in read_lines(read.usage, context)
    ]
    if context.diagnostics:
        raise SourceError("usage-unreadable", path=USAGE, line=context.diagnostics[0].place.line)
    names = {former: dataset.id for dataset in catalog.datasets.values() for former in dataset.formerly}
    return [(names.get(name, name), month, *rest) for name, month, *rest in rows if month not in months]


def text_of(rows: Sequence[Row]) -> str:
    """The lines by dataset and month; a column of uses of any sort where there are some."""
    width = 5 if any(row[4] for row in rows) else 4
    return "".join(",".join(row[:width]) + "\n" for row in (COLUMNS, *sorted(rows)))


IMPORTER = Importer(name="usage", source="address", take=import_usage)
