"""
JSON Schemas of a portal's files, made from the property table and the vocabularies, for editors and forms.

A schema sees one file: whether a publisher, a theme or a data file exists is for `vitrine check`. An editor reads
`2015` as a number and another tool as text; a schema takes both, as Vitrine does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from generator.model import ContentType
from generator.source.ranges.addresses import EMAIL, PICTURE
from generator.source.ranges.codes import FEDERAL_CODES
from generator.source.ranges.colors import HEX, SCHEMES
from generator.source.ranges.dates import DURATION, MONTH_NUMBER
from generator.source.ranges.geometry import DEPTHS
from generator.source.structure.records import row_of
from generator.source.structure.types import Types, shipped_types
from generator.standards import Property, properties, vocabulary
from generator.text.slugs import SLUG
from generator.text.strings import FALLBACK, strings

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

FILES = {
    "dataset": "Dataset",
    "publisher": "Agent",
    "catalog": "Catalog",
    "portal": "Portal",
    "page": "Page",
    "content-type": "ContentType",
}
"""Schema name to the class that the file holds; each content type has a schema of its records besides."""

# A text that other tools may take for a number or a truth: `2025`, `1.10`, `yes`.
WORD: Schema = {"type": ["string", "number", "boolean"]}

CONDITION: Schema = {"anyOf": [WORD, {"type": "array", "items": WORD}]}

DATE = (
    r"^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$"
)
URL = r"^([Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp][Ss]?)://[^\s<>\"{}|\\^`/?#]+[^\s<>\"{}|\\^`]*$".replace('\\"', '"')

ASKING = URL.removesuffix("$") + r"(\{words\}[^\s<>{}|\\^`]*)*$"
MAIL = "^(mailto:)?" + EMAIL.pattern.replace('\\"', '"') + "$"


def schema(name: str, language: str, types: Types | None = None) -> Schema:
    """
    The schema of one kind of file, or of the records of a content type, with labels in the language.

    The types are those that ship unless others are given. KeyError for a name that neither they nor FILES have.
    """
    definitions: dict[str, Schema] = {}
    describer = Describer(language, definitions)
    root = describer.object(FILES[name]) if name in FILES else describer.record((types or shipped_types())[name])
    return {"$schema": DRAFT, **root, "$defs": dict(sorted(definitions.items()))}


def schema_text(name: str, language: str, types: Types | None = None) -> str:
    return json.dumps(schema(name, language, types), ensure_ascii=False, indent=2) + "\n"


def schema_files(language: str, types: Types | None = None) -> dict[str, str]:
    """File name to content, for every kind of file and content type."""
    names = [*FILES, *(types or shipped_types())]
    return {f"{name}.schema.json": schema_text(name, language, types) for name in names}


class Describer:
    """Ranges as schemas; each one stands once among the definitions, and is referred to."""

    def __init__(self, language: str, definitions: dict[str, Schema]) -> None:
        self.language = language
        self.definitions = definitions
        self.words = strings(language)

    def label(self, labels: Mapping[str, str]) -> str:
        return labels.get(self.language) or labels.get(FALLBACK, "")

    def object(self, kind: str) -> Schema:
        """A class: its keys in the order in which a publisher writes them, and no other."""
        words = self.words[f"guide.classes.{kind}.title"], self.words[f"guide.classes.{kind}.description"]
        return self.keys(*words, properties()[kind])

    def record(self, declared: ContentType) -> Schema:
        """
        A record of a content type: one YAML file of a register, or the front matter of a page, of which another
        language's file may say what is required.
        """
        rows: dict[str, Property] = {item.name: row_of(declared, item) for item in declared.fields}
        if not declared.is_register:
            rows = {**properties()["Page"], **{name: replace(row, obligation={}) for name, row in rows.items()}}
        return self.keys(self.label(declared.singular), self.label(declared.description), rows)

    def keys(self, title: str, description: str, rows: Mapping[str, Property]) -> Schema:
        return {
            "title": title,
            "description": description,
            "type": "object",
            "properties": {row.name: self.property(row) for row in rows.values()},
            "required": [row.name for row in rows.values() if row.obliges("portal") == "mandatory"],
            "additionalProperties": False,
        }

    def property(self, row: Property) -> Schema:
        """One key. A single value stands for a list of one; nothing after an optional key says nothing."""
        value = self.choice(row) if row.range == "choice" else self.refer(row.range)
        choices = [value]
        if row.many:
            choices.append({"type": "array", "items": value})
        described: Schema = {"title": self.label(row.label), "description": self.label(row.help)}
        if row.obliges("portal") == "mandatory":
            described["minLength"] = 1
        else:
            choices.append({"type": "null"})
        described |= {"anyOf": choices} if len(choices) > 1 else value
        if row.example is not None:
            described["examples"] = [row.example]
        return described

    def refer(self, range_: str) -> Schema:
        name = range_.removeprefix("object:").replace(":", "-")
        if name not in self.definitions:
            self.definitions[name] = {}  # its place, while it is described
            self.definitions[name] = self.define(range_)
        return {"$ref": f"#/$defs/{name}"}

    def define(self, range_: str) -> Schema:
        if range_.startswith("object:"):
            return self.object(range_.removeprefix("object:"))
        if range_.startswith("code:") and range_ not in DEFINED:
            return self.codes(range_.removeprefix("code:"))
        return DEFINED[range_](self)

    def codes(self, name: str) -> Schema:
        """A vocabulary. A format may have any name, so the codes are only proposed."""
        terms = vocabulary(name).terms.values()
        if name == "formats":
            return {"type": "string", "examples": [term.code for term in terms]}
        found: Schema = {"type": "string", "enum": [term.code for term in terms]}
        titles = [self.label(term.title) for term in terms]
        return found | {"enumDescriptions": titles} if any(titles) else found

    def choice(self, row: Property) -> Schema:
        """The codes of a field, each with its label."""
        labels = [self.label(label) for label in row.codes.values()]
        return {"type": "string", "enum": [*row.codes], "enumDescriptions": labels}

    def in_languages(self, range_: str) -> Schema:
        """A map of language to value; nothing after a language says nothing."""
        choices = {
            term.code: {"title": self.label(term.title), **self.refer(range_)}
            for term in vocabulary("languages").terms.values()
        }
        return {"type": "object", "properties": choices, "additionalProperties": False, "minProperties": 1}

    def text(self) -> Schema:
        return {"anyOf": [WORD, self.in_languages("said")]}

    def keywords(self) -> Schema:
        return {"anyOf": [WORD, {"type": "array", "items": WORD}, self.in_languages("words")]}

    def license(self) -> Schema:
        return {"anyOf": [self.refer("code:licenses"), self.refer("object:LicenseDocument")]}

    def logo(self) -> Schema:
        return {"anyOf": [self.refer("picture"), self.refer("object:Logo")]}

    def color(self) -> Schema:
        shade = pattern_schema(f"^({HEX.pattern})$")
        either = {"type": "object", "properties": dict.fromkeys(SCHEMES, shade), "additionalProperties": False}
        return {"anyOf": [shade, {**either, "minProperties": 1}]}

    def themes(self) -> Schema:
        """A portal may declare its own themes, so the default ones are only proposed."""
        return slug() | {"examples": list(vocabulary("themes").terms)}


def slug() -> Schema:
    return {"type": ["string", "integer"], "minimum": 0, "maxLength": 200, "pattern": f"^{SLUG.pattern}$"}


def pattern_schema(text: str) -> Schema:
    return {"type": "string", "pattern": text}


def date_schema() -> Schema:
    return {"anyOf": [pattern_schema(DATE), {"type": "integer", "minimum": 1000, "maximum": 9999}]}


def month_number() -> Schema:
    return {"anyOf": [pattern_schema(f"^({MONTH_NUMBER})$"), {"type": "integer", "minimum": 1, "maximum": 12}]}


def integer() -> Schema:
    return {"anyOf": [pattern_schema(r"^\d{1,18}$"), {"type": "integer", "minimum": 0}]}


def signed(pattern: str, kind: str) -> Schema:
    return {"anyOf": [pattern_schema(f"^[-\u2212]?{pattern}$"), {"type": kind}]}


def year() -> Schema:
    return {"anyOf": [pattern_schema(r"^(?!0000)\d{4}$"), {"type": "integer", "minimum": 1000, "maximum": 9999}]}


def decimal() -> Schema:
    return {"anyOf": [pattern_schema(r"^(?=.*[1-9])\d{1,15}(\.\d{1,15})?$"), {"type": "number", "exclusiveMinimum": 0}]}


def degrees_schema(limit: int, whole: str) -> Schema:
    number = {"type": "number", "minimum": -limit, "maximum": limit}
    return {"anyOf": [number, pattern_schema(rf"^[-+]?({limit}(\.0+)?|({whole})(\.\d+)?)$")]}


def point(times: int = 1) -> Schema:
    sides = [degrees_schema(180, r"\d{1,2}|1[0-7]\d"), degrees_schema(90, r"[0-8]?\d")] * times
    return {"type": "array", "minItems": len(sides), "maxItems": len(sides), "prefixItems": sides}


def bbox() -> Schema:
    return point(times=2)


def geometry() -> Schema:
    words = pattern_schema(r"^\s*(\{|[A-Za-z]+\s*([Zz]\s*)?\()")
    object_ = {"type": "object", "required": ["type", "coordinates"], "properties": {"type": {"enum": list(DEPTHS)}}}
    return {"anyOf": [words, object_]}


def fixed(make: Callable[[], Schema]) -> Callable[[Describer], Schema]:
    return lambda describer: make()


DEFINED: Mapping[str, Callable[[Describer], Schema]] = {
    "said": fixed(lambda: {"type": [*WORD["type"], "null"]}),
    "words": fixed(lambda: {"type": [*WORD["type"], "array", "null"], "items": WORD}),
    "text": Describer.text,
    "markdown": Describer.text,
    "statement": Describer.text,
    "keywords": Describer.keywords,
    "license": Describer.license,
    "ref:themes": Describer.themes,
    "logo": Describer.logo,
    "color": Describer.color,
    "boolean": fixed(lambda: {"enum": [True, False, "true", "false"]}),
    "picture": fixed(lambda: pattern_schema(f"^{PICTURE.pattern}$")),
    "token": fixed(lambda: dict(WORD)),
    "slug": fixed(slug),
    "ref:datasets": fixed(slug),
    "ref:publishers": fixed(slug),
    "ref:services": fixed(slug),
    "url": fixed(partial(pattern_schema, URL)),
    "link": fixed(lambda: {"anyOf": [pattern_schema("^/(?!/)"), pattern_schema(URL)]}),
    "asking": fixed(lambda: {"anyOf": [pattern_schema("^/(?!/)"), pattern_schema(ASKING), pattern_schema(MAIL)]}),
    "email": fixed(partial(pattern_schema, MAIL)),
    "date": fixed(date_schema),
    "duration": fixed(partial(pattern_schema, f"^{DURATION.pattern}$")),
    "month-number": fixed(month_number),
    "integer": fixed(integer),
    "decimal": fixed(decimal),
    "sha256": fixed(partial(pattern_schema, "^[0-9a-fA-F]{64}$")),
    "bbox": fixed(bbox),
    "point": fixed(point),
    "geometry": fixed(geometry),
    "day": fixed(partial(pattern_schema, r"^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")),
    "month": fixed(partial(pattern_schema, r"^(?!0000)\d{4}-(0[1-9]|1[0-2])$")),
    "year": fixed(year),
    "whole": fixed(partial(signed, r"\d{1,18}", "integer")),
    "number": fixed(partial(signed, r"\d{1,15}(\.\d{1,15})?", "number")),
    "block": fixed(lambda: {"type": "string", "examples": [*vocabulary("blocks").terms, *shipped_types()]}),
    "condition": fixed(lambda: {"type": "object", "minProperties": 1, "additionalProperties": CONDITION}),
    **{name: fixed(partial(pattern_schema, f"^{code.pattern}$")) for name, code in FEDERAL_CODES.items()},
    "file": fixed(partial(pattern_schema, r"^[^./\\][^/\\]*$")),
}
"""The ranges that are neither classes nor vocabularies, and what stands under a language in a map of them."""
