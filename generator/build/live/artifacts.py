"""The files of a site, each made when it is asked for: what a build would write."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from generator.build.output import LEAST, LONGEST_NAME
from generator.build.pipeline import plan_artifacts
from generator.build.reading import Synonyms
from generator.build.workers import content_bytes
from generator.pages import assets, home
from generator.pages.templates import BrokenTemplate
from generator.site.site import Site
from generator.site.tasks import Bundle, Copy, Plan, Task
from generator.source.guard import is_inside
from generator.standards.headers import is_text

Item = Task | Bundle | Copy


class Artifacts:
    """
    The files of a site by path. Any thread may ask for them.

    The plan is found out as far as it takes to know what is asked for, the home page first; `learn` gives it whole.
    Until then, what the site `before` had is there, if it can still be made: a file that was saved changes few paths.
    """

    def __init__(self, portal: Path, site: Site, synonyms: Synonyms, before: Mapping[str, Item] | None = None) -> None:
        self.portal, self.site, self.synonyms = portal, site, synonyms
        self.before = before or {}
        self.known: dict[str, Item] = {}
        self.rest: Iterator[Item] = chain(home.plan(site), assets.plan(site), plan_artifacts(site, synonyms))
        self.fault: Exception | None = None
        self.folders: dict[str, Mapping[str, bytes]] = {}
        self.planning, self.rendering, self.gathering = threading.Lock(), threading.Lock(), threading.Lock()

    def learn(self, plan: Plan) -> None:
        """Take over the whole plan, found out elsewhere."""
        with self.planning:
            self.known = by_path(plan)
            self.rest, self.before, self.fault = iter(()), {}, None

    def forget(self) -> None:
        """Let go of what was found out about the site: its facts hold on to it, and the collector is told to rest."""
        self.site.memory.clear()

    @property
    def planned(self) -> Mapping[str, Item]:
        """What is known of the plan."""
        with self.planning:
            return {**self.before, **self.known}

    def read(self, path: str) -> bytes | Path | None:
        """
        A file of the site, or where the publisher's own lies; None where there is none. BrokenTemplate, and whatever
        else a site raises that has not been checked.
        """
        content = self.make(path)
        if content is None and path.endswith(".gz") and self.site.catalog.portal.compress:
            return self.compress(path.removesuffix(".gz"))
        return content

    def make(self, path: str) -> bytes | Path | None:
        if path not in self.known and (item := lookup(self.before, path)):
            with suppress(LookupError, BrokenTemplate):  # what it is of may be gone
                return self.render(item, path)
        item = self.find(path)
        return self.render(item, path) if item else None

    def find(self, path: str) -> Item | None:
        """The artifact that makes a file, planned now if it was not before."""
        while not (item := lookup(self.known, path)):
            with self.planning:
                if not lookup(self.known, path) and not self.plan_one():
                    return None
        return item

    def plan_one(self) -> bool:
        """Plan one artifact more; False when there is none."""
        if self.fault:
            raise self.fault
        try:
            item = next(self.rest, None)
        except Exception as error:
            self.fault = error
            raise
        if item:
            self.known.setdefault(item.path, item)
        return item is not None

    def render(self, item: Item, path: str) -> bytes | Path | None:
        if isinstance(item, Copy):
            return self.portal / item.source if is_inside(self.portal, item.source) else None
        if isinstance(item, Bundle):
            with self.gathering:
                if item.path not in self.folders:
                    self.folders[item.path] = dict(item.render(self.site, *item.arguments))
                return self.folders[item.path].get(path)
        # What is long in the making keeps no page waiting.
        with self.gathering if item.streamed else self.rendering:
            return content_bytes(item.render(self.site, *item.arguments))

    def compress(self, path: str) -> bytes | None:
        """The compressed copy that a build writes beside a text."""
        found = self.make(path) if is_text(path) else None
        content = found.read_bytes() if isinstance(found, Path) else found
        name = path.rpartition("/")[2].encode()
        if content is None or len(content) < LEAST or len(name) > LONGEST_NAME - 3:
            return None
        return zlib.compress(content, 9, 31)


def by_path(items: Iterable[Item]) -> dict[str, Item]:
    """Of two at one path, the first: that there are two is told elsewhere."""
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(item.path, item)
    return found


def lookup(items: Mapping[str, Item], path: str) -> Item | None:
    """The artifact at a path, or that makes the files of a folder around it."""
    if item := items.get(path):
        return None if isinstance(item, Bundle) else item
    ends = (place + 1 for place, letter in enumerate(path) if letter == "/")
    return next((item for end in ends if isinstance(item := items.get(path[:end]), Bundle)), None)
