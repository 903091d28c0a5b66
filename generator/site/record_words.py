"""What a record says in plain words, for whoever searches or lists it: names of codes, of what it names, of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model import Field, Page
from generator.site.record_signatures import title_of
from generator.site.records import DATES, REFERENCES, type_of, value_of
from generator.site.site import Site
from generator.text.markdown import excerpt, plain_text
from generator.text.speech import Words

TEXTS = ("text", "markdown")
WRITTEN = ("token",)
"""Ranges whose values are said as they are written."""


def heading_of(site: Site, page: Page, language: str) -> Words:
    """What a record is called; one that is called by a date, as the language says dates."""
    field = type_of(site, page).by_name.get(type_of(site, page).heading)
    if field and field.range in DATES:
        return Words(site.speech(language).date(str(page[field.name])), language)
    return site.speech(language).choose(page.title)


def words_of(site: Site, page: Page, name: str, language: str) -> Sequence[Words]:
    """A field's values in plain words; nothing of what is no word: numbers, days, addresses, files."""
    value, choose = value_of(site, page, name), site.speech(language).choose
    if value in (None, "", (), {}) or isinstance(value, bool):
        return ()
    field = type_of(site, page).by_name.get(name)
    items = value if isinstance(value, tuple) else (value,)
    if field and field.range in REFERENCES:
        said = [choose(title_of(site, field, str(item))) for item in items]
    elif field and field.range == "choice":
        said = [choose(field.labels.get(str(item), {})) for item in items]
    elif field and field.range in WRITTEN:
        said = [Words(str(item), "") for item in items]
    else:
        said = [choose(item) for item in items if isinstance(item, Mapping)]
    return [Words(plain_text(words), words.language) for words in said if words]


def summary_of(site: Site, page: Page, language: str, length: int) -> Words:
    """The first words of what a record's card shows of it, else of its description, else of its own text."""
    choose = site.speech(language).choose
    for name in filter(None, (type_of(site, page).card.summary, "description")):
        if said := words_of(site, page, name, language):
            return Words(excerpt(said[0], length), said[0].language)
    body = choose(page.body)
    return Words(excerpt(body, length), body.language)


def fields_of(site: Site, page: Page, *ranges: str) -> list[Field]:
    """The published fields of some ranges that the type of a record declares."""
    return [item for item in type_of(site, page).published if item.range in ranges]
