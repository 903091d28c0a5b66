"""The catalogue for machines: for each profile the whole, its parts and pages, and one file a dataset; what changed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.feeds import atom, catalogs, croissant, harvest_report, robots, sitemap, well_known
from generator.feeds.api import lists
from generator.feeds.sizes import size_warnings
from generator.site.site import Site
from generator.site.tasks import Task

__all__ = ["plan_feeds", "size_warnings"]


MODULES = (catalogs, croissant, atom, lists, harvest_report, well_known, sitemap, robots)


def plan_feeds(site: Site) -> Iterator[Task]:
    for module in MODULES:
        yield from module.plan(site)
