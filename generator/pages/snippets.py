"""Lines that load a dataset's files in Python, in R and on the command line."""

from __future__ import annotations

import json
import posixpath
import shlex
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.model import Dataset, Distribution
from generator.pages.views.dataset import Snippets
from generator.site.iris import file_url
from generator.site.site import Site
from generator.standards import read_rows


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
            lines=fill(format_, file_address(site, dataset, item)),
        )
        for format_, item in first.items()
    ]


def file_address(site: Site, dataset: Dataset, item: Distribution) -> str:
    """Where the file can be fetched from anywhere."""
    return file_url(site.catalog.portal.base_url, dataset.id, item.file) if item.file else item.download_url


def fill(format_: str, url: str) -> dict[str, str]:
    """
    The lines of a format for a file, its address quoted as each language wants it.

    >>> print(fill("CSV", "https://exemple.org/l'eau.csv")["Bash"])
    curl --location --output 'l'"'"'eau.csv' 'https://exemple.org/l'"'"'eau.csv'
    head 'l'"'"'eau.csv'
    """
    name = unquote(posixpath.basename(urlsplit(url).path)) or f"data.{format_.lower()}"
    name = f"./{name}" if name.startswith("-") else name
    literal = json.dumps(url)
    rows = patterns()[format_]
    return {
        "Python": rows["python"].format(url=literal).rstrip("\n"),
        "R": rows["r"].format(url=literal).rstrip("\n"),
        "Bash": rows["shell"].format(url=shlex.quote(url), name=shlex.quote(name)).rstrip("\n"),
    }
