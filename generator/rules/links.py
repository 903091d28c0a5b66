"""Links in Markdown to pages of the portal: each one leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from generator.model import Portal
from generator.model.diagnostics import Diagnostic, Place, closest
from generator.rules.prose import find_prose
from generator.site.addresses import file_of
from generator.site.iris import DATASET, distribution_fragment
from generator.site.site import Site
from generator.site.tasks import Plan
from generator.text.markdown import PREFIX, find_anchors, find_links

OURS = ("_", PREFIX)
"""How ids begin that templates and texts have on a dataset's page."""


def check_links(site: Site, plan: Plan) -> Iterator[Diagnostic]:
    """Dead links, on the plan. Datasets that are left out for errors of their own are not missed twice."""
    paths = {item.path for item in plan}
    for place, target, folder, language in written_links(site):
        path = site.addresses.target(target, folder, language)
        if path is not None and not {path, file_of(path)} & paths and not site.addresses.is_absent(path):
            yield Diagnostic.at(place, "dead-link", value=target)
    yield from check_anchors(site)


def check_anchors(site: Site) -> Iterator[Diagnostic]:
    """Links to headings or files that the text, or the page that they lead to, does not have."""
    bodies = {
        site.addresses.path(page.address, language): site.speech(language).choose(page.body)
        for page in site.catalog.pages
        for language in site.languages
    }
    files = file_anchors(site)
    for place, target, folder, language, own in anchored_links(site):
        page, _, written = target.partition("#")
        path, name = site.addresses.target(page, folder, language) or "", unquote(written)
        words = bodies.get(path) if page else own
        known = find_anchors(words) if words is not None else files.get(path)
        if not name or known is None or name in known or (path in files and name.startswith(OURS)):
            continue
        near = closest(name, known)
        suggestion = f"{page}#{near}" if near else link_to_file(files, folder, name) if not page else ""
        yield Diagnostic.at(place, "dead-anchor", value=target, suggestion=suggestion)


def file_anchors(site: Site) -> dict[str, tuple[str, ...]]:
    """The pages of datasets, in each language, with what a link from another page may lead to: their files."""
    return {
        site.addresses.path(f"dataset/{dataset.id}/", language): (
            DATASET,
            *(distribution_fragment(item.id) for item in dataset.distribution),
        )
        for dataset in site.catalog.datasets.values()
        for language in site.languages
    }


def link_to_file(files: Mapping[str, Sequence[str]], folder: str, name: str) -> str:
    """From a text of a dataset, the link to a file of it, whose name alone is taken for a heading's."""
    return f"/{folder}#{name}" if name in files.get(folder, ()) else ""


def anchored_links(site: Site) -> Iterator[tuple[Place, str, str, str, str | None]]:
    """Each link with a fragment, as `written_links` has it, and its own text; portal.yaml's in each language."""
    for prose in find_prose(site.catalog):
        for line, column, target in find_links(prose.words) if "#" in prose.words else ():
            yield prose.place(line, column), target, prose.folder, prose.language, prose.words
    for place, target in portal_links(site.catalog.portal):
        for language in site.languages if "#" in target else ():
            yield place, target, "", language, None


def written_links(site: Site) -> Iterator[tuple[Place, str, str, str]]:
    """Each link with its place, its target, the folder it is relative to and its text's language."""
    for prose in find_prose(site.catalog):
        for line, column, target in find_links(prose.words):
            yield prose.place(line, column), target, prose.folder, prose.language
    for place, target in portal_links(site.catalog.portal):
        yield place, target, "", site.default
    for redirect in site.catalog.redirects:
        yield redirect.place, redirect.target, "", site.default


def portal_links(portal: Portal) -> Iterator[tuple[Place, str]]:
    """The links of portal.yaml."""
    for entry in (*portal.menu, *portal.footer, *portal.actions):
        yield entry.origin["url"], entry.url
    if portal.declaration:
        yield portal.origin["declaration"], portal.declaration
