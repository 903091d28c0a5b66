"""The publisher's reference, made from the tables and docstrings that the program itself uses."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from generator.authoring.template_reference import document
from generator.model import ContentType
from generator.model.diagnostics import message_of, remedy_of, severities
from generator.rules.catalog import manual, rules
from generator.source.structure.records import FieldRow, row_of
from generator.source.structure.types import Types, shipped_types
from generator.standards import Property, Term, properties, vocabulary
from generator.text.speech import Speech
from generator.text.strings import FALLBACK, LANGUAGES, strings

CLASSES = (
    "Dataset",
    "Distribution",
    "Column",
    "Chart",
    "Kind",
    "Location",
    "PeriodOfTime",
    "Withdrawal",
    "LicenseDocument",
    "Agent",
    "Catalog",
    "Concept",
    "DataService",
    "LinkedCatalog",
    "Portal",
    "MenuItem",
    "Colors",
    "Logo",
    "Page",
    "ContentType",
    "Field",
    "Choice",
    "Computed",
    "State",
    "Card",
    "Section",
    "HomeListing",
    "Calendar",
    "Allowance",
)
"""Classes in the order in which a publisher meets them."""

VOCABULARIES = (
    "licenses",
    "frequencies",
    "themes",
    "data-themes",
    "publisher-kinds",
    "access-rights",
    "hvd-categories",
    "languages",
    "locales",
    "formats",
    "media-types",
    "column-types",
    "chart-kinds",
    "dashboards",
    "blocks",
    "hosts",
    "shapes",
    "field-ranges",
    "computed-ranges",
    "layouts",
    "tones",
)

EXAMPLE = re.compile(r"^(Bad|Good)(?:, in (\S+))?:\n\n((?: {4}.*\n?|\n)+)", re.MULTILINE)


class Example(NamedTuple):
    """What a rule's docstring shows: `bad` or `good`, the file if it is not a dataset's, and the YAML."""

    kind: str
    path: str
    text: str


def examples(code: str) -> list[Example]:
    """The examples of the rule that gives a diagnostic; none for a diagnostic that no rule gives."""
    if code not in rules():
        return []
    return [
        Example(kind.lower(), path, inspect.cleandoc("\n" + text)) for kind, path, text in EXAMPLE.findall(manual(code))
    ]


def reference_files(types: Types | None = None) -> dict[str, str]:
    """
    File name to content: the reference in every language of the program, and what templates are given. It describes
    the content types that ship unless others are given.
    """
    made = {f"reference.{language}.md": reference(language, types) for language in LANGUAGES}
    return made | {"templates.md": document()}


def reference(language: str, types: Types | None = None) -> str:
    """The reference in a language, as Markdown."""
    return "\n\n".join(Reference(language, types or shipped_types()).blocks()) + "\n"


def heading_anchor(title: str) -> str:
    """
    The anchor that code hosts give to a heading.

    >>> heading_anchor("Jeu de données"), heading_anchor("`no-theme`")
    ('jeu-de-données', 'no-theme')
    """
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """
    >>> print(table(["a", "b"], [["1", "x|y"]]))
    | a | b |
    | --- | --- |
    | 1 | x\\|y |
    """
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def flow(value: Any) -> str:
    """
    A value as a publisher may write it on one line.

    >>> flow({"fr": ["caserne"], "en": ["fire station"]}), flow("2010")
    ('{fr: [caserne], en: [fire station]}', '2010')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return value if isinstance(value, str) else json.dumps(value)


class Blanks(dict[str, str]):
    """An ellipsis for every value of a message."""

    def __missing__(self, key: str) -> str:
        return "…"


