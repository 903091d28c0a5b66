"""The catalogue for machines: one file for each profile, streamed dataset by dataset."""

from __future__ import annotations

from collections.abc import Iterator

from generator.feeds.dcat_ap import iter_jsonld
from generator.feeds.pod import iter_pod
from generator.site import Site
from generator.tasks import Task


def plan_feeds(site: Site) -> Iterator[Task]:
    yield Task("data.json", render_pod, (), site.catalog_digest, streamed=True)
    yield Task("catalog.jsonld", render_jsonld, (), site.catalog_digest, streamed=True)


def render_pod(site: Site) -> Iterator[bytes]:
    return iter_pod(site.catalog)


def render_jsonld(site: Site) -> Iterator[bytes]:
    return iter_jsonld(site.catalog)
