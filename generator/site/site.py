"""What every page and feed draws on: the catalogue and the theme, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.model import Catalog, Release
from generator.model.diagnostics import Diagnostic
from generator.model.digest import digest, program_digest
from generator.previews.backdrop import Backdrop
from generator.previews.catalog_files import Profiles
from generator.site.addresses import Addresses
from generator.site.collections import Collection, collect, is_gathered_alike, recent_first
from generator.site.memory import Memory, remembered
from generator.site.related import relate
from generator.text.speech import Speech
from generator.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Left:
    """A published artifact that nobody has touched since: its file, and the digest of what it was made from."""

    file: Path
    made_from: str


def nothing(path: str) -> None:
    """Of a site that was never built."""


@dataclass(frozen=True, eq=False)
class Site:
    """
    A catalogue and a theme, ready to render. It holds no rendered page, and pickles.

    `cache` is a folder where what is costly to find out may be kept; no artifact depends on what is there. `profiles`
    tell what is in the files beside the metadata, by dataset and distribution; `backdrop` lies below their maps. `day`
    is that of the edition, on which states depend; "" where nothing has passed and nothing is to come.
    `noindex` tells robots to leave the site alone: it is a preview of what will be published. `left_out` are the errors
    of the datasets that are therefore not in the catalogue, `absent` the ids of those and of drafts, `held` the paths
    of pages that are not to be published yet. Where they are shown all the same, `waiting` says by path and language
    what each waits for. `published` gives an artifact as the last build left it, if it would come out the same; `left`
    says where it is if it would not.
    """

    catalog: Catalog
    theme: Theme
    cache: Path | None = None
    profiles: Profiles = field(default_factory=dict)
    backdrop: Backdrop = field(default_factory=Backdrop)
    day: str = ""
    noindex: bool = False
    left_out: Sequence[Diagnostic] = ()
    absent: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    waiting: Mapping[tuple[str, str], Release] = field(default_factory=dict)
    published: Callable[[str], bytes | None] = nothing
    left: Callable[[str], Left | None] = nothing

    def __getstate__(self) -> dict[str, Any]:
        return {item.name: getattr(self, item.name) for item in fields(self)}

    def after(self, published: Callable[[str], bytes | None], left: Callable[[str], Left | None]) -> Site:
        """The same site, with the facts that it has found out by now, as it follows on one that was published."""
        site = replace(self)
        vars(site).update({**vars(self), "published": published, "left": left, "memory": dict(self.memory)})
        return site

    def revised(self, **parts: Any) -> Site:
        """
        The same site but for some parts, with those facts that they leave as they are. Which of the datasets on offer
        are related is told as before, though it may have changed: whoever asks for this has the whole site made again.
        """
        site = replace(self, **parts)
        kept = set()
        if {item.id for item in self.catalog.offered} == {item.id for item in site.catalog.offered}:
            kept = {"related"}
        if is_gathered_alike(self.catalog, site.catalog):
            kept = {"related", "collections", "order", "dated"}
        vars(site).update({name: fact for name, fact in vars(self).items() if name in kept})
        return site

    @cached_property
    def memory(self) -> Memory:
        """What `remembered` functions found out about this site."""
        return {}

    @property
    def default(self) -> str:
        return self.catalog.portal.default_language

    @property
    def languages(self) -> Sequence[str]:
        return self.catalog.portal.languages

    @remembered
    def speech(self, language: str) -> Speech:
        """How a language says things; a text that it lacks is said in the portal's others, in their order."""
        return Speech(
            language,
            self.theme.words(language, self.catalog.portal.locale),
            self.theme.borrowed(language),
            self.languages,
        )

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(self.catalog, self.collections, self.absent, self.held)

    @cached_property
    def order(self) -> Sequence[str]:
        """The ids of all datasets that are not withdrawn, the most recent first."""
        return [dataset.id for dataset in recent_first(self.catalog.offered)]

    @cached_property
    def dated(self) -> Sequence[str]:
        """Those of them that have a date: of no other can it be said that it is recent."""
        return [id for id in self.order if self.catalog.datasets[id].changed]

    @cached_property
    def collections(self) -> Mapping[str, Mapping[str, Mapping[str, Collection]]]:
        """Language, kind, key."""
        return {language: collect(self.catalog, language) for language in self.languages}

    @cached_property
    def related(self) -> Mapping[str, Sequence[str]]:
        """Dataset id to the ids of those that resemble it most."""
        return relate(self.catalog, self.order)

    @cached_property
    def digest(self) -> str:
        """Of what is on every page."""
        catalog, theme = self.catalog, self.theme
        agent = catalog.publishers.get(catalog.publisher)
        assets = sorted(theme.addresses.items())
        shared = (
            catalog.portal,
            catalog.title,
            catalog.description,
            catalog.theme_taxonomy,
            catalog.contact_point,
            catalog.types,
        )
        # Pages lead to what can be followed: datasets or, where none is on offer, some of the records.
        followed = bool(self.order) or catalog.pages
        looks = theme.templates, assets, theme.strings, followed
        missing = sorted(self.absent), sorted(self.held), sorted(self.waiting.items())
        return digest(program_digest(), shared, agent, *looks, self.noindex, *missing)

    @cached_property
    def dataset_digests(self) -> Mapping[str, str]:
        """Dataset id to a digest of all that its own page and card show."""
        agents = self.catalog.publishers
        return {key: digest(dataset, agents.get(dataset.publisher)) for key, dataset in self.catalog.datasets.items()}

    @cached_property
    def catalog_digest(self) -> str:
        """Of the whole catalogue, for artifacts that hold all of it."""
        about = replace(self.catalog, datasets={}, pages=(), types={}, deleted={}, shallow_history=False)
        return digest(self.digest, about, list(self.dataset_digests.items()))
