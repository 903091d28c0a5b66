"""A dataset on a line, with a date or a note, and how many of them a block of the home page shows."""

from __future__ import annotations

from generator.pages.views.frame import Related
from generator.pages.views.home import Line
from generator.site.links import Link, publisher_link
from generator.site.site import Site

SHOWN = 6


def dataset_line(site: Site, language: str, key: str, date: str = "", note: str = "") -> Line:
    dataset = site.catalog.datasets[key]
    title = site.speech(language).choose(dataset.title)
    return Line(
        dataset=Link(title=title, url=site.addresses.link(f"dataset/{key}/", language)),
        publisher=publisher_link(site, dataset.publisher, language),
        date=date,
        note=note,
    )


def related_inputs(site: Site, key: str) -> object:
    """What a line about a dataset that another page names shows."""
    dataset = site.catalog.datasets.get(key)
    return dataset and (key, dataset.title, site.catalog.publishers[dataset.publisher].name)


def related_line(site: Site, language: str, key: str) -> Related:
    dataset = site.catalog.datasets[key]
    return Related(
        dataset=Link(
            title=site.speech(language).choose(dataset.title), url=site.addresses.link(f"dataset/{key}/", language)
        ),
        publisher=publisher_link(site, dataset.publisher, language),
    )
