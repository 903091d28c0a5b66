"""A catalogue kept as a table: a row a dataset, or a row a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.authoring.folder import Folder
from generator.authoring.report import Report, SourceError
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.ckan.mapping import CkanMapper
from generator.importers.ckan.packages import rank
from generator.importers.html import to_line
from generator.importers.table.headings import MAP, columns, guess_map, read_map, render_map
from generator.previews.text_files import decode, encoding_of
from generator.source.guard import is_inside
from generator.text.slugs import slugify
from generator.text.strings import spoken, strings

LIMIT = 50_000_000
SEPARATORS = ",;\t|"


def import_csv(source: Path, into: Path) -> Report:
    """
    Import a catalogue from a CSV file, by the column map in the portal's folder, which is guessed the first time.

    SourceError when there is no table, or no column of titles; then nothing is written.
    """
    report = Report(source=source.name)
    rows = read_rows(source)
    folder = Folder.open(into, report)
    found = read_map(into) or guess_map(rows[0])
    if "title" not in found.values():
        raise SourceError("no-title-column", path=source.name, columns=", ".join(rows[0]))
    packages, paths = group_rows(rows, found)
    if not is_inside(into, MAP):
        for heading, to in found.items():
            report.tell("guessed.map", "", f"{heading} → {to or '—'}")
    own, others = rank(packages)
    draft = Draft.begin(folder, report, own, others)
    folder.write_once(MAP, render_map(found, strings(spoken(draft.speech.default))["import.column-map"]))
    mapper = CkanMapper.of(packages, draft, "")
    mapper.paths = paths
    mapper.resource_names = {
        columns()[to].key.removeprefix("resources."): heading
        for heading, to in found.items()
        if to.startswith("distribution.")
    }
    mapper.is_ckan = False
    mapper.fill()
    return draft.write()


def read_rows(source: Path) -> list[list[str]]:
    """The rows that say something, whatever the encoding and the separator; the first is the heading."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise SourceError("unreadable-source", path=source, problem=error.strerror or error) from None
    if len(data) > LIMIT:
        raise SourceError("too-large", path=source.name, limit=LIMIT // 1_000_000)
    text = decode(data, encoding_of(data, True), True)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        table = []
    rows = [[to_text(cell) for cell in row] for row in table if any(cell.strip() for cell in row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise SourceError("not-csv", path=source.name)
    rows[0] = list(unique(rows[0]))
    return rows


def to_text(cell: str) -> str:
    return cell.replace("\0", "").strip()


def unique(headings: list[str]) -> Iterator[str]:
    """
    Headings, numbered where two are the same.

    >>> list(unique(["url", "url"]))
    ['url', 'url (2)']
    """
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        yield heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"


def group_rows(
    rows: list[list[str]], found: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """
    The rows as records, those of one dataset joined: the same identifier, else the same title and publisher; and what
    each record's keys were called.
    """
    keys = {heading: columns()[to].key if to else heading for heading, to in found.items()}
    records: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows[1:]:
        values = {heading: cell for heading, cell in zip(rows[0], row, strict=False) if heading and cell}
        record = {keys.get(heading, heading): cell for heading, cell in values.items()}
        resource = {
            key.removeprefix("resources."): record.pop(key) for key in [*record] if key.startswith("resources.")
        }
        own = record.get("identifier", "")
        identity = (own,) if own else ("", record.get("title", ""), record.get("organization", ""))
        known = records.setdefault(identity, {})
        for key, cell in record.items():
            known.setdefault(key, cell)
        if resource:
            known.setdefault("resources", []).append(resource)
    packages: list[dict[str, Any]] = []
    for number, record in enumerate(records.values(), 1):
        name = base = slugify(to_line(record.get("title", ""))) if record.get("title") else f"row-{number}"
        while any(package["name"] == name for package in packages):
            name = f"{base}-{number}"
        packages.append(as_package(record, name))
    names = {key: heading for heading, key in keys.items()}
    return packages, {package["name"]: names for package in packages}


def as_package(record: dict[str, Any], name: str) -> dict[str, Any]:
    """A record in the keys of a CKAN package; lists are parted at commas or semicolons."""
    found: dict[str, Any] = {**record, "name": name}
    for key in ("tags", "groups"):
        if key in found:
            separator = ";" if ";" in found[key] else "|" if "|" in found[key] else ","
            # A theme may have a comma in its name.
            parts = found[key].split(separator) if key == "tags" or separator != "," else [found[key]]
            found[key] = [word.strip() for word in parts if word.strip()]
    return found


IMPORTER = Importer(name="csv", source="file", take=lambda source, into: import_csv(Path(source), into))
