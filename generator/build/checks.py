"""All that is checked before anything is rendered, and what its errors leave out of a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from generator.build.editions import without_datasets
from generator.model import Catalog
from generator.model.diagnostics import Diagnostic, sort_diagnostics
from generator.pages.templates import check_templates
from generator.rules.catalog import check_catalog
from generator.rules.collisions import check_collisions
from generator.rules.links import check_links
from generator.rules.markdown import check_markup
from generator.rules.outgoing import check_outgoing
from generator.rules.packages import check_packages
from generator.site.site import Site
from generator.site.tasks import Plan
from generator.source.folders import is_dataset
from generator.theme.theme import Theme

OF_CATALOG: Sequence[Callable[[Catalog], Iterable[Diagnostic]]] = (
    check_catalog,
    check_markup,
    check_outgoing,
    check_packages,
)
OF_THEME: Sequence[Callable[[Theme], Iterable[Diagnostic]]] = (check_templates,)
OF_PLAN: Sequence[Callable[[Site, Plan], Iterable[Diagnostic]]] = (check_collisions, check_links)
"""Every check, by what it looks at: what was written, the theme's templates, and what would be published."""


def check_reading(catalog: Catalog, theme: Theme) -> Iterator[Diagnostic]:
    """What is wrong between the files of a portal."""
    for of_catalog in OF_CATALOG:
        yield from of_catalog(catalog)
    for of_theme in OF_THEME:
        yield from of_theme(theme)


def check_plan(site: Site, plan: Plan) -> Iterator[Diagnostic]:
    """What is wrong with what would be published."""
    for of_plan in OF_PLAN:
        yield from of_plan(site, plan)


def fatal(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors that no dataset's absence mends."""
    return [item for item in diagnostics if item.is_error and not is_dataset(item.place.path)]


def of_datasets(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """The errors that leave a dataset out."""
    return sort_diagnostics(item for item in diagnostics if item.is_error and is_dataset(item.place.path))


def leave_out(catalog: Catalog, errors: Iterable[Diagnostic]) -> Catalog:
    """The catalogue without the datasets whose file, or folder, has an error; no record names one of them."""
    broken = {item.place.path for item in errors if item.is_error}
    folders = {parent.as_posix() for path in broken for parent in PurePosixPath(path).parents}
    kept = {
        key: dataset
        for key, dataset in catalog.datasets.items()
        if dataset.origin.path not in broken and dataset.folder not in folders
    }
    gone = catalog.datasets.keys() - kept.keys()
    if not gone:
        return catalog
    pages = tuple(without_datasets(page, catalog.types, gone) for page in catalog.pages)
    return replace(catalog, datasets=kept, pages=pages)
