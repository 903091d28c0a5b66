"""The page of each record of a content type."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Page, Withdrawal
from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.dataset_lines import related_line
from generator.pages.record_lists import list_link
from generator.pages.record_parts import parts_of
from generator.pages.record_sets import card
from generator.pages.record_values import anchor_of, fact, reference_link
from generator.pages.renderer import render_page, render_text
from generator.pages.views.content import ContentCard, ContentView, Gone
from generator.pages.views.frame import Fact
from generator.site.addresses import file_of
from generator.site.links import Link, home_link
from generator.site.record_signatures import record_signature
from generator.site.records import (
    STATE,
    names_in,
    record_named,
    records_of,
    state_of,
    type_of,
    withdrawn_records,
    withdrawn_within,
)
from generator.site.selections import label_of_field
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    for kind, declared in site.catalog.types.items():
        if declared.within:
            continue
        above = {language: digest(list_link(site, kind, language)) for language in site.languages}
        for page in (*records_of(site, kind), *withdrawn_records(site, kind)):
            made = digest(site.digest, "record", record_signature(site, page), page)
            for language in site.languages:
                file = file_of(site.addresses.path(page.address, language))
                yield Task(
                    file, render, (language, kind, page.id), digest(made, language, above[language]), page.source
                )


def render(site: Site, language: str, kind: str, id: str) -> bytes:
    page = record_named(site, kind, id)
    assert page is not None
    declared, choose = type_of(site, page), site.speech(language).choose
    if page.withdrawn:
        return render_withdrawn(site, language, page)
    body, said = render_text(site, page.body, language, page.folder)
    shown = card(site, language, page)
    datasets = [item for item in declared.published if item.range == "dataset"]
    url, when = declared.card.url, declared.calendar
    view = ContentView(
        chrome=make_chrome(site, page.address, language),
        title=choose(page.title),
        description=str(shown.excerpt),
        trail=(home_link(site, language), list_link(site, kind, language), *parents(site, page, language)),
        kind=kind,
        singular=choose(declared.singular),
        card=shown,
        body=body,
        body_language=said,
        facts=facts_of(site, page, language),
        parts=list(parts_of(site, page, language)),
        calendar=site.addresses.link(f"{page.address}event.ics", language) if when and page[when.start] else "",
        site_url=str(page[url] or "") if url and has_button(site, page) else "",
        site_label=site.speech(language).label(label_of_field(site, kind, url)) if url else "",
        datasets=[related_line(site, language, key) for item in datasets for key in names_in(item, page)],
        datasets_title=site.speech(language).label(datasets[0].label) if datasets else "",
        gone=[gone_view(site, item, language) for item in withdrawn_within(site).get(page.address, ())],
    )
    return render_page(site, "content.html", view, site.addresses.path(page.address, language))


def has_button(site: Site, page: Page) -> bool:
    """Whether the state of a record lets its address be followed: one answers while a consultation is open."""
    states = type_of(site, page).card.url_states
    state = state_of(site, page)
    return not states or (state is not None and state.code in states)


def render_withdrawn(site: Site, language: str, page: Page) -> bytes:
    """What stays of a withdrawn record under its address: its name, when and why."""
    choose = site.speech(language).choose
    title = choose(page.title)
    view = ContentView(
        chrome=make_chrome(site, page.address, language),
        title=title,
        description="",
        trail=(home_link(site, language), list_link(site, page.type, language)),
        kind=page.type,
        singular=choose(type_of(site, page).singular),
        card=ContentCard(title=title, url="", anchor="", excerpt=Words("", ""), label=Words("", ""), by=Words("", "")),
        withdrawn=gone_view(site, page, language),
    )
    return render_page(site, "content.html", view, site.addresses.path(page.address, language))


def gone_view(site: Site, page: Page, language: str) -> Gone:
    withdrawal, choose = page.withdrawn or Withdrawal(), site.speech(language).choose
    return Gone(
        anchor=anchor_of(page),
        title=choose(page.title),
        date=withdrawal.date,
        reason=choose(withdrawal.reason),
    )


def parents(site: Site, page: Page, language: str) -> list[Link]:
    """The records that a record belongs to, where its type says which field leads there."""
    found = [item for item in type_of(site, page).published if item.range == "record" and not item.many]
    links = (reference_link(site, item.type, str(page[item.name]), language) for item in found[:1] if page[item.name])
    return [link for link in links if link]


def facts_of(site: Site, page: Page, language: str) -> list[Fact]:
    """What the record says in a few words each; texts, datasets and what its card shows have their own places."""
    declared = type_of(site, page)
    roles = declared.card
    elsewhere = {roles.picture, roles.url, "alternative", declared.heading}
    if not declared.is_register:
        elsewhere |= {roles.label, roles.author}
    fields = [item.name for item in declared.published if item.range not in ("markdown", "dataset")]
    computed = [rule.name for rule in declared.computed if rule.range != "series"]
    names = [name for name in (*fields, *computed) if name not in elsewhere and name != STATE]
    return [found for name in names if (found := fact(site, page, name, language))]
