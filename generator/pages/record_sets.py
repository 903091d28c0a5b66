"""Records together: as cards, in a table, along time, or counted by their states; under headings where a type asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from generator.model import ContentType, Page, Section
from generator.model.conditions import last_day
from generator.model.pages import first_day
from generator.pages.chrome import waits
from generator.pages.record_values import anchor_of, file_beside, mark_of, present, reference_link
from generator.pages.views.content import Bar, ContentCard, Group, Heading, Mark, RecordSet, Row, Span, Table
from generator.pages.views.frame import Prose
from generator.site.links import Link
from generator.site.record_words import heading_of
from generator.site.records import STATE, record_path, type_of, value_of
from generator.site.selections import Selection, keys_of, label_of, label_of_field
from generator.site.site import Site
from generator.text.markdown import excerpt
from generator.text.speech import Words

NOTHING = Words("", "")
NUMBERS = ("integer", "number", "money")


def record_link(site: Site, page: Page, language: str) -> Link:
    return Link(title=heading_of(site, page, language), url=site.addresses.link(record_path(site, page), language))


def card(site: Site, language: str, page: Page) -> ContentCard:
    """A record in a list of cards; its own words where it has no summary."""
    roles, choose = type_of(site, page).card, site.speech(language).choose
    summary = first_words(site, page, roles.summary or "description", language)
    body = choose(page.body)
    picture = page[roles.picture] if roles.picture else ""
    return ContentCard(
        title=heading_of(site, page, language),
        url=site.addresses.link(record_path(site, page), language),
        anchor=anchor_of(page),
        excerpt=summary or Words(excerpt(body), body.language),
        date=value_of(site, page, roles.date or "date") or "",
        label=first_words(site, page, roles.label, language),
        by=first_words(site, page, roles.author, language),
        picture=file_beside(page, picture) if picture else "",
        alternative=str(choose(page["alternative"] or {})),
        waits=waits(site, page.path, language, brief=True),
        mark=mark_of(site, page, language),
    )


def first_words(site: Site, page: Page, name: str, language: str) -> Words:
    """What a field says in a few plain words."""
    values = present(site, page, name, language) if name else ()
    if not values:
        return NOTHING
    first = values[0]
    if isinstance(first, Prose):
        said = site.speech(language).choose(value_of(site, page, name))
        return Words(excerpt(said), said.language)
    return first.title if isinstance(first, Link) else first


def record_set(
    site: Site, language: str, pages: Sequence[Page], section: Section | None = None, apart: str = ""
) -> RecordSet:
    """
    Records of one type as its declaration, or a section of another's page, shows them. `apart` is a field that all of
    them share, which is not said again.
    """
    kind = pages[0].type
    declared = site.catalog.types[kind]
    layout = (section.layout if section else "") or declared.layout or ("table" if declared.is_register else "list")
    if layout == "timeline":
        return RecordSet(kind=kind, layout=layout, spans=spans(site, language, pages))
    if layout == "progress":
        return RecordSet(kind=kind, layout=layout, bars=bars(site, language, pages))
    if layout == "grid" and section:
        return RecordSet(
            kind=kind, layout=layout, groups=[Group(titles=(), table=grid(site, language, pages, section))]
        )
    names = (section.columns if section else ()) or declared.columns or usual_columns(declared)
    names = tuple(name for name in names if name not in (apart, declared.heading))
    grouping = (section.group,) if section and section.group else () if section else declared.group
    fields = tuple(name for name in grouping if name != apart)
    groups = []
    for titles, members in grouped(site, language, pages, fields):
        if layout == "table":
            groups.append(Group(titles=titles, table=table(site, language, declared, members, names)))
        else:
            groups.append(Group(titles=titles, cards=[card(site, language, page) for page in members]))
    return RecordSet(kind=kind, layout=layout, depth=len(fields), groups=groups)


def usual_columns(declared: ContentType) -> tuple[str, ...]:
    """The columns of a type that names none: all that fits in a cell."""
    return tuple(item.name for item in declared.published if item.range != "markdown")


def table(site: Site, language: str, declared: ContentType, pages: Iterable[Page], names: Sequence[str]) -> Table:
    label = site.speech(language).label
    rows = [
        Row(
            anchor=anchor_of(page),
            heading=record_link(site, page, language),
            cells=[cell_of(site, page, name, language) for name in names],
        )
        for page in pages
    ]
    heading = label(label_of_field(site, declared.id, declared.heading if declared.is_register else "title"))
    fields = declared.by_name
    numbers = [name in fields and fields[name].range in NUMBERS and not fields[name].many for name in names]
    columns = [label(label_of_field(site, declared.id, name)) for name in names]
    return Table(heading=heading, columns=columns, numbers=numbers, rows=rows)


def grid(site: Site, language: str, pages: Sequence[Page], section: Section) -> Table:
    """
    A row for each value of the field that groups, a column for each of the first of the section's columns; where the
    two meet stands what the record of both says in the other columns.
    """
    across, *shown = section.columns
    heads = {str(value_of(site, page, across)): page for page in pages}
    rows = []
    for title, members in parted(site, language, pages, section.group):
        found = {str(value_of(site, page, across)): page for page in members}
        cells = [cells_of(site, found.get(key), shown, language) for key in sorted(heads)]
        heading = title if isinstance(title, Link) else Link(title=title or NOTHING, url="")
        rows.append(Row(anchor=f"{anchor_of(members[0])}-{section.group}", heading=heading, cells=cells))
    columns = [first_words(site, heads[key], across, language) for key in sorted(heads)]
    label = site.speech(language).label(label_of_field(site, pages[0].type, section.group))
    return Table(heading=label, columns=columns, numbers=[False] * len(columns), rows=rows)


def cells_of(
    site: Site, page: Page | None, names: Sequence[str], language: str
) -> Sequence[Link | Prose | Words | Mark]:
    return [value for name in names for value in cell_of(site, page, name, language)] if page else []


def cell_of(site: Site, page: Page, name: str, language: str) -> Sequence[Link | Prose | Words | Mark]:
    if name != STATE:
        return present(site, page, name, language)
    mark = mark_of(site, page, language)
    return [mark] if mark else []


def grouped(
    site: Site, language: str, pages: Sequence[Page], fields: Sequence[str], depth: int = 0
) -> list[tuple[Sequence[Heading], Sequence[Page]]]:
    """
    Records under the values of the first field, and within each under those of the next, in the order of the field's
    choices; each group has the headings that begin with it. Without fields all are under no heading.
    """
    if not fields:
        return [((), pages)]
    found: list[tuple[Sequence[Heading], Sequence[Page]]] = []
    for title, members in parted(site, language, pages, fields[0]):
        (first, shown), *rest = grouped(site, language, members, fields[1:], depth + 1)
        own = (Heading(depth=depth, title=title),) if title else ()
        found += [((*own, *first), shown), *rest]
    return found


def parted(
    site: Site, language: str, pages: Sequence[Page], name: str
) -> list[tuple[Words | Link | None, Sequence[Page]]]:
    """Records by their value in a field, with what it is called; those that have none come last, under no title."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        for key in keys_of(site, page, name)[:1] or [""]:
            found.setdefault(key, []).append(page)
    field = type_of(site, pages[0]).by_name.get(name)
    order = [choice.code for choice in field.choices] if field else []
    keys = sorted(found, key=lambda key: (key == "", order.index(key) if key in order else len(order)))
    return [
        (part_title(site, language, Selection(pages[0].type, name, key), found[key][0]), found[key]) for key in keys
    ]


