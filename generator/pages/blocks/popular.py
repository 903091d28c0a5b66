"""The datasets used most, as `usage.csv` counts; equals stand as the latest updates do."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.dataset_lines import SHOWN, dataset_line
from generator.pages.views.home import Line
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Line]:
    usage, say = site.catalog.usage, site.speech(language).say
    used = sorted((key for key in site.order if usage.get(key)), key=lambda key: -usage[key])[:SHOWN]
    return [dataset_line(site, language, key, note=say("site.front.used", count=usage[key])) for key in used]
