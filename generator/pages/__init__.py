"""Every page of the site: what there will be, then one pure function for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages import assets, content, dataset, harvest, home, lists, markdown, services, styleguide, terms
from generator.site.site import Site
from generator.site.tasks import Copy, Task

MODULES = (home, lists, dataset, services, terms, markdown, content, harvest, styleguide, assets)


def plan_pages(site: Site) -> Iterator[Task | Copy]:
    for module in MODULES:
        yield from module.plan(site)
