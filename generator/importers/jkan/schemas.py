"""What a portal's own schema says its keys mean: the name that each has in `data.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.importers.jkan.records import listed_words, map_of, read_yaml
from generator.importers.records import said
from generator.source.guard import files_inside

# `data.json`'s names, and JKAN's own keys that mean the same.
MEANINGS = {
    "title": "title",
    "publisher.name": "organization",
    "publisher": "organization",
    "description": "notes",
    "license": "license",
    "category": "category",
    "theme": "category",
    "keyword": "tags",
    "contactPoint.fn": "maintainer",
    "contactPoint.hasEmail": "maintainer_email",
    "accrualPeriodicity": "update_freq",
    "issued": "date_issued",
    "modified": "date_modified",
    "landingPage": "landing_page",
    "spatial": "spatial",
    "temporal": "temporal",
    "language": "language",
    "identifier": "identifier",
    "references": "references",
    "conformsTo": "conforms_to",
    "bureauCode": "bureau_code",
    "programCode": "program_code",
    "distribution.title": "name",
    "distribution.description": "description",
    "distribution.downloadURL": "url",
    "distribution.accessURL": "access_url",
    "distribution.format": "format",
    "distribution.mediaType": "media_type",
}


class Schemas:
    """The portal's schemas: the one that a record names first, then the whole site's."""

    def __init__(self, source: Path, config: Mapping[str, Any]) -> None:
        files, _ = files_inside(source, "_data/schemas", "*.y*ml")
        self.tables = {Path(file).stem: map_of(read_yaml(source, file)) for file in files}
        self.default = said(config.get("schema")) or "default"

    def meanings(self, record: Mapping[str, Any], part: str) -> dict[str, str]:
        """The keys of a record, or of its resources, that the schema calls by a name of ours: key to JKAN's own."""
        found: dict[str, str] = {}
        for name in (said(record.get("schema")), self.default):
            for field in listed_words(self.tables.get(name, {}).get(part)):
                key, meaning = said(map_of(field).get("field_name")), said(map_of(field).get("datajson"))
                ours = MEANINGS.get(meaning) or MEANINGS.get(f"distribution.{meaning}" if part[0] == "r" else "")
                if key and ours and key != ours:
                    found.setdefault(key, ours)
        return found


def renamed(values: Mapping[str, Any], meanings: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values under JKAN's own keys, and what each was called; a key that is there already wins."""
    found, paths = dict(values), {}
    for key, ours in meanings.items():
        if key in found and not said(found.get(ours)) and not listed_words(found.get(ours)):
            found[ours] = found.pop(key)
            paths[ours] = key
    return found, paths
