"""
`feed.atom`: what changed last, in the whole site and in each collection, in each language (RFC 4287).

A dataset without any date is in no feed: an entry must say when it changed, and any date that is not the dataset's own
would announce it anew at each build. A withdrawn one leaves a tombstone (RFC 6721).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from generator.feeds.dcat_ap.literals import typed_date
from generator.feeds.dcat_ap.serialization import XML_REFUSES
from generator.feeds.digests import about
from generator.feeds.parts import latest_change
from generator.feeds.plain_text import paragraphs
from generator.feeds.records import records_of
from generator.model import Dataset, Withdrawal
from generator.model.digest import digest
from generator.site import iris
from generator.site.collections import KINDS, Collection, collect
from generator.site.memory import remembered
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.markdown import one_line
from generator.text.slugs import encode_url
from generator.text.speech import Words

LENGTH = 50
"""How many datasets a feed holds, and how many tombstones at most."""

SUMMARY = 600
"""Characters of a description."""

KEPT = 20_000
"""How many entries a process keeps."""

NEVER = "1970-01-01"
"""The date of a feed in which nothing has one."""

NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'


def plan(site: Site) -> Iterator[Task]:
    catalog = site.catalog
    # The last change is the date of a feed that holds nothing.
    shared = digest(about(site), catalog.issued, latest_change(catalog.datasets.values()))
    for language in site.languages:
        yield atom_task(site, shared, language, "", "", "", site.order, withdrawn(site))
        former = former_collections(site)[language]
        for kind in KINDS:
            for key, item in site.collections[language][kind].items():
                gone = former[kind][key].datasets if key in former[kind] else ()
                made = digest(shared, item.title)
                yield atom_task(site, made, language, item.path, kind, key, item.datasets, gone)


def atom_task(
    site: Site, made: str, language: str, path: str, kind: str, key: str, ids: Sequence[str], gone: Sequence[str]
) -> Task:
    shown = [site.dataset_digests[id] for id in (*latest_gone(site, gone), *newest(site, ids))]
    return Task(
        site.addresses.path(f"{path}feed.atom", language), render, (language, kind, key), digest(made, language, shown)
    )


def withdrawn(site: Site) -> list[str]:
    return [id for id, dataset in site.catalog.datasets.items() if not dataset.offered]


@remembered
def former_collections(site: Site) -> Mapping[str, Mapping[str, Mapping[str, Collection]]]:
    """The collections that withdrawn datasets were in: language, kind, key."""
    catalog = site.catalog
    former = {id: replace(catalog.datasets[id], withdrawn=None) for id in withdrawn(site)}
    return {language: collect(replace(catalog, datasets=former), language) for language in site.languages}


def newest(site: Site, ids: Sequence[str]) -> list[str]:
    """The first of the ids, which are the most recent first; those without a date stand last."""
    return [id for id in ids[:LENGTH] if site.catalog.datasets[id].changed]


def latest_gone(site: Site, ids: Sequence[str]) -> list[str]:
    dates = {id: (site.catalog.datasets[id].withdrawn or Withdrawal()).date for id in ids}
    return sorted(filter(dates.get, sorted(dates)), key=dates.__getitem__, reverse=True)[:LENGTH]


def instant(date: str) -> str:
    """
    A date as Atom has it: the first instant of a year, a month or a day; a time without a zone is taken as UTC.

    >>> instant("2010"), instant("2010-05-01"), instant("2010-05-01T10:00+0200"), instant("2010-05-01T10:00")
    ('2010-01-01T00:00:00Z', '2010-05-01T00:00:00Z', '2010-05-01T10:00:00+02:00', '2010-05-01T10:00:00Z')
    """
    if "T" not in date:
        return (date + "-01-01"[len(date) - 4 :])[:10] + "T00:00:00Z"
    time: str = typed_date(date)["@value"]
    return time if re.search(r"(Z|[+-]\d\d:\d\d)$", time) else f"{time}Z"


# ---------------------------------------------------------------- rendering


def render(site: Site, language: str, kind: str, key: str) -> bytes:
    collection = site.collections[language][kind][key] if kind else None
    path = collection.path if collection else ""
    ids = newest(site, collection.datasets if collection else site.order)
    former = former_collections(site)[language]
    gone = latest_gone(site, (former[kind][key].datasets if key in former[kind] else ()) if kind else withdrawn(site))
    opening = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed {NAMESPACES} xml:lang="{language}">',
        *feed_head(site, language, path, feed_title(site, language, collection), updated(site, ids, gone)),
        *(deleted_entry(site, language, id) for id in gone),
    ]
    return b"\n".join([encode_lines(opening), *(kept_entry(site, language, id) for id in ids), b"</feed>\n"])


def encode_lines(lines: Iterable[str]) -> bytes:
    return XML_REFUSES.sub(b"", "\n".join(lines).encode())


def feed_title(site: Site, language: str, collection: Collection | None) -> Words:
    name = site.speech(language).choose(site.catalog.title)
    return Words(f"{site.speech(language).choose(collection.title)} – {name}", language) if collection else name


def updated(site: Site, ids: Sequence[str], gone: Sequence[str]) -> str:
    """When something in the feed last changed; else when something in the catalogue did."""
    datasets = site.catalog.datasets
    dates = [instant(datasets[id].changed) for id in ids]
    dates += [instant((datasets[id].withdrawn or Withdrawal()).date) for id in gone]
    last = instant(records_of(site).whole.modified or site.catalog.issued or NEVER)
    return max(dates, default=last, key=datetime.fromisoformat)


def feed_head(site: Site, language: str, path: str, title: Words, changed: str, publisher: str = "") -> Iterator[str]:
    """What a feed says of itself; without a publisher of its own it is the catalogue's."""
    own = site.addresses.absolute(f"{path}feed.atom", language)
    yield f"<id>{escape(own)}</id>"
    yield f"<title>{escaped_line(title)}</title>"
    yield f"<updated>{changed}</updated>"
    yield atom_link("self", own, type="application/atom+xml")
    yield atom_link("alternate", site.addresses.absolute(path, language), type="text/html", hreflang=language)
    yield render_person(site, language, publisher or site.catalog.publisher)
    yield "<generator>Vitrine</generator>"


