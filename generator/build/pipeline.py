"""Read, check, plan, render, write: the whole way from a folder to a published site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from filecmp import cmp
from pathlib import Path, PurePosixPath

from jinja2 import TemplateSyntaxError

from generator.build import hosts
from generator.build.ledger import CACHE, Ledger
from generator.build.output import Output
from generator.build.workers import render_all
from generator.feeds import plan_feeds, size_warnings
from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, ordered
from generator.pages import plan_pages
from generator.pages.renderer import environment_of
from generator.pages.templates import locate
from generator.previews.backdrop import read_backdrop
from generator.previews.reading import read_previews
from generator.rules.catalog import check
from generator.rules.collisions import check_collisions
from generator.rules.links import check_links
from generator.rules.markdown import check_markup
from generator.search import plan_search
from generator.search.synonyms import Group, read_synonyms
from generator.site.memory import no_garbage
from generator.site.site import Site
from generator.site.tasks import Bundle, Copy, Plan, Task
from generator.source.files import is_dataset, read_source
from generator.source.structure.catalog import structure_catalog
from generator.standards.headers import is_text
from generator.theme.branding import dress
from generator.theme.files import read_theme


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
    warnings: Sequence[Diagnostic] = ()


def read_portal(folder: Path, noindex: bool = False) -> Portal:
    """
    Everything that is wrong with a portal, in one run, and the plan of what could be published.

    `noindex` plans a preview, which robots are told to leave alone.
    """
    with no_garbage():
        return read_and_plan(folder, noindex)


def read_and_plan(folder: Path, noindex: bool) -> Portal:
    catalog, diagnostics = structure_catalog(read_source(folder))
    diagnostics += [*check(catalog), *check_markup(catalog)]
    theme = read_theme(folder, catalog.portal.theme, catalog.portal.origin["theme"])
    theme = dress(theme, catalog.portal, folder)
    diagnostics += theme.problems
    synonyms = {}
    for language in catalog.portal.languages:
        synonyms[language], problems = read_synonyms(folder, language)
        diagnostics += problems
    broken = {item.place.path for item in diagnostics if item.is_error}
    cache = folder / CACHE
    sound = leave_out(catalog, broken)
    previews, problems = read_previews(folder, sound)
    backdrop, blank = read_backdrop(folder, sound)
    diagnostics += [*problems, *blank]
    absent = frozenset(catalog.datasets) - frozenset(sound.datasets)
    site = Site(sound, theme, cache, previews, backdrop, noindex, of_datasets(diagnostics), absent)
    diagnostics += check_templates(site)
    plan: Plan = ()
    if not any(item.is_error and not is_dataset(item.place.path) for item in diagnostics):
        plan = plan_all(site, synonyms)
        found = [*check_collisions(plan), *check_links(site, plan)]
        diagnostics += found
        if late := {item.place.path for item in found if item.is_error and is_dataset(item.place.path)}:
            sound = leave_out(catalog, broken | late)
            absent = frozenset(catalog.datasets) - frozenset(sound.datasets)
            site = replace(site, catalog=sound, left_out=of_datasets(diagnostics), absent=absent)
            plan = plan_all(site, synonyms)
    return Portal(folder=folder, site=site, plan=plan, diagnostics=diagnostics)


def of_datasets(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """The errors that leave a dataset out."""
    return ordered(item for item in diagnostics if item.is_error and is_dataset(item.place.path))


def plan_all(site: Site, synonyms: Mapping[str, Sequence[Group]]) -> Plan:
    plan = [*plan_pages(site), *plan_feeds(site), *plan_search(site, synonyms), *hosts.plan(site)]
    if not site.catalog.portal.compress:
        return plan
    # What is compressed comes with its copy, so it is made from one thing more.
    return [item if isinstance(item, Copy) else replace(item, digest=f"{item.digest}.gz") for item in plan]


def leave_out(catalog: Catalog, broken: set[str]) -> Catalog:
    """The catalogue without the datasets whose file, or folder, has an error."""
    folders = {parent.as_posix() for path in broken for parent in PurePosixPath(path).parents}
    kept = {
        key: dataset
        for key, dataset in catalog.datasets.items()
        if dataset.origin.path not in broken and dataset.folder not in folders
    }
    return replace(catalog, datasets=kept)


def check_templates(site: Site) -> Iterator[Diagnostic]:
    environment = environment_of(site, site.default)
    for name in sorted(site.theme.templates):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            yield locate(site.theme, name, error)


def build(
    portal: Portal,
    output: Path,
    jobs: int = 1,
    progress: Callable[[int], None] = lambda count: None,
) -> Summary:
    """
    Render what changed and publish the whole; `progress` is told how many files were just finished.

    Raises OSError (OutputBusy, ForeignFolder among them) with the published folder untouched.
    """
    ledger = Ledger(portal.folder, output)
    if ledger.is_current(portal.plan) and all(same(item, portal.folder, output) for item in portal.plan):
        progress(len(portal.plan))
        return summarize(portal, output, rendered=0, changed=0)
    made: list[tuple[Task | Bundle, Sequence[str]]] = []
    planned = {item.path for item in portal.plan} if portal.site.catalog.portal.compress else set()
    rendered = changed = 0
    with Output(output) as folder:
        todo: list[Task | Bundle] = []
        for item in portal.plan:
            if isinstance(item, Copy):
                changed += folder.copy(item.path, portal.folder / item.source)
                compress([item.path], folder, planned)
                progress(1)
            elif files := ledger.fresh(item):
                for path in files:
                    folder.keep(path)
                made.append((item, files))
                progress(1)
            else:
                todo.append(item)
        for task, contents in render_all(portal.site.after(ledger.read), todo, jobs):
            for path, content in contents:
                changed += folder.write(path, content)
                rendered += 1
            paths = [path for path, _ in contents]
            made.append((task, [*paths, *compress(paths, folder, planned)]))
            progress(1)
        folder.publish()
    ledger.write(made, [item.path for item in portal.plan if isinstance(item, Copy)])
    return summarize(portal, output, rendered, changed)


def compress(paths: Sequence[str], folder: Output, planned: Collection[str]) -> list[str]:
    """Compressed copies of the texts among some files: their paths. None where no file is planned to have one."""
    texts = [path for path in paths if planned and is_text(path) and f"{path}.gz" not in planned]
    return [copy for path in texts if (copy := folder.compress(path))]


def same(item: Task | Bundle | Copy, folder: Path, output: Path) -> bool:
    """Whether a data file is published as it is now; other artifacts are the ledger's affair."""
    if not isinstance(item, Copy):
        return True
    try:
        return cmp(folder / item.source, output / item.path, shallow=False)
    except OSError:
        return False


def summarize(portal: Portal, output: Path, rendered: int, changed: int) -> Summary:
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
    )
