"""What the catalogue has on offer, by kind: the ids that the API and CKAN's shape of it list."""

from __future__ import annotations

from collections.abc import Sequence

from generator.site.memory import remembered
from generator.site.site import Site

KINDS = ("datasets", "publishers", "themes")


def ids(site: Site, kind: str) -> Sequence[str]:
    catalog = site.catalog
    if kind == "datasets":
        return offered_ids(site)
    return sorted(catalog.publishers) if kind == "publishers" else [theme.id for theme in catalog.theme_taxonomy]


@remembered
def offered_ids(site: Site) -> Sequence[str]:
    return [dataset.id for dataset in site.catalog.offered]
