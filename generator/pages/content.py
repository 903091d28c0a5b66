"""Pages of a content type, news and reuses, and the list of each type."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.model import CONTENT_TYPES, News, Page, Reuse
from generator.model.digest import digest
from generator.pages.chrome import make_chrome, waits
from generator.pages.lists import page_count, page_items, pagination
from generator.pages.renderer import render_page, render_text
from generator.pages.views.content import ContentCard, ContentListView, ContentView
from generator.pages.views.frame import Related
from generator.pages.views.home import ContentBlock
from generator.site.addresses import file_of, link, page_path
from generator.site.links import Link, home_link, publisher_link
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.markdown import excerpt
from generator.text.speech import Words


def plan(site: Site) -> Iterator[Task]:
    for folder in CONTENT_TYPES:
        pages = site.pages_of(folder)
        own = opening(site, folder)
        title = own and own.title
        for language in site.languages:
            for page in pages:
                used = page.dataset if isinstance(page, Reuse) else ()
                related = [related_inputs(site, key) for key in used]
                inputs = digest(site.digest, "content", language, page, title, related)
                file = file_of(site.addresses.path(page.address, language))
                yield Task(file, render, (language, page.path), inputs, page.source)
            if not pages and own is None:
                continue
            for number in range(1, page_count(pages) + 1):
                inputs = digest(site.digest, "contents", language, own, number, len(pages), page_items(pages, number))
                file = file_of(site.addresses.path(page_path(f"{folder}/", number), language))
                source = own.source if own else ""
                yield Task(file, render_list, (language, folder, number), inputs, source)


def opening(site: Site, folder: str) -> Page | None:
    """The page of the folder itself, whose words stand above the list."""
    return next((page for page in site.catalog.pages if page.path == folder), None)


def related_inputs(site: Site, key: str) -> object:
    """What a line about a dataset shows."""
    dataset = site.catalog.datasets.get(key)
    return dataset and (key, dataset.title, site.catalog.publishers[dataset.publisher].name)


def related_line(site: Site, language: str, key: str) -> Related:
    dataset = site.catalog.datasets[key]
    return Related(
        dataset=Link(
            title=site.speech(language).choose(dataset.title), url=site.addresses.link(f"dataset/{key}/", language)
        ),
        publisher=publisher_link(site, dataset.publisher, language),
    )


def card(site: Site, language: str, page: Page) -> ContentCard:
    """A page of a content type in a list; its own words where it has no summary."""
    summary = site.speech(language).choose(page.description)
    body = site.speech(language).choose(page.body)
    nothing = Words("", "")
    label = by = nothing
    picture = ""
    if isinstance(page, News):
        label = site.speech(language).choose(page.category)
    elif isinstance(page, Reuse):
        label, by = site.speech(language).choose(page.kind), site.speech(language).choose(page.author)
        folder = posixpath.dirname(page.origin.path).removeprefix("content/")
        picture = link(f"{folder}/{page.picture}") if page.picture else ""
    return ContentCard(
        title=site.speech(language).choose(page.title),
        url=site.addresses.link(page.address, language),
        excerpt=summary or Words(excerpt(body), body.language),
        date=page.date,
        label=label,
        by=by,
        picture=picture,
        waits=waits(site, page.path, language, brief=True),
    )


def render(site: Site, language: str, path: str) -> bytes:
    folder = path.partition("/")[0]
    page = next(page for page in site.pages_of(folder) if page.path == path)
    body, said = render_text(site, page.body, language, page.folder)
    used = page.dataset if isinstance(page, Reuse) else ()
    view = ContentView(
        chrome=make_chrome(site, page.address, language),
        title=site.speech(language).choose(page.title),
        description=str(site.speech(language).choose(page.description)),
        trail=(home_link(site, language), list_link(site, folder, language)),
        kind=folder,
        card=card(site, language, page),
        body=body,
        body_language=said,
        translated=said in (language, ""),
        site_url=page.url if isinstance(page, Reuse) else "",
        datasets=[related_line(site, language, key) for key in used if key in site.catalog.datasets],
    )
    return render_page(site, "content.html", view, site.addresses.path(page.address, language))


def list_title(site: Site, folder: str, language: str) -> Words:
    own = opening(site, folder)
    said = site.speech(language).choose(own.title) if own else Words("", "")
    return said or Words(site.speech(language).say(f"site.contents.{folder}.title"), language)


def list_link(site: Site, folder: str, language: str) -> Link:
    return Link(title=list_title(site, folder, language), url=site.addresses.link(f"{folder}/", language))


def render_list(site: Site, language: str, folder: str, number: int) -> bytes:
    pages = site.pages_of(folder)
    own = opening(site, folder)
    path = page_path(f"{folder}/", number)
    body, said = render_text(site, own.body, language, own.folder) if own and number == 1 else ("", "")
    summary = str(site.speech(language).choose(own.description)) if own else ""
    view = ContentListView(
        chrome=make_chrome(site, path, language),
        title=list_title(site, folder, language),
        description=summary or site.speech(language).say(f"site.contents.{folder}.description"),
        trail=(home_link(site, language),),
        kind=folder,
        body=body,
        body_language=said,
        cards=[card(site, language, page) for page in page_items(pages, number)],
        pagination=pagination(site, language, f"{folder}/", pages, number),
    )
    return render_page(site, "content-list.html", view, site.addresses.path(path, language))


def latest_block(site: Site, folder: str, language: str, count: int) -> ContentBlock | None:
    """The latest pages of a content type, for the home page; nothing without any."""
    cards = [card(site, language, page) for page in site.pages_of(folder)[:count]]
    return ContentBlock(cards=cards, all=list_link(site, folder, language)) if cards else None
