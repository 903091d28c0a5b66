"""Parts of the catalogue that are catalogues of their own: all datasets, a publisher's, a theme's, a page of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.feeds.complete import FeedError, distinct_offered
from generator.model import Catalog, Dataset, Text
from generator.text.languages import present

PAGE_SIZE = 100
"""Datasets on a page of the paged catalogue: what harvesters take at once, some 400 kB."""


def catalog_page_path(number: int) -> str:
    """Where a page of the paged catalogue is."""
    return f"catalog/{number}.jsonld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Datasets by id, below a path of the site (`publisher/ville/`); `name` follows the catalogue's title."""

    path: str = ""
    name: Text = field(default_factory=dict)
    ids: Sequence[str] = ()
    modified: str = ""
    """When something in it last changed."""

    def title(self, catalog: Catalog) -> Text:
        """The part's title, in the languages of its name; the catalogue's address when it has no title."""
        whole = present(catalog.title) or {catalog.portal.default_language: catalog.portal.base_url}
        first = next(iter(whole.values()))
        names = present(self.name)
        return {code: f"{whole.get(code, first)} – {name}" for code, name in names.items()} or whole


def whole_catalog(catalog: Catalog) -> Part:
    """All datasets that are offered; a FeedError when one is missing, or two would be one to a harvester."""
    ids = [dataset.id for dataset in distinct_offered(catalog)]
    if len(ids) != len(catalog.offered):
        raise FeedError(f"the feeds would hold {len(ids)} datasets of {len(catalog.offered)}")
    return Part(ids=ids, modified=latest_change(catalog.datasets.values()))


def latest_change(datasets: Iterable[Dataset]) -> str:
    """The latest date of a dataset, the day of a withdrawal included."""
    dates = (
        date for dataset in datasets for date in (dataset.changed, dataset.withdrawn.date if dataset.withdrawn else "")
    )
    return max(dates, default="")


def part_of(catalog: Catalog, kind: str, id: str, ids: Sequence[str]) -> Part:
    """The datasets of a publisher or a theme."""
    name = catalog.publishers[id].name if kind == "publisher" else catalog.themes[id].pref_label
    modified = latest_change(map(catalog.datasets.__getitem__, ids))
    return Part(path=f"{kind}/{id}/", name=name, ids=sorted(ids), modified=modified)


def pages(part: Part) -> Iterator[Part]:
    """The part cut into pages; an empty one has a page all the same."""
    for start in range(0, max(1, len(part.ids)), PAGE_SIZE):
        yield replace(part, ids=part.ids[start : start + PAGE_SIZE])
