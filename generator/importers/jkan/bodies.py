"""Publishers of one file or of several: the same body in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.authoring.report import Report
from generator.importers.catalogs import RESERVED, Ids
from generator.importers.html import to_line
from generator.importers.jkan.records import Record


def fold_body_name(name: str) -> str:
    """
    A body's name as two files may both write it: without its acronym in brackets.

    >>> fold_body_name("Majandus -ja  Ministeerium (MKM)")
    'majandus ja ministeerium'
    """
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", to_line(name))
    return " ".join(re.findall(r"\w+", bare.casefold()))


@dataclass
class Body:
    """A publisher of one or several files: the same body in several languages."""

    id: str = ""
    name: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)


def pair_bodies(records: Iterable[Record], default: str, report: Report) -> list[Body]:
    """
    Organization files as bodies: files of the same title are one, and so are two of different language folders whose
    titles differ by an acronym only and whose translations don't contradict each other.
    """
    ranked = sorted(records, key=lambda record: record.folder not in (default, "."))
    bodies: list[Body] = []
    for record in ranked:
        titles = {language: to_line(text) for language, text in record.texts("title").items()}
        if not titles[""]:
            titles[""] = record.stem
        twin = next((body for body in bodies if same_body(body, record, titles)), None)
        if twin is None:
            bodies.append(Body(name={code: text for code, text in titles.items() if text}, records=[record]))
            continue
        if any(other.folder == record.folder for other in twin.records):
            report.tell("guessed.twin-publisher", "", f"{record.stem} = {twin.records[0].stem}")
        twin.records.append(record)
        twin.name = {**{code: text for code, text in titles.items() if text}, **twin.name}
    return bodies


def name_bodies(bodies: Iterable[Body]) -> None:
    """An id for each body: its first file's name, with its folder's where two have the same."""
    names: dict[str, Body] = {}
    for body in bodies:
        first = body.records[0]
        names[first.stem if first.stem not in names else f"{first.stem} {first.folder}"] = body
    for name, identifier in Ids({}, RESERVED).assign((name, "") for name in names).items():
        names[name].id = identifier


def same_body(body: Body, record: Record, titles: Mapping[str, str]) -> bool:
    if to_line(body.name[""]).casefold() == titles[""].casefold():
        return True
    if any(other.folder == record.folder for other in body.records) or fold_body_name(body.name[""]) != fold_body_name(
        titles[""]
    ):
        return False
    return all(
        fold_body_name(body.name[code]) == fold_body_name(text)
        for code, text in titles.items()
        if code and text and code in body.name
    )
