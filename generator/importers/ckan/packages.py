"""CKAN's packages as they come: what a record says, in which languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.authoring.report import Report
from generator.importers.html import to_line
from generator.importers.languages import own_language, rank_languages, read_tag, spoken_texts
from generator.importers.records import Fields, Reasons, said, says_nothing, unfolded
from generator.standards.yaml_loader import SAFE

Package = Mapping[str, Any]
TEXTS = ("title", "notes")


@cache
def reasons() -> Reasons:
    """Key to why it is left out."""
    text = (Path(__file__).parent / "fields.yaml").read_text(encoding="utf-8")
    table = yaml.load(text, Loader=SAFE)
    return {key: f"left-out.{reason}" for reason, keys in table.items() for key in keys}


def extras_of(package: Package) -> dict[str, Any]:
    """CKAN's extras, as a map or as a list of key and value."""
    extras = package.get("extras") or {}
    if isinstance(extras, list):
        return {said(item.get("key")): item.get("value") for item in extras if isinstance(item, dict)}
    return dict(extras) if isinstance(extras, dict) else {}


def fields_of(package: Package, report: Report, subject: str, paths: Mapping[str, str]) -> Fields:
    """A package's keys, its extras among them where it lacks them itself; `paths` are what keys were called."""
    own = {key: value for key, value in package.items() if not says_nothing(value) and key != "extras"}
    extras = extras_of(package)
    renamed = {key: f"extras.{key}" for key in extras if key not in own}
    twins = {key: value for key, value in extras.items() if key in own and said(value) != said(own[key])}
    for key, value in twins.items():
        report.tell("left-out.repeated", subject, f"extras.{key}", said(value))
    return Fields({**extras, **own}, report, subject, reasons(), "", {**renamed, **paths})


def package_name(package: Package) -> str:
    return to_line(said(package.get("name"))) or to_line(said(package.get("id")))


def organization_name(package: Package) -> str:
    organization = package.get("organization")
    if isinstance(organization, dict):
        return to_line(said(organization.get("name"))) or to_line(said(organization.get("title")))
    return to_line(said(organization))


def language_words(value: Any) -> list[str]:
    """
    >>> language_words("FR"), language_words('["fr", "en"]'), language_words("{fr,en}"), language_words(None)
    (['FR'], ['fr', 'en'], ['fr', 'en'], [])
    """
    if isinstance(value, list):
        return [said(item) for item in value]
    text = said(value)
    if text[:1] in "[{":
        return [part for part in re.split(r"[\s,\[\]{}\"']+", text) if part]
    return [part.strip() for part in text.split(",") if part.strip()]


def tagged_texts(values: Mapping[str, Any], key: str) -> tuple[list[tuple[str, str]], set[str]]:
    """
    A text with its tags, and the keys that it stood in: translations of ckanext-fluent (`title_translated`, or a map in
    the key itself), of suffixes (`title_fr`, `title-fr`), or the key alone.

    >>> tagged_texts({"title": "Trees", "title_fr": "Arbres"}, "title")[0]
    [('', 'Trees'), ('fr', 'Arbres')]
    """
    found: list[tuple[str, str]] = []
    keys: set[str] = set()
    for name in (f"{key}_translated", key):
        value = unfolded(values.get(name)) if name != key or isinstance(values.get(name), dict) else values.get(name)
        if isinstance(value, dict):
            keys.add(name)
            found += [(said(tag).partition("-t-")[0], said(text)) for tag, text in value.items() if said(text)]
    if not found and said(values.get(key)):
        found.append(("", said(values[key])))
    keys |= {f"{key}_translated", key} & values.keys()
    for name, value in values.items():
        tag = name.removeprefix(key)[1:] if name.startswith((f"{key}_", f"{key}-")) else ""
        if re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2})?", tag) and read_tag(tag) and said(value):
            found.append((tag, said(value)))
            keys.add(name)
    return list(dict.fromkeys(found)), keys


def translated(fields: Fields, key: str, ours: str) -> dict[str, str]:
    """A text of a record by language, its own under ""."""
    texts, keys = tagged_texts(fields.values, key)
    for name in sorted(keys):
        fields.took(name, ours)
    return spoken_texts(fields.report, fields.subject, texts)


def ckan_texts(package: Package, key: str) -> list[tuple[str, str]]:
    return tagged_texts(package, key)[0]


def rank(packages: Iterable[Package]) -> tuple[str, list[str]]:
    """The language of texts without a tag, and the others: as the tags tell, the most used first."""
    packages = list(packages)
    tags = [[read_tag(tag) for key in TEXTS for tag, _ in ckan_texts(package, key)] for package in packages]
    stated = [
        code
        for package in packages
        for word in language_words(package.get("language") or extras_of(package).get("language"))
        if (code := read_tag(word))
    ]
    ranked, _ = rank_languages(tags, dict.fromkeys(stated))
    untagged = [text for package in packages for key in TEXTS for tag, text in ckan_texts(package, key) if not tag]
    if ranked and len(untagged) < len(packages):
        # As many texts in two languages: the one that the bare twin of a translated text is in is the portal's own.
        bare = {said(package.get("title")) for package in packages}
        own = [read_tag(tag) for package in packages for tag, text in ckan_texts(package, "title") if text in bare]
        first = max(ranked, key=own.count) if own else ranked[0]
        return first, [code for code in ranked if code != first]
    first = own_language(untagged, stated, ranked)
    return first, [code for code in ranked if code != first]
