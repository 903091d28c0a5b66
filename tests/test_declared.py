"""Tables of a government's proactive disclosure, declared as content types: what is in tests/declared/, and no code."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from generator.authoring.reference import reference_files
from generator.authoring.schema import schema
from generator.source.structure.types import types_in

DECLARED = Path(__file__).parent / "declared"
FILTERS = {
    "consultations": {"state", "subjects", "audience", "start"},
    "access-summaries": {"disposition", "year"},
    "access-nothing": {"year", "publisher"},
    "plan-tracker": {"period", "commitment", "state"},
}
"""What is declared, and the fields by which its list is narrowed."""

TYPES = tuple(FILTERS)
PORTAL = "https://exemple.org/portail/"


def read(name):
    return (DECLARED / name).read_text(encoding="utf-8")


def declarations():
    codes = {f"content/types/codes/{file.name}": read(f"codes/{file.name}") for file in (DECLARED / "codes").iterdir()}
    return codes | {f"content/types/{name}.yaml": read(f"{name}/type.yaml") for name in TYPES}


def with_tables(table):
    """The declarations, each with one of its tables."""
    return declarations() | {f"content/types/{name}.csv": read(f"{name}/{table}.csv") for name in TYPES}


@pytest.mark.parametrize("name", TYPES)
def test_each_broken_row_is_told_at_its_place(name, portal, expected):
    """
    Ten rows, each with one mistake, are told with line, column and remedy.
    """
    found = portal(declarations() | {f"content/types/{name}.csv": read(f"{name}/broken.csv")}).check().lines()
    told = "".join(f"{line}\n" for line in found)

    assert expected(DECLARED / name / "expected.txt", told) == told
    assert len(found) == 10


def test_sound_rows_are_a_register_with_all_that_goes_with_one(portal):
    """
    Twenty rows give a list with pages of filters, a page a record in both languages, CSV, JSON and Atom.
    """
    files = portal(with_tables("good")).build(jobs=2)

    for name in TYPES:
        rows = list(csv.DictReader(io.StringIO(read(f"{name}/good.csv"))))
        records = json.loads(files[f"{name}/index.json"])["records"]
        ids = [record["id"] for record in records]
        parts = {path.removesuffix("index.json") for path in files if re.fullmatch(rf"{name}/.+/index\.json", path)}

        assert len(rows) == len(set(ids)) == 20
        assert ids == [row["id"] for row in csv.DictReader(io.StringIO(files[f"{name}/index.csv"].decode()))]
        assert [record["@id"] for record in records] == [f"{PORTAL}{name}/{id}/" for id in ids]
        assert {part.split("/")[1] for part in parts} == FILTERS[name]
        lists = (f"{folder}{file}" for folder in (f"{name}/", *parts) for file in LIST)
        pages = (f"{language}{name}/{id}/index.html" for id in ids for language in ("", "en/"))
        assert [path for path in (*lists, *pages) if path not in files] == []


LIST = ("index.html", "index.csv", "index.json", "feed.atom")
"""The files of a list, and of each part of it."""


def test_a_record_says_what_its_row_says(portal):
    """
    A row is published as it is written, with its state, and without what its type keeps private.
    """
    files = portal(with_tables("good")).build()
    record = json.loads(files["consultations/index.json"])["records"]
    (found,) = [item for item in record if item["id"] == "agr-0005"]

    assert found == {
        "id": "agr-0005",
        "@id": "https://exemple.org/portail/consultations/agr-0005/",
        "registration": "AGR-0005",
        "partners": ["transp"],
        "subjects": ["peche"],
        "title": {"fr": "Avis sur la pêche, partie 1", "en": "Advice on fishing, part 1"},
        "description": {
            "fr": "Ce que le ministère pense faire, et **trois questions** sur la pêche.",
            "en": "What the department means to do, and **three questions** on fishing.",
        },
        "audience": ["public", "business"],
        "start": "2024-05-01",
        "end": "2024-06-30",
        "status": "report",
        "pageFr": "https://exemple.org/fr/consultation/5",
        "pageEn": "https://exemple.org/en/consultation/5",
        "reportAvailable": True,
        "reportFr": "https://exemple.org/fr/rapport/5.pdf",
        "reportEn": "https://exemple.org/en/rapport/5.pdf",
        "highProfile": True,
        "rationale": ["interest", "scope"],
        "state": "report",
    }
    private = re.compile(rb"equipe\d+@exemple\.org")
    assert [path for path, content in files.items() if private.search(content)] == []


def test_what_does_not_go_forward_is_read_and_never_published(portal):
    """
    A record that its type withholds leaves no trace in the site.
    """
    table = read("consultations/good.csv").replace("AGR-0001", "AGR-9999").replace(",planned,", ",dropped,", 1)
    files = portal(declarations() | {"content/types/consultations.csv": table}).build()

    assert json.loads(files["consultations/index.json"])["count"] == 19
    assert [path for path, content in files.items() if b"AGR-9999" in content or b"agr-9999" in content] == []


def test_schema_and_reference_follow_from_a_declaration(portal):
    """
    Each field stands in the type's JSON Schema and in both references, each code with its label.
    """
    types = types_in(portal(with_tables("good")).folder)
    pages = reference_files(types)

    for name in TYPES:
        declared = types[name]
        described = schema(name, "en", types)
        assert set(described["properties"]) == {item.name for item in declared.fields}
        assert described["required"] == [item.name for item in declared.fields if item.required]
        for language in ("fr", "en"):
            page = pages[f"reference.{language}.md"]
            section = page.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
            assert [item.name for item in declared.fields if f"| `{item.name}` |" not in section] == []
            labels = [choice.label[language] for item in declared.fields for choice in item.choices]
            assert [label for label in labels if label not in section] == []
