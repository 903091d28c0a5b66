"""The page that explains following: what a feed is, how to be told of it, and the feeds that the portal has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.digest import digest
from generator.pages.chrome import make_chrome
from generator.pages.renderer import render_page
from generator.pages.views.follow import FollowGroup, FollowView
from generator.site.addresses import file_of
from generator.site.following import FOLLOW, OUTLINE, FollowedGroup, followed_groups
from generator.site.links import Link, home_link
from generator.site.records import records_of
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.speech import Words

SHOWN = 40
"""How many lists of a group the page names; the outline has all."""


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages:
        if groups := followed_groups(site, language):
            inputs = digest(site.digest, "follow", language, groups)
            yield Task(file_of(site.addresses.path(FOLLOW, language)), render, (language,), inputs)


def render(site: Site, language: str) -> bytes:
    say = site.speech(language).say
    groups = followed_groups(site, language)
    first = groups[0].lists[0]
    calendars = any(declared.calendar and records_of(site, kind) for kind, declared in site.catalog.types.items())
    view = FollowView(
        chrome=make_chrome(site, FOLLOW, language),
        title=Words(say("site.follow-page.title"), language),
        description=say("site.follow-page.description"),
        trail=(home_link(site, language),),
        outline=site.addresses.link(OUTLINE, language),
        example=site.addresses.absolute(first.feed, language),
        calendars=calendars,
        groups=[group_view(site, language, group) for group in groups],
    )
    return render_page(site, "follow.html", view, site.addresses.path(FOLLOW, language))


def group_view(site: Site, language: str, group: FollowedGroup) -> FollowGroup:
    links = [Link(title=item.title, url=site.addresses.link(item.feed, language)) for item in group.lists[:SHOWN]]
    return FollowGroup(title=group.title, links=links, more=len(group.lists) - len(links))
