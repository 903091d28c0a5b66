"""The buttons: what the public can do."""

from __future__ import annotations

from collections.abc import Sequence

from generator.site.links import Link, entry_links
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Link]:
    return entry_links(site, site.catalog.portal.actions, language)
