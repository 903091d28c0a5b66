"""The search, which leads to the list of all datasets where scripts are blocked."""

from __future__ import annotations

from generator.site.site import Site


def view(site: Site, language: str) -> str:
    return site.addresses.link("dataset/", language)
