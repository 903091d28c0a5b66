"""The theme's assets, under names that hold a digest of their content."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.site.site import Site
from generator.site.tasks import Task


def plan(site: Site) -> Iterator[Task]:
    for name, path in sorted(site.theme.addresses.items()):
        yield Task(path, render, (name,), digest("asset", path, site.theme.published[name]))


def render(site: Site, name: str) -> bytes:
    return site.theme.published[name]
