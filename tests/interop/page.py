"""The page of the documentation that says what arrives in CKAN, from what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.standards import properties
from tests.interop.arrivals import Harvest, Path_, Row

CLASSES = {
    "dcat:contactPoint": "Kind",
    "dct:publisher": "Agent",
    "schema:contactPoint": "Kind",
    "dct:spatial": "Location",
    "dct:temporal": "PeriodOfTime",
    "dcat:distribution": "Distribution",
}
"""What the properties that lead to other things lead to."""


@cache
def words() -> Mapping[str, Any]:
    """The page's words by language, and why each field that is lost is lost."""
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("losses.yaml").read_text(encoding="utf-8"))
    return found


def page(harvests: Mapping[str, Harvest], language: str) -> str:
    say = words()["page"][language]
    first = next(iter(harvests.values()))
    columns = [*say["columns"], *(say[name] for name in harvests), say["lost"]]
    versions = {name.replace("-", "_"): version for name, version in first.versions.items()}
    counted = [say["counted"].format(portal=say[name], **found.counts) for name, found in harvests.items()]
    table = [columns, ["---"] * 3 + ["---:"] * len(harvests) + ["---"], *rows(harvests, language)]
    parts = [
        say["title"],
        say["made"],
        say["introduction"].format(profile=first.profile, **versions),
        "\n".join(f"- {line}" for line in counted),
        say["reading"],
        "\n".join(f"| {' | '.join(line)} |" for line in table),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def rows(harvests: Mapping[str, Harvest], language: str) -> Iterable[list[str]]:
    paths = dict.fromkeys(path for found in harvests.values() for path in found.rows)
    for path in sorted(paths, key=lambda path: (path[0] in CLASSES, path)):
        there = [found.rows.get(path, Row()) for found in harvests.values()]
        keys = dict.fromkeys(key for row in there for key in row.keys)
        reason = words()["losses"].get("/".join(path), {}).get(language, "") if is_lost(there) else ""
        yield [
            label(path, language),
            f"`{'/'.join(path)}`",
            ", ".join(f"`{key}`" for key in keys) or "–",
            *(f"{row.arrived} / {row.sent}" if row.sent else "–" for row in there),
            reason,
        ]


def is_lost(there: Iterable[Row]) -> bool:
    return any(row.arrived < row.sent for row in there)


def unexplained(harvests: Mapping[str, Harvest]) -> list[str]:
    """The fields that are lost without a word on why."""
    paths = {path for found in harvests.values() for path, row in found.rows.items() if is_lost([row])}
    return sorted({"/".join(path) for path in paths} - set(words()["losses"]))


def label(path: Path_, language: str) -> str:
    """
    A field by the names that publishers know.

    >>> label(("dcat:contactPoint", "vcard:hasEmail"), "en")
    'Contact point › E-mail'
    """
    found, kind = [], "Dataset"
    for iri in path:
        row = next((row for row in properties().get(kind, {}).values() if row.iri == iri), None)
        found.append(row.label[language] if row else "")
        kind = CLASSES.get(iri, "")
    return " › ".join(filter(None, found)) or "–"
