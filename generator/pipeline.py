"""Read, check, plan, render, write: the whole way from a folder to a published site."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from generator.diagnostics import Diagnostic, Place
from generator.feeds import plan_feeds
from generator.links import check_links
from generator.model import Catalog
from generator.output import Output
from generator.pages import plan_pages
from generator.rules import check
from generator.search import plan_search
from generator.site import Site
from generator.source.files import read_source
from generator.structure import structure_catalog
from generator.tasks import Content, Copy, Task, digest
from generator.theme import read_theme

BATCH = 32
"""Tasks sent to a worker at a time: enough that sending costs nothing, few enough that cores end together."""

Plan = Sequence[Task | Copy]


@dataclass(frozen=True, kw_only=True)
class Portal:
    """A portal's folder, read and checked. `site` and `plan` hold only what may be published."""

    folder: Path
    site: Site
    plan: Plan
    diagnostics: Sequence[Diagnostic]

    @property
    def errors(self) -> list[Diagnostic]:
        return [item for item in self.diagnostics if item.is_error]

    @property
    def fatal(self) -> list[Diagnostic]:
        """Errors that no dataset's absence mends."""
        return [item for item in self.errors if not is_dataset(item.place.path)]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a build did. `rendered` and `changed` count files; `left_out` are the datasets that had errors."""

    datasets: int
    pages: int
    files: int
    rendered: int
    changed: int
    languages: Sequence[str]
    left_out: Sequence[str] = ()


def is_dataset(path: str) -> bool:
    reserved = path.startswith("datasets/publishers/") or path in ("datasets/catalog.yaml", "datasets")
    return path.startswith("datasets/") and not reserved


def read_portal(folder: Path) -> Portal:
    """Everything that is wrong with a portal, in one run, and the plan of what could be published."""
    catalog, diagnostics = structure_catalog(read_source(folder))
    diagnostics += check(catalog)
    theme = read_theme(folder, catalog.portal.theme, catalog.portal.origin["theme"])
    diagnostics += theme.problems
    broken = {item.place.path for item in diagnostics if item.is_error}
    site = Site(leave_out(catalog, broken), theme)
    diagnostics += check_templates(site)
    plan: Plan = ()
    if not any(item.is_error and not is_dataset(item.place.path) for item in diagnostics):
        plan = plan_all(site)
        found = [*check_collisions(plan), *check_links(site, plan, set(catalog.datasets) - set(site.catalog.datasets))]
        diagnostics += found
        if late := {item.place.path for item in found if is_dataset(item.place.path)}:
            site = Site(leave_out(catalog, broken | late), theme)
            plan = plan_all(site)
    return Portal(folder=folder, site=site, plan=plan, diagnostics=diagnostics)


def plan_all(site: Site) -> Plan:
    return [*plan_pages(site), *plan_feeds(site), *plan_search(site)]


def leave_out(catalog: Catalog, broken: set[str]) -> Catalog:
    """The catalogue without the datasets whose file has an error."""
    kept = {key: dataset for key, dataset in catalog.datasets.items() if dataset.origin.path not in broken}
    return replace(catalog, datasets=kept)


def check_templates(site: Site) -> Iterator[Diagnostic]:
    environment = site.environment(site.default)
    for name in sorted(site.theme.templates):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            place = Place(f"themes/{site.theme.name}/templates/{error.name or name}", error.lineno, 1)
            yield Diagnostic.at(place, "theme-template", problem=error.message or "")


def check_collisions(plan: Plan) -> Iterator[Diagnostic]:
    """
    Two artifacts at one path; on the plan, before anything is rendered.

    Each is told at the publisher's file that asked for it, once whatever the number of languages.
    """
    taken: dict[str, Task | Copy] = {}
    told = set()
    for item in plan:
        first = taken.setdefault(item.path.casefold(), item)  # as file systems and hosts that ignore case would see it
        if first is item:
            continue
        here, other = (item, first) if item.source else (first, item)
        if (here.source or here.path, other.source) not in told:
            told.add((here.source or here.path, other.source))
            taker = other.source or f"/{other.path.removesuffix('index.html')}"
            value = f"/{here.path.removesuffix('index.html')}"
            yield Diagnostic.at(Place(here.source or here.path), "path-collision", value=value, first=taker)


def build(
    portal: Portal,
    output: Path,
    jobs: int = 1,
    progress: Callable[[int], None] = lambda count: None,
    executor: Executor | None = None,
) -> Summary:
    """
    Render what changed and publish the whole; `progress` is told how many files were just finished.

    Raises OSError (OutputBusy, ForeignFolder among them) with the published folder untouched.
    """
    ledger = Ledger(portal.folder, output)
    rendered = changed = 0
    with ExitStack() as stack:
        folder = stack.enter_context(Output(output))
        todo = []
        for item in portal.plan:
            if isinstance(item, Copy):
                changed += folder.copy(item.path, portal.folder / item.source)
                progress(1)
            elif ledger.is_fresh(item, output) and folder.keep(item.path):
                progress(1)
            else:
                todo.append(item)
        for path, content in render_all(portal.site, todo, jobs, executor, stack):
            changed += folder.write(path, content)
            rendered += 1
            progress(1)
        folder.publish()
    ledger.write(portal.plan, output)
    catalog = portal.site.catalog
    return Summary(
        datasets=len(catalog.datasets),
        pages=sum(item.path.endswith(".html") for item in portal.plan),
        files=len(portal.plan),
        rendered=rendered,
        changed=changed,
        languages=portal.site.languages,
        left_out=sorted({item.place.path for item in portal.errors if is_dataset(item.place.path)}),
    )


# ------------------------------------------------------------------- rendering on several cores

_site: Site | None = None


def render_all(
    site: Site, tasks: Sequence[Task], jobs: int, executor: Executor | None, stack: ExitStack
) -> Iterator[tuple[str, Content]]:
    """
    Each task's path and content, in the plan's order, however many workers there are.

    Memory holds a few batches, never the site: no more are handed out than the writer has taken.
    """
    large = [task for task in tasks if is_whole(task)]
    small = [task for task in tasks if not is_whole(task)]
    if executor is None and jobs > 1 and len(small) > 2 * BATCH:
        context = multiprocessing.get_context("fork" if hasattr(os, "fork") else None)
        executor = stack.enter_context(
            ProcessPoolExecutor(jobs, mp_context=context, initializer=settle, initargs=(site,))
        )
    if executor is None:
        yield from ((task.path, task.render(site, *task.arguments)) for task in small)
    else:
        batches = [small[start : start + BATCH] for start in range(0, len(small), BATCH)]
        waiting = [executor.submit(render_batch, batch) for batch in batches[: 3 * jobs]]
        for number in range(len(batches)):
            done = waiting.pop(0).result()
            if (following := number + 3 * jobs) < len(batches):
                waiting.append(executor.submit(render_batch, batches[following]))
            yield from done
    yield from ((task.path, task.render(site, *task.arguments)) for task in large)


def is_whole(task: Task) -> bool:
    """Whether the artifact holds the whole catalogue and is streamed, so that it is not sent between processes."""
    return not task.path.endswith(".html")


def settle(site: Site) -> None:
    """Give a worker its site, once."""
    global _site
    _site = site


def render_batch(tasks: Iterable[Task]) -> list[tuple[str, bytes]]:
    assert _site is not None
    return [(task.path, whole(task.render(_site, *task.arguments))) for task in tasks]


def whole(content: Content) -> bytes:
    return content if isinstance(content, bytes) else b"".join(content)


# ------------------------------------------------------------------- what was rendered before


@dataclass
class Ledger:
    """
    What each published file was made from, so that what did not change is not rendered again.

    It stands in the portal's cache folder. An entry counts only while the published file has the size and the time
    of change that it had then.
    """

    folder: Path
    output: Path
    entries: Mapping[str, Sequence[Any]] = field(init=False)

    def __post_init__(self) -> None:
        name = digest(str(self.output.resolve()))[:16]
        self.file = self.folder / ".cache" / "vitrine" / f"{name}.json"
        try:
            self.entries = json.loads(self.file.read_bytes())
        except (OSError, ValueError):
            self.entries = {}

    def is_fresh(self, task: Task, output: Path) -> bool:
        entry = self.entries.get(task.path)
        return entry is not None and entry[0] == task.digest and entry[1:] == stamp(output / task.path)

    def write(self, plan: Plan, output: Path) -> None:
        """Remember a build that was published. A folder that can't be written only costs the next build time."""
        entries = {item.path: [item.digest, *stamp(output / item.path)] for item in plan if isinstance(item, Task)}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(entries), encoding="utf-8")
            fresh.replace(self.file)
        except OSError:
            return


def stamp(file: Path) -> list[int]:
    try:
        status = file.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]