quoted = lru_cache(maxsize=4096)(quoteattr)
"""A value of an attribute: types, languages and licences come again and again."""


def atom_link(rel: str, href: str, **more: str) -> str:
    written = "".join(f" {name}={quoted(one_line(value))}" for name, value in more.items() if value)
    return f'<link rel="{rel}" href={quoteattr(href)}{written}/>'


def render_person(site: Site, language: str, publisher: str) -> str:
    agent = site.catalog.publishers[publisher]
    name = site.speech(language).choose(agent.name) or publisher
    address = site.addresses.absolute(f"publisher/{publisher}/", language)
    return f"<author><name>{escaped_line(name)}</name><uri>{escape(address)}</uri></author>"


def deleted_entry(site: Site, language: str, id: str) -> str:
    """RFC 6721: the entry of this id is deleted, for readers that know the extension; others skip it."""
    withdrawal = site.catalog.datasets[id].withdrawn or Withdrawal()
    iri = iris.dataset_iri(site.catalog.portal.base_url, id)
    reason = site.speech(language).choose(withdrawal.reason)
    return tombstone(iri, withdrawal.date, reason, site.addresses.absolute(f"dataset/{id}/", language))


def tombstone(iri: str, date: str, reason: str, address: str) -> str:
    """What a feed says of an entry that is no more."""
    comment = f"<at:comment>{escaped_line(reason)}</at:comment>" if reason else ""
    page = atom_link("alternate", address, type="text/html")
    return f'<at:deleted-entry ref={quoteattr(iri)} when="{instant(date)}">{comment}{page}</at:deleted-entry>'


@remembered
def entries_of(site: Site) -> dict[tuple[str, str], bytes]:
    """The entries made in this process: language and id."""
    return {}


def kept_entry(site: Site, language: str, id: str) -> bytes:
    """A dataset's entry, made once and shown in each of its feeds."""
    made = entries_of(site)
    text = made.get((language, id)) or encode_lines(render_entry(site, language, site.catalog.datasets[id]))
    if len(made) < KEPT:
        made[language, id] = text
    return text


def render_entry(site: Site, language: str, dataset: Dataset) -> Iterator[str]:
    catalog, base = site.catalog, site.catalog.portal.base_url
    title = site.speech(language).choose(dataset.title)
    summary = site.speech(language).choose(dataset.description)
    yield f"<entry{said_in(title, language)}>"
    yield f"<id>{escape(iris.dataset_iri(base, dataset.id))}</id>"
    yield f"<title>{escaped_line(title or dataset.id)}</title>"
    yield f"<updated>{instant(dataset.changed)}</updated>"
    if dataset.issued:
        yield f"<published>{instant(dataset.issued)}</published>"
    if summary:
        words = first_words(one_line(paragraphs(summary)))
        yield f"<summary{said_in(summary, title.language or language)}>{escape(words)}</summary>"
    yield render_person(site, language, dataset.publisher)
    for key in dict.fromkeys(dataset.theme):
        label = site.speech(language).choose(catalog.themes[key].pref_label)
        scheme = iris.theme_scheme_iri(base)
        yield f"<category term={quoted(key)} scheme={quoted(scheme)} label={quoted(one_line(label))}/>"
    for code in site.languages:
        yield atom_link(
            "alternate", site.addresses.absolute(f"dataset/{dataset.id}/", code), type="text/html", hreflang=code
        )
    yield atom_link("alternate", f"{base}dataset/{dataset.id}.jsonld", type="application/ld+json")
    if dataset.license and dataset.license.iri:
        yield atom_link("license", encode_url(dataset.license.iri))
    for item in dataset.distribution:
        # A file is an enclosure; what is no file is on the page.
        if address := iris.file_url(base, dataset.id, item.file) if item.file else item.download_url:
            size = "" if item.byte_size is None else str(item.byte_size)
            title = site.speech(language).choose(item.title)
            yield atom_link("enclosure", encode_url(address), type=item.media_type, length=size, title=title)
    yield "</entry>"


def said_in(words: Words, language: str) -> str:
    return f' xml:lang="{words.language}"' if words.language and words.language != language else ""


def first_words(text: str) -> str:
    """A summary of a text: its first words."""
    return text if len(text) <= SUMMARY else text[: text.rfind(" ", 1, SUMMARY)] + "…"


def escaped_line(text: str) -> str:
    return escape(one_line(text))
