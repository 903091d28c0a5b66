"""Which property each column of a catalogue's spreadsheet holds: as its map says, else as its heading tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from generator.authoring.report import SourceError
from generator.authoring.yaml_style import dumped, quoted, round_trip
from generator.source.guard import read_inside
from generator.source.nodes import Refused, decode_yaml
from generator.standards.yaml_loader import SAFE
from generator.text.slugs import slugify

MAP = "import-columns.yaml"
"""The column map, in the portal's folder: heading to property, or to nothing."""


class TableColumn(NamedTuple):
    """A property that a column may hold, and the key of a record that it fills."""

    to: str
    key: str
    headings: frozenset[str]


@cache
def columns() -> Mapping[str, TableColumn]:
    """By property."""
    rows: list[Any] = yaml.load((Path(__file__).parent / "columns.yaml").read_text(encoding="utf-8"), Loader=SAFE)
    return {row["to"]: TableColumn(row["to"], row["key"], frozenset(map(slugify, row["headings"]))) for row in rows}


def guess_map(headings: Iterable[str]) -> dict[str, str]:
    """
    Heading to property, each property once: by its own name first, then by the words that catalogues use.

    >>> guess_map(["Titre", "Résumé", "Courriel", "Étage"])
    {'Titre': 'title', 'Résumé': 'description', 'Courriel': 'contactPoint.email', 'Étage': ''}
    """
    headings = [heading for heading in headings if heading]
    found: dict[str, str] = {}
    names = {slugify(to.replace(".", " ")): to for to in columns()} | {slugify(to): to for to in columns()}
    for heading in headings:
        if (to := names.get(slugify(heading), "")) and to not in found.values():
            found[heading] = to
    for heading in headings:
        for to, column in columns().items():
            if heading not in found and to not in found.values() and slugify(heading) in column.headings:
                found[heading] = to
    return {heading: found.get(heading, "") for heading in headings}


def read_map(folder: Path) -> dict[str, str]:
    """The map that somebody may have corrected; nothing where there is none."""
    data = read_inside(folder, MAP)
    if data is None:
        return {}
    try:
        written = round_trip().load(decode_yaml(MAP, data))
    except (Refused, YAMLError):
        raise SourceError("bad-column-map", path=MAP, value=MAP) from None
    if not isinstance(written, dict):
        raise SourceError("bad-column-map", path=MAP, value=MAP)
    found = {str(heading): str(to or "") for heading, to in written.items()}
    for to in found.values():
        if to and to not in columns():
            raise SourceError("bad-column-map", path=MAP, value=to)
    return found


def render_map(found: Mapping[str, str], comment: str) -> str:
    document = CommentedMap((quoted(heading), to or None) for heading, to in found.items())
    document.yaml_set_start_comment(comment)
    return dumped(round_trip(), document)
