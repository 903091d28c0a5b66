"""The themes, with how many datasets each has."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.collections import theme_links
from generator.pages.views.lists import ThemeLink
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[ThemeLink]:
    return theme_links(site, language)
