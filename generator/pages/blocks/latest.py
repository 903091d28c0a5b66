"""The latest updates, of the datasets that have a date."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.dataset_lines import SHOWN, dataset_line
from generator.pages.views.home import Line
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Line]:
    datasets = site.catalog.datasets
    return [dataset_line(site, language, key, datasets[key].changed) for key in site.dated[:SHOWN]]
