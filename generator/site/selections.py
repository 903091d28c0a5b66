"""The parts into which a list of records falls: by a category, a state, a publisher, a year."""

from __future__ import annotations

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


def rank(declared: ContentType, name: str, item: tuple[str, Sequence[Page]]) -> tuple[Any, ...]:
    """
    Codes stand in their declared order, and states in that of the list; years with the last first, the others by how
    many records they have.
    """
    key, pages = item
    field = declared.by_name.get(name)
    if name == STATE:
        place = [state.code for state in declared.states].index(key)
        return (-place if f"-{STATE}" in declared.sort else place,)
    if field and field.range == "choice":
        return ([choice.code for choice in field.choices].index(key),)
    if field and field.range in DATES:
        return (-int(key),)
    return (-len(pages), key)


def members(site: Site, selection: Selection) -> Sequence[Page]:
    """The records of a selection, in their type's order."""
    if not selection.field:
        return records_of(site, selection.kind)
    return selections_of(site, selection.kind)[selection.field].get(selection.key, ())


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
    if isinstance(value, Mapping):
        return [slug] if (slug := slugify(choose(value, site.languages))) else []
    return [str(item) for item in (value if isinstance(value, tuple) else (value,))]


def label_of(site: Site, selection: Selection) -> Text:
    """What a part of a list is called, in every language that says it."""
    declared = site.catalog.types[selection.kind]
    name, key = selection.field, selection.key
    field = declared.by_name.get(name)
    if name == STATE:
        return next(state.label for state in declared.states if state.code == key)
    range_ = field.range if field else "date"
    if field and range_ == "choice":
        return field.labels[key]
    if range_ == "publisher" and key in site.catalog.publishers:
        return site.catalog.publishers[key].name
    if range_ == "dataset" and key in site.catalog.datasets:
        return site.catalog.datasets[key].title
    if field and range_ == "record" and (record := record_named(site, field.type, key)):
        return record.title
    if range_ == "boolean":
        return vocabulary("truths")[key].title
    if range_ in ("text", "markdown") and (pages := members(site, selection)):
        said: dict[str, str] = {}
        for page in pages:
            said = {**page[name], **said}
        return said
    return {site.default: key}


def label_of_field(site: Site, kind: str, name: str) -> Text:
    """What a field is called."""
    declared = site.catalog.types[kind]
    known = {item.name: item.label for item in declared.fields} | {item.name: item.label for item in declared.computed}
    return known.get(name) or vocabulary("common-fields")[name].title
