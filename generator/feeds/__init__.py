"""The catalogue for machines: for each profile the whole, its parts and pages, and one file a dataset; what changed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.feeds import atom, catalogs, croissant, well_known
from generator.feeds import harvest_report as report
from generator.feeds.api import lists as api
from generator.feeds.sizes import size_warnings
from generator.site.site import Site
from generator.site.tasks import Task

__all__ = ["plan_feeds", "size_warnings"]


def plan_feeds(site: Site) -> Iterator[Task]:
    yield from catalogs.plan(site)
    yield from croissant.plan(site)
    yield from atom.plan(site)
    yield from api.plan(site)
    yield from report.plan(site)
    yield from well_known.plan(site)
