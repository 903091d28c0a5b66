"""The list of each content type's records, and of each part that its filters make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Page
from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.lists import pagination, record_index
from generator.pages.record_sets import record_set
from generator.pages.renderer import render_page, render_text
from generator.pages.views.content import ContentListView, Filter, RecordSet
from generator.pages.views.home import ContentBlock
from generator.site.addresses import file_of, link, page_path
from generator.site.links import Link, home_link
from generator.site.memory import remembered
from generator.site.record_signatures import record_signature
from generator.site.records import records_of, state_of
from generator.site.representations import Feed
from generator.site.selections import (
    Selection,
    all_selections,
    label_of,
    label_of_field,
    members,
    searched_kinds,
    selections_of,
)
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.speech import Words

CARDS, ROWS = 20, 50
"""How many records stand on one page."""

FILTER_LINKS = 30
"""How many values of a field a list leads to."""


def plan(site: Site) -> Iterator[Task]:
    for kind in site.catalog.types:
        own = opening(site, kind)
        if not records_of(site, kind) and own is None:
            continue
        counts = [
            (name, [(key, len(pages)) for key, pages in keys.items()])
            for name, keys in selections_of(site, kind).items()
        ]
        shared = digest(site.digest, "records", kind, own, counts)
        for selection in all_selections(site, kind):
            yield from plan_selection(site, selection, shared, own.source if own else "")


def plan_selection(site: Site, selection: Selection, shared: str, source: str) -> Iterator[Task]:
    pages = members(site, selection)
    for number in range(1, page_count(site, selection) + 1):
        shown = [record_signature(site, page) for page in page_items(site, selection, pages, number)]
        made = digest(
            shared, selection, label_of(site, selection) if selection.field else "", number, len(pages), shown
        )
        for language in site.languages:
            file = file_of(site.addresses.path(page_path(selection.path(site), number), language))
            yield Task(file, render_list, (language, *selection, number), f"{made}{language}", source)


def page_size(site: Site, kind: str) -> int:
    declared = site.catalog.types[kind]
    return ROWS if (declared.layout or ("table" if declared.is_register else "")) == "table" else CARDS


def page_count(site: Site, selection: Selection) -> int:
    return max(1, -(-len(members(site, selection)) // page_size(site, selection.kind)))


def page_items(site: Site, selection: Selection, pages: Sequence[Page], number: int) -> Sequence[Page]:
    size = page_size(site, selection.kind)
    return pages[(number - 1) * size : number * size]


@remembered
def opening(site: Site, kind: str) -> Page | None:
    """The page of the type's own folder, whose words stand above the list."""
    path = site.catalog.types[kind].path.rstrip("/")
    return next((page for page in site.catalog.pages if page.path == path), None)


@remembered
def list_title(site: Site, kind: str, language: str) -> Words:
    own, choose = opening(site, kind), site.speech(language).choose
    return (choose(own.title) if own else Words("", "")) or choose(site.catalog.types[kind].title)


def list_link(site: Site, kind: str, language: str) -> Link:
    return Link(
        title=list_title(site, kind, language), url=site.addresses.link(site.catalog.types[kind].path, language)
    )


def render_list(site: Site, language: str, kind: str, field: str, key: str, number: int) -> bytes:
    selection = Selection(kind, field, key)
    own, pages = opening(site, kind), members(site, selection)
    path, choose = page_path(selection.path(site), number), site.speech(language).choose
    first = own if own and number == 1 and not field else None
    body, said = render_text(site, first.body, language, first.folder) if first else ("", "")
    summary = choose(own.description) if own else Words("", "")
    shown = page_items(site, selection, pages, number)
    whole = list_link(site, kind, language)
    view = ContentListView(
        chrome=make_chrome(site, path, language),
        title=list_title(site, kind, language),
        description=summary or choose(site.catalog.types[kind].description),
        trail=(home_link(site, language), *((whole,) if field else ())),
        kind=kind,
        body=body,
        body_language=said,
        count=len(pages),
        records=record_set(site, language, shown) if shown else RecordSet(kind=kind, layout="list"),
        filters=filters_of(site, selection, language),
        picked=choose(label_of(site, selection)) if field else None,
        whole=whole.url,
        downloads=downloads_of(site, selection, language),
        pagination=pagination(site, language, selection.path(site), page_count(site, selection), number),
        search=record_index(site, language) if kind in searched_kinds(site) and not field else "",
    )
    return render_page(site, "content-list.html", view, site.addresses.path(path, language))


def filters_of(site: Site, selection: Selection, language: str) -> list[Filter]:
    """The ways to narrow the list; a field of which all records have one value narrows nothing."""
    found = []
    for name, keys in selections_of(site, selection.kind).items():
        if len(keys) < 2:
            continue
        links = [
            Link(
                title=site.speech(language).choose(label_of(site, part)),
                url=site.addresses.link(part.path(site), language),
                count=len(keys[part.key]),
                current=part == selection,
            )
            for part in (Selection(selection.kind, name, key) for key in [*keys][:FILTER_LINKS])
        ]
        found.append(Filter(title=site.speech(language).label(label_of_field(site, selection.kind, name)), links=links))
    return found


def downloads_of(site: Site, selection: Selection, language: str) -> list[Feed]:
    """The list as files."""
    path, say = selection.path(site), site.speech(language).say
    when = site.catalog.types[selection.kind].calendar
    dated = when and not selection.field and any(page[when.start] for page in members(site, selection))
    calendar = Feed(
        title=say("site.records.calendar"),
        url=site.addresses.link(f"{path}calendar.ics", language),
        media_type="text/calendar",
    )
    return [
        *([calendar] if dated else ()),
        Feed(title="CSV", url=link(f"{path}index.csv"), media_type="text/csv"),
        Feed(title="JSON", url=link(f"{path}index.json"), media_type="application/json"),
    ]


def home_block(site: Site, kind: str, language: str) -> ContentBlock | None:
    """The records of a type that the home page shows; nothing without any."""
    declared = site.catalog.types.get(kind)
    home = declared.home if declared else None
    if declared is None:
        return None
    states = home.states if home else ()
    found = [page for page in records_of(site, kind) if not states or state_code(site, page) in states]
    count = (home.count if home else None) or 3
    if not found:
        return None
    title = site.speech(language).choose(home.title) if home and home.title else list_title(site, kind, language)
    return ContentBlock(
        title=title, records=record_set(site, language, found[:count]), all=list_link(site, kind, language)
    )


def state_code(site: Site, page: Page) -> str:
    state = state_of(site, page)
    return state.code if state else ""
