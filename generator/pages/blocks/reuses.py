"""The latest reuses."""

from __future__ import annotations

from generator.pages.content import latest_block
from generator.pages.views.home import ContentBlock
from generator.site.site import Site

SHOWN = 4


def view(site: Site, language: str) -> ContentBlock | None:
    return latest_block(site, "reuses", language, SHOWN)
