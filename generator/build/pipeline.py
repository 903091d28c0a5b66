"""Read, check, plan, render, write: the whole way from a folder to a published site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build import hosts
from generator.build.checks import check_plan, check_reading, fatal, leave_out, of_datasets
from generator.build.editions import Edition, Waiting, drop_waiting, find_waiting, held_pages, hold_back, today
from generator.build.ledger import Ledger
from generator.build.output import Output
from generator.build.publication import Publication, is_published
from generator.build.reading import PortalReading, Synonyms, read_everything
from generator.build.spare import generation
from generator.build.spending import book, stage
from generator.build.workers import Muster, processes, render_all
from generator.feeds import plan_feeds, size_warnings
from generator.model.diagnostics import Diagnostic
from generator.pages import plan_pages
from generator.search import plan_search
from generator.site.memory import little_garbage, no_garbage
from generator.site.site import Site
from generator.site.tasks import COMPRESSED, Bundle, Copy, Plan, Task
from generator.source.guard import CACHE, leads_elsewhere


@dataclass(frozen=True, kw_only=True)
class ReadEdition:
    """
    A portal's folder, read. `site` is the edition with what is wrong in it; `waiting` is what is not to be published
    yet, `held` what of it the edition holds back.
    """

    reading: PortalReading
    site: Site
    waiting: Sequence[Waiting]
    held: Sequence[Waiting]


@dataclass(frozen=True, kw_only=True)
class ReadPortal:
    """
    A portal's folder, read and checked. `site` and `plan` hold only what may be published; `waiting` is not yet, and is
    in them only where the edition shows it.
    """

    folder: Path
    site: Site
    plan: Plan
    diagnostics: Sequence[Diagnostic]
    waiting: Sequence[Waiting] = ()

    @property
    def errors(self) -> list[Diagnostic]:
        return [item for item in self.diagnostics if item.is_error]

    @property
    def fatal(self) -> list[Diagnostic]:
        """Errors that no dataset's absence mends."""
        return fatal(self.diagnostics)


@dataclass(frozen=True, kw_only=True)
class Summary:
    """
    What a build did. `rendered` and `changed` count files; `left_out` are the datasets that had errors; `left` tells
    the folder that was published from any other.
    """

    datasets: int
    pages: int
    files: int
    rendered: int
    changed: int
    languages: Sequence[str]
    left_out: Sequence[str] = ()
    warnings: Sequence[Diagnostic] = ()
    left: Sequence[int] = ()


def read_portal(folder: Path, noindex: bool = False, edition: Edition | None = None) -> ReadPortal:
    """
    Everything that is wrong with a portal, in one run, and the plan of what could be published.

    `noindex` plans a preview, which robots are told to leave alone, as they are of an edition with drafts. The edition
    is today's where none is asked for.
    """
    with no_garbage():
        return check_edition(read_edition(folder, edition or Edition(today(os.environ)), noindex))


def read_edition(folder: Path, edition: Edition, noindex: bool = False) -> ReadEdition:
    """An edition of a portal, of which nothing was checked yet but single files."""
    with stage("read"):
        reading = read_everything(folder, edition.day)
    waiting = find_waiting(reading.catalog, edition.day)
    held = () if edition.drafts else waiting
    return ReadEdition(
        reading=reading, waiting=waiting, held=held, site=make_site(reading, waiting, edition, noindex=noindex)
    )


def check_edition(found: ReadEdition) -> ReadPortal:
    """All that is wrong with an edition, and the plan of what may be published of it."""
    reading, whole = found.reading, found.site
    with stage("check"):
        told = [*reading.diagnostics, *check_reading(reading.catalog, reading.theme)]
    diagnostics = drop_waiting(told, reading.catalog, found.held)
    site = without_errors(whole, reading, diagnostics)
    plan: Plan = ()
    if not fatal(diagnostics):
        with stage("plan"):
            plan = plan_site(site, reading)
        with stage("check"):
            diagnostics += check_plan(site, plan)
        if len(of_datasets(diagnostics)) > len(site.left_out):
            site = without_errors(whole, reading, diagnostics)
            plan = plan_site(site, reading)
    return ReadPortal(folder=reading.folder, site=site, plan=plan, diagnostics=diagnostics, waiting=found.waiting)


