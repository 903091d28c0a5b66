"""Tasks to content, on as many cores as there are; on a cluster that speaks `concurrent.futures.Executor` too."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager

from generator.site import Site
from generator.tasks import Bundle, Content, Task

BATCH = 32
"""Tasks sent to a worker at a time: enough that sending costs nothing, few enough that cores end together."""

AHEAD = 3
"""Batches handed out for each worker before the writer has taken any: memory holds these, never the site."""

Rendered = tuple[Task | Bundle, list[tuple[str, Content]]]
"""An artifact with the files it makes: path and content."""

_site: Site | None = None


def settle(site: Site) -> None:
    """Give a worker process its site, once."""
    global _site
    _site = site


@contextmanager
def workers(site: Site, count: int) -> Iterator[Executor]:
    """Processes that hold the site; forked where the system can, so that they share its memory."""
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else None)
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=settle, initargs=(site,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def render(site: Site, item: Task | Bundle) -> Rendered:
    if isinstance(item, Bundle):
        return item, list(item.render(site, *item.arguments))
    return item, [(item.path, item.render(site, *item.arguments))]


def render_batch(items: Iterable[Task | Bundle]) -> list[Rendered]:
    """In a worker: streamed content is joined, as a generator can't travel."""
    assert _site is not None
    return [(item, [(path, whole(content)) for path, content in files]) for item, files in map_site(_site, items)]


def map_site(site: Site, items: Iterable[Task | Bundle]) -> Iterator[Rendered]:
    return (render(site, item) for item in items)


def whole(content: Content) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)


def render_all(site: Site, items: Sequence[Task | Bundle], jobs: int) -> Iterator[Rendered]:
    """
    Everything rendered, pages in the plan's order.

    Bundles go to the workers first, as they take longest; what is streamed stays in this process.
    """
    bundles = [item for item in items if isinstance(item, Bundle)]
    pages = [item for item in items if isinstance(item, Task) and not item.streamed]
    streamed = [item for item in items if isinstance(item, Task) and item.streamed]
    if jobs == 1 or len(pages) <= 2 * BATCH:
        yield from map_site(site, [*bundles, *pages])
    else:
        with workers(site, jobs) as executor:
            batches = [[item] for item in bundles] + [pages[n : n + BATCH] for n in range(0, len(pages), BATCH)]
            yield from spread(executor, batches, jobs)
    yield from map_site(site, streamed)


def spread(executor: Executor, batches: Iterable[Sequence[Task | Bundle]], jobs: int) -> Iterator[Rendered]:
    waiting: deque[Future[list[Rendered]]] = deque()
    for batch in batches:
        waiting.append(executor.submit(render_batch, batch))
        if len(waiting) > AHEAD * jobs:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
