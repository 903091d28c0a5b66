"""Links in Markdown to pages of the portal: each one leads somewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.diagnostics import Diagnostic, Place
from generator.markup import find_links
from generator.model import Text, Written
from generator.pages.text import folder_of
from generator.site import Site
from generator.tasks import Bundle, Copy, Task
from generator.urls import file_of


def check_links(site: Site, plan: Sequence[Task | Bundle | Copy], left_out: Collection[str]) -> Iterator[Diagnostic]:
    """Dead links, on the plan. Datasets that are left out for errors of their own are not missed twice."""
    paths = {item.path for item in plan}
    paths |= {file_of(site.path(f"dataset/{key}/", code)) for key in left_out for code in site.languages}
    for place, target, folder, language in written_links(site):
        path = site.target(target, folder, language)
        if path is not None and file_of(path) not in paths and path not in paths:
            yield Diagnostic.at(place, "dead-link", value=target)


def written_links(site: Site) -> Iterator[tuple[Place, str, str, str]]:
    """Each link with its place, its target, the folder it is relative to and its text's language."""
    catalog = site.catalog
    for dataset in catalog.datasets.values():
        folder = f"dataset/{dataset.id}/"
        yield from text_links(dataset, "description", dataset.description, folder)
        for item in dataset.distribution:
            yield from text_links(item, "description", item.description, folder)
    for agent in catalog.publishers.values():
        yield from text_links(agent, "description", agent.description, f"publisher/{agent.id}/")
    yield from text_links(catalog, "description", catalog.description, "")
    for page in catalog.pages:
        for language, body in page.body.items():
            for line, column, target in find_links(body):
                place = Place(page.sources[language], line + page.lines[language], column)
                yield place, target, folder_of(page), language
    portal = catalog.portal
    for entry in (*portal.menu, *portal.footer, *portal.actions):
        yield entry.origin["url"], entry.url, "", site.default
    if portal.declaration:
        yield portal.origin["declaration"], portal.declaration, "", site.default


def text_links(item: Written, key: str, text: Text, folder: str) -> Iterator[tuple[Place, str, str, str]]:
    for language, words in text.items():
        place = item.origin.part(key, language)
        for _line, _column, target in find_links(words):
            yield place, target, folder, language
