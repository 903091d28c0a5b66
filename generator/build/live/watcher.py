"""The preview of a portal while it is being written: what it says now, and what is wrong with it."""

from __future__ import annotations

import gc
import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from weakref import ref

from watchfiles import watch

from generator.build.checks import fatal
from generator.build.editions import Edition, today
from generator.build.live.artifacts import Artifacts
from generator.build.live.reread import Draft, check_dataset, reread
from generator.build.live.state import State
from generator.build.pipeline import ReadEdition, check_edition, read_edition, without_errors
from generator.model.diagnostics import Diagnostic
from generator.pages.templates import BrokenTemplate
from generator.site.memory import no_garbage
from generator.site.site import Site
from generator.source.store import Shelf

SOURCES = {"portal.yaml", "usage.csv", "links.csv", "redirects.yaml", "datasets", "content", "search", "themes"}
"""What a site is made from. The rest of the folder may change at any time: an environment, a log, the site itself."""

QUIET = 0.3
"""Seconds without a change after which the whole portal is checked: the page that was saved is asked for first."""

COMPARED = ("catalog", "theme", "profiles", "backdrop", "day", "noindex", "absent", "held", "waiting", "left_out")
"""What of a site decides what is in its pages."""


class Preview:
    """
    Reads a portal, and each of its files again when it is saved; checks the whole behind.

    Any thread may read `state` and wait for the next. Two change it: the one that follows the files, and the one that
    checks; `turn` is whose turn it is. `edits` counts what was saved, so that no older reading is shown; `unread` says
    that the whole is to be read before what was saved last can be shown.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = State()
        self.news = threading.Condition()
        self.untold: deque[State] = deque()
        self.turn = threading.Lock()
        self.edits = 0
        self.unread = True
        self.draft: Draft | None = None
        self.found: ReadEdition | None = None
        self.wanted = threading.Event()
        self.left: list[ref[Site]] = []
        self.token = secrets.token_hex(4)  # a page of an earlier run is never taken for one of this run

    def follow(self) -> Iterator[State]:
        """Read the portal, then what is saved; each state, for ever."""
        root = self.folder.resolve()
        changes = watch(
            root,
            watch_filter=self.is_source,
            step=20,
            rust_timeout=100,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        next(changes)  # watching begins here: what changes during the first reading is not missed
        try:
            self.read_whole(0)
        except Exception as error:
            self.fail(error, 0)
        gc.freeze()  # what was read stays: the collector need not walk through it
        yield self.untold.popleft()
        if self.found:
            self.wanted.set()
        threading.Thread(target=self.check_behind, daemon=True).start()
        for change in changes:
            if change:
                self.take(sorted(Path(path).relative_to(root).as_posix() for _, path in change))
            while self.untold:
                yield self.untold.popleft()

    def is_source(self, change: object, path: str) -> bool:
        """Whether a file is one of the portal's own: not hidden, not installed."""
        parts = Path(path).relative_to(self.folder.resolve()).parts or ("",)  # the folder itself has none
        hidden = any(part.startswith(".") or part == "node_modules" for part in parts) or path.endswith("~")
        return parts[0] in SOURCES and not hidden

    def take(self, paths: Sequence[str]) -> None:
        """Show what saved files say now, if that can be told without reading all others."""
        started = time.monotonic()
        with self.turn:
            self.edits += 1
            self.found = None
            try:
                fresh = reread(self.draft, paths) if self.draft else None
            except Exception:  # the whole reading tells what is wrong, and whose fault it is
                fresh = None
            if fresh is None:
                self.unread = True
            else:
                self.present(fresh, started, checked=False, saved=paths)
        self.wanted.set()

    def check_behind(self) -> None:
        """Read and check the whole portal after each burst of changes, for ever."""
        while True:
            self.wanted.wait()
            self.wanted.clear()
            while self.wanted.wait(QUIET):
                self.wanted.clear()
            edits = self.edits
            try:
                self.check_now(edits)
            except Exception as error:  # a fault of the program, or of the disk, is shown like any other
                self.fail(error, edits)

    def check_now(self, edits: int) -> None:
        gc.collect(1)  # of what is young, before what is read joins it
        found = self.found or self.read_whole(edits)
        if found:
            self.check_whole(found, edits)
        self.tidy()

    def read_whole(self, edits: int) -> ReadEdition | None:
        """
        All files read, and shown before they are checked where nothing else shows what was saved; None where a save
        overtook the reading.
        """
        started = time.monotonic()
        with no_garbage():
            found = read_edition(self.folder, Edition(today(os.environ), drafts=True))
        with self.turn:
            if self.edits != edits:
                return None
            self.found = found
            if self.unread:
                diagnostics = found.reading.diagnostics
                sound = None if fatal(diagnostics) else without_errors(found.site, found.reading, diagnostics)
                self.settle(found, sound, diagnostics, started, checked=False)
        return found

    def check_whole(self, found: ReadEdition, edits: int) -> None:
        """What is wrong with all that was read; what may be published of it is shown, unless a save overtook it."""
        started = time.monotonic()
        with no_garbage():
            portal = check_edition(found)
        with self.turn:
            if self.edits != edits:
                return
            self.found = None
            self.settle(found, None if portal.fatal else portal.site, portal.diagnostics, started, checked=True)
            if self.draft and self.draft.site is portal.site and self.state.artifacts:
                self.state.artifacts.learn(portal.plan)

    def tidy(self) -> None:
        """
        Tell the collector that what was read stays: walking through it would keep pages waiting. It is done all the
        same once sites that nobody shows any more are held by nothing but what points back to them.
        """
        gc.freeze()
        self.left = [site for site in self.left if site()]
        if len(self.left) > 1:
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def settle(
        self, found: ReadEdition, site: Site | None, diagnostics: Sequence[Diagnostic], started: float, checked: bool
    ) -> None:
        """Show a whole reading, with what files with errors said before; none where the last good site stays."""
        source, synonyms = replace(found.reading.source, kept=Shelf(None)), found.reading.synonyms
        if site is None and self.draft is None:
            base = base_of(found.site)
            seconds = time.monotonic() - started
            return self.show(base=base, diagnostics=diagnostics, checked=checked, saved=(), fault=None, seconds=seconds)
        if site is None and self.draft:
            fresh = replace(self.draft, source=source, diagnostics=diagnostics)
        else:
            assert site is not None
            whole = with_last_good(site, self.draft.site) if self.draft else site
            fresh = Draft(source=source, site=whole, synonyms=synonyms, diagnostics=diagnostics)
            self.unread = False
        return self.present(fresh, started, checked=checked)

    def present(self, fresh: Draft, started: float, checked: bool, saved: Sequence[str] = ()) -> None:
        """Show a draft: as another version, unless its pages are what they were."""
        last, artifacts, version, broken = self.draft, self.state.artifacts, self.state.version, self.state.broken
        same = last is not None and not differs(fresh, last) and (bool(saved) or not lagged(fresh, last, checked))
        if last and same and saved:
            fresh = replace(fresh, site=last.site)
        if not same:
            version, broken = f"{self.token}-{self.state.number + 1}", ()
        if artifacts is None or fresh.site is not artifacts.site:
            artifacts = self.follow_on(artifacts, fresh, same, bool(saved))
        self.draft = fresh
        self.show(
            version=version,
            base=base_of(fresh.site),
            artifacts=artifacts,
            diagnostics=fresh.diagnostics,
            broken=broken,
            checked=checked,
            saved=saved,
            fault=None,
            seconds=time.monotonic() - started,
        )

    def follow_on(self, artifacts: Artifacts | None, fresh: Draft, same: bool, saved: bool) -> Artifacts:
        """The files of a site that takes the place of another, with what holds of both."""
        found = Artifacts(self.folder, fresh.site, fresh.synonyms, artifacts.planned if artifacts and saved else None)
        if artifacts:
            found.folders = artifacts.folders if same else {}
            artifacts.forget()
            self.left.append(ref(artifacts.site))
        return found

    def fail(self, error: Exception, edits: int) -> None:
        with self.turn:
            if self.edits == edits:
                self.show(fault=error, checked=True, saved=())

    def blame(self, state: State, found: Diagnostic) -> State:
        """A template that a page asked for is broken: the state that tells it, if it is still that site's."""
        with self.turn:
            if self.state.version == state.version and found not in self.state.broken:
                self.show(broken=(*self.state.broken, found), saved=())
            return self.state if self.state.version == state.version else replace(state, broken=(found,))

    def show(self, **parts: Any) -> None:
        with self.news:
            self.state = replace(self.state, number=self.state.number + 1, **parts)
            self.untold.append(self.state)
            self.news.notify_all()

    def wait(self, seen: int, seconds: float) -> State:
        """The state as soon as it is another than the one seen, or the same after some seconds."""
        with self.news:
            self.news.wait_for(lambda: self.state.number != seen, seconds)
            return self.state

    def read(self, path: str, state: State) -> tuple[bytes | Path | None, State]:
        """
        A file of the site, and the state that it is of: the one given, or the next that was checked, where the site
        lacks what the file is made of. Raises what then still keeps it from being made.
        """
        try:
            return state.artifacts.read(path) if state.artifacts else None, state
        except BrokenTemplate:
            raise
        except Exception:
            if state.checked:
                raise
        with self.news:
            self.news.wait_for(lambda: self.state.checked)
            state = self.state
        return state.artifacts.read(path) if state.artifacts else None, state