def make_site(reading: PortalReading, waiting: Sequence[Waiting], edition: Edition, noindex: bool) -> Site:
    """A portal's edition, with what is wrong in it."""
    public = reading.catalog if edition.drafts else hold_back(reading.catalog, waiting)
    return Site(
        catalog=public,
        theme=reading.theme,
        cache=None if leads_elsewhere(reading.folder, CACHE) else reading.folder / CACHE,
        profiles=reading.profiles,
        backdrop=reading.backdrop,
        day=edition.day,
        noindex=noindex or edition.drafts,
        held=held_pages(reading.catalog, public),
        waiting={(item.path, item.language): item.release for item in waiting} if edition.drafts else {},
    )


def without_errors(site: Site, reading: PortalReading, diagnostics: Sequence[Diagnostic]) -> Site:
    """What may be published of an edition, as far as is known: all but the datasets that have errors."""
    sound = leave_out(site.catalog, diagnostics)
    absent = frozenset(reading.catalog.datasets) - frozenset(sound.datasets)
    return replace(site, catalog=sound, left_out=of_datasets(diagnostics), absent=absent)


def plan_site(site: Site, reading: PortalReading) -> Plan:
    plan = [*plan_artifacts(site, reading.synonyms)]
    if not site.catalog.portal.compress:
        return plan
    return [item if isinstance(item, Copy) else replace(item, digest=f"{item.digest}{COMPRESSED}") for item in plan]


def plan_artifacts(site: Site, synonyms: Synonyms) -> Iterator[Task | Bundle | Copy]:
    yield from plan_pages(site)
    yield from plan_feeds(site)
    yield from plan_search(site, synonyms)
    yield from hosts.plan(site)


@little_garbage()
def build(
    portal: ReadPortal,
    output: Path,
    jobs: int = 1,
    progress: Callable[[int], None] = lambda count: None,
    muster: Muster | None = None,
) -> Summary:
    """
    Render what changed and publish the whole; `progress` is told how many files were just finished. `muster` are those
    who render, so many processes of this machine where there are no others.

    Raises OSError (OutputBusy, ForeignFolder among them) with the published folder untouched.
    """
    ledger = Ledger(portal.folder, output)
    left = generation(output)
    if ledger.is_current(portal.plan) and is_published(portal.plan, portal.folder, output):
        progress(len(portal.plan))
        return summarize(portal, output, rendered=0, changed=0, left=left)
    muster = muster or (processes(jobs) if jobs > 1 else None)
    with Output(output) as folder:
        publication = Publication(portal.plan, portal.folder, folder, compressed=portal.site.catalog.portal.compress)
        with stage("keep"):
            todo = publication.keep(ledger.fresh, progress)
        with stage("render"):
            for task, contents, seconds in render_all(portal.site.after(ledger.read, ledger.left), todo, muster):
                book(task, seconds, publication.write(task, contents))
                progress(1)
        with stage("publish"):
            folder.publish()
            left = generation(output)
    with stage("remember"):
        ledger.write(publication.made)
    return summarize(portal, output, publication.rendered, publication.changed, left)


def summarize(portal: ReadPortal, output: Path, rendered: int, changed: int, left: Sequence[int]) -> Summary:
    catalog = portal.site.catalog
    streamed = [item.path for item in portal.plan if isinstance(item, Task) and item.streamed]
    sizes = {path: (output / path).stat().st_size for path in streamed}
    return Summary(
        datasets=len(catalog.datasets),
        pages=sum(item.path.endswith(".html") for item in portal.plan),
        files=len(portal.plan),
        rendered=rendered,
        changed=changed,
        languages=portal.site.languages,
        left_out=list(dict.fromkeys(item.place.path for item in portal.site.left_out)),
        warnings=list(size_warnings(sizes)),
        left=left,
    )
