"""The page for harvesters: every feed, what it is, its media type and how to check it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.harvest import HarvestFeed, HarvestView, LeftOut
from generator.site.addresses import file_of, link
from generator.site.links import home_link
from generator.site.representations import API_CATALOG, HARVEST, REPORT
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards.feeds import FeedRow, feeds
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
        feeds=[row(site, language, feed) for feed in feeds().values()],
        count=len(site.order),
        left_out=left_out_views(site, language),
        report=link(REPORT),
        apis=link(API_CATALOG),
    )
    return render_page(site, "harvest.html", view, site.addresses.path(HARVEST, language))


def left_out_views(site: Site, language: str) -> list[LeftOut]:
    """The datasets that errors keep from this publication, and why."""
    files = dict.fromkeys(item.place.path for item in site.left_out)
    return [
        LeftOut(
            file=file, problems=[item.message(spoken(language)) for item in site.left_out if item.place.path == file]
        )
        for file in files
    ]


def row(site: Site, language: str, feed: FeedRow) -> HarvestFeed:
    first = feed.first or ("" if "{" in feed.path else feed.path)
    speech, check = site.speech(language), feed.check
    return HarvestFeed(
        title=speech.label(feed.title),
        address=site.addresses.absolute(feed.path),
        url=link(first) if first else "",
        media_type=feed.type,
        check=speech.say(f"site.harvest.check.{check}") if isinstance(check, str) else speech.label(check),
    )
