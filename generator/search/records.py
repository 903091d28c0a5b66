"""
The records of content types as the search knows them: an index of their own beside that of the datasets, made and cut
as that one is. search-records.js asks both as if they were one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from generator.model import Page
from generator.model.digest import digest
from generator.search.documents import PASSAGES, UNSAID, SearchDocument, Stub
from generator.search.facets import column_of, compress_facet, encode_column
from generator.search.orders import encode_orders
from generator.search.packing import compress
from generator.site.memory import remembered
from generator.site.record_signatures import record_signature
from generator.site.record_words import TEXTS, WRITTEN, fields_of, heading_of, summary_of, words_of
from generator.site.records import names_in, phases_of, record_path, records_of, type_of, value_of
from generator.site.selections import searched_kinds
from generator.site.site import Site
from generator.text.markdown import plain_text
from generator.text.speech import Words, choose

PART = "records"
"""The folder of their indexes, below that of all."""

BESIDE = "../"
"""From the list of datasets, from which a result's address is told, to the folder of a language's pages."""


def searched_records(site: Site) -> Sequence[Page]:
    """The records of the index, by document number: each type's together, in its order."""
    return [page for kind in searched_kinds(site) for page in records_of(site, kind)]


def records_digest(site: Site) -> str:
    """Of all that the index is made from."""
    return digest(
        site.digest,
        [(record_signature(site, page), page.body, final_state(site, page)) for page in searched_records(site)],
    )


def collect_records(site: Site, language: str) -> Iterator[SearchDocument]:
    """The documents of a language's index, one at a time."""
    return (document_of_record(site, page, language) for page in searched_records(site))


def document_of_record(site: Site, page: Page, language: str) -> SearchDocument:
    """A record in a language, else in the first of the portal's others that says it."""
    declared, choose_ = type_of(site, page), site.speech(language).choose
    heading, body = heading_of(site, page, language), choose_(page.body)

    def said(names: Iterable[str]) -> list[Words]:
        return [words for name in names for words in words_of(site, page, name, language)]

    def of_ranges(*ranges: str) -> list[Words]:
        return said(item.name for item in fields_of(site, page, *ranges) if item.name != declared.heading)

    codes, named = of_ranges("choice", *WRITTEN), of_ranges("dataset", "record")
    texts = [*said(["description"]), *of_ranges(*TEXTS), *([Words(plain_text(body), body.language)] if body else ())]
    description, publishers = "\n".join(dict.fromkeys(texts)), of_ranges("publisher")
    kinds = [choose_(declared.singular), choose_(declared.title)]
    return SearchDocument(
        texts={
            "title": heading,
            "keyword": "\n".join([*codes, final_state(site, page, language)]),
            "theme": "\n".join(kinds),
            "publisher": "\n".join(publishers),
            "format": "",
            "description": description,
            "file": "\n".join(named),
        },
        stub=stub_of_record(site, page, language, "\n".join([description, *codes, *named, *publishers, *kinds])),
    )


def stub_of_record(site: Site, page: Page, language: str, rest: str) -> Stub:
    """A record's result: what it is, and what its card shows; in the place of formats its label and its state."""
    declared, roles = type_of(site, page), type_of(site, page).card

    def first(name: str) -> Words:
        return next(iter(words_of(site, page, name, language) if name else ()), UNSAID)

    summary, author = summary_of(site, page, language, PASSAGES), first(roles.author)
    about = first(roles.label), final_state(site, page, language)
    return Stub(
        id=f"{BESIDE}{record_path(site, page)}",
        title=heading_of(site, page, language),
        excerpt=summary if summary != author else UNSAID,
        publisher=author,
        formats=tuple(dict.fromkeys(str(words) for words in about if words)),
        modified=date_of(site, page),
        kind=site.speech(language).choose(declared.singular or declared.title),
        rest=rest,
    )


def date_of(site: Site, page: Page) -> str:
    """The date that a record's card shows."""
    return str(value_of(site, page, type_of(site, page).card.date or "date") or "")


def final_state(site: Site, page: Page, language: str = "") -> str:
    """What a record is in, where no day to come changes that: an index is not made anew each day."""
    phases = phases_of(site, page)
    if not phases or phases[-1].since > site.day:
        return ""
    return choose(phases[-1].state.label, (language, *site.languages))


def record_files(site: Site, language: str) -> Mapping[str, bytes]:
    """The columns that records are narrowed by, and the orders in which they are shown, by the directory's names."""
    pages, choose_ = searched_records(site), site.speech(language).choose
    kinds = {kind: choose_(site.catalog.types[kind].title) for kind in searched_kinds(site)}
    publishers = publisher_sets(site)
    names = {key: choose_(site.catalog.publishers[key].name) for key in chain.from_iterable(publishers)}
    columns = {"kind": column_of([[page.type] for page in pages], kinds), "publisher": column_of(publishers, names)}
    facets = {f"facet-{name}": encode_column(column, language) for name, column in columns.items() if column.labels}
    recent = sorted(pages, key=lambda page: date_of(site, page), reverse=True)
    orders = encode_orders({key_of(page): heading_of(site, page, language) for page in pages}, map(key_of, recent))
    return {name: compress_facet(file) for name, file in facets.items()} | {
        name: compress(columns) for name, columns in orders.items()
    }


def key_of(page: Page) -> str:
    return f"{page.type}/{page.id}"


@remembered
def publisher_sets(site: Site) -> Sequence[Sequence[str]]:
    """By record, the publishers that it names."""
    known = site.catalog.publishers
    return [
        [id for item in fields_of(site, page, "publisher") for id in names_in(item, page) if id in known]
        for page in searched_records(site)
    ]
