"""Codes of vocabularies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model.diagnostics import closest
from generator.source.nodes import Node
from generator.source.ranges.context import Context, scalar
from generator.standards import Property, fold_code, vocabulary

FEW = 20
"""Codes of a vocabulary that a diagnostic may list."""


def read_code(name: str, node: Node, row: Property, context: Context) -> str | None:
    """A code of a vocabulary. Formats take any spelling and media types any case; other lists want the code itself."""
    text = scalar(node, row, context)
    if not text:
        return None
    words = vocabulary(name)
    if text in words:
        return text
    known = words.find(text)
    if known and name in ("formats", "media-types"):
        return known.code
    # Another licence than the one that was meant would give rights away.
    alike = 0.85 if name == "licenses" else 0.6
    suggestion = known.code if known else closest(text, words.terms, alike)
    if not suggestion and name != "formats":
        near = closest(fold_code(text), words.spellings, alike)
        suggestion = words.spellings.get(near, "")
    choices = ", ".join(words.terms) if len(words.terms) <= FEW else ""
    context.report(node.place, UNKNOWN[name], value=text, property=row.name, suggestion=suggestion, choices=choices)
    return text if name == "formats" else None


# As the JSON schema of DCAT-US 1.1 has them.
FEDERAL_CODES: Mapping[str, re.Pattern[str]] = {
    "bureau-code": re.compile(r"[0-9]{3}:[0-9]{2}"),
    "program-code": re.compile(r"[0-9]{3}:[0-9]{3}"),
}


def read_federal_code(node: Node, row: Property, context: Context) -> str | None:
    """A code of the United States' government, whose lists are long and change: its form alone is judged."""
    text = scalar(node, row, context)
    if text and not FEDERAL_CODES[row.range].fullmatch(text):
        context.report(node.place, "bad-federal-code", value=text, property=row.name, example=row.example)
        return None
    return text or None


def read_choice(node: Node, row: Property, context: Context) -> str | None:
    """A code of those that a content type lists, or its label."""
    text = scalar(node, row, context)
    if not text or not row.codes:  # what the declaration lacks was told there
        return None
    if text in row.codes:
        return text
    spellings = {fold_code(word): code for code, label in row.codes.items() for word in (code, *label.values())}
    if meant := spellings.get(fold_code(text), ""):
        return meant
    near = closest(text, row.codes) or spellings.get(closest(fold_code(text), spellings), "")
    choices = ", ".join([*row.codes][:FEW])
    context.report(node.place, "unknown-choice", value=text, property=row.name, suggestion=near, choices=choices)
    return None


# The code of the diagnostic for a word that a vocabulary lacks.
UNKNOWN = {
    "access-rights": "unknown-access-rights",
    "column-types": "unknown-column-type",
    "computed-ranges": "unknown-choice",
    "field-ranges": "unknown-choice",
    "layouts": "unknown-choice",
    "shapes": "unknown-choice",
    "tones": "unknown-choice",
    "chart-kinds": "unknown-chart-kind",
    "dashboards": "unknown-dashboard",
    "data-themes": "unknown-data-theme",
    "formats": "unknown-format",
    "frequencies": "unknown-frequency",
    "hosts": "unknown-host",
    "hvd-categories": "unknown-hvd-category",
    "languages": "unknown-language",
    "licenses": "unknown-license",
    "locales": "unknown-locale",
    "media-types": "unknown-media-type",
    "publisher-kinds": "unknown-publisher-kind",
}
