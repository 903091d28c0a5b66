"""Markdown pages, and the page of an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.model import CONTENT_TYPES, Page
from generator.pages.views.frame import NotFoundView, NotFoundWords, TextView
from generator.site.addresses import ROOT, file_of
from generator.site.site import Site
from generator.site.tasks import Copy, Task, digest
from generator.text.fallback import mark_borrowed
from generator.text.speech import Borrowed, Words

NOT_FOUND = "404.html"


def plan(site: Site) -> Iterator[Task | Copy]:
    for number, page in enumerate(site.catalog.pages):
        if page.path.partition("/")[0] in CONTENT_TYPES:
            continue  # `content` has them
        for language in site.languages:
            inputs = digest(site.digest, "text", language, page)
            yield Task(file_of(site.path(address(page), language)), render, (language, number), inputs, page.source)
    for file in site.catalog.files:
        yield Copy(file.removeprefix("content/"), file)
    yield Task(NOT_FOUND, render_not_found, (), digest(site.digest, "not-found"))


def address(page: Page) -> str:
    return f"{page.path}/" if page.path else ""


def render(site: Site, language: str, number: int) -> bytes:
    page = site.catalog.pages[number]
    body, said = site.markdown(page.body, language, page.folder)
    view = TextView(
        chrome=site.chrome(address(page), language),
        title=site.words(page.title, language),
        description=str(site.words(page.description, language)),
        trail=(site.home_link(language),),
        body=body,
        body_language=said,
        translated=said in (language, ""),
    )
    return site.render("text.html", view, site.path(address(page), language))


def render_not_found(site: Site) -> bytes:
    """A host shows this page at any depth, so its links start at the host's root instead of being relative."""
    language = site.default
    said = [
        NotFoundWords(
            language=code,
            title=site.speech(code).say("site.not-found.title"),
            message=site.speech(code).say("site.not-found.message"),
            home=site.home_link(code),
        )
        for code in site.languages
    ]
    # Words that are borrowed would only be said again.
    said[1:] = [words for words in said[1:] if not isinstance(words.message, Borrowed)]
    view = NotFoundView(
        chrome=site.chrome("", language, ()),
        title=Words(said[0].title, language),
        languages=said,
    )
    html = site.fill("not-found.html", language, page=view)
    return mark_borrowed(html).replace(ROOT, urlsplit(site.catalog.portal.base_url).path).encode()
