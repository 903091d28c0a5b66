"""
`dataset/<id>/croissant.jsonld`: a dataset as programs that learn from data load it, its files' columns included.

Croissant 1.1 (http://mlcommons.org/croissant/1.1) is schema.org's Dataset and some words more: what the dataset's page
says of it is here too. Only files whose checksum is known are listed, as the format demands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from generator.feeds.digests import dataset_inputs
from generator.feeds.json_lines import render_json
from generator.model import Column, Dataset, Distribution, Text
from generator.model.digest import digest
from generator.previews.profile import Profile, Table
from generator.site.citation import cite
from generator.site.representations import verifiable
from generator.site.schema_org import Node, dataset_data, download, drop_empty, findable_description
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import vocabulary
from generator.text.languages import present

CROISSANT = "/croissant.jsonld"

VERSION = "http://mlcommons.org/croissant/1.1"

OF_CROISSANT = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject"),
    *("fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator"),
    *("source", "subField", "transform"),
)
"""The words of the context that the format recommends, which readers expect whole."""

CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{word: f"cr:{word}" for word in OF_CROISSANT},
}

TABLES = ("text/csv", "text/tab-separated-values")
"""What a record set can be drawn from: the format has no word for other separators, sheets or places in a file."""

UNKNOWN = "application/octet-stream"


def plan(site: Site) -> Iterator[Task]:
    made = dataset_inputs(site)
    for id, dataset in site.catalog.datasets.items():
        if verifiable(dataset):
            previews = [site.profiles.get((id, item.id)) for item in dataset.distribution]
            inputs = digest("croissant", made[id], site.theme.strings, previews)
            yield Task(f"dataset/{id}{CROISSANT}", render, (id,), inputs, dataset=id)


def render(site: Site, id: str) -> bytes:
    return render_json(croissant(site, site.catalog.datasets[id]))


def croissant(site: Site, dataset: Dataset) -> dict[str, Any]:
    files = verifiable(dataset)
    data = dataset_data(site, site.default, dataset) or {}
    described = {
        code: findable_description(site, code, dataset) for code in written_languages(site, dataset.description)
    }
    return drop_empty(
        {
            "@context": {"@language": site.default, **CONTEXT},
            **data,
            "name": each(site, dataset.title) or data["name"],
            "description": described or data["description"],
            "conformsTo": VERSION,
            "citeAs": cite(site, site.default, dataset).formats["BibTeX"],
            "distribution": [file_object(site, dataset, item) for item in files],
            "recordSet": [found for item in files if (found := record_set(site, dataset, item))],
        }
    )


def written_languages(site: Site, text: Text) -> list[str]:
    """The portal's languages in which a text was written."""
    return [code for code in site.languages if code in present(text)]


def each(site: Site, text: Text) -> dict[str, str]:
    return {code: text[code] for code in written_languages(site, text)}


def file_object(site: Site, dataset: Dataset, item: Distribution) -> Node:
    """A file: what the dataset's page says of it, under the name that it has when it is downloaded."""
    found = download(site, site.default, dataset, item)
    return {
        **found,
        "@type": "cr:FileObject",
        "name": item.file or found["contentUrl"].rpartition("/")[2] or item.id,
        "encodingFormat": item.media_type or UNKNOWN,
    }


def record_set(site: Site, dataset: Dataset, item: Distribution) -> Node:
    """The rows of a table, with the columns that were found in it; of other files nothing is said."""
    packed = site.profiles.get((dataset.id, item.id))
    table = (packed.open() if packed else Profile()).table
    if table is None or not table.header or item.media_type not in TABLES:
        return {}
    return {
        "@type": "cr:RecordSet",
        "@id": item.id,
        "name": each(site, item.title) or item.file or item.id,
        "field": fields(site, dataset, item, table),
    }


def fields(site: Site, dataset: Dataset, item: Distribution, table: Table) -> list[Node]:
    source = download(site, site.default, dataset, item)["@id"]
    declared = {column.name: column for column in item.columns}
    return [
        drop_empty(
            {
                "@type": "cr:Field",
                "@id": f"{item.id}/{quote(name, safe='')}",
                "name": name,
                "description": meaning(site, declared.get(name, Column())),
                "dataType": data_type(declared.get(name, Column()).type or found.kind, found.kind, found.plain),
                "source": {"fileObject": {"@id": source}, "extract": {"column": name}},
            }
        )
        for name, found in zip(table.header, table.columns, strict=True)
    ]


def meaning(site: Site, column: Column) -> dict[str, str]:
    """A column's title and description, by language."""
    parts = {
        code: [text[code] for text in (column.title, column.description) if text.get(code)] for code in site.languages
    }
    return {code: ". ".join(words.rstrip(" .") for words in said) for code, said in parts.items() if said}


def data_type(declared: str, found: str, plain: bool) -> str:
    """
    What a column's cells become once read: what it is declared to be, as long as its cells are written that way.

    >>> data_type("number", "integer", True), data_type("boolean", "boolean", False), data_type("code", "code", True)
    ('sc:Float', 'sc:Text', 'sc:Text')
    """
    known = vocabulary("column-types").terms.get(declared)
    wanted = known.facts.get("croissant") if known else None
    return wanted["type"] if wanted and plain and found in wanted["kinds"] else "sc:Text"
