"""The preview of a portal while it is being written: its last good site, and what keeps the next from being built."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from watchfiles import watch

from generator.build.editions import Edition, today
from generator.build.output import MARKER, ForeignFolder, OutputBusy
from generator.build.pipeline import Summary, build, read_portal
from generator.model.diagnostics import Diagnostic
from generator.pages.templates import BrokenTemplate

SOURCES = {"portal.yaml", "usage.csv", "links.csv", "datasets", "content", "search", "themes"}
"""What a site is made from. The rest of the folder may change at any time: an environment, a log, the site itself."""


@dataclass(frozen=True, kw_only=True)
class State:
    """
    What the latest attempt to build has left. `number` counts the attempts, `version` names the site that is served.

    `base` is the path of the portal's address, `ready` says whether there is a site at all. `summary` is there when
    the attempt has published, `fault` when something other than the publisher's files stopped it.
    """

    number: int = 0
    version: str = ""
    base: str = "/"
    ready: bool = False
    diagnostics: Sequence[Diagnostic] = ()
    summary: Summary | None = None
    fault: Exception | None = None
    seconds: float = 0.0

    @property
    def errors(self) -> list[Diagnostic]:
        return [item for item in self.diagnostics if item.is_error]

    @property
    def failure(self) -> tuple[str, dict[str, Any]]:
        """The fault as a key of `cli:` and its values; no key when there is none."""
        match self.fault:
            case None:
                return "", {}
            case OutputBusy(folder=folder):
                return "busy", {"folder": folder}
            case ForeignFolder(folder=folder):
                return "foreign", {"folder": folder}
            case OSError():
                return "disk", {"problem": self.fault}
            case _:
                return "crash", {"problem": f"{type(self.fault).__name__}: {self.fault}"}


class Preview:
    """Builds a portal again whenever its files change. Any thread may read `state` and wait for the next."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self.state = State()
        self.news = threading.Condition()
        self.published: Summary | None = None
        self.token = secrets.token_hex(4)  # a page of an earlier run is never taken for one of this run

    def follow(self, jobs: int) -> Iterator[State]:
        """Build on `jobs` cores, then again after each burst of changes; the state after each build, for ever."""
        changes = watch(
            self.folder.resolve(),
            watch_filter=self.is_source,
            rust_timeout=100,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        next(changes)  # watching begins here: what changes during the first build is not missed
        yield self.rebuild(jobs)
        for change in changes:
            if change:
                # One process: workers must not be forked where other threads run, and little is to be rendered.
                yield self.rebuild(jobs=1)
            elif isinstance(self.state.fault, OutputBusy):
                time.sleep(1)  # nothing says when the other build ends
                if not isinstance(self.rebuild(jobs=1).fault, OutputBusy):
                    yield self.state

    def is_source(self, change: object, path: str) -> bool:
        """Whether a file is one of the portal's own: not hidden, not installed, not published."""
        file = Path(path)
        parts = file.relative_to(self.folder.resolve()).parts or ("",)  # the folder itself has none
        hidden = any(part.startswith(".") or part == "node_modules" for part in parts) or path.endswith("~")
        return parts[0] in SOURCES and not hidden and not file.is_relative_to(self.output.resolve())

    def rebuild(self, jobs: int) -> State:
        """Read, check and, when nothing is wrong, publish. Whatever goes wrong is in the state."""
        started = time.monotonic()
        diagnostics: Sequence[Diagnostic] = ()
        summary, fault, base = None, None, "/"
        try:
            found = read_portal(self.folder, edition=Edition(today(os.environ), drafts=True))
            diagnostics = found.diagnostics
            base = unquote(urlsplit(found.site.catalog.portal.base_url).path) or "/"
            if not found.errors:
                summary = build(found, self.output, jobs)
        except BrokenTemplate as broken:
            diagnostics = [*diagnostics, broken.diagnostic]
        except Exception as error:  # a fault of the program, or of the disk, is shown like any other
            fault = error
        last, version = self.state, f"{self.token}-{self.state.number + 1}"
        if summary is None or (self.published and not summary.changed and summary.files == self.published.files):
            version = last.version or self.token
        self.published = summary or self.published
        state = State(
            number=last.number + 1,
            version=version,
            base=base if summary or not last.ready else last.base,
            ready=(self.output / MARKER).is_file(),
            diagnostics=diagnostics,
            summary=summary,
            fault=fault,
            seconds=time.monotonic() - started,
        )
        with self.news:
            self.state = state
            self.news.notify_all()
        return state

    def wait(self, seen: int, seconds: float) -> State:
        """The state as soon as it is another than the one seen, or the same after some seconds."""
        with self.news:
            self.news.wait_for(lambda: self.state.number != seen, seconds)
            return self.state
