"""The datasets used most, as `usage.csv` counts, and in which months; equals stand as the latest updates do."""

from __future__ import annotations

from generator.pages.dataset_lines import SHOWN, dataset_line
from generator.pages.views.home import Popular
from generator.site.site import Site
from generator.site.use import most_used, period


def view(site: Site, language: str) -> Popular | None:
    usage, say = site.catalog.usage, site.speech(language).say
    used = most_used(site)[:SHOWN]
    if not used:
        return None
    return Popular(
        lines=[dataset_line(site, language, key, note=say("site.front.used", count=usage[key].total)) for key in used],
        period=period(site, language),
    )
