"""The featured datasets' cards; a dataset that is gone is not put forward."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.pages.cards import dataset_card
from generator.site.site import Site


def featured(site: Site) -> Sequence[str]:
    offered = set(site.order)
    return [key for key in dict.fromkeys(site.catalog.portal.featured) if key in offered]


def inputs(site: Site, language: str) -> object:
    return [(key, site.dataset_digests[key]) for key in featured(site)]


def view(site: Site, language: str) -> Sequence[Markup]:
    return [dataset_card(site, key, language) for key in featured(site)]
