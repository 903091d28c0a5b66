"""The datasets of a series, a line each: the years that they cover, and their data to download."""

from __future__ import annotations

from generator.model import Dataset, Distribution
from generator.pages.facts import offered_among
from generator.pages.views.dataset import MemberView
from generator.site.addresses import file_link
from generator.site.links import Link
from generator.site.site import Site
from generator.standards import vocabulary
from generator.text.speech import Speech


def member_views(site: Site, language: str, series: Dataset) -> list[MemberView]:
    """The members on offer, those of the latest years first; those that state no period come last, by title."""
    members = [site.catalog.datasets[key] for key in offered_among(site, series.members)]
    views = [(years_covered(member), member_view(site, language, member)) for member in members]
    views.sort(key=lambda pair: pair[1].dataset.title)
    views.sort(key=lambda pair: (pair[0][1] or pair[0][0], pair[0][0]), reverse=True)
    return [view for _, view in views]


def member_view(site: Site, language: str, dataset: Dataset) -> MemberView:
    speech = site.speech(language)
    items = sorted(dataset.distribution, key=lambda item: address_of(dataset, item)[1] != "download")
    first = items[0] if items else Distribution()
    url, kind = address_of(dataset, first) if items else ("", "")
    page = site.addresses.link(f"dataset/{dataset.id}/", language)
    return MemberView(
        dataset=Link(title=speech.choose(dataset.title), url=page),
        years=years_said(speech, *years_covered(dataset)),
        format=first.format,
        size=speech.size(first.byte_size) if first.byte_size is not None else "",
        url=url,
        kind=kind,
        others=max(len(items) - 1, 0),
    )


def address_of(dataset: Dataset, item: Distribution) -> tuple[str, str]:
    """Where a distribution is to be had, and whether that is a download, a service or a page."""
    if item.file:
        return file_link(dataset.id, item.file), "download"
    if item.download_url:
        return item.download_url, "download"
    known = vocabulary("formats").terms.get(item.format)
    is_service = item.access_service or (known and known.facts.get("service"))
    return item.access_url, "service" if is_service else "page"


def years_covered(dataset: Dataset) -> tuple[str, str]:
    """The first and the last year that the data cover, as the publisher states them; either may be open."""
    starts = [period.start[:4] for period in dataset.temporal if period.start]
    ends = [period.end[:4] for period in dataset.temporal]
    return min(starts, default=""), max(ends) if ends and all(ends) else ""


def years_said(speech: Speech, first: str, last: str) -> str:
    if first and last:
        return first if first == last else f"{first}–{last}"
    if first:
        return speech.say("site.dataset.since", start=first)
    return speech.say("site.dataset.until", end=last) if last else ""
