"""The datasets issued last; equals stand as the latest updates do."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.dataset_lines import SHOWN, dataset_line
from generator.pages.views.home import Line
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Line]:
    datasets = site.catalog.datasets
    issued = [key for key in site.order if datasets[key].issued]
    added = sorted(issued, key=lambda key: datasets[key].issued, reverse=True)[:SHOWN]
    return [dataset_line(site, language, key, datasets[key].issued) for key in added]
