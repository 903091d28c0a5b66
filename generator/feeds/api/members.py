"""Rows of the property table as members of plain JSON, with the schema of each: a new one is a name here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.feeds.plain_text import paragraphs
from generator.model import Dataset
from generator.standards import Property, properties
from generator.text.languages import present

NAMES = """
    inSeries versionNotes hasVersion isVersionOf previousVersion replaces isReplacedBy provenance hasQualityAnnotation
    temporalResolution spatialResolutionInMeters conformsTo isReferencedBy applicableLegislation hvdCategory
    bureauCode programCode
"""

TEXTS = ("text", "markdown", "statement")

TEXT = {"type": "object", "description": "Language code to text", "additionalProperties": {"type": "string"}}
MAYBE = {"type": ["string", "null"]}
LIST = {"type": "array", "items": {"type": "string"}}


def member_rows() -> list[Property]:
    return [properties()["Dataset"][name] for name in NAMES.split()]


def members(dataset: Dataset) -> dict[str, Any]:
    """A dataset's members: texts by language and without marks, lists as lists, null for what was not said."""
    return {row.name: member(row, getattr(dataset, row.attribute)) for row in member_rows()}


def member(row: Property, value: Any) -> Any:
    if row.range in TEXTS:
        return {language: paragraphs(words) for language, words in present(value).items()}
    return list(value) if row.many else value or None


def member_schemas() -> Mapping[str, Any]:
    return {row.name: TEXT if row.range in TEXTS else LIST if row.many else MAYBE for row in member_rows()}
