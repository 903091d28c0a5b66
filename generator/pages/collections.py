"""The pages that list all publishers, themes, keywords, formats and licences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.lists import PublisherGroup, TermsView, ThemeLink
from generator.site.addresses import file_of
from generator.site.collections import KINDS, Collection
from generator.site.links import Link, collection_link, home_link
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import vocabulary
from generator.text.slugs import slugify
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    kinds = [(agent.id, agent.kind, agent.parent) for agent in site.catalog.publishers.values()]
    for language in site.languages:
        for kind in KINDS:
            counts = [
                (key, collection.title, len(collection.datasets))
                for key, collection in site.collections[language][kind].items()
            ]
            inputs = digest(site.digest, "terms", kind, language, counts, kinds if kind == "publisher" else None)
            yield Task(file_of(site.addresses.path(f"{kind}/", language)), render, (language, kind), inputs)


def render(site: Site, language: str, kind: str) -> bytes:
    say = site.speech(language).say
    groups: Sequence[PublisherGroup] = ()
    if kind != "theme":
        groups = group_publishers(site, language) if kind == "publisher" else [whole_group(site, language, kind)]
    view = TermsView(
        chrome=make_chrome(site, f"{kind}/", language),
        title=Words(say(f"site.terms.{kind}"), language),
        description=say(f"site.terms.{kind}-description"),
        trail=(home_link(site, language),),
        kind=kind,
        groups=groups,
        themes=theme_links(site, language) if kind == "theme" else (),
    )
    return render_page(site, "terms.html", view, site.addresses.path(f"{kind}/", language))


def whole_group(site: Site, language: str, kind: str) -> PublisherGroup:
    links = [collection_link(site, collection, language) for collection in site.collections[language][kind].values()]
    return PublisherGroup(title="", links=sorted(links, key=alphabetical))


def theme_links(site: Site, language: str) -> Sequence[ThemeLink]:
    """The themes in the portal's order, with their symbols."""
    return [
        ThemeLink(
            link=collection_link(site, collection, language), icon=icon(key, site.catalog.themes[key].close_match)
        )
        for key, collection in site.collections[language]["theme"].items()
    ]


def icon(theme: str, eu: str) -> str:
    """
    The symbol of a theme in `icons.svg`: its own, else that of a default theme of the same EU theme; none where there
    is neither.

    >>> icon("transport", "TRAN"), icon("forets", "ENVI"), icon("divers", "")
    ('transport', 'environnement-ressources-naturelles-energie', '')
    """
    known = vocabulary("themes").terms
    if theme in known:
        return theme
    return next((code for code, term in known.items() if eu and term.eu == eu), "")


def alphabetical(link: Link) -> tuple[str, str]:
    return slugify(link.title), link.title


def group_publishers(site: Site, language: str) -> Sequence[PublisherGroup]:
    """
    Publishers by kind in the vocabulary's order, those without a kind last; alphabetically within, those of the same
    kind below their parent.
    """
    groups: dict[str, list[Collection]] = {}
    for key, collection in site.collections[language]["publisher"].items():
        groups.setdefault(site.catalog.publishers[key].kind, []).append(collection)
    kinds = vocabulary("publisher-kinds").terms
    other = site.speech(language).say("site.publishers.other") if len(groups) > 1 else ""
    return [
        PublisherGroup(
            title=site.speech(language).label(kinds[kind].facts["plural"]) if kind else other,
            links=tree(site, groups[kind], language),
        )
        for kind in (*kinds, "")
        if kind in groups
    ]


def tree(site: Site, collections: Sequence[Collection], language: str) -> list[Link]:
    """Publishers as links, each with its children under it; one whose parent is not among them stands by itself."""
    agents = site.catalog.publishers
    keys = {collection.key for collection in collections}
    below: dict[str, list[Collection]] = {}
    for collection in collections:
        parent = agents[collection.key].parent
        below.setdefault(parent if parent in keys else "", []).append(collection)

    def branch(parent: str) -> list[Link]:
        links = (
            replace(collection_link(site, item, language), under=branch(item.key)) for item in below.get(parent, ())
        )
        return sorted(links, key=alphabetical)

    return branch("")
