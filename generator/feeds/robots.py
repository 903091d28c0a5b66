"""What robots read first: robots.txt."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.site.site import Site
from generator.site.tasks import Task


def plan(site: Site) -> Iterator[Task]:
    yield Task("robots.txt", render, (), digest(site.catalog.portal.base_url, site.noindex))


def render(site: Site) -> bytes:
    if site.noindex:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.addresses.absolute('sitemap.xml')}\n".encode()
