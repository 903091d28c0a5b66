"""A file that a person is about to finish: what is required first, the rest explained and ready to be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.authoring.described import Described
from generator.authoring.yaml_style import render
from generator.model import ContentType
from generator.source.structure.records import row_of
from generator.standards import Property, properties, vocabulary
from generator.text.slugs import slugify
from generator.text.strings import spoken, strings

OFFERED = {
    "Dataset": ("accrualPeriodicity", "issued", "spatial", "temporal", "language", "landingPage", "provenance"),
    "Agent": ("kind", "parent", "description", "homepage", "contactPoint", "population"),
    "Page": ("date",),
}
"""The optional keys that a new file proposes, beside all that a content type declares; the reference has the others."""

CHOICES = 4
"""How many codes are named where there is one to choose."""

EXAMPLES: Mapping[str, Any] = {
    "theme": ["transport"],
    "contactPoint": {"name": "Service", "email": "service@example.org"},
    "spatial": {"name": "Montréal", "bbox": ["-73.98", "45.40", "-73.47", "45.70"]},
    "temporal": {"start": "2010", "end": "2025"},
    "distribution": [{"id": "csv", "downloadURL": "https://example.org/data.csv", "format": "CSV"}],
    "date": "2027-02-01",
    "homepage": "https://example.org/",
    "landingPage": "https://example.org/",
}
"""How keys are written of which the reference shows no example."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """
    What a new file says. `values` are written, `remarks` stand beside keys in place of what the reference says of them.

    `questions` are keys that are left empty for the publisher to answer; `declared` the fields of its content type.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[str] = ()
    draft: bool = False
    declared: Mapping[str, Property] = field(default_factory=dict)

    @property
    def rows(self) -> Mapping[str, Property]:
        """The keys that the file may have: those of its class, and the fields of its content type."""
        return {**properties()[self.kind], **self.declared}


def title_from_name(name: str) -> str:
    """
    A title from the name of a file.

    >>> title_from_name("arbres_publics-2024"), title_from_name("Service des parcs"), title_from_name("news/ouverture")
    ('Arbres publics 2024', 'Service des parcs', 'Ouverture')
    """
    words = " ".join(re.split(r"[\s_-]+", name.rpartition("/")[2])).strip()
    return words[:1].upper() + words[1:]


def write_sheet(sheet: Sheet, languages: Sequence[str]) -> str:
    """A new file of YAML, in the words of the portal's main language."""
    words = strings(spoken(languages[0]))
    head = words["new.title"].format(kind=words[f"guide.classes.{sheet.kind}.title"])
    return f"# {head}\n{draft(sheet, languages) if sheet.draft else ''}\n" + "\n".join(sections(sheet, languages))


def sections(sheet: Sheet, languages: Sequence[str]) -> Iterator[str]:
    rows = sheet.rows
    known = {name: rows[name] for name in rows if rows[name].obliges("portal") in ("mandatory", "recommended")}
    for duty, title in (("mandatory", "required"), ("recommended", "recommended")):
        duties = [row for row in known.values() if row.obliges("portal") == duty]
        if duty == "recommended":
            duties += [row for name, row in rows.items() if name in sheet.values and name not in known]
        if duties:
            yield heading(title, languages)
            yield from (new_entry(sheet, row, languages) for row in duties)
    offered = [name for name in (*OFFERED[sheet.kind], *sheet.declared) if name not in {**sheet.values, **known}]
    yield heading("optional", languages)
    if "draft" in rows and not sheet.draft:
        yield draft(sheet, languages)
    yield from (f"{explain_key(rows[name], languages)}\n{silent(rows[name], languages)}" for name in offered)


def heading(key: str, languages: Sequence[str]) -> str:
    return f"# --- {strings(spoken(languages[0]))[f'new.{key}']}\n"


def draft(sheet: Sheet, languages: Sequence[str]) -> str:
    said = strings(spoken(languages[0]))["new.draft"] if sheet.draft else explanation(sheet.rows["draft"], languages)
    return f"# {said}\n{'' if sheet.draft else '# '}draft: true\n"


def explanation(row: Property, languages: Sequence[str]) -> str:
    said = row.help or row.label
    return said.get(spoken(languages[0])) or next(iter(said.values()), row.name)


def explain_key(row: Property, languages: Sequence[str]) -> str:
    return f"# {explanation(row, languages)}"


