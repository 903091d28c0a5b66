"""The parts of a record's page: its longer texts, the records that name it, and its numbers along time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.model import ContentType, Page, Section
from generator.pages.record_charts import chart_of
from generator.pages.record_sets import record_set
from generator.pages.record_values import present
from generator.pages.views.content import PagePart
from generator.pages.views.frame import Prose
from generator.site.links import Link
from generator.site.memory import remembered
from generator.site.record_signatures import record_signature
from generator.site.records import STATE, Series, named_by, rank_of, rules_of, type_of, value_of
from generator.site.selections import Selection, label_of_field, path_key
from generator.site.site import Site
from generator.text.speech import Words


def parts_of(site: Site, page: Page, language: str) -> Iterator[PagePart]:
    """The parts that its type declares, else each of its texts, then each kind of record that names it."""
    declared, state = type_of(site, page), value_of(site, page, STATE)
    sections = [*(declared.sections or usual_sections(site, declared, page))]
    listed = {section.records for section in sections}
    for section in sections:
        if section.states and state not in section.states:
            continue
        if section.field:
            yield from field_part(site, page, section, language, listed)
        else:
            yield from records_part(site, page, section, language)


def usual_sections(site: Site, declared: ContentType, page: Page) -> Iterator[Section]:
    yield from (Section(field=item.name) for item in declared.published if item.range == "markdown")
    yield from (Section(field=rule.name) for rule in declared.computed if rule.range == "series")
    drawn = {rule.of for rule in declared.computed if rule.range == "series"}
    kinds = dict.fromkeys(mention.page.type for mention in named_by(site).get((page.type, page.id), ()))
    yield from (Section(records=kind) for kind in kinds if kind not in drawn)


def field_part(site: Site, page: Page, section: Section, language: str, listed: Collection[str]) -> Iterator[PagePart]:
    """A field as a part; the numbers of a series have their places in their own list, if that is shown too."""
    label = site.speech(language).choose(section.title or label_of_field(site, page.type, section.field))
    value = value_of(site, page, section.field)
    if isinstance(value, Series):
        anchored = rules_of(site, page.type)[section.field].of not in listed
        chart = chart_of(site, page, section.field, language, anchored)
        yield PagePart(anchor=section.field, title=label, chart=chart)
        return
    values = present(site, page, section.field, language)
    if values and isinstance(values[0], Prose):
        yield PagePart(anchor=section.field, title=label, prose=values[0])


def records_part(site: Site, page: Page, section: Section, language: str) -> Iterator[PagePart]:
    """The records of a type that name this one, or name one that does, in their type's order."""
    found = followers_of(site, page, section.records)
    if not found:
        return
    field, pages = found
    declared = site.catalog.types[section.records]
    inverse = declared.by_name[field].inverse
    title = site.speech(language).choose(section.title or inverse or declared.title)
    anchor = f"{section.records}-{section.layout}" if section.layout else section.records
    yield PagePart(anchor=anchor, title=title, records=record_set(site, language, pages, section, field))


def followers_of(site: Site, page: Page, kind: str) -> tuple[str, Sequence[Page]] | None:
    """
    The records of a type that name a record, and the field in which the first of them does; where the type can't name
    it, those that name a record that does.
    """
    named, declared = [page], site.catalog.types[kind]
    references = [item for item in declared.published if item.range == "record"]
    if all(item.type != page.type for item in references):
        steps = (followers_of(site, page, item.type) for item in references if item.type != kind)
        named = [item for found in steps if found for item in found[1]]
    mentions = [
        mention
        for item in named
        for mention in named_by(site).get((item.type, item.id), ())
        if mention.page.type == kind
    ]
    if not mentions:
        return None
    order = rank_of(site, kind)
    pages = sorted({item.page.path: item.page for item in mentions}.values(), key=lambda item: order[item.path])
    return mentions[0].field.name, pages


MOST = 12
"""How many records of a type are shown with the dataset that they name."""

FEW = 5
"""How many of them with the publisher, whom more of them name."""


@remembered
def mentions_of(site: Site, kind: str, id: str) -> Mapping[tuple[str, str], Sequence[Page]]:
    """The records that name a dataset or a publisher, in their order, by their type and the field that does."""
    found: dict[tuple[str, str], list[Page]] = {}
    for field, page in named_by(site).get((kind, id), ()):
        if not type_of(site, page).within:
            found.setdefault((page.type, field.name), []).append(page)
    for (type_id, _), pages in found.items():
        order = rank_of(site, type_id)
        pages.sort(key=lambda item: order[item.path])
    return found


def mention_inputs(site: Site, kind: str, id: str, most: int = MOST) -> object:
    """What the records that name a dataset or a publisher say, as far as its page shows them."""
    return [
        (key, len(pages), [record_signature(site, page) for page in pages[:most]])
        for key, pages in mentions_of(site, kind, id).items()
    ]


def mentions_parts(site: Site, kind: str, id: str, language: str, most: int = MOST) -> list[PagePart]:
    """What names a dataset or a publisher, a part for each type of record and what it says of it."""
    parts = []
    for (type_id, name), pages in mentions_of(site, kind, id).items():
        declared = site.catalog.types[type_id]
        title = site.speech(language).choose(declared.by_name[name].inverse or declared.title)
        parts.append(
            PagePart(
                anchor=f"{type_id}-{name}",
                title=Words(title, title.language),
                records=record_set(site, language, pages[:most], apart=name),
                more=rest_link(site, type_id, name, id, len(pages), language) if len(pages) > most else None,
            )
        )
    return parts


def rest_link(site: Site, kind: str, name: str, id: str, count: int, language: str) -> Link:
    """To the list of all records that name something by a field, or, where it is not parted so, to that of all."""
    part = Selection(kind, name, path_key(id)) if name in site.catalog.types[kind].filters else Selection(kind)
    said = site.speech(language).say("site.records.every", count=count)
    return Link(title=Words(said, language), url=site.addresses.link(part.path(site), language))