def part_title(site: Site, language: str, part: Selection, page: Page) -> Words | Link | None:
    """What the value of a field is called; a link where it leads somewhere."""
    field = type_of(site, page).by_name.get(part.field)
    if not part.key:
        return None
    leads = field and field.range in ("publisher", "record", "dataset")
    if field and leads and (link := reference_link(site, field.type or field.range, part.key, language)):
        return link
    value = value_of(site, page, part.field)
    if field and field.range == "text" and isinstance(value, Mapping):
        return site.speech(language).choose(value)
    return site.speech(language).choose(label_of(site, part))


def bars(site: Site, language: str, pages: Sequence[Page]) -> list[Bar]:
    """How many records are in each state of their type."""
    counts = Counter(value_of(site, page, STATE) for page in pages)
    found: list[Bar] = []
    for state in type_of(site, pages[0]).states:
        if count := counts[state.code]:
            left = round(sum(bar.percent for bar in found), 2)
            label = site.speech(language).choose(state.label)
            found.append(Bar(label=label, tone=state.tone, count=count, left=left, percent=share_of(count, pages)))
    return found


def share_of(count: int, pages: Sequence[Page]) -> float:
    return round(100 * count / len(pages), 2)


def spans(site: Site, language: str, pages: Sequence[Page]) -> list[Span]:
    """Records along time, from the first beginning to the last end; what has no dates is left out."""
    when = type_of(site, pages[0]).calendar
    if when is None:
        return []
    dates = [(page, page[when.start], page[when.end] or page[when.start]) for page in pages if page[when.start]]
    if not dates:
        return []
    days = [(page, ordinal(first_day(start)), ordinal(last_day(end))) for page, start, end in dates]
    first, last = min(start for _, start, _ in days), max(end for _, _, end in days)
    width = max(last - first, 1)
    return [
        Span(
            title=record_link(site, page, language),
            start=start,
            end=end,
            left=round(100 * (begins - first) / width, 2),
            width=max(round(100 * (ends - begins) / width, 2), 1),
            mark=mark_of(site, page, language),
        )
        for (page, start, end), (_, begins, ends) in zip(dates, days, strict=True)
    ]


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
