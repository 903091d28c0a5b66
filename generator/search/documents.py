"""What is searched and what is found: a dataset's texts by field, in the language shown, and its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.collections import localized_keywords, recent_first
from generator.markup import excerpt, plain_text
from generator.model import Agent, Catalog, Concept, Dataset, Text
from generator.speech import Words, choose

BOOSTS: Mapping[str, float] = {
    "title": 5,
    "keyword": 3,
    "theme": 2,
    "publisher": 2,
    "format": 2,
    "description": 1,
    "file": 0.5,
}
"""The searched fields, in the index's order, and how much a match in each one weighs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """What a result shows, as a Card does. `publisher` is an id, `modified` an ISO 8601 date."""

    id: str
    title: Words
    excerpt: Words
    publisher: str
    publisher_name: Words
    formats: tuple[str, ...]
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A dataset as the search knows it in one language. `texts` has every field of BOOSTS, maybe empty."""

    texts: Mapping[str, str]
    stub: Stub


def collect_documents(catalog: Catalog, language: str) -> list[Document]:
    """
    The documents of a language's index, the most recent first: lunr keeps their order among equal scores.

    A withdrawn dataset is not one of them.
    """
    themes, publishers, others = catalog.themes, catalog.publishers, catalog.portal.languages
    return [
        document_of(dataset, publishers.get(dataset.publisher), themes, language, others)
        for dataset in recent_first(catalog.datasets.values())
        if dataset.withdrawn is None
    ]


def document_of(
    dataset: Dataset,
    publisher: Agent | None,
    themes: Mapping[str, Concept],
    language: str,
    others: Sequence[str],
) -> Document:
    """The texts are those that the page shows: in its language, else in the first of the others."""

    def shown(text: Text) -> Words:
        return choose(text, language, others)

    description = shown(dataset.description)
    formats = tuple(dict.fromkeys(item.format for item in dataset.distribution if item.format))
    stub = Stub(
        id=dataset.id,
        title=shown(dataset.title),
        excerpt=Words(excerpt(description), description.language),
        publisher=dataset.publisher if publisher else "",
        publisher_name=shown(publisher.name) if publisher else Words("", ""),
        formats=formats,
        modified=dataset.modified,
    )
    files = [
        text
        for item in dataset.distribution
        for text in (shown(item.title), plain_text(shown(item.description)))
        if text
    ]
    texts = {
        "title": stub.title,
        "keyword": " ".join(localized_keywords(dataset, language, others[0])),
        "theme": " ".join(shown(themes[theme].pref_label) for theme in dataset.theme if theme in themes),
        "publisher": stub.publisher_name,
        "format": " ".join(formats),
        "description": plain_text(description),
        "file": " ".join(files),
    }
    return Document(texts=texts, stub=stub)


def serialize_stub(stub: Stub, language: str) -> dict[str, Any]:
    """
    The stub as search.js reads it: nothing that is empty, and no language where it is the page's.

    `language` maps the texts in another language to it, as a page marks them with `lang`.
    """
    values = {
        "id": stub.id,
        "title": stub.title,
        "excerpt": stub.excerpt,
        "publisher": {"id": stub.publisher, "name": stub.publisher_name} if stub.publisher else None,
        "formats": stub.formats,
        "modified": stub.modified,
    }
    words = {"title": stub.title, "excerpt": stub.excerpt, "publisher": stub.publisher_name}
    others = {key: text.language for key, text in words.items() if text and text.language != language}
    values["language"] = others
    return {key: value for key, value in values.items() if value}
