"""What the dashboard of the catalogue's health counts, of a publisher's datasets or of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from generator.model import Dataset
from generator.site.freshness import STANDINGS, standing
from generator.site.memory import remembered
from generator.site.quality import answering, quality_together
from generator.site.site import Site
from generator.site.stars import MOST, stars_of
from generator.site.successors import current_version
from generator.source.git import CHANGES

HEALTH_CSV = "dashboard/health.csv"
HEALTH_JSON = "dashboard/health.json"


def has_health(site: Site) -> bool:
    return "health" in site.catalog.portal.dashboards


def keys_of(site: Site, publisher: str = "") -> Sequence[str]:
    """The ids of a publisher's datasets on offer, or of all; the most recent first."""
    return site.collections[site.default]["publisher"][publisher].datasets if publisher else site.order


def datasets_of(site: Site, publisher: str = "") -> Sequence[Dataset]:
    return [site.catalog.datasets[key] for key in keys_of(site, publisher)]


def standing_of(site: Site, dataset: Dataset) -> str:
    """Where it stands, as its page says it: by the day of its data, and free once another has its place."""
    if dataset.accrual_periodicity and current_version(site.catalog, dataset):
        return "free"
    return standing(dataset.data_modified, dataset.accrual_periodicity, site.day, dataset.accrual_months)


@remembered
def standings(site: Site, publisher: str = "") -> Mapping[str, int]:
    """How many datasets are up to date, late and so on, on the day of the edition."""
    found = Counter(standing_of(site, dataset) for dataset in datasets_of(site, publisher))
    return {code: found[code] for code in STANDINGS}


def stars(datasets: Iterable[Dataset]) -> Mapping[int, int]:
    """How many datasets have each number of stars."""
    found = Counter(map(stars_of, datasets))
    return {number: found[number] for number in range(MOST + 1)}


def translations(site: Site, datasets: Sequence[Dataset]) -> Mapping[str, int]:
    """How many datasets are titled and described in each of the portal's languages."""
    return {
        code: sum(bool(item.title.get(code) and item.description.get(code)) for item in datasets)
        for code in site.languages
    }


def link_states(site: Site, datasets: Iterable[Dataset]) -> Mapping[str, int]:
    """How many addresses of files and services answer, are broken, were not measured; each address once."""
    addresses = {
        address
        for dataset in datasets
        for item in dataset.distribution
        for address in (item.access_url, item.download_url)
        if address
    }
    names = {True: "answering", False: "broken", None: "unmeasured"}
    found = Counter(names[answering(site, address)] for address in addresses)
    return {name: found[name] for name in names.values()}


def growth(datasets: Iterable[Dataset]) -> Sequence[tuple[str, int]]:
    """How many were out by the end of each year since the first: by their release, else their first commit."""
    years = Counter(day[:4] for item in datasets if (day := first_day(item)))
    if not years:
        return []
    span = range(int(min(years)), int(max(years)) + 1)
    totals = accumulate(years[f"{year:04}"] for year in span)
    return [(f"{year:04}", total) for year, total in zip(span, totals, strict=True)]


def first_day(dataset: Dataset) -> str:
    """The day of release; else that of the first commit, where git's log was read to it."""
    known = len(dataset.history) < CHANGES
    return dataset.issued or (dataset.history[-1].date if dataset.history and known else "")


def badge_path(publisher: str) -> str:
    return f"publisher/{publisher}/badge.svg"


def badge_words(site: Site, language: str, publisher: str) -> tuple[str, str]:
    """The two halves of a badge: what was judged, and how it came out."""
    speech, together = site.speech(language), quality_together(site, publisher)
    share = speech.percent(together.mean)
    result = speech.say("site.quality.share", share=share, rating=speech.label(together.rating.title))
    return speech.say("site.quality.badge"), result
