"""The lists of content types' records as files: CSV and JSON of the whole and of each part, Atom of the latest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from generator.feeds.atom import (
    LENGTH,
    NAMESPACES,
    NEVER,
    atom_link,
    encode_lines,
    escaped_line,
    feed_head,
    instant,
    said_in,
    tombstone,
)
from generator.feeds.plain_text import paragraphs
from generator.model import ContentType, Page, Withdrawal
from generator.model.digest import digest
from generator.site.record_signatures import record_signature, title_of
from generator.site.records import (
    REFERENCES,
    STATE,
    Series,
    Share,
    counted_since,
    day_of,
    names_in,
    record_path,
    records_of,
    type_of,
    value_of,
    withdrawn_records,
)
from generator.site.selections import Selection, all_selections, label_of, members
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.languages import Text
from generator.text.markdown import excerpt, one_line
from generator.text.speech import Words

TEXTS = ("text", "markdown")
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
BATCH = 500
"""How many records are written in one piece."""


def plan(site: Site) -> Iterator[Task]:
    for kind in site.catalog.types:
        if not records_of(site, kind):
            continue
        for selection in all_selections(site, kind):
            pages, path = members(site, selection), selection.path(site)
            gone = [] if selection.field else withdrawn_records(site, kind)
            made = digest(site.digest, selection, [record_signature(site, page) for page in (*pages, *gone)])
            yield Task(f"{path}index.csv", render_csv, tuple(selection), f"{made}csv", streamed=len(pages) > BATCH)
            yield Task(f"{path}index.json", render_json, tuple(selection), f"{made}json", streamed=len(pages) > BATCH)
            for language in site.languages:
                file = site.addresses.path(f"{path}feed.atom", language)
                yield Task(file, render_atom, (language, *selection), f"{made}{language}")


# ------------------------------------------------------------------- CSV


def render_csv(site: Site, kind: str, field: str, key: str) -> Iterator[bytes]:
    """A row a record; a text in several languages has a column in each, a list its values between semicolons."""
    declared = site.catalog.types[kind]
    columns = [*columns_of(site, declared)]
    pages = members(site, Selection(kind, field, key))
    heads = [f"{name}_{language}" if language else name for name, language in columns]
    yield written_rows([["id", "@id", *heads]])
    for start in range(0, len(pages), BATCH):
        yield written_rows(
            [page.id, address_of(site, page), *(cell(site, page, name, language) for name, language in columns)]
            for page in pages[start : start + BATCH]
        )


def written_rows(rows: Any) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def columns_of(site: Site, declared: ContentType) -> Iterator[tuple[str, str]]:
    """The names of what a record says, with a language where it is a text."""
    if not declared.is_register:
        yield from (("title", language) for language in site.languages)
        yield from (("description", language) for language in site.languages)
        yield "date", ""
    for item in declared.published:
        if item.range in TEXTS:
            yield from ((item.name, language) for language in site.languages)
        else:
            yield item.name, ""
    yield from ((rule.name, "") for rule in declared.computed)
    if declared.states:
        yield STATE, ""


def cell(site: Site, page: Page, name: str, language: str) -> str:
    value = plain(site, page, name)
    if language:
        said = value or {}
        found = (one.get(language, "") for one in said) if isinstance(said, list) else [said.get(language, "")]
        return ";".join(found)
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def plain(site: Site, page: Page, name: str) -> Any:
    """
    What a record says, in JSON's kinds of value; of what it names, only what is published, and of days those whose
    number is settled: one that grows every day follows from the dates beside it.
    """
    if counted_since(site, page, name):
        return None
    value = value_of(site, page, name)
    field = site.catalog.types[page.type].by_name.get(name)
    if field and field.range == "dataset":
        known = [id for id in names_in(field, page) if id in site.catalog.datasets]
        return known if field.many else next(iter(known), None)
    if isinstance(value, Share):
        return f"{value.done}/{value.total}"
    if isinstance(value, Series):
        return value.last.value if value.last else None
    if isinstance(value, tuple):
        return list(value)
    if field and field.range in ("number", "money") and value:
        return float(value)
    return dict(value) if isinstance(value, Mapping) else value or (value if value in (0, False) else None)


def address_of(site: Site, page: Page) -> str:
    return site.addresses.absolute(record_path(site, page))


# ------------------------------------------------------------------- JSON


def render_json(site: Site, kind: str, field: str, key: str) -> Iterator[bytes]:
    """`title`, `count` and the `records` in order, each with its id, address (`@id`) and fields."""
    selection = Selection(kind, field, key)
    declared, pages = site.catalog.types[kind], members(site, selection)
    title = label_of(site, selection) if field else declared.title
    head = {
        "type": kind,
        "title": dict(title),
        "url": site.addresses.absolute(selection.path(site)),
        "count": len(pages),
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "records": ['.encode()
    names = list(dict.fromkeys(name for name, _ in columns_of(site, declared)))
    for start in range(0, len(pages), BATCH):
        lines = [json_record(site, page, names) for page in pages[start : start + BATCH]]
        yield ((",\n" if start else "\n") + ",\n".join(lines)).encode()
    gone = [] if field else [json_withdrawn(site, page) for page in withdrawn_records(site, kind)]
    yield (f'\n], "withdrawn": {json.dumps(gone, ensure_ascii=False)}}}\n' if gone else "\n]}\n").encode()


def json_withdrawn(site: Site, page: Page) -> Mapping[str, Any]:
    """What stays of a withdrawn record: its id and address, when and why."""
    said = page.withdrawn or Withdrawal()
    return {"id": page.id, "@id": address_of(site, page), "date": said.date, "reason": dict(said.reason)}


def json_record(site: Site, page: Page, names: Sequence[str]) -> str:
    said = {name: found for name in names if (found := plain(site, page, name)) not in (None, [], {})}
    return json.dumps({"id": page.id, "@id": address_of(site, page), **said}, ensure_ascii=False)


# ------------------------------------------------------------------- Atom


def render_atom(site: Site, language: str, kind: str, field: str, key: str) -> bytes:
    """The latest records, by their own dates; one without a date is in no feed."""
    selection = Selection(kind, field, key)
    dated = sorted(
        (page for page in members(site, selection) if day_of(site, page)), key=lambda page: day_of(site, page)
    )
    pages = dated[::-1][:LENGTH]
    choose = site.speech(language).choose
    part = f"{choose(label_of(site, selection))} – " if field else ""
    title = Words(f"{part}{choose(site.catalog.types[kind].title)} – {choose(site.catalog.title)}", language)
    gone = [] if field else [page for page in withdrawn_records(site, kind) if page.withdrawn and page.withdrawn.date]
    days = [*(day_of(site, page) for page in pages), *(page.withdrawn.date for page in gone if page.withdrawn)]
    last = max((instant(day) for day in days), default=instant(NEVER), key=datetime.fromisoformat)
    return encode_lines(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed {NAMESPACES if gone else ATOM} xml:lang="{language}">',
            *feed_head(site, language, selection.path(site), title, last),
            *(deleted_record(site, language, page) for page in gone),
            *(line for page in pages for line in entry(site, language, page)),
            "</feed>\n",
        ]
    )


def deleted_record(site: Site, language: str, page: Page) -> str:
    """RFC 6721: a record that was withdrawn."""
    said = page.withdrawn or Withdrawal()
    reason = site.speech(language).choose(said.reason)
    return tombstone(
        address_of(site, page), said.date, reason, site.addresses.absolute(record_path(site, page), language)
    )


def entry(site: Site, language: str, page: Page) -> Iterator[str]:
    choose = site.speech(language).choose
    title = choose(page.title)
    declared = site.catalog.types[page.type]
    said = choose(summary_of(site, page, declared.card.summary or "description") or page.body)
    yield f"<entry{said_in(title, language)}>"
    yield f"<id>{escaped_line(address_of(site, page))}</id>"
    yield f"<title>{escaped_line(title)}</title>"
    yield f"<updated>{instant(day_of(site, page))}</updated>"
    if said:
        words = escaped_line(one_line(excerpt(paragraphs(said))))
        yield f"<summary{said_in(said, title.language or language)}>{words}</summary>"
    for item in declared.published:
        for name in names_in(item, page) if item.range in REFERENCES else ():
            yield f'<category term="{escaped_line(name)}" scheme="{escaped_line(item.range)}"/>'
    for code in site.languages:
        target = site.addresses.absolute(record_path(site, page), code)
        yield atom_link("alternate", target, type="text/html", hreflang=code)
    yield "</entry>"


def summary_of(site: Site, page: Page, name: str) -> Text:
    """What a field says in words: its text, its code's label, or what that which it names is called."""
    value, field = value_of(site, page, name), type_of(site, page).by_name.get(name)
    if value in (None, "", ()) or isinstance(value, Mapping):
        return value or {}
    first = value[0] if isinstance(value, tuple) else value
    if field and field.range == "choice":
        return field.labels.get(first, {})
    if field and field.range in REFERENCES:
        return title_of(site, field, first)
    return first if isinstance(first, Mapping) else {site.default: str(first)}
