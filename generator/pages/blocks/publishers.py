"""The publishers by kind; of too many for a home page, those with the most datasets."""

from __future__ import annotations

from generator.pages.collections import alphabetical, group_publishers
from generator.pages.lists import facet
from generator.pages.views.home import PublishersBlock
from generator.pages.views.lists import PublisherGroup
from generator.site.site import Site

MANY = 40
"""More than this are too many to be named."""


def view(site: Site, language: str) -> PublishersBlock | None:
    largest = facet(site, "publisher", language)
    if largest.total <= MANY:
        groups = group_publishers(site, language)
        return PublishersBlock(groups=groups) if groups else None
    group = PublisherGroup(title="", links=sorted(largest.links, key=alphabetical))
    return PublishersBlock(groups=[group], more=largest.more, total=largest.total)
