"""`sitemap.xml`: every page worth finding, with its translations and the day it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from xml.sax.saxutils import escape

from generator.model.digest import digest
from generator.site.collections import KINDS
from generator.site.memory import remembered
from generator.site.records import records_of
from generator.site.site import Site
from generator.site.tasks import Task

MOST = 50_000
"""How many addresses a sitemap may hold; it may also have no more than 50 MB."""

MOST_LINKS = 200_000
"""How many addresses and alternates some 50 MB hold."""

OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{}>\n'
XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def plan(site: Site) -> Iterator[Task]:
    inputs = digest(site.catalog_digest, site.catalog.pages)
    total = sum(map(len, page_dates(site).values()))
    most = limit(site)
    if total <= most:
        yield Task("sitemap.xml", render_sitemap, (0, total), inputs, streamed=True)
    else:
        starts = range(0, total, most)
        yield Task("sitemap.xml", render_index, (len(starts),), digest(site.catalog.portal.base_url, len(starts)))
        for number, start in enumerate(starts, start=1):
            yield Task(f"sitemap-{number}.xml", render_sitemap, (start, start + most), inputs, streamed=True)


def limit(site: Site) -> int:
    """How many addresses a sitemap of the site holds: each one names its alternates."""
    return min(MOST, MOST_LINKS // (len(site.languages) + 1))


@remembered
def page_dates(site: Site) -> Mapping[str, Mapping[str, str]]:
    """By language, each page worth finding, without its language, and the day of its last change (or "")."""
    return {language: dict(iter_addresses(site, language)) for language in site.languages}


def iter_addresses(site: Site, language: str) -> Iterator[tuple[str, str]]:
    newest = day_of_change(site, site.order)
    yield "", newest
    yield "dataset/", newest
    for dataset in site.catalog.offered:
        yield f"dataset/{dataset.id}/", dataset.modified[:10]
    for service in site.catalog.services.values():
        yield service.address, ""
    for kind in KINDS:
        yield f"{kind}/", newest
        for collection in site.collections[language][kind].values():
            yield collection.path, day_of_change(site, collection.datasets)
    for page in site.catalog.pages:
        if page.withdrawn is None and not (page.type and site.catalog.types[page.type].within):
            yield page.address, page.date[:10]
    for kind, declared in site.catalog.types.items():
        if pages := records_of(site, kind):
            yield declared.path, pages[0].date[:10]
    for path in dashboard_paths(site):
        yield path, ""


def dashboard_paths(site: Site) -> Iterator[str]:
    chosen = site.catalog.portal.dashboards
    if chosen:
        yield "dashboard/"
    yield from (f"dashboard/{code}/" for code in dict.fromkeys(chosen))
    publishers = site.collections[site.default]["publisher"] if "health" in chosen else {}
    yield from (f"dashboard/health/{key}/" for key, collection in publishers.items() if collection.datasets)


def day_of_change(site: Site, ids: Collection[str]) -> str:
    """The day on which the first of the ids changed; the most recent ones stand first."""
    first = site.catalog.datasets[next(iter(ids))] if ids else None
    return first.changed[:10] if first else ""


def render_sitemap(site: Site, start: int, end: int) -> Iterator[bytes]:
    several = len(site.languages) > 1
    yield OPEN.format("urlset", XHTML if several else "").encode()
    found = page_dates(site)
    entries = ((language, path, date) for language, dates in found.items() for path, date in dates.items())
    for language, path, date in islice(entries, start, end):
        changed = f"<lastmod>{date}</lastmod>" if date else ""
        codes = [code for code in site.languages if path in found[code]]
        alternates = "".join(alternate(site, path, code) for code in codes) if len(codes) > 1 else ""
        yield f"<url><loc>{escape(site.addresses.absolute(path, language))}</loc>{changed}{alternates}</url>\n".encode()
    yield b"</urlset>\n"


def alternate(site: Site, path: str, code: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(site.addresses.absolute(path, code))}"/>'


def render_index(site: Site, count: int) -> bytes:
    maps = (
        f"<sitemap><loc>{site.addresses.absolute(f'sitemap-{number}.xml')}</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return f"{OPEN.format('sitemapindex', '')}{''.join(maps)}</sitemapindex>\n".encode()
