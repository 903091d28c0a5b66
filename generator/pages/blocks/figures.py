"""The catalogue in figures: datasets, publishers, files, and the share of the population that they serve."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.views.home import Figure
from generator.site.site import Site


def view(site: Site, language: str) -> Sequence[Figure]:
    speech = site.speech(language)
    datasets = [site.catalog.datasets[key] for key in site.order]
    counts = {
        "dataset": len(datasets),
        "publisher": len({dataset.publisher for dataset in datasets}),
        "file": sum(len(dataset.distribution) for dataset in datasets),
    }
    figures = [
        Figure(value=speech.number(count), label=speech.say(f"site.figures.{kind}", count=count))
        for kind, count in counts.items()
    ]
    if share := coverage(site):
        figures.append(Figure(value=speech.percent(share), label=speech.say("site.figures.coverage")))
    return figures


def coverage(site: Site) -> float:
    """The share of the population that the publishers of datasets serve; 0 when it is not known."""
    whole = site.catalog.portal.population
    publishers = {site.catalog.datasets[key].publisher for key in site.order}
    served = sum(site.catalog.publishers[key].population or 0 for key in publishers)
    return min(1.0, served / whole) if whole else 0.0
