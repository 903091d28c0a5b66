"""One saved file read again: the site with what it says now, in the time that one file takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.build.editions import find_waiting
from generator.build.reading import Synonyms
from generator.model import Catalog, Dataset
from generator.model.diagnostics import Diagnostic
from generator.pages.templates import check_templates
from generator.previews.catalog_files import read_profiles
from generator.rules.catalog import check_catalog
from generator.rules.markdown import check_markup
from generator.site.collections import gathered_by
from generator.site.site import Site
from generator.source.files import Source, read_page, read_yaml_document
from generator.source.folders import PUBLISHERS, is_dataset
from generator.source.ranges.context import Context
from generator.source.structure.catalog import structure_agent
from generator.source.structure.datasets import list_versions, name_one_another, structure_dataset
from generator.source.structure.pages import structure_pages
from generator.source.structure.records import check_mentions
from generator.source.structure.services import name_served, offer_services
from generator.standards import properties
from generator.theme.branding import dress
from generator.theme.files import read_theme

MOST = 20
"""So many files saved at once are read one by one; of more, the whole portal is."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """
    What is shown of a portal, and the files that it was read from.

    `lags` says that which datasets are related may not be today's: only a whole reading finds that out.
    """

    source: Source
    site: Site
    synonyms: Synonyms
    diagnostics: Sequence[Diagnostic] = ()
    lags: bool = False


def reread(draft: Draft, paths: Iterable[str]) -> Draft | None:
    """
    The draft with some saved files read again; None where that takes reading the whole portal.

    What a file with errors said before stays. What holds between files is left to the whole reading.
    """
    wanted = sorted({owner_of(path, draft.source) for path in paths})
    if len(wanted) > MOST:
        return None
    found: Draft | None = draft
    for path in wanted:
        reader = next((read for belongs, read in READERS if belongs(path, draft.source)), None)
        found = reader(found, path) if reader and found else None
    return found


def owner_of(path: str, source: Source) -> str:
    """The file that describes what a file is of: a data file's dataset, a theme's folder, itself."""
    if path.startswith("themes/"):
        return "themes/"
    if path.startswith("datasets/") and path not in source.documents:
        folders = (folder.as_posix() for folder in Path(path).parents)
        names = (f"{folder}/{name}" for folder in folders for name in ("dataset.yaml", "dataset.yml"))
        return next((name for name in names if name in source.documents), path)
    return path


def reread_dataset(draft: Draft, path: str) -> Draft | None:
    source = replace(draft.source, documents=dict(draft.source.documents), diagnostics=[])
    if not (source.folder / path).is_file():
        return None
    read_yaml_document(source, path)
    site, catalog = draft.site, draft.site.catalog
    context = Context(default_language=site.default, day=site.day)
    dataset = structure_dataset(source.documents[path], source, context)
    folder = f"{dataset.folder}/" if dataset.folder else path
    profiles, of_data = read_profiles(source.folder, replace(catalog, datasets={dataset.id: dataset}), whole=False)
    diagnostics = [*source.diagnostics, *context.diagnostics, *of_data]
    diagnostics += check_dataset(catalog, dataset, site.absent)
    renewed = partial(renew, draft, source, diagnostics, lambda place: place == path or place.startswith(folder))
    if any(item.is_error for item in diagnostics):
        return renewed(site)
    standing = catalog.datasets.get(dataset.id)
    fresh = with_dataset(catalog, dataset)
    if fresh is None or (standing and standing.origin.path != path):
        return None
    after = site.revised(
        catalog=fresh,
        profiles={key: found for key, found in site.profiles.items() if key[0] != dataset.id} | dict(profiles),
        left_out=[item for item in site.left_out if item.place.path != path],
        absent=site.absent - {dataset.id},
    )
    alike = standing is not None and gathered_by(standing) == gathered_by(dataset)
    return renewed(after) if alike else replace(renewed(after), lags=True)


def with_dataset(catalog: Catalog, dataset: Dataset) -> Catalog | None:
    """
    The catalogue with one dataset anew, and what datasets and services say of one another; None where it names no more
    what it named: whether another file still says so is known to a whole reading alone.
    """
    standing = catalog.datasets.get(dataset.id)
    versions = [item.id for item in catalog.datasets.values() if item.is_version_of == dataset.id != item.id]
    before = named_in(standing) if standing else set()
    after = named_in(replace(dataset, has_version=(*dataset.has_version, *versions)))
    if before - after:
        return None
    if standing and before == after and standing.offered == dataset.offered:
        dataset = replace(dataset, has_version=standing.has_version, named_by=standing.named_by)
        own = offer_services({dataset.id: dataset}, catalog.services)
        return replace(catalog, datasets={**catalog.datasets, **own})
    datasets = dict(sorted({**catalog.datasets, dataset.id: dataset}.items()))
    datasets = offer_services(name_one_another(list_versions(datasets)), catalog.services)
    return replace(catalog, datasets=datasets, service=name_served(catalog.service, datasets))


def named_in(dataset: Dataset) -> set[tuple[str, str]]:
    """The datasets and services that a dataset on offer names, each with the property that does."""
    if not dataset.offered:
        return set()
    rows = [row for row in properties()["Dataset"].values() if row.range == "ref:datasets"]
    named = {(row.name, id) for row in rows for id in row.listed(getattr(dataset, row.attribute))}
    return named | {("accessService", key) for item in dataset.distribution for key in item.access_service}


def reread_publisher(draft: Draft, path: str) -> Draft | None:
    source = replace(draft.source, documents=dict(draft.source.documents), diagnostics=[])
    if not (source.folder / path).is_file():
        return None
    read_yaml_document(source, path)
    catalog = draft.site.catalog
    context = Context(default_language=draft.site.default, day=draft.site.day)
    agent = structure_agent(source.documents[path], source, context)
    if agent.id not in catalog.publishers or catalog.publishers[agent.id].origin.path != path:
        return None
    fresh = replace(catalog, publishers={**catalog.publishers, agent.id: agent})
    own = replace(fresh, datasets={}, pages=(), publishers={agent.id: agent})
    diagnostics = [*source.diagnostics, *context.diagnostics, *check_markup(own)]
    return renew(draft, source, diagnostics, path.__eq__, draft.site.revised(catalog=fresh))


def reread_page(draft: Draft, path: str) -> Draft | None:
    source = replace(draft.source, pages=[], diagnostics=[])
    if not (source.folder / path).is_file():
        return None
    read_page(source, path)
    fresh_pages = source.pages
    source.pages = [fresh for page in draft.source.pages for fresh in (fresh_pages if page.path == path else [page])]
    catalog, absent = draft.site.catalog, draft.site.absent
    context = Context(default_language=draft.site.default, day=draft.site.day)
    pages, mentions = structure_pages(source, catalog.portal, catalog.types, context)
    records = {name: {page.id: page for page in pages if page.type == name} for name in catalog.types}
    there: Mapping[str, Dataset] = {**dict.fromkeys(absent, Dataset()), **catalog.datasets}
    check_mentions(mentions, there, catalog.publishers, records, catalog.types, context)
    fresh = replace(catalog, pages=tuple(pages))
    own = replace(fresh, datasets={}, publishers={}, pages=[page for page in pages if path in page.sources.values()])
    diagnostics = [*source.diagnostics, *context.diagnostics, *check_markup(own)]
    return renew(draft, source, diagnostics, path.__eq__, draft.site.revised(catalog=fresh))


def reread_theme(draft: Draft, path: str) -> Draft:
    portal, folder = draft.site.catalog.portal, draft.source.folder
    theme = dress(read_theme(folder, portal.theme, portal.origin["theme"]), portal, folder)
    diagnostics = [*theme.problems, *check_templates(theme)]
    return renew(
        draft, draft.source, diagnostics, lambda place: place.startswith(path), draft.site.revised(theme=theme)
    )


def renew(
    draft: Draft, source: Source, diagnostics: Sequence[Diagnostic], concerns: Callable[[str], bool], site: Site
) -> Draft:
    """A draft after a file was read: its site is another unless the file has errors."""
    told = [item for item in diagnostics if concerns(item.place.path)]
    others = [item for item in draft.diagnostics if not concerns(item.place.path)]
    source.diagnostics = []
    if any(item.is_error for item in told):
        return replace(draft, source=source, diagnostics=[*others, *told])
    waiting = find_waiting(site.catalog, site.day)
    site = site.revised(waiting={(item.path, item.language): item.release for item in waiting})
    return replace(draft, source=source, site=site, diagnostics=[*others, *told])


class Focus(Mapping[str, Dataset]):
    """The datasets of a catalogue, of which one alone is walked through; all others can be looked up."""

    def __init__(self, datasets: Mapping[str, Dataset], id: str) -> None:
        self.datasets, self.id = datasets, id

    def __getitem__(self, id: str) -> Dataset:
        return self.datasets[id]

    def __contains__(self, id: object) -> bool:
        return id in self.datasets

    def __iter__(self) -> Iterator[str]:
        return iter((self.id,))

    def __len__(self) -> int:
        return 1


def check_dataset(catalog: Catalog, dataset: Dataset, absent: Iterable[str]) -> list[Diagnostic]:
    """What rules and texts have against one dataset, as far as it can be told without walking through the others."""
    there = {**dict.fromkeys(absent, Dataset()), **catalog.datasets, dataset.id: dataset}
    own = replace(catalog, datasets=Focus(there, dataset.id), pages=(), publishers=catalog.publishers)
    written = replace(catalog, datasets={dataset.id: dataset}, pages=(), publishers={}, service=())
    path = dataset.origin.path
    return [item for item in (*check_catalog(own), *check_markup(written)) if item.place.path == path]


def is_described(path: str, source: Source) -> bool:
    return path in source.documents and is_dataset(path)


def is_publisher(path: str, source: Source) -> bool:
    return path in source.documents and path.startswith(PUBLISHERS)


def is_page(path: str, source: Source) -> bool:
    return path.endswith(".md") and any(page.path == path for page in source.pages)


READERS: Sequence[tuple[Callable[[str, Source], bool], Callable[[Draft, str], Draft | None]]] = (
    (is_described, reread_dataset),
    (is_publisher, reread_publisher),
    (is_page, reread_page),
    (lambda path, source: path == "themes/", reread_theme),
)
"""What is read on its own: whether a file is such a one, and how it is read."""
