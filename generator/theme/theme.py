"""A theme with all that it inherits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.diagnostics import Diagnostic
from generator.text.strings import own_strings, strings
from generator.theme.assets import (
    IN_FRONT,
    OWN_SHEET,
    SHEET,
    Picture,
    hashed,
    link_assets,
    picture_size,
    put_custom_media,
    read_custom_media,
    shorten,
)
from generator.theme.colors import Palette, read_palette


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
        Assets as published: without comments and spare space, with what a script needs in front of it in the same
        file, and with style sheets that lead to the hashed names.
        """
        plain = {name: shorten(name, content) for name, content in self.assets.items() if not name.endswith(".css")}
        for name, needed in IN_FRONT.items():
            if name in plain:
                parts = [plain.pop(other) for other in needed if other in plain]
                plain[name] = b"\n".join([*parts, plain[name]])
        styles = {name: text.decode() for name, text in self.assets.items() if name.endswith(".css")}
        widths = read_custom_media(styles.get(SHEET, "") + styles.get(OWN_SHEET, ""))
        sheets = {
            name: link_assets(name, put_custom_media(text, widths).encode(), plain) for name, text in styles.items()
        }
        return {**plain, **sheets}

    def words(self, language: str) -> Mapping[str, str]:
        """The program's strings in a language, with the theme's own over them."""
        return {**strings(language), **self.strings.get(language, {})}

    def borrowed(self, language: str) -> frozenset[str]:
        """The keys of those that are in another language, as neither the theme nor the program has them in this one."""
        own = own_strings(language).keys() | self.strings.get(language, {}).keys()
        return frozenset(self.words(language).keys() - own)
