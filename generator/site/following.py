"""What can be followed: the lists that have an Atom feed, gathered by what they are lists of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.site.collections import KINDS
from generator.site.links import Link, program_link
from generator.site.memory import remembered
from generator.site.records import day_of, records_of
from generator.site.selections import Selection, all_selections, label_of, members
from generator.site.site import Site
from generator.text.speech import Words

FOLLOW = "follow/"
"""The page that explains following."""

OUTLINE = "feeds.opml"
"""Every list's feed in a language, for readers that take them all at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A list that can be followed: `path` is its page's, and its feed is `feed.atom` there."""

    title: Words
    path: str

    @property
    def feed(self) -> str:
        return f"{self.path}feed.atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedGroup:
    """Lists of one sort: the whole, and the parts that it has."""

    title: Words
    lists: Sequence[Followed]


@remembered
def followed_groups(site: Site, language: str) -> Sequence[FollowedGroup]:
    """The whole catalogue, datasets by each of their collections, then each type of record with its parts."""
    speech = site.speech(language)
    whole = Followed(title=Words(speech.say("site.follow-page.whole"), language), path="")
    groups = (
        [FollowedGroup(title=Words(speech.say("site.terms.dataset"), language), lists=[whole])] if site.order else []
    )
    for kind in KINDS:
        found = [
            Followed(title=speech.choose(item.title), path=item.path)
            for item in site.collections[language][kind].values()
            if item.datasets
        ]
        title = Words(speech.say(f"site.terms.{kind}"), language)
        groups += [FollowedGroup(title=title, lists=found)] if found else []
    return [*groups, *record_groups(site, language)]


def record_groups(site: Site, language: str) -> Iterator[FollowedGroup]:
    speech = site.speech(language)
    for kind, declared in site.catalog.types.items():
        if not any(day_of(site, page) for page in records_of(site, kind)):
            continue
        title = speech.choose(declared.title)
        lists = [
            Followed(title=speech.choose(label_of(site, part)) if part.field else title, path=part.path(site))
            for part in all_selections(site, kind)
            if is_dated(site, part)
        ]
        yield FollowedGroup(title=title, lists=lists)


@remembered
def followed_records(site: Site, language: str) -> Mapping[str, Followed]:
    """The lists of records that can be followed, by the paths of their pages."""
    return {item.path: item for group in record_groups(site, language) for item in group.lists}


def is_dated(site: Site, selection: Selection) -> bool:
    """Whether anything of a selection can be in a feed."""
    return any(day_of(site, page) for page in members(site, selection))


def follow_link(site: Site, language: str) -> Link | None:
    """To the page that explains following; none where there is nothing to follow."""
    return program_link(site, "site.follow-page.title", FOLLOW, language) if followed_groups(site, language) else None
