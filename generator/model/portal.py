"""portal.yaml: the site."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model.origin import Written
from generator.text.languages import DEFAULT_LANGUAGE, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem(Written):
    title: Text = field(default_factory=dict)
    url: str = ""


class Shades(NamedTuple):
    """A colour in the light scheme and in the dark one, `#rrggbb`; empty where none was given."""

    light: str = ""
    dark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colors(Written):
    """The portal's own colours; what else a page needs is made of them."""

    accent: Shades | None = None
    band: Shades | None = None
    highlight: Shades | None = None
    ink: Shades | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo(Written):
    """The portal's logo: `file` is a path from the portal's folder, `alt` what it says beyond the title beside it."""

    file: str = ""
    alt: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal(Written):
    """
    portal.yaml. `base_url` ends with a slash; `ask` is an e-mail address, or a link in which `{words}`, encoded,
    stands for what a reader looks for.
    """

    base_url: str = ""
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    theme: str = "default"
    menu: tuple[MenuItem, ...] = ()
    footer: tuple[MenuItem, ...] = ()
    backdrop: str = ""
    home: tuple[str, ...] = ()
    actions: tuple[MenuItem, ...] = ()
    ask: str = ""
    featured: tuple[str, ...] = ()
    declaration: str = ""
    population: int | None = None
    colors: Colors | None = None
    logo: Logo | None = None
    dashboards: tuple[str, ...] = ()
    styleguide: bool = False
    locale: str = ""
    hosts: tuple[str, ...] = ()
    commit_messages: bool = False
    compress: bool = False
    types: tuple[str, ...] = ()

    @property
    def default_language(self) -> str:
        return self.languages[0]
