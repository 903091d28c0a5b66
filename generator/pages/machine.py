"""What robots read first: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from generator.collections import KINDS
from generator.pages.text import address
from generator.site import Site
from generator.tasks import Task, digest


def plan(site: Site) -> Iterator[Task]:
    yield Task("sitemap.xml", render_sitemap, (), digest(site.catalog_digest, site.catalog.pages), streamed=True)
    yield Task("robots.txt", render_robots, (), digest(site.catalog.portal.base_url))


def addresses(site: Site, language: str) -> Iterator[tuple[str, str]]:
    """Each page worth finding, without its language, and the date of its last change (or "")."""
    yield "", ""
    yield "dataset/", ""
    for dataset in site.catalog.datasets.values():
        if dataset.withdrawn is None:
            yield f"dataset/{dataset.id}/", dataset.modified
    for kind in KINDS:
        yield f"{kind}/", ""
        for collection in site.collections[language][kind].values():
            yield collection.path, ""
    for page in site.catalog.pages:
        yield address(page), page.date


def render_sitemap(site: Site) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for language in site.languages:
        for path, date in dict(addresses(site, language)).items():
            changed = f"<lastmod>{date}</lastmod>" if date else ""
            yield f"<url><loc>{escape(site.absolute(path, language))}</loc>{changed}</url>\n".encode()
    yield b"</urlset>\n"


def render_robots(site: Site) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute('sitemap.xml')}\n".encode()
