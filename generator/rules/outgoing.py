"""Addresses of others: where each one is written, and what `links.csv` knows of it that the publisher must mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import Answer, Catalog, Distribution, LicenseDocument, Written
from generator.model.answers import asked_form
from generator.model.diagnostics import Diagnostic, Place
from generator.rules.prose import WrittenText, find_prose
from generator.standards import properties
from generator.standards.asking import asking, row_of
from generator.text.bare_addresses import find_addresses
from generator.text.code_spans import mask_code
from generator.text.markdown import find_links, line_and_column


class Mention(NamedTuple):
    """An address where it is written, as it is written; `promised` is the format of the file that is to be there."""

    place: Place
    address: str
    promised: str = ""


def check_outgoing(catalog: Catalog) -> Iterator[Diagnostic]:
    """What is certain: addresses that failed on several days, and those that moved for good."""
    for address, mentions in find_mentions(catalog).items() if catalog.answers else ():
        if answer := catalog.answers.get(address):
            for mention in mentions:
                yield from check_answer(mention, answer)


def check_answer(mention: Mention, answer: Answer) -> Iterator[Diagnostic]:
    place, value = mention.place, mention.address
    if answer.verdict == "broken" and answer.status == "page":
        if mention.promised:
            yield Diagnostic.at(place, "page-for-file", value=value, format=mention.promised, date=answer.failing)
    elif answer.verdict == "broken":
        number = f" ({answer.status})" if answer.status.isdecimal() else ""
        reason = row_of(answer.status)
        yield Diagnostic.at(place, "broken-address", value=value, date=answer.failing, reason=reason, number=number)
    elif answer.verdict == "answers" and answer.moved:
        fragment = "".join(value.partition("#")[1:]) if "#" not in answer.moved else ""
        yield Diagnostic.at(place, "moved-address", value=value, better=f"{answer.moved}{fragment}")


def find_mentions(catalog: Catalog) -> Mapping[str, Sequence[Mention]]:
    """Each address of others, in the form in which it is asked, with all the places where it is written; sorted."""
    found: dict[str, list[Mention]] = {}
    for mention in (*in_properties(catalog), *in_records(catalog), *in_texts(catalog), *in_redirects(catalog)):
        asked = asked_form(mention.address)
        if asked.lower().startswith(("http://", "https://")) and not asked.startswith(catalog.portal.base_url):
            found.setdefault(asked, []).append(mention)
    return dict(sorted(found.items()))


def in_properties(catalog: Catalog) -> Iterator[Mention]:
    for item in (catalog, catalog.portal, *catalog.publishers.values(), *catalog.offered):
        yield from properties_of(item)


def in_records(catalog: Catalog) -> Iterator[Mention]:
    """The addresses that records say in the fields of their type which everybody may read."""
    for page in catalog.pages:
        for field in catalog.types[page.type].published if page.type else ():
            if field.range == "url" and (value := page[field.name]):
                for address in value if field.many else (value,):
                    yield Mention(page.origin.part(field.name, address), address)


def properties_of(item: Written) -> Iterator[Mention]:
    """The addresses of an object and of those in it; that of a licence of our own list is not the publisher’s."""
    if isinstance(item, LicenseDocument) and item.code:
        return
    kind = type(item).__name__
    asked = asking("asked")["properties"].get(kind, ())
    for row in properties()[kind].values():
        for value in row.listed(getattr(item, row.attribute)):
            if isinstance(value, Written):
                yield from properties_of(value)
            elif row.name in asked:
                promised = promise_of(item) if isinstance(item, Distribution) and row.name == "downloadURL" else ""
                yield Mention(item.origin.part(row.name, value), value, promised)


def promise_of(item: Distribution) -> str:
    """The format of the file that a distribution says is there; nothing where that is a page, or not said."""
    is_page = item.media_type in asking("pages")["types"]
    return "" if is_page else item.format or item.media_type


def in_texts(catalog: Catalog) -> Iterator[Mention]:
    gone = {dataset.id for dataset in catalog.datasets.values() if not dataset.offered}
    for prose in find_prose(catalog):
        if prose.folder.removeprefix("dataset/").rstrip("/") not in gone:
            yield from text_links(prose)


def text_links(prose: WrittenText) -> Iterator[Mention]:
    """The links of a text, and the addresses that stand in it as such."""
    if ":" not in prose.words and "www." not in prose.words.casefold():
        return
    for line, column, target in find_links(prose.words):
        yield Mention(prose.place(line, column), target)
    for start, address in find_addresses(mask_code(prose.words)):
        yield Mention(prose.place(*line_and_column(prose.words, start)), address)


def in_redirects(catalog: Catalog) -> Iterator[Mention]:
    return (Mention(redirect.place, redirect.target) for redirect in catalog.redirects)
