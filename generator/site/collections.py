"""Datasets gathered by publisher, theme, keyword, format and licence: what has a page of its own in the site."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model import Catalog, Dataset, LicenseDocument, Text
from generator.standards import vocabulary
from generator.text.slugs import slugify

KINDS = ("publisher", "theme", "keyword", "format", "license")
"""The kinds of collection; each one's pages are below a folder of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Datasets that share a value. `key` is its slug in the address; `datasets` are ids, the most recent first."""

    kind: str
    key: str
    title: Text
    datasets: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"{self.kind}/{self.key}/"


def gathered_by(dataset: Dataset) -> object:
    """All of a dataset that decides where it is among others: in collections, in order of date, as related."""
    formats = tuple(item.format for item in dataset.distribution)
    gathered = dataset.publisher, dataset.theme, dataset.keyword, formats, dataset.license
    return gathered, dataset.changed, dataset.offered


def is_gathered_alike(one: Catalog, other: Catalog) -> bool:
    """Whether the datasets of two catalogues are gathered, ordered and related in one way."""
    shared = one.publishers is other.publishers and one.theme_taxonomy is other.theme_taxonomy
    if not shared or one.portal is not other.portal or one.datasets.keys() != other.datasets.keys():
        return False
    pairs = ((dataset, other.datasets[key]) for key, dataset in one.datasets.items())
    return all(here is there or gathered_by(here) == gathered_by(there) for here, there in pairs)


def recent_first(datasets: Iterable[Dataset]) -> list[Dataset]:
    """By last update, the latest first, then by id; those without a date come last."""
    by_id = sorted(datasets, key=lambda dataset: dataset.id)
    return sorted(by_id, key=lambda dataset: dataset.changed, reverse=True)


def license_key(license: LicenseDocument) -> str:
    """The licence in addresses: by its code, else by its own address, else by its name."""
    return license.code or slugify(license.iri.partition("://")[2] or next(iter(license.name.values()), ""))


def localized_keywords(dataset: Dataset, language: str, default: str) -> tuple[str, ...]:
    """The keywords shown on a page in the language: its own, else the default language's, else any."""
    for code in (language, default, *dataset.keyword):
        if dataset.keyword.get(code):
            return dataset.keyword[code]
    return ()


def keyword_language(dataset: Dataset, language: str, default: str) -> str:
    return next((code for code in (language, default, *dataset.keyword) if dataset.keyword.get(code)), "")


def collect(catalog: Catalog, language: str) -> Mapping[str, Mapping[str, Collection]]:
    """
    Kind to its collections by key. Publishers and themes stand in the catalogue's order and may be empty; the rest
    holds what datasets name, by key. Only keywords depend on the language.
    """
    datasets = recent_first(catalog.offered)
    members: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
    spellings: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    licenses: dict[str, Text] = {}
    default = catalog.portal.default_language
    for dataset in datasets:
        members["publisher"][dataset.publisher].append(dataset.id)
        for theme in dict.fromkeys(dataset.theme):
            members["theme"][theme].append(dataset.id)
        said = keyword_language(dataset, language, default)
        for word in dataset.keyword.get(said, ()):
            key = slugify(word)
            spellings[key][(word, said)] += 1
            if members["keyword"][key][-1:] != [dataset.id]:
                members["keyword"][key].append(dataset.id)
        for key in dict.fromkeys(slugify(item.format) for item in dataset.distribution if item.format):
            members["format"][key].append(dataset.id)
        if dataset.license:
            key = license_key(dataset.license)
            licenses.setdefault(key, dataset.license.name)
            members["license"][key].append(dataset.id)
    titles: Mapping[str, Mapping[str, Text]] = {
        "publisher": {agent.id: agent.name for agent in catalog.publishers.values()},
        "theme": {concept.id: concept.pref_label for concept in catalog.theme_taxonomy},
        "keyword": {key: usual_spelling(spellings[key]) for key in sorted(members["keyword"])},
        "format": format_titles(datasets),
        "license": dict(sorted(licenses.items())),
    }
    return {
        kind: {
            key: Collection(kind=kind, key=key, title=title, datasets=tuple(members[kind].get(key, ())))
            for key, title in titles[kind].items()
        }
        for kind in KINDS
    }


def usual_spelling(spellings: Counter[tuple[str, str]]) -> Text:
    """The most frequent spelling; of equals the first in code point order."""
    word, language = min(spellings, key=lambda pair: (-spellings[pair], pair))
    return {language: word}


def format_titles(datasets: Iterable[Dataset]) -> dict[str, Text]:
    """Format slug to its name, which is the same in every language."""
    names = {item.format for dataset in datasets for item in dataset.distribution if item.format}
    known = vocabulary("formats")
    return {slugify(name): {"": known[name].code if name in known else name} for name in sorted(names)}