class Reference:
    """The reference in one language, block by block."""

    def __init__(self, language: str, types: Types) -> None:
        self.language = language
        self.types = types
        self.speech = Speech(language, strings(language))

    def say(self, key: str, /, **values: object) -> str:
        return self.speech.say(f"guide.{key}", **values)

    def label(self, labels: Any) -> str:
        return str(labels.get(self.language) or labels.get(FALLBACK, ""))

    def see(self, title: str) -> str:
        return self.say("see", title=title, anchor=heading_anchor(title))

    def blocks(self) -> Iterator[str]:
        yield f"# {self.say('title')}"
        yield self.say("introduction", guide=f"guide.{self.language}.md")
        yield f"<!-- {self.say('generated')} -->"
        yield "\n".join(self.contents())
        yield f"## {self.say('properties')}"
        yield self.say("obligations")
        yield self.say("texts")
        for kind in CLASSES:
            yield from self.describe_class(kind)
        yield f"## {self.say('types')}"
        yield self.say("types-introduction")
        for declared in self.types.values():
            yield from self.describe_type(declared)
        yield f"## {self.say('vocabularies')}"
        yield self.say("spelling")
        for name in VOCABULARIES:
            yield from self.describe_vocabulary(name)
        yield f"## {self.say('diagnostics')}"
        yield self.say("severities")
        for code in severities():
            yield from self.describe_diagnostic(code)

    def contents(self) -> Iterator[str]:
        parts = {
            "properties": [self.say(f"classes.{kind}.title") for kind in CLASSES],
            "types": [f"`{name}`" for name in self.types],
            "vocabularies": [self.say(f"vocabulary.{name}") for name in VOCABULARIES],
            "diagnostics": [],
        }
        for part, titles in parts.items():
            title = self.say(part)
            links = " · ".join(f"[{item}](#{heading_anchor(item)})" for item in titles)
            head = f"- [{title}](#{heading_anchor(title)})"
            yield self.say("entry", head=head, links=links) if links else head

    # ------------------------------------------------------------ properties

    def describe_class(self, kind: str) -> Iterator[str]:
        yield f"### {self.say(f'classes.{kind}.title')}"
        yield self.say(f"classes.{kind}.description")
        heads = [self.say(name) for name in ("key", "meaning", "value", "obligation", "example")]
        yield table(heads, map(self.describe_property, properties()[kind].values()))

    def describe_type(self, declared: ContentType) -> Iterator[str]:
        """The fields of a content type, and the states that its records may be in."""
        yield f"### `{declared.id}`"
        place = f"content/{declared.id}/*.{'csv' if declared.is_register else 'md'}"
        yield f"**{self.label(declared.title)}.** {self.label(declared.description)} (`{place}`)"
        heads = [self.say(name) for name in ("key", "meaning", "value", "obligation", "example")]
        rows = [row_of(declared, item) for item in declared.fields]
        yield table(heads, (self.describe_field(row) for row in rows))
        if declared.states:
            heads = [self.say(name) for name in ("code", "name")]
            yield table(heads, ((f"`{state.code}`", self.label(state.label)) for state in declared.states))

    def describe_field(self, row: FieldRow) -> Sequence[str]:
        key, meaning, value, obligation, example = self.describe_property(row)
        if row.codes:
            value = ", ".join(f"`{code}` ({self.label(label)})" for code, label in row.codes.items())
        return key, meaning, value, obligation, example

    def describe_property(self, row: Property) -> Sequence[str]:
        meaning = f"**{self.label(row.label)}.** {self.label(row.help)}"
        if row.iri:
            meaning += f" (`{row.iri}`)"
        value = self.describe_range(row.range)
        if row.many:
            value = self.say("many", value=value)
        example = "" if row.example is None else f"`{flow(row.example)}`"
        return f"`{row.name}`", meaning, value, self.obligation(row), example

    def describe_range(self, range_: str) -> str:
        group, _, name = range_.partition(":")
        if group == "object":
            return f"{self.say('ranges.object')}, {self.see(self.say(f'classes.{name}.title'))}"
        if group == "code":
            return f"{self.say('ranges.code')}, {self.see(self.say(f'vocabulary.{name}'))}"
        said = self.say(f"ranges.{range_.replace(':', '-')}")
        more = {"license": "vocabulary.licenses", "ref:themes": "vocabulary.themes", "block": "vocabulary.blocks"}
        return f"{said}, {self.see(self.say(more[range_]))}" if range_ in more else said

    def obligation(self, row: Property) -> str:
        """What the portal asks for, then what a profile asks for beyond that."""
        own = row.obliges("portal")
        asked = [self.say(own)]
        for profile in ("dcat-ap", "dcat-us"):
            theirs = row.obliges(profile)
            if theirs not in (own, "optional") and own != "mandatory":
                asked.append(self.say("profile", profile=self.say(profile), obligation=self.say(theirs)))
        return "<br>".join(asked)

    # ------------------------------------------------------------ vocabularies

    def describe_vocabulary(self, name: str) -> Iterator[str]:
        yield f"### {self.say(f'vocabulary.{name}')}"
        if name == "media-types":
            yield ", ".join(f"`{code}`" for code in vocabulary(name).terms)
        else:
            columns = COLUMNS.get(name, ("iri",))
            heads = [self.say(key) for key in ("code", "name", *columns)]
            yield table(heads, (self.describe_term(name, term, columns) for term in vocabulary(name).terms.values()))

    def describe_term(self, name: str, term: Term, columns: Sequence[str]) -> Sequence[str]:
        iri = vocabulary(name).iri(term.code)
        days = term.facts.get("days")
        cells = {
            "iri": f"<{iri}>" if iri else "",
            "open": self.say("yes" if term.facts.get("open") else "no"),
            "due": self.say("days", count=days) if days else "",
            "native": term.facts.get("name", ""),
            "media-type": f"`{term.facts['mediaType']}`" if "mediaType" in term.facts else "",
            "extensions": ", ".join(f"`.{item}`" for item in term.facts.get("extensions", ())),
        }
        return f"`{term.code}`", self.label(term.title), *(cells[column] for column in columns)

    # ------------------------------------------------------------ diagnostics

    def describe_diagnostic(self, code: str) -> Iterator[str]:
        message = message_of(code, self.language).format_map(Blanks())
        remedy = remedy_of(code, self.language).format_map(Blanks())
        said = f"**{self.say(severities()[code])}.** {message[:1].upper()}{message[1:]}."
        yield f"### `{code}`"
        yield f"{said} {self.say('remedy', help=remedy)}"
        for kind, path, text in examples(code):
            yield self.say(f"{kind}-in", path=path) if path else self.say(kind)
            yield f"```yaml\n{text}\n```"


COLUMNS = {
    "blocks": (),
    "shapes": (),
    "field-ranges": (),
    "computed-ranges": (),
    "layouts": (),
    "tones": (),
    "licenses": ("open", "iri"),
    "frequencies": ("due",),
    "languages": ("native",),
    "formats": ("extensions", "media-type"),
}
"""What each vocabulary shows beside code and name: its published address, when it says nothing else."""
