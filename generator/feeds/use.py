"""`dashboard/use.csv`: how often each dataset was used, by month, under today's ids."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.site.site import Site
from generator.site.tasks import Task
from generator.site.use import USE_CSV, has_use, most_used, usage_of


def plan(site: Site) -> Iterator[Task]:
    if has_use(site) and most_used(site):
        made = digest(site.catalog_digest, "use.csv")
        yield Task(USE_CSV, render_csv, (), made, "portal.yaml", streamed=True)


def render_csv(site: Site) -> Iterator[bytes]:
    """What is of no month has none, and counts as uses of any sort."""
    yield b"dataset,month,views,downloads,count\n"
    for key in sorted(site.order):
        usage = usage_of(site, key)
        for month, uses in usage.months.items():
            yield f"{key},{month},{uses.views},{uses.downloads},\n".encode()
        if usage.undated:
            yield f"{key},,,,{usage.undated}\n".encode()
