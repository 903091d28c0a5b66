"""`feeds.opml`: every list that can be followed, in each language, for a feed reader to take at once (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from generator.feeds.dcat_ap.serialization import XML_REFUSES
from generator.model.digest import digest
from generator.site.following import OUTLINE, Followed, followed_groups
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.markdown import one_line


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages:
        if groups := followed_groups(site, language):
            title = site.speech(language).choose(site.catalog.title)
            made = digest(site.catalog.portal.base_url, language, title, groups)
            yield Task(site.addresses.path(OUTLINE, language), render, (language,), made)


def render(site: Site, language: str) -> bytes:
    title = one_line(site.speech(language).choose(site.catalog.title))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0"><head><title>{escape(title)}</title></head><body>',
    ]
    for group in followed_groups(site, language):
        lines.append(f"<outline text={quoteattr(one_line(group.title))}>")
        lines += [outline(site, language, item) for item in group.lists]
        lines.append("</outline>")
    return XML_REFUSES.sub(b"", "\n".join([*lines, "</body></opml>\n"]).encode())


def outline(site: Site, language: str, item: Followed) -> str:
    text = quoteattr(one_line(item.title))
    feed, page = (site.addresses.absolute(path, language) for path in (item.feed, item.path))
    leads = f'xmlUrl={quoteattr(feed)} htmlUrl={quoteattr(page)} language="{language}"'
    return f'<outline type="rss" version="ATOM" text={text} title={text} {leads}/>'