def new_entry(sheet: Sheet, row: Property, languages: Sequence[str]) -> str:
    """A key with its value, or empty, below what is to be known of it."""
    said = sheet.remarks.get(row.name) or explanation(row, languages)
    if row.name in sheet.values:
        return f"# {said}\n{render({row.name: sheet.values[row.name]}, sheet.kind)}"
    if row.name in sheet.questions or row.obliges("portal") == "mandatory":
        return f"# {said}\n{blank_file(row, languages)}"
    return f"# {said}\n{silent(row, languages)}"


def blank_file(row: Property, languages: Sequence[str]) -> str:
    """A key to be filled in, in each of the portal's languages where it is a text."""
    if row.range in ("text", "markdown", "keywords") and len(languages) > 1:
        return "".join([f"{row.name}:\n", *(f"  {language}:\n" for language in languages)])
    return f"{row.name}:\n"


def silent(row: Property, languages: Sequence[str]) -> str:
    """A key between comment signs, with an example where the reference has one."""
    example = row.example if row.example is not None else EXAMPLES.get(row.name)
    shown = render({row.name: example}, {row.name: row}) if example is not None else blank_file(row, languages)
    return "".join(f"# {line}\n" for line in shown.splitlines())


# ------------------------------------------------------------------- what is begun


def dataset_sheet(title: Any, publisher: str, language: str) -> Sheet:
    """A dataset of which only the name is known."""
    remarks = {"license": which_license(language)}
    values = {"title": title, "publisher": publisher}
    return Sheet(kind="Dataset", values=values, remarks=remarks, questions=("description", "license"), draft=True)


def described_sheet(title: Any, publisher: str, language: str, name: str, told: Described) -> Sheet:
    """A dataset with what its data file tells: what a person has to check says where it comes from."""
    words = strings(spoken(language))
    item = {"id": slugify(told.format or "file"), "file": name, "format": told.format, "columns": list(told.columns)}
    values = {
        "title": title,
        "publisher": publisher,
        "temporal": told.temporal,
        "spatial": told.spatial,
        "distribution": [{key: value for key, value in item.items() if value}],
    }
    source = words["new.from-file"].format(file=name)
    period = words["new.from-column"].format(file=name, column=told.period)
    remarks = {"title": source, "temporal": period, "spatial": source, "license": which_license(language)}
    return Sheet(
        kind="Dataset",
        values={key: value for key, value in values.items() if value},
        remarks=remarks,
        questions=("description", "license"),
    )


def which_license(language: str) -> str:
    codes = ", ".join([*vocabulary("licenses").terms][:CHOICES])
    return strings(spoken(language))["new.which-license"].format(codes=codes)


def page_file(title: str, date: str, language: str, declared: ContentType | None) -> str:
    """
    A page that is a draft, in one language: its front matter, then nothing but a place to write. One of a content type
    has the fields that it declares, and the day if that is what its list goes by.
    """
    dated = declared is not None and "-date" in declared.sort
    values = {"title": title} | ({"date": date} if dated else {})
    rows = {item.name: row_of(declared, item) for item in declared.fields} if declared else {}
    sheet = Sheet(kind="Page", values=values, draft=True, declared=rows)
    return f"---\n{write_sheet(sheet, [language]).rstrip()}\n---\n\n"


def record_file(declared: ContentType, languages: Sequence[str]) -> str:
    """A record of a register: what it can't do without, then what it may say."""
    rows = [row_of(declared, item) for item in declared.fields]
    duties = [row for row in rows if row.obliges("portal") == "mandatory"]
    sheet = Sheet(kind="Page", questions=[row.name for row in duties])
    parts = [heading("required", languages), *(new_entry(sheet, row, languages) for row in duties)]
    if others := [row for row in rows if row not in duties]:
        parts.append(heading("optional", languages))
        parts += [f"{explain_key(row, languages)}\n{silent(row, languages)}" for row in others]
    return "\n".join(parts)


def table_head(declared: ContentType, languages: Sequence[str]) -> str:
    """The first line of a register's table: a column a field, one a language for a text."""
    several = len(languages) > 1
    names = [
        name
        for item in declared.fields
        for name in (
            [f"{item.name}_{code}" for code in languages]
            if several and item.range in ("text", "markdown")
            else [item.name]
        )
    ]
    return ",".join(names) + "\n"
