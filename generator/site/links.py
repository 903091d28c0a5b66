"""Links with their words, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import MenuItem
from generator.site.collections import Collection
from generator.site.memory import remembered
from generator.site.representations import HARVEST
from generator.site.site import Site
from generator.text.speech import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its text; `count` is how many datasets it leads to, `current` that this is the page one is on.

    `under` are links that belong below it."""

    title: Words
    url: str
    count: int | None = None
    current: bool = False
    under: Sequence[Link] = ()


def home_link(site: Site, language: str) -> Link:
    return program_link(site, "site.home", "", language)


def terms_link(site: Site, kind: str, language: str) -> Link:
    """To the list of all datasets, or of all publishers, themes and so on."""
    return program_link(site, f"site.terms.{kind}", f"{kind}/", language)


def harvest_link(site: Site, language: str) -> Link:
    return program_link(site, "site.harvest.title", HARVEST, language)


def program_link(site: Site, key: str, path: str, language: str) -> Link:
    """A link whose words are the program's."""
    return Link(title=Words(site.speech(language).say(key), language), url=site.addresses.link(path, language))


@remembered
def publisher_link(site: Site, key: str, language: str) -> Link:
    agent = site.catalog.publishers[key]
    return Link(title=site.speech(language).choose(agent.name), url=site.addresses.link(f"publisher/{key}/", language))


def collection_link(site: Site, collection: Collection, language: str) -> Link:
    return Link(
        title=site.speech(language).choose(collection.title),
        url=site.addresses.link(collection.path, language),
        count=len(collection.datasets),
    )


def entry_links(site: Site, items: Iterable[MenuItem], language: str) -> Sequence[Link]:
    """What portal.yaml links to, in the page's language."""
    choose = site.speech(language).choose
    leads = [(choose(item.title), site.addresses.lead(item.url, "", language)) for item in items]
    return [Link(title=title, url=url) for title, url in leads if url is not None]
