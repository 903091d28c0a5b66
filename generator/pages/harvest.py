"""The page for harvesters: every feed, what it is, its media type and how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.harvest import FeedRow, HarvestView, LeftOut
from generator.site.addresses import file_of, link
from generator.site.links import home_link
from generator.site.representations import API_CATALOG, HARVEST, REPORT
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import read_rows
from generator.text.speech import Words
from generator.text.strings import spoken


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages:
        inputs = digest(site.digest, "harvest", language, len(site.order), site.left_out)
        yield Task(file_of(site.addresses.path(HARVEST, language)), render, (language,), inputs)


def render(site: Site, language: str) -> bytes:
    say = site.speech(language).say
    view = HarvestView(
        chrome=make_chrome(site, HARVEST, language),
        title=Words(say("site.harvest.title"), language),
        description=say("site.harvest.description"),
        trail=(home_link(site, language),),
        feeds=[row(site, language, feed) for feed in read_rows("feeds")],
        count=len(site.order),
        left_out=left_out(site, language),
        report=link(REPORT),
        apis=link(API_CATALOG),
    )
    return render_page(site, "harvest.html", view, site.addresses.path(HARVEST, language))


def left_out(site: Site, language: str) -> list[LeftOut]:
    """The datasets that errors keep from this publication, and why."""
    files = dict.fromkeys(item.place.path for item in site.left_out)
    return [
        LeftOut(
            file=file, problems=[item.message(spoken(language)) for item in site.left_out if item.place.path == file]
        )
        for file in files
    ]


def row(site: Site, language: str, feed: Mapping[str, Any]) -> FeedRow:
    path = feed["path"]
    first = feed.get("first", "" if "{" in path else path)
    return FeedRow(
        title=site.speech(language).label(feed["title"]),
        address=site.addresses.absolute(path),
        url=link(first) if first else "",
        media_type=feed["type"],
        check=site.speech(language).say(f"site.harvest.check.{feed['check']}"),
    )
