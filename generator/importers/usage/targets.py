"""Which dataset an address of the portal is of, and whether it is its page or a file."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.model import Catalog


@dataclass(frozen=True)
class Targets:
    """
    Where a catalogue's datasets stand: `base` is the path below which the portal is, `prefixes` those of its languages,
    `names` today's and former ids, `files` the files of each dataset that the portal publishes, `elsewhere` the
    addresses of files on other hosts, without their scheme.
    """

    base: str
    prefixes: tuple[str, ...]
    names: Mapping[str, str]
    files: Mapping[str, Container[str]]
    elsewhere: Mapping[str, str]

    @classmethod
    def of(cls, catalog: Catalog) -> Targets:
        datasets = catalog.datasets.values()
        former = {name: dataset.id for dataset in datasets for name in dataset.formerly}
        return cls(
            base=urlsplit(catalog.portal.base_url).path,
            prefixes=tuple(f"{code}/" for code in catalog.portal.languages),
            names={**former, **{dataset.id: dataset.id for dataset in datasets}},
            files={item.id: {file.file for file in item.distribution if file.file} for item in datasets},
            elsewhere={
                bare(file.download_url): item.id for item in datasets for file in item.distribution if file.download_url
            },
        )

    def find(self, address: str) -> tuple[str, str]:
        """A dataset's id and `views` or `downloads`; two empty texts for what is of no dataset, or is for machines."""
        if re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE) and bare(address) in self.elsewhere:
            return self.elsewhere[bare(address)], "downloads"
        path = unquote(urlsplit(address).path if "://" in address else re.split("[?#]", address, maxsplit=1)[0])
        path = re.sub("/{2,}", "/", f"/{path}").removeprefix(self.base).lstrip("/")
        for prefix in self.prefixes:
            path = path.removeprefix(prefix) if path.startswith(f"{prefix}dataset/") else path
        found = re.fullmatch(r"dataset/([^/]+)(?:/(.*))?", path)
        name = self.names.get(found[1], "") if found else ""
        if not found or not name:
            return "", ""
        rest = found[2] or ""
        if rest in ("", "index.html"):
            return name, "views"
        return (name, "downloads") if rest in self.files[name] else ("", "")


def bare(address: str) -> str:
    """
    An address without its scheme and its fragment, as statistics differ in both.

    >>> bare("HTTPS://exemple.org/a.csv?v=1#x")
    'exemple.org/a.csv?v=1'
    """
    return re.sub(r"^[a-z][a-z0-9+.-]*://", "", address.partition("#")[0], flags=re.IGNORECASE)
