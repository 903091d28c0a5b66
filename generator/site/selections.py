"""The parts into which a list of records falls: by a category, a state, a publisher, a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.model import ContentType, Page
from generator.site.memory import remembered
from generator.site.records import DATES, STATE, record_named, records_of, type_of, value_of
from generator.site.site import Site
from generator.standards import vocabulary
from generator.text.languages import Text
from generator.text.slugs import slugify
from generator.text.speech import choose

TEXTS = ("text", "markdown")
STEP = re.compile(r"\w[\w.-]*")
"""What may be a step of a path as it is."""


class Selection(NamedTuple):
    """The records of a type that have a value in a field; all of them where `field` is empty."""

    kind: str
    field: str = ""
    key: str = ""

    def path(self, site: Site) -> str:
        """Where its list is, with a slash at its end."""
        own = site.catalog.types[self.kind].path
        return f"{own}{self.field}/{self.key}/" if self.field else own


@remembered
def selections_of(site: Site, kind: str) -> Mapping[str, Mapping[str, Sequence[Page]]]:
    """Field to key to the records that have it, in the type's order; the keys in the order of the field's choices."""
    declared = site.catalog.types[kind]
    found: dict[str, dict[str, list[Page]]] = {name: {} for name in declared.filters}
    for page in records_of(site, kind):
        for name in declared.filters:
            for key in keys_of(site, page, name):
                found[name].setdefault(key, []).append(page)
    return {
        name: dict(sorted(keys.items(), key=lambda item: rank(declared, name, item))) for name, keys in found.items()
    }


@remembered
def searched_kinds(site: Site) -> Sequence[str]:
    """The content types whose records are searched: those that do not stay out of it, and have any."""
    return [kind for kind, declared in site.catalog.types.items() if declared.search and records_of(site, kind)]


def rank(declared: ContentType, name: str, item: tuple[str, Sequence[Page]]) -> tuple[Any, ...]:
    """
    Codes stand in their declared order, and states in that of the list; years with the last first, the others by how
    many records they have.
    """
    key, pages = item
    field = declared.by_name.get(name)
    if name == STATE:
        place = [path_key(state.code) for state in declared.states].index(key)
        return (-place if f"-{STATE}" in declared.sort else place,)
    if field and field.range == "choice":
        return ([path_key(choice.code) for choice in field.choices].index(key),)
    if field and field.range in DATES:
        return (-int(key),)
    return (-len(pages), key)


def members(site: Site, selection: Selection) -> Sequence[Page]:
    """The records of a selection, in their type's order."""
    if not selection.field:
        return records_of(site, selection.kind)
    return selections_of(site, selection.kind).get(selection.field, {}).get(selection.key, ())


def all_selections(site: Site, kind: str) -> Iterator[Selection]:
    """The whole of a type, then each of its parts."""
    yield Selection(kind)
    for name, keys in selections_of(site, kind).items():
        yield from (Selection(kind, name, key) for key in keys)


def keys_of(site: Site, page: Page, name: str) -> list[str]:
    """The parts of a list that a record is in by one of its fields."""
    value = value_of(site, page, name)
    if value in (None, "", (), {}):
        return []
    if isinstance(value, bool):
        return [str(value).lower()]
    field = type_of(site, page).by_name.get(name)
    if name == "date" or (field and field.range in DATES):
        return [str(value)[:4]]
    if isinstance(value, Mapping) or (field and field.range in TEXTS):
        return [key for text in texts_in(value) if (key := text_key(site, text))]
    return [path_key(str(item)) for item in (value if isinstance(value, tuple) else (value,))]


def words_in(value: Any) -> Sequence[str]:
    return value if isinstance(value, tuple) else (value,)


def texts_in(value: Any) -> Sequence[Text]:
    """The texts of a field, of which a list has several."""
    return value if isinstance(value, tuple) else (value,)


def text_key(site: Site, text: Text) -> str:
    return slugify(choose(text, site.languages))


def path_key(code: str) -> str:
    """
    A value as a step of a path.

    >>> path_key("C01.1"), path_key("../a b"), path_key("..")
    ('C01.1', 'a-b', 'x-5ec1f7e7')
    """
    return code if STEP.fullmatch(code) else slugify(code)


@remembered
def label_of(site: Site, selection: Selection) -> Text:
    """What a part of a list is called, in every language that says it."""
    declared = site.catalog.types[selection.kind]
    name, key = selection.field, selection.key
    field = declared.by_name.get(name)
    if name == STATE:
        return next(state.label for state in declared.states if path_key(state.code) == key)
    range_ = field.range if field else "date"
    if field and range_ == "choice":
        return next(choice.label for choice in field.choices if path_key(choice.code) == key)
    if range_ == "publisher" and key in site.catalog.publishers:
        return site.catalog.publishers[key].name
    if range_ == "dataset" and key in site.catalog.datasets:
        return site.catalog.datasets[key].title
    if field and range_ == "record" and (record := record_named(site, field.type, key)):
        return record.title
    if range_ == "boolean":
        return vocabulary("truths")[key].title
    if range_ == "token":
        words = (word for page in members(site, selection) for word in words_in(page[name]))
        return {site.default: next((word for word in words if path_key(word) == key), key)}
    if range_ in TEXTS and (pages := members(site, selection)):
        said: dict[str, str] = {}
        for text in (text for page in pages for text in texts_in(page[name])):
            if text_key(site, text) == key:
                said = {**text, **said}
        return said
    return {site.default: key}


def label_of_field(site: Site, kind: str, name: str) -> Text:
    """What a field is called."""
    declared = site.catalog.types[kind]
    known = {item.name: item.label for item in declared.fields} | {item.name: item.label for item in declared.computed}
    return known.get(name) or vocabulary("common-fields")[name].title