def base_of(site: Site) -> str:
    return unquote(urlsplit(site.catalog.portal.base_url).path) or "/"


def differs(one: Draft, other: Draft) -> bool:
    """Whether pages, or search, could differ, related datasets aside."""
    if one.synonyms != other.synonyms:
        return True
    return any(getattr(one.site, name) != getattr(other.site, name) for name in COMPARED)


def lagged(whole: Draft, last: Draft, checked: bool) -> bool:
    """Whether pages may have shown other related datasets than a whole reading, which are known once it is checked."""
    return last.lags and not (checked and whole.site.related == last.site.related)


def with_last_good(site: Site, last: Site) -> Site:
    """A site with what the datasets that it leaves out said before, where nothing is to be said against that."""
    known = {key: last.catalog.datasets[key] for key in site.absent if key in last.catalog.datasets}
    catalog = replace(site.catalog, datasets=dict(sorted({**site.catalog.datasets, **known}.items())))
    wrong = {key for key, it in known.items() if any(x.is_error for x in check_dataset(catalog, it, site.absent))}
    kept = known.keys() - wrong
    if not kept:
        return site
    datasets = {key: dataset for key, dataset in catalog.datasets.items() if key not in wrong}
    return replace(
        site,
        catalog=replace(catalog, datasets=datasets),
        profiles={**site.profiles, **{key: found for key, found in last.profiles.items() if key[0] in kept}},
        absent=site.absent - kept,
    )
