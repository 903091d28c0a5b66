"""Every page of the site: what there will be, then one pure function for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build import hosts
from generator.feeds import sitemap as machine
from generator.pages import assets, content, dataset, harvest, home, lists, services, styleguide, terms
from generator.pages import markdown as text
from generator.site.site import Site
from generator.site.tasks import Copy, Task

MODULES = (home, lists, dataset, services, terms, text, content, machine, harvest, styleguide, hosts, assets)


def plan_pages(site: Site) -> Iterator[Task | Copy]:
    for module in MODULES:
        yield from module.plan(site)
