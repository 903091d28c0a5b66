"""A theme's files: templates, assets, strings and scripts, inherited by shadowing."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import rcssmin
import rjsmin

from generator.diagnostics import Diagnostic, Place, closest
from generator.source.nodes import Mapping_, Refused, Scalar, Sequence, decode, parse
from generator.strings import read_strings, strings

PACKAGE = Path(__file__).parent

CSS_URL = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")


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
    problems: tuple[Diagnostic, ...] = ()

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Asset name to its path in the site, which holds a digest of the content so that it may be cached for ever."""
        return {name: hashed(name, content) for name, content in self.published.items()}

    @cached_property
    def published(self) -> Mapping[str, bytes]:
        """
        Assets as published: without comments and spare space, and with style sheets that lead to the hashed names.
        """
        plain = {name: shorten(name, content) for name, content in self.assets.items() if not name.endswith(".css")}
        sheets = {name: link_assets(name, text, plain) for name, text in self.assets.items() if name not in plain}
        return {**plain, **sheets}

    def words(self, language: str) -> Mapping[str, str]:
        """The program's strings in a language, with the theme's own over them."""
        return {**strings(language), **self.strings.get(language, {})}


def hashed(name: str, content: bytes) -> str:
    """
    >>> hashed("fonts/a.woff2", b"")
    'assets/fonts/a.e3b0c44298.woff2'
    """
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{extension}"


def shorten(name: str, content: bytes) -> bytes:
    """A script or style sheet without what only its author needs; third-party scripts come as npm has them."""
    if name.endswith(".js"):
        return str(rjsmin.jsmin(content.decode())).encode()
    return str(rcssmin.cssmin(content.decode())).encode() if name.endswith(".css") else content


def link_assets(sheet: str, text: bytes, assets: Mapping[str, bytes]) -> bytes:
    """A style sheet whose relative addresses lead to the hashed names of the assets."""

    def rewrite(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), match[2]))
        if target not in assets:
            return match[0]
        here = posixpath.dirname(hashed(sheet, b""))
        return f'url("{posixpath.relpath(hashed(target, assets[target]), here)}")'

    return CSS_URL.sub(rewrite, shorten(sheet, text).decode()).encode()


def script_name(path: str) -> str:
    """
    What a script from npm is called in the site; hosts know JavaScript by the ending `.js` alone.

    >>> script_name("node_modules/@orama/stemmers/dist/fr.cjs")
    'fr.js'
    """
    return posixpath.splitext(posixpath.basename(path))[0] + ".js"


def theme_folders(portal: Path) -> Iterator[Path]:
    """Where themes are looked for: the portal's own, then those that Vitrine carries."""
    for folder in (portal / "themes", PACKAGE / "themes", PACKAGE.parent / "themes"):
        if folder.is_dir():
            yield folder


def find_theme(portal: Path, name: str) -> Path | None:
    found = (folder / name for folder in theme_folders(portal))
    return next((folder for folder in found if (folder / "theme.yaml").is_file()), None)


def theme_names(portal: Path) -> list[str]:
    return sorted({file.parent.name for folder in theme_folders(portal) for file in folder.glob("*/theme.yaml")})


def read_theme(portal: Path, name: str, place: Place, heirs: tuple[str, ...] = ()) -> Theme:
    """
    The theme and its parents, the nearest file winning.

    `place` is where the name was written: an unknown theme, or one that inherits itself, is reported there.
    """
    folder = find_theme(portal, name)
    if folder is None or name in heirs:
        code = "theme-cycle" if name in heirs else "unknown-portal-theme"
        suggestion = "" if name in heirs else closest(name, theme_names(portal))
        return Theme(name=name, problems=(Diagnostic.at(place, code, value=name, suggestion=suggestion),))
    label = folder.relative_to(portal).as_posix() if folder.is_relative_to(portal) else f"themes/{name}"
    settings, problems = read_settings(folder / "theme.yaml", f"{label}/theme.yaml")
    parent = Theme(name="")
    if inherited := settings.get("parent"):
        value, where = inherited[0]
        parent = read_theme(portal, value, where, (*heirs, name))
        problems += parent.problems
    scripts = {}
    for value, where in settings.get("scripts", []):
        if (folder / value).is_file():
            scripts[script_name(value)] = (folder / value).read_bytes()
        else:
            problems += (Diagnostic.at(where, "missing-script", value=value, theme=label),)
    languages = {file.stem: read_strings(file) for file in sorted((folder / "strings").glob("*.yaml"))}
    templates, sources = {}, {}
    for template, content in read_tree(folder / "templates").items():
        sources[template] = f"{label}/templates/{template}"
        try:
            templates[template] = decode(sources[template], content)
        except Refused as refused:
            problems += (refused.diagnostic,)
    return Theme(
        name=name,
        templates={**parent.templates, **templates},
        sources={**parent.sources, **sources},
        assets={**parent.assets, **scripts, **read_tree(folder / "assets")},
        strings={
            code: {**parent.strings.get(code, {}), **languages.get(code, {})}
            for code in sorted({*parent.strings, *languages})
        },
        problems=problems,
    )


Settings = Mapping[str, list[tuple[str, Place]]]


def read_settings(file: Path, path: str) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """theme.yaml: key to its values with their places."""
    try:
        node, diagnostics = parse(path, decode(path, file.read_bytes()))
    except Refused as refused:
        return {}, (refused.diagnostic,)
    entries = node.entries if isinstance(node, Mapping_) else {}
    values = {key: value.items if isinstance(value, Sequence) else [value] for key, value in entries.items()}
    settings = {
        key: [(item.value, item.place) for item in items if isinstance(item, Scalar)] for key, items in values.items()
    }
    return settings, tuple(diagnostics)


def read_tree(folder: Path) -> dict[str, bytes]:
    """POSIX path from the folder to content, for every file below it."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith("."))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
