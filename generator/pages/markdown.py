"""Markdown pages that are of no content type."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.not_found import NOT_FOUND, render_not_found
from generator.pages.renderer import render_page, render_text
from generator.pages.views.content import TextView
from generator.site.addresses import file_of
from generator.site.links import home_link
from generator.site.site import Site
from generator.site.tasks import Copy, Task


def plan(site: Site) -> Iterator[Task | Copy]:
    lists = {declared.path.rstrip("/") for declared in site.catalog.types.values()}
    for number, page in enumerate(site.catalog.pages):
        if page.type or page.path in lists:
            continue  # `records` has them
        for language in site.languages:
            inputs = digest(site.digest, "text", language, page)
            yield Task(
                file_of(site.addresses.path(page.address, language)), render, (language, number), inputs, page.source
            )
    for file in site.catalog.files:
        yield Copy(file.removeprefix("content/"), file)
    yield Task(NOT_FOUND, render_not_found, (), digest(site.digest, "not-found"))


def render(site: Site, language: str, number: int) -> bytes:
    page = site.catalog.pages[number]
    body, said = render_text(site, page.body, language, page.folder)
    view = TextView(
        chrome=make_chrome(site, page.address, language),
        title=site.speech(language).choose(page.title),
        description=str(site.speech(language).choose(page.description)),
        trail=(home_link(site, language),),
        body=body,
        body_language=said,
    )
    return render_page(site, "text.html", view, site.addresses.path(page.address, language))
