"""
What the world knows, as data: DCAT's properties, licences, frequencies, themes, formats, languages.

Each YAML file beside this one opens with its source, version, date and licence, and is a list of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from generator.standards.yaml_loader import SAFE

FOLDER = Path(__file__).parent

AUTHORITY = "http://publications.europa.eu/resource/authority/"


def read_rows(name: str) -> list[Any]:
    """The rows of `<name>.yaml`."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    rows: list[Any] = yaml.load(text, Loader=SAFE)
    return rows


def fold_code(spelling: str) -> str:
    """
    The form in which two spellings of a code are compared.

    >>> fold_code(" GeoJSON ")
    'geojson'
    """
    return " ".join(spelling.split()).casefold()


@cache
def snake(name: str) -> str:
    return "".join(f"_{c}" if c.isupper() else c for c in name.replace("URL", "Url")).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A row of properties.yaml: one key that a publisher writes."""

    name: str
    of: str
    range: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    iri: str = ""
    many: bool = False
    obligation: Mapping[str, str] = field(default_factory=dict)
    example: Any = None
    aliases: Sequence[str] = ()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The codes of a `choice`, with their labels."""

    @property
    def attribute(self) -> str:
        """
        The model's field, in snake case.

        >>> Property(name="downloadURL", of="Distribution", range="url", label={}, help={}).attribute
        'download_url'
        """
        return snake(self.name)

    def listed(self, value: Any) -> tuple[Any, ...]:
        """The property's values, of which there may be one or none."""
        return value if self.many else (value,) if value else ()

    def obliges(self, profile: str) -> str:
        """`mandatory`, `recommended` or `optional` in a profile: portal, dcat-ap or dcat-us."""
        return self.obligation.get(profile, "optional")


PROSE = ("markdown", "statement")
"""The ranges of texts in Markdown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """
    A row of a vocabulary: a short code, its labels, and what it is called elsewhere.

    `eu` is the local name in the EU authority list; `facts` holds what only this vocabulary has.
    """

    code: str
    title: Mapping[str, str]
    iri: str = ""
    eu: str = ""
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """A controlled list: code to term, in the file's order; `authority` is the IRI its EU codes start with."""

    name: str
    terms: Mapping[str, Term]
    authority: str = ""

    def __contains__(self, code: object) -> bool:
        return code in self.terms

    def __getitem__(self, code: str) -> Term:
        return self.terms[code]

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Every folded spelling (code, alias, IRI, file extension) to its code; a code wins over an alias."""
        found: dict[str, str] = {}
        for term in self.terms.values():
            extensions = term.facts.get("extensions", ())
            listed = self.authority + term.eu if term.eu else ""
            for spelling in (*term.aliases, term.iri, term.eu, listed, *extensions):
                if spelling:
                    found.setdefault(fold_code(spelling), term.code)
        return found | {fold_code(code): code for code in self.terms}

    def find(self, spelling: str) -> Term | None:
        """The term that a spelling met elsewhere stands for, or None."""
        code = self.spellings.get(fold_code(spelling))
        return self.terms[code] if code else None

    def iri(self, code: str) -> str:
        """The term's IRI: its own, else that of the EU authority list; empty when it has neither."""
        term = self.terms[code]
        return term.iri or (self.authority + term.eu if term.eu else "")


# The EU authority list that a vocabulary's `eu` codes belong to.
AUTHORITIES = {
    "access-rights": f"{AUTHORITY}access-right/",
    "blocks": "",
    "column-types": "",
    "common-fields": "",
    "computed-ranges": "",
    "chart-kinds": "",
    "dashboards": "",
    "data-themes": f"{AUTHORITY}data-theme/",
    "field-ranges": "",
    "formats": f"{AUTHORITY}file-type/",
    "frequencies": f"{AUTHORITY}frequency/",
    "hosts": "",
    "hvd-categories": "http://data.europa.eu/bna/",
    "languages": f"{AUTHORITY}language/",
    "layouts": "",
    "locales": "",
    "licenses": f"{AUTHORITY}licence/",
    "media-types": "",
    "publisher-kinds": "http://purl.org/adms/publishertype/",
    "shapes": "",
    "themes": f"{AUTHORITY}data-theme/",
    "tones": "",
    "truths": "",
}


def read_vocabulary(name: str) -> Vocabulary:
    own = ("code", "title", "iri", "eu", "aliases")
    terms = {}
    for row in read_rows(name):
        row = {"code": row, "title": {}} if isinstance(row, str) else row
        terms[row["code"]] = Term(
            code=row["code"],
            title=row["title"],
            iri=row.get("iri", ""),
            eu=row.get("eu", ""),
            aliases=tuple(row.get("aliases", ())),
            facts={key: value for key, value in row.items() if key not in own},
        )
    return Vocabulary(name=name, terms=terms, authority=AUTHORITIES[name])


@cache
def vocabulary(name: str) -> Vocabulary:
    """One of the lists named in AUTHORITIES; KeyError for another name."""
    return read_vocabulary(name)


@cache
def properties() -> Mapping[str, Mapping[str, Property]]:
    """Class name to its properties by name, in the order in which a publisher writes them."""
    classes: dict[str, dict[str, Property]] = {}
    for row in read_rows("properties"):
        row = Property(**row)
        classes.setdefault(row.of, {})[row.name] = row
    return classes


@cache
def shipped_fields() -> frozenset[str]:
    """The names of all fields in the content types that ship."""
    types = (read_rows(f"types/{file.stem}") for file in sorted((FOLDER / "types").glob("*.yaml")))
    return frozenset(str(field["name"]) for declared in types for field in dict(declared).get("fields", ()))
