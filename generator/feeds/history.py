"""`dataset/<id>/feed.atom`: a dataset's history in its readers' words, in each language (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from generator.feeds.atom import NAMESPACES, atom_link, encode_lines, escaped_line, feed_head, instant
from generator.feeds.digests import about
from generator.model import Dataset
from generator.model.digest import digest
from generator.site.history import DayOfChange, has_history, history_of
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    shared = digest(about(site), site.theme.strings, site.catalog.portal.commit_messages)
    for id, dataset in site.catalog.datasets.items():
        if has_history(dataset):
            made = digest(shared, site.dataset_digests[id])
            for language in site.languages:
                path = site.addresses.path(f"dataset/{id}/feed.atom", language)
                yield Task(path, render, (language, id), digest(made, language), dataset.origin.path, dataset=id)


def render(site: Site, language: str, id: str) -> bytes:
    dataset = site.catalog.datasets[id]
    days = history_of(site, language, dataset)
    path = f"dataset/{id}/"
    choose = site.speech(language).choose
    title = Words(f"{choose(dataset.title) or id} – {choose(site.catalog.title)}", language)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed {NAMESPACES} xml:lang="{language}">',
        *feed_head(site, language, path, title, instant(days[0].date), dataset.publisher),
        *(line for day in days for line in render_day(site, language, dataset, day)),
        "</feed>\n",
    ]
    return encode_lines(lines)


def render_day(site: Site, language: str, dataset: Dataset, day: DayOfChange) -> Iterator[str]:
    """An entry whose title is what matters most of a day, and whose summary is all of it, if there is more."""
    address = f"{site.addresses.absolute(f'dataset/{dataset.id}/', language)}#{day.anchor}"
    told = [*day.sentences, *day.subjects]
    yield "<entry>"
    yield f"<id>{escape(address)}</id>"
    yield f"<title>{escaped_line(told[0])}</title>"
    yield f"<updated>{instant(day.date)}</updated>"
    if len(told) > 1:
        yield f"<summary>{escape(chr(10).join(told))}</summary>"
    yield atom_link("alternate", address, type="text/html", hreflang=language)
    yield "</entry>"
