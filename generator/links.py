"""Links in Markdown to pages of the portal: each one leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from generator.diagnostics import Diagnostic, Place, closest
from generator.markup import find_anchors, find_links
from generator.pages.text import address
from generator.prose import find_prose
from generator.site import Site
from generator.tasks import Bundle, Copy, Task
from generator.urls import file_of


def check_links(site: Site, plan: Sequence[Task | Bundle | Copy]) -> Iterator[Diagnostic]:
    """Dead links, on the plan. Datasets that are left out for errors of their own are not missed twice."""
    paths = {item.path for item in plan}
    for place, target, folder, language in written_links(site):
        path = site.target(target, folder, language)
        if path is not None and not {path, file_of(path)} & paths and not site.is_absent(path):
            yield Diagnostic.at(place, "dead-link", value=target)
    yield from check_anchors(site)


def check_anchors(site: Site) -> Iterator[Diagnostic]:
    """Links to headings that the text, or the page that they lead to, does not have."""
    bodies = {
        site.path(address(page), language): site.words(page.body, language)
        for page in site.catalog.pages
        for language in site.languages
    }
    for prose in find_prose(site.catalog):
        for line, column, target in find_links(prose.words) if "#" in prose.words else ():
            page, _, name = target.partition("#")
            path = site.target(page, prose.folder, prose.language)
            words = bodies.get(path or "") if page else prose.words
            if not name or words is None or unquote(name) in (anchors := find_anchors(words)):
                continue
            meant = closest(unquote(name), anchors)
            suggestion = f"{page}#{meant}" if meant else ""
            yield Diagnostic.at(prose.place(line, column), "dead-anchor", value=target, suggestion=suggestion)


def written_links(site: Site) -> Iterator[tuple[Place, str, str, str]]:
    """Each link with its place, its target, the folder it is relative to and its text's language."""
    for prose in find_prose(site.catalog):
        for line, column, target in find_links(prose.words):
            yield prose.place(line, column), target, prose.folder, prose.language
    portal = site.catalog.portal
    for entry in (*portal.menu, *portal.footer, *portal.actions):
        yield entry.origin["url"], entry.url, "", site.default
    if portal.declaration:
        yield portal.origin["declaration"], portal.declaration, "", site.default
