"""Lines that load a dataset's files, as they are, in Python, in R and on the command line."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.model import Dataset, Distribution
from generator.pages.views.dataset import Snippets
from generator.previews.profile import Dialect, Table
from generator.site.iris import file_url
from generator.site.site import Site
from generator.standards import read_rows

TEXTS = 8
"""Columns of codes that are named at most, so that none loses its zeros."""

ICONV = {"cp1252": "WINDOWS-1252", "utf-16": "UTF-16", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
"""Encodings as iconv and R know them."""


@cache
def patterns() -> Mapping[str, Mapping[str, Any]]:
    """Format to its lines by language."""
    return {row["format"]: row for row in read_rows("snippets")}


def snippets(site: Site, language: str, dataset: Dataset) -> Sequence[Snippets]:
    """Lines for the first file of each format that is easily loaded."""
    first: dict[str, Distribution] = {}
    for item in dataset.distribution:
        if item.format in patterns() and (item.file or item.download_url):
            first.setdefault(item.format, item)
    return [
        Snippets(
            title=site.speech(language).choose(item.title),
            format=format_,
            lines=fill_snippet(format_, file_address(site, dataset, item), table_of(site, dataset, item)),
        )
        for format_, item in first.items()
    ]


def table_of(site: Site, dataset: Dataset, item: Distribution) -> Table | None:
    """What is known of the table in a file."""
    packed = site.profiles.get((dataset.id, item.id))
    return packed.open().table if packed else None


def file_address(site: Site, dataset: Dataset, item: Distribution) -> str:
    """Where the file can be fetched from anywhere."""
    return file_url(site.catalog.portal.base_url, dataset.id, item.file) if item.file else item.download_url


def fetched_name(url: str) -> str:
    """
    What a file is called that is fetched, in the folder of whoever fetches it; nothing where its address does not say.

    >>> fetched_name("https://exemple.org/l%20eau.csv"), fetched_name("https://exemple.org/..%2F..%2Fhome%2F.bashrc")
    ('l eau.csv', '')
    """
    name = re.split(r"[/\\]", unquote(urlsplit(url).path))[-1]
    return "" if name.startswith((".", "~")) or not name.isprintable() else name


def fill_snippet(format_: str, url: str, table: Table | None = None) -> dict[str, str]:
    """
    The lines of a format for a file, its address quoted as each language wants it.

    >>> print(fill_snippet("CSV", "https://exemple.org/l'eau.csv")["Bash"])
    curl --location --output 'l'"'"'eau.csv' 'https://exemple.org/l'"'"'eau.csv'
    head 'l'"'"'eau.csv'
    """
    name = fetched_name(url) or f"data.{format_.lower()}"
    name = f"./{name}" if name.startswith("-") else name
    dialect = table.dialect if table else Dialect(separator="\t" if format_ == "TSV" else ",")
    row, literal, file = patterns()[format_], string_literal(url), shlex.quote(name)
    python = {"url": literal, "options": arguments(python_options(table, dialect))}
    options = arguments(r_options(table, dialect))
    r = {"url": literal, "literal": string_literal(name), "reader": r_reader(dialect), "options": options}
    shell = {
        "url": shlex.quote(url),
        "name": file,
        "query": shlex.quote(f"SELECT * FROM read_parquet('{name.replace(chr(39), chr(39) * 2)}') LIMIT 10"),
        "view": view(file, dialect),
    }
    return {
        language: row[key].format(**values).rstrip("\n")
        for language, key, values in (("Python", "python", python), ("R", "r", r), ("Bash", "shell", shell))
    }


def string_literal(text: str) -> str:
    """A text as a literal of Python and R."""
    return json.dumps(text, ensure_ascii=False)


def arguments(options: Mapping[str, str]) -> str:
    return "".join(f", {name}{value}" for name, value in options.items())


def codes_of(table: Table | None) -> list[str]:
    """Columns whose figures name things, and would lose their zeros as numbers."""
    columns = table.columns if table else ()
    names = [column.name for column in columns]
    return [c.name for c in columns if c.kind == "code" and c.name and names.count(c.name) == 1][:TEXTS]


def python_options(table: Table | None, dialect: Dialect) -> dict[str, str]:
    found = {}
    if table and table.sheet:
        found["sheet_name="] = string_literal(table.sheet)
    elif dialect.separator != ",":
        found["sep="] = string_literal(dialect.separator)
    if dialect.decimal != ".":
        found["decimal="] = string_literal(dialect.decimal)
    if dialect.encoding != "utf-8":
        found["encoding="] = string_literal(dialect.encoding)
    if dialect.skipped:
        found["skiprows="] = str(dialect.skipped)
    if codes := codes_of(table):
        found["dtype="] = "{" + ", ".join(f"{string_literal(name)}: str" for name in codes) + "}"
    return found


def r_reader(dialect: Dialect) -> str:
    """readr's function for a separator and a decimal sign."""
    usual = {(",", "."): "read_csv", (";", ","): "read_csv2", ("\t", "."): "read_tsv"}
    return usual.get((dialect.separator, dialect.decimal), "read_delim")


def r_options(table: Table | None, dialect: Dialect) -> dict[str, str]:
    found = {}
    if table and table.sheet:
        found["sheet = "] = string_literal(table.sheet)
    if r_reader(dialect) == "read_delim":
        found["delim = "] = string_literal(dialect.separator)
    locale = {"decimal_mark": dialect.decimal} if dialect.decimal != "." else {}
    if dialect.encoding != "utf-8":
        locale["encoding"] = ICONV[dialect.encoding].lower()
    if locale and (r_reader(dialect) != "read_csv2" or len(locale) > 1):
        found["locale = "] = (
            f"readr::locale({', '.join(f'{key} = {string_literal(value)}' for key, value in locale.items())})"
        )
    if dialect.skipped:
        found["skip = "] = str(dialect.skipped)
    if (codes := codes_of(table)) and table and not table.sheet:
        types = ", ".join(f'{string_literal(name)} = "c"' for name in codes)
        found["col_types = "] = f"readr::cols({types})"
    return found


def view(name: str, dialect: Dialect) -> str:
    """A command that shows the first rows of a text file, in the encoding of today."""
    steps = []
    if dialect.encoding in ICONV:
        steps.append(f"iconv --from-code={ICONV[dialect.encoding]} --to-code=UTF-8 {name}")
    if dialect.skipped:
        steps.append(f"tail -n +{dialect.skipped + 1}{'' if steps else f' {name}'}")
    return " | ".join([*steps, "head"]) if steps else f"head {name}"
