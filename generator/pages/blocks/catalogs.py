"""The catalogues that this one leads to."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.views.frame import Related
from generator.site.links import Link, publisher_link
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Related]:
    choose = site.speech(language).choose
    return [
        Related(
            dataset=Link(title=choose(item.title), url=item.homepage or item.iri),
            publisher=publisher_link(site, item.publisher, language),
        )
        for item in site.catalog.catalog
    ]
