"""Pages that lead on from the addresses of an older portal, for hosts that can't redirect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Page
from generator.model.digest import digest
from generator.pages.renderer import fill_template, finish
from generator.pages.views.dataset import MovedView
from generator.site.addresses import EXTERNAL, file_of, link
from generator.site.site import Site
from generator.site.tasks import Task


def plan(site: Site) -> Iterator[Task]:
    for redirect in site.catalog.redirects:
        inputs = digest(site.digest, "redirect", redirect)
        arguments = (redirect.path, redirect.target)
        yield Task(file_of(redirect.path), render, arguments, inputs, redirect.place.path)

    for page in site.catalog.pages:
        for former in page.former_addresses:
            for language in page_languages(site, page):
                here = site.addresses.path(former, language)
                there = f"/{site.addresses.path(page.address, language)}"
                inputs = digest(site.digest, "redirect", here, there)
                yield Task(file_of(here), render, (here, there), inputs, page.source)


def page_languages(site: Site, page: Page) -> Sequence[str]:
    """The languages in which a page is published."""
    return site.languages if page.type else [code for code in site.languages if code in page.sources]


def render(site: Site, path: str, target: str) -> bytes:
    """A page that leads from an old address to today's."""
    elsewhere = EXTERNAL.match(target) is not None
    below = target.removeprefix("/")
    view = MovedView(
        language=site.default,
        title=site.speech(site.default).choose({site.default: target}),
        url=target if elsewhere else link(below),
        absolute=target if elsewhere else site.catalog.portal.base_url + below,
    )
    html = fill_template(site, "moved.html", site.default, page=view)
    return finish(html, path)
