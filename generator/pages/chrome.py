"""What surrounds a page: its menu, its twins in other languages, its feeds, the portal's name and logo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.pages.views.frame import Alternate, Chrome, LogoView
from generator.site.addresses import link, search_directory
from generator.site.following import follow_link, followed_records
from generator.site.history import has_history
from generator.site.links import Link, entry_links, harvest_link, home_link, publisher_link, terms_link
from generator.site.memory import remembered
from generator.site.representations import Feed, catalog_forms, dataset_forms, part_forms
from generator.site.site import Site
from generator.standards import vocabulary
from generator.text.speech import Words

MENU = ("dataset", "theme", "publisher")
"""What the menu of a portal that names none leads to."""


def make_chrome(site: Site, path: str, language: str, available: Iterable[str] | None = None) -> Chrome:
    """Around the page of a path in a language; `available` are the languages that have it, by default all."""
    catalog = site.catalog
    return Chrome(
        language=language,
        site=site.speech(language).choose(catalog.title),
        home=home_link(site, language).url,
        menu=menu(site, path, language),
        alternates=alternates(site, path, language, available),
        feeds=feeds_of_page(site, path, language),
        follow=followed(site, path, language),
        following=follow_link(site, language),
        search=site.addresses.link("dataset/", language),
        index=link(search_directory(language)),
        publisher=publisher_link(site, catalog.publisher, language),
        logo=logo(site, language),
        noindex=site.noindex,
        waits=waits(site, path, language),
        footer=footer(site, language),
    )


def waits(site: Site, path: str, language: str, brief: bool = False) -> str:
    """That a page is not published yet and why, in a sentence or in a few words; nothing for one that is."""
    release = site.waiting.get((path.strip("/"), language)) or site.waiting.get((path.strip("/"), ""))
    if release is None:
        return ""
    speech = site.speech(language)
    kind = "draft" if release.draft else "dated"
    date = speech.date(release.date) if not release.draft else ""
    return speech.say(f"site.waits.{'brief-' if brief else ''}{kind}", date=date)


def alternates(site: Site, path: str, language: str, available: Iterable[str] | None) -> tuple[Alternate, ...]:
    """The page in each language that has it."""
    names = vocabulary("languages")
    return tuple(
        Alternate(
            code=code,
            name=names[code].facts.get("name", code) if code in names else code,
            url=site.addresses.link(path, code),
            absolute=site.addresses.absolute(path, code),
            current=code == language,
        )
        for code in (site.languages if available is None else available)
    )


@remembered
def logo(site: Site, language: str) -> LogoView | None:
    picture, told = site.theme.logo, site.catalog.portal.logo
    if picture is None:
        return None
    alt = site.speech(language).choose(told.alt if told else {})
    url = link(site.theme.addresses[picture.asset])
    return LogoView(url=url, alt=alt, width=picture.width, height=picture.height)


def feeds_of_page(site: Site, path: str, language: str) -> Sequence[Feed]:
    """The page's own machine-readable forms, else the catalogue's, and what changed last."""
    kind, key = kind_and_key(path)
    dataset = site.catalog.datasets.get(key) if kind == "dataset" else None
    updates = followed(site, path, language) or whole_feed(site, language)
    if dataset:
        return [*dataset_forms(dataset), updates]
    if key in site.collections[language].get(kind, {}):
        return [*part_forms(kind, key), updates]
    return [*catalog_forms(), updates]


def followed(site: Site, path: str, language: str) -> Feed | None:
    """The feed of what a page is about: a dataset with a history, datasets in a list, or records in one."""
    kind, key = kind_and_key(path)
    choose = site.speech(language).choose
    if kind == "dataset" and key in site.catalog.datasets:
        dataset = site.catalog.datasets[key]
        return news_feed(site, f"dataset/{key}/", language, choose(dataset.title)) if has_history(dataset) else None
    if collection := site.collections[language].get(kind, {}).get(key):
        return news_feed(site, collection.path, language, choose(collection.title))
    if records := followed_records(site, language).get(re.sub(r"page/\d+/$", "", path)):
        return news_feed(site, records.path, language, records.title)
    return whole_feed(site, language) if kind == "dataset" else None


def kind_and_key(path: str) -> tuple[str, str]:
    """
    >>> kind_and_key("dataset/arbres/"), kind_and_key("theme/eau/page/2/"), kind_and_key("")
    (('dataset', 'arbres'), ('theme', 'eau'), ('', ''))
    """
    kind, _, rest = path.partition("/")
    return kind, rest.partition("/")[0]


def whole_feed(site: Site, language: str) -> Feed:
    return news_feed(site, "", language, site.speech(language).choose(site.catalog.title))


def news_feed(site: Site, path: str, language: str, title: str) -> Feed:
    said = site.speech(language).say("site.updates", title=title)
    url = site.addresses.link(f"{path}feed.atom", language)
    return Feed(title=said, url=url, media_type="application/atom+xml")


@remembered
def footer(site: Site, language: str) -> Sequence[Link]:
    return [
        *entry_links(site, site.catalog.portal.footer, language),
        *filter(None, [follow_link(site, language)]),
        harvest_link(site, language),
    ]


def menu(site: Site, path: str, language: str) -> Sequence[Link]:
    here = path.strip("/")
    return [
        Link(title=title, url=url, current=target.strip("/") == here)
        for title, url, target in menu_entries(site, language)
    ]


@remembered
def menu_entries(site: Site, language: str) -> Sequence[tuple[Words, str, str]]:
    """The menu in a language: title, link, and what portal.yaml wrote."""
    choose = site.speech(language).choose
    items = [(choose(item.title), item.url) for item in site.catalog.portal.menu]
    items = items or [(terms_link(site, kind, language).title, f"/{kind}/") for kind in MENU]
    leads = [(title, site.addresses.lead(url, "", language), url) for title, url in items]
    return [(title, url, target) for title, url, target in leads if url is not None]
