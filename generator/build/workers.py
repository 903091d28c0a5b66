"""Tasks to content, on as many cores as there are, or on those of a cluster."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from generator.site.site import Site
from generator.site.tasks import Bundle, Content, Task

BATCH = 32
"""Tasks sent to a worker at a time: enough that sending costs nothing, few enough that cores end together."""

AHEAD = 3
"""Batches that wait for each worker, so that none is idle."""

HELD = 64
"""Batches in memory at most: those that wait, and those rendered that the writer has not taken."""


class Rendered(NamedTuple):
    """An artifact with the files it makes, path and content, and the seconds that this took."""

    item: Task | Bundle
    files: list[tuple[str, Content]]
    seconds: float


_site: Site | None = None


def settle(site: Site, parent: int) -> None:
    """Give a worker process its site, once, and let it end with the build that started it, however that ends."""
    global _site
    _site = site
    threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()


def end_with_parent(parent: int) -> None:
    """End this process once another is its parent: the build was killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


Submit = Callable[[Sequence["Task | Bundle"]], "Future[list[Rendered]]"]
"""Hand a batch to whoever is idle."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who renders: how many at a time, and how they are given a batch."""

    size: int
    submit: Submit


Muster = Callable[[Site], AbstractContextManager[Crew]]
"""Those who render a site, as long as it takes."""


def processes(count: int) -> Muster:
    """Processes of this machine that hold the site; forked where the system can, so that they share its memory."""

    @contextmanager
    def muster(site: Site) -> Iterator[Crew]:
        context = multiprocessing.get_context("fork" if hasattr(os, "fork") else None)
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=settle, initargs=(site, os.getpid()))
        try:
            yield Crew(count, lambda batch: pool.submit(render_batch, batch))
        finally:
            pool.shutdown(cancel_futures=True)

    return muster


def render(site: Site, item: Task | Bundle) -> Rendered:
    started = time.perf_counter()
    if isinstance(item, Bundle):
        files: list[tuple[str, Content]] = [*item.render(site, *item.arguments)]
    else:
        files = [(item.path, item.render(site, *item.arguments))]
    return Rendered(item, files, time.perf_counter() - started)


def render_batch(items: Iterable[Task | Bundle]) -> list[Rendered]:
    """In a worker process, of the site that it was given."""
    assert _site is not None
    return render_whole(_site, items)


def render_whole(site: Site, items: Iterable[Task | Bundle]) -> list[Rendered]:
    """Content that comes in pieces is joined, as a generator can't travel."""
    return [
        made._replace(files=[(path, content_bytes(content)) for path, content in made.files])
        for made in map_site(site, items)
    ]


def map_site(site: Site, items: Iterable[Task | Bundle]) -> Iterator[Rendered]:
    return (render(site, item) for item in items)


def content_bytes(content: Content) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)


def render_all(site: Site, items: Sequence[Task | Bundle], muster: Muster | None) -> Iterator[Rendered]:
    """
    Everything rendered, in this process alone where there is nobody else, or little to do.

    Bundles go to the workers first, as they take longest; what is streamed stays in this process, which keeps the
    workers busy meanwhile.
    """
    bundles = [item for item in items if isinstance(item, Bundle)]
    tasks = [item for item in items if isinstance(item, Task) and not item.streamed]
    streamed = [item for item in items if isinstance(item, Task) and item.streamed]
    batches = cut(tasks)
    if muster is None or len(tasks) <= 2 * BATCH:
        yield from map_site(site, [*bundles, *chain.from_iterable(batches), *streamed])
        return
    with muster(site) as crew:
        queue = Queue(crew, [*([item] for item in bundles), *batches])
        for made in map_site(site, streamed):
            [(path, content)] = made.files
            yield made._replace(files=[(path, content if isinstance(content, bytes) else queue.feeding(content))])
        yield from queue


def cut(tasks: Iterable[Task]) -> list[list[Task]]:
    """
    Tasks in batches, those about a dataset together, as what one of them works out serves the next.

    >>> tasks = [Task(f"{kind}/{id}", str, (), "", dataset=id) for kind in ("page", "feed") for id in ("a", "b")]
    >>> [[task.path for task in batch] for batch in cut(tasks)]
    [['page/a', 'feed/a', 'page/b', 'feed/b']]
    """
    by_dataset: dict[str, list[Task]] = {}
    others: list[Task] = []
    for task in tasks:
        (by_dataset.setdefault(task.dataset, []) if task.dataset else others).append(task)
    batches: list[list[Task]] = [[]]
    for group in (*by_dataset.values(), *([task] for task in others)):
        if len(batches[-1]) >= BATCH:
            batches.append([])
        batches[-1] += group
    return batches


class Queue:
    """Batches on their way through the workers, in order; it iterates over what they rendered."""

    def __init__(self, crew: Crew, batches: Iterable[Sequence[Task | Bundle]]) -> None:
        self.crew = crew
        self.batches = iter(batches)
        self.waiting: deque[Future[list[Rendered]]] = deque()
        self.feed()

    def feed(self) -> None:
        """Hand out work: a little more than the workers can do now, and no more than memory should hold."""
        busy = sum(not future.done() for future in self.waiting)
        while busy < AHEAD * self.crew.size and len(self.waiting) < max(HELD, AHEAD * self.crew.size):
            batch = next(self.batches, None)
            if batch is None:
                return
            self.waiting.append(self.crew.submit(batch))
            busy += 1

    def feeding(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """Streamed content, with work handed out between its pieces."""
        for piece in content:
            self.feed()
            yield piece

    def __iter__(self) -> Iterator[Rendered]:
        while self.waiting:
            yield from self.waiting.popleft().result()
            self.feed()
