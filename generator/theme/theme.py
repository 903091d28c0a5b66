"""A theme with all that it inherits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from generator.model.diagnostics import Diagnostic
from generator.text.locales import language_of, respell
from generator.text.strings import own_strings, strings
from generator.theme.assets import (
    OWN_SHEET,
    SHEET,
    Picture,
    hashed,
    link_assets,
    minify,
    picture_size,
    put_custom_media,
    read_custom_media,
)
from generator.theme.colors import Palette, read_palette
from generator.theme.strings import LABELS, labels


@dataclass(frozen=True, kw_only=True)
class Theme:
    """
    A theme with all that it inherits: template name to text, asset name to content, language to strings.

    `problems` are diagnostics of its own files.
    """

    name: str
    templates: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """Template name to its file, as diagnostics name it."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Asset name to its file, likewise."""
    joins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a file that is published to the assets that are joined in it, in their order."""
    sheets: tuple[tuple[str, str], ...] = ()
    """The style sheets that say what custom properties are worth, each with its file's path, as a page loads them."""
    stemmers: frozenset[str] = frozenset()
    """Those assets that are scripts named after a language; the others stay out of a portal that is not in it."""
    problems: tuple[Diagnostic, ...] = ()

    @cached_property
    def palette(self) -> Palette:
        """What the custom properties are worth in each scheme."""
        return read_palette(text for _path, text in self.sheets)

    @cached_property
    def logo(self) -> Picture | None:
        """The portal's logo, else the theme's."""
        names = (name for name in self.assets if re.fullmatch(r"logo\.(svg|png|webp|jpe?g)", name))
        return next((Picture(name, *picture_size(name, self.assets[name])) for name in names), None)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Asset name to its path in the site, which holds a digest of the content so that it may be cached for ever."""
        return {name: hashed(name, content) for name, content in self.published.items()}

    @cached_property
    def published(self) -> Mapping[str, bytes]:
        """
        Assets as published: without comments and spare space, joined as theme.yaml says, and with style sheets that
        lead to the hashed names.
        """
        joined = {part for parts in self.joins.values() for part in parts}
        joined |= {name for name in self.assets if name.startswith("node_modules/")}
        wanted = {
            name: self.parts(name) for name in [*self.assets, *self.joins] if name in self.joins or name not in joined
        }
        plain = {
            name: b"\n".join(minify(part, self.assets[part]) for part in parts)
            for name, parts in wanted.items()
            if not name.endswith(".css")
        }
        text = {part: self.assets[part].decode("utf-8-sig") for part in self.assets if part.endswith(".css")}
        widths = read_custom_media("".join(text[part] for sheet in (SHEET, OWN_SHEET) for part in self.parts(sheet)))
        sheets = {
            name: b"\n".join(
                link_assets(part, put_custom_media(text[part], widths).encode(), plain, name) for part in parts
            )
            for name, parts in wanted.items()
            if name.endswith(".css")
        }
        return {**plain, **sheets}

    def parts(self, name: str) -> list[str]:
        """The assets that a published file is made of: those that are joined in it, else the one of its name."""
        return [part for part in self.joins.get(name, (name,)) if part in self.assets]

    def words(self, language: str, locale: str = "") -> Mapping[str, str]:
        """The program's strings in a language, as a country writes them, with the theme's own over them."""
        ours = strings(language)
        if locale and language_of(locale) == language:
            ours = respelled(language, locale)
        return {**ours, **self.strings.get(language, {})}

    def borrowed(self, language: str) -> frozenset[str]:
        """The keys of those that are in another language, as neither the theme nor the program has them in this one."""
        own = own_strings(language).keys() | self.strings.get(language, {}).keys()
        return frozenset(self.words(language).keys() - own)


@cache
def respelled(language: str, locale: str) -> Mapping[str, str]:
    """The program's strings, and what pages say from tables, as a country writes them."""
    tables = {key: respell(key.removeprefix(LABELS), locale) for key in labels()}
    other = {key: text for key, text in tables.items() if text != key.removeprefix(LABELS)}
    return {**{key: respell(text, locale) for key, text in strings(language).items()}, **other}
