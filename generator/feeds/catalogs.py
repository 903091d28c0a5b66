"""The plan of the feeds whose rows say all of them: of the catalogue, its parts and pages, of a dataset at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from generator.feeds.digests import about, dataset_inputs
from generator.feeds.joined import Joined
from generator.feeds.parts import Part, latest_change, pages, part_of
from generator.feeds.records import records_of
from generator.feeds.wholes import render_whole, whole_feeds
from generator.model.digest import digest
from generator.site.representations import holds
from generator.site.site import Site
from generator.site.tasks import Content, Task
from generator.standards.feeds import FeedRow, feeds, linked, scoped
from generator.standards.packages import blamed

LARGE = 2000
"""A part with more datasets than this is written piece by piece."""

PARTS = ("publisher", "theme")


def plan(site: Site) -> Iterator[Task]:
    made = dataset_inputs(site)
    shared = about(site)
    told = (shared, len(site.catalog.offered), latest_change(site.catalog.datasets.values()))
    yield from plan_datasets(site, made)
    yield from plan_catalog_pages(site, made, told)
    yield from plan_parts(site, made, shared)
    inputs = digest(told, list(made.items()))
    for row in rows_of_kind("catalog"):
        whole = feed_task(site, row, row.path, render_row, (), inputs, streamed=True)
        yield replace(whole, arguments=(*whole.arguments, whole.digest))


def plan_datasets(site: Site, made: Mapping[str, str]) -> Iterator[Task]:
    """Each one's forms together, so that what one has worked out serves the next."""
    for id, dataset in site.catalog.datasets.items():
        for row in rows_of_kind("dataset"):
            if holds(row, dataset):
                yield feed_task(site, row, row.path.format(id=id), render_one, (id,), made[id], dataset=id)


def plan_catalog_pages(site: Site, made: Mapping[str, str], told: object) -> Iterator[Task]:
    ids = [dataset.id for dataset in site.catalog.offered]
    for row in rows_of_kind("page"):
        for number, page in enumerate(pages(Part(ids=ids)), start=1):
            inputs = digest(told, [made[id] for id in page.ids])
            yield feed_task(site, row, row.path.format(n=number), render_one, (number,), inputs)


def plan_parts(site: Site, made: Mapping[str, str], shared: str) -> Iterator[Task]:
    for kind in PARTS:
        for key, collection in site.collections[site.default][kind].items():
            inputs = digest(shared, kind, key, collection.title, [made[id] for id in sorted(collection.datasets)])
            for row in rows_of_kind(kind):
                large = len(collection.datasets) > LARGE
                yield feed_task(site, row, row.path.format(id=key), render_part, (kind, key), inputs, streamed=large)


def rows_of_kind(scope: str) -> list[FeedRow]:
    return [row for row in scoped(scope) if row.planned]


def feed_task(
    site: Site,
    row: FeedRow,
    path: str,
    render: Callable[..., Content],
    arguments: tuple[Any, ...],
    inputs: str,
    streamed: bool = False,
    dataset: str = "",
) -> Task:
    """A feed's file; a package's may draw on anything that the site holds, and is told by the package's name."""
    if row.package:
        inputs = digest(inputs, site.catalog_digest, site.catalog.pages, site.left_out)
    return Task(path, render, (row.path, *arguments), inputs, row.package, streamed, dataset)


def counts(site: Site) -> Iterator[tuple[str, int]]:
    """How many datasets each catalogue holds, by its path."""
    yield from ((row.path, len(site.order)) for row in linked("catalog"))
    for row in linked("page"):
        cut = pages(Part(ids=site.order))
        yield from ((row.path.format(n=number), len(page.ids)) for number, page in enumerate(cut, start=1))
    for kind in PARTS:
        for key, collection in site.collections[site.default][kind].items():
            yield from ((row.path.format(id=key), len(collection.datasets)) for row in linked(kind))


# ---------------------------------------------------------------- rendering


def render_row(site: Site, path: str, inputs: str) -> Content:
    """The file of a feed that is of the whole catalogue, made from `inputs`."""
    if path in whole_feeds(site):
        return render_whole(site, path, inputs)
    return render(path, site, records_of(site).whole)


def wholes(site: Site) -> Iterator[tuple[str, Joined]]:
    """Those of our own such feeds that are joined from pieces."""
    part = records_of(site).whole
    for row in rows_of_kind("catalog"):
        if not row.package and isinstance(content := render(row.path, site, part), Joined):
            yield row.path, content


def render_part(site: Site, path: str, kind: str, key: str) -> Content:
    part = part_of(site.catalog, kind, key, site.collections[site.default][kind][key].datasets)
    content = render(path, site, part)
    return content if len(part.ids) > LARGE or isinstance(content, bytes) else b"".join(content)


def render_one(site: Site, path: str, key: str | int) -> Content:
    return render(path, site, key)


def render(path: str, *arguments: object) -> Content:
    """What the function that a row names makes; of a package's function whole, and what goes wrong is the package's."""
    row = feeds()[path]
    if not row.package:
        return function_of(path)(*arguments)
    with blamed(row.package):
        content = function_of(path)(*arguments)
        return content if isinstance(content, bytes) else b"".join(content)


@cache
def function_of(path: str) -> Callable[..., Content]:
    module, _, name = feeds()[path].render.partition(":")
    function: Callable[..., Content] = getattr(import_module(module), name)
    return function
