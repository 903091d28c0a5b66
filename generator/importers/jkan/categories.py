"""JKAN's categories: what each is called in other languages, and where it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.importers.jkan.records import SUFFIX, Record, listed_words, map_of, read_records, read_yaml
from generator.importers.jkan.site import reasons
from generator.importers.records import Fields, said
from generator.standards import vocabulary
from generator.text.slugs import slugify


def read_categories(source: Path, report: Report) -> dict[str, str]:
    """Category to the name of its old page, from `_dataset_categories` or `_data/categories.yml`."""
    found: dict[str, str] = {}
    for record in read_records(source, "_dataset_categories", report):
        found |= read_category(record.values, record.stem, "_dataset_categories.", report)
    for item in listed_words(read_yaml(source, "_data/categories.yml")):
        found |= read_category(map_of(item), "", "_data.categories.", report)
    return found


def read_category(values: Mapping[str, object], stem: str, prefix: str, report: Report) -> dict[str, str]:
    fields = Fields(values, report, "", reasons(), prefix)
    name = fields.take("theme", "name", "title", read=lambda value: to_line(said(value)))
    fields.rest()
    return {name: stem or slugify(name)} if name else {}


def pair_categories(records: Iterable[Record]) -> dict[str, dict[str, str]]:
    """A category to its names in other languages: those it stands beside most often."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for record in records:
        own = listed_words(record.values.get("category"))
        for key, value in record.values.items():
            match = SUFFIX.fullmatch(key)
            others = listed_words(value)
            if match and match[1] == "category" and match[2] in vocabulary("languages") and len(own) == len(others):
                for name, other in zip(own, others, strict=True):
                    if to_line(said(other)):
                        counts[to_line(said(name)), match[2]][to_line(said(other))] += 1
    pairs: dict[str, dict[str, str]] = {}
    for (name, language), names in counts.items():
        pairs.setdefault(name, {})[language] = min(names, key=lambda other: (-names[other], other))
    return pairs
