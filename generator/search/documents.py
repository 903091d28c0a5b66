"""What is searched and what is found: a dataset's texts by field, in the language shown, and its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Agent, Catalog, Concept, Dataset, Text
from generator.search.facets import close_order
from generator.site.collections import localized_keywords, recent_first
from generator.text.markdown import excerpt, plain_text
from generator.text.speech import Words, choose

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

ARCHIVED: Mapping[str, float] = {"archives": 0.7, "notPlanned": 0.9}
"""What a dataset that is no longer updated weighs beside one that is, by its accrualPeriodicity."""


PASSAGES = 1000
"""Characters of a description among which the reader's words are looked for, to show those around them."""


UNSAID = Words("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """
    What a result shows, as a Card does. `publisher` is its name, `modified` an ISO 8601 date, `kind` what a record is.

    `excerpt` is more than is shown: the reader's words decide which part of it. `rest` is not shown, and read for words
    in quotation marks alone: what the excerpt leaves of the description, then each other indexed text on a line.
    """

    id: str
    title: Words
    excerpt: Words
    publisher: Words
    formats: tuple[str, ...]
    modified: str
    rest: str = ""
    kind: Words = UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """
    A dataset as the search knows it in one language. `texts` has every field of BOOSTS, maybe empty.

    `boost` is lunr's of the whole document.
    """

    texts: Mapping[str, str]
    stub: Stub
    boost: float = 1.0


def searched(catalog: Catalog) -> list[Dataset]:
    """
    The datasets of the index, by document number: each publisher's together, then those with the same formats, the
    most recent first.

    Neighbours that have much in common make every file smaller. A withdrawn dataset is not found.
    """
    return close_order(recent_first(catalog.offered))


def collect_documents(catalog: Catalog, language: str) -> Iterator[SearchDocument]:
    """The documents of a language's index, one at a time: their texts are large."""
    themes, publishers, others = catalog.themes, catalog.publishers, catalog.portal.languages
    for dataset in searched(catalog):
        yield document_of(dataset, publishers.get(dataset.publisher), themes, language, others)


def document_of(
    dataset: Dataset,
    publisher: Agent | None,
    themes: Mapping[str, Concept],
    language: str,
    others: Sequence[str],
) -> SearchDocument:
    """The texts are those that the page shows: in its language, else in the first of the others."""

    def shown(text: Text) -> Words:
        return choose(text, (language, *others))

    description = shown(dataset.description)
    plain = plain_text(description)
    passage = excerpt(description, PASSAGES)
    keywords = localized_keywords(dataset, language, others[0])
    named = [shown(themes[theme].pref_label) for theme in dataset.theme if theme in themes]
    files = [
        text
        for item in dataset.distribution
        for text in (shown(item.title), plain_text(shown(item.description)))
        if text
    ]
    formats = tuple(dict.fromkeys(item.format for item in dataset.distribution if item.format))
    stub = Stub(
        id=dataset.id,
        title=shown(dataset.title),
        excerpt=Words(passage, description.language),
        publisher=shown(publisher.name) if publisher else UNSAID,
        formats=formats,
        modified=dataset.modified,
        rest="\n".join([left_out(plain, passage), *keywords, *named, *files]),
    )
    texts = {
        "title": stub.title,
        "keyword": "\n".join(keywords),
        "theme": "\n".join(named),
        "publisher": stub.publisher,
        "format": " ".join(formats),
        "description": plain,
        "file": "\n".join(files),
    }
    return SearchDocument(texts=texts, stub=stub, boost=ARCHIVED.get(dataset.accrual_periodicity, 1.0))


def left_out(plain: str, passage: str) -> str:
    """
    What an excerpt leaves of a text.

    >>> left_out("un deux trois", "un deux…"), left_out("un deux…", "un deux…")
    (' trois', '')
    """
    return "" if plain == passage else plain[len(passage) - 1 :]
