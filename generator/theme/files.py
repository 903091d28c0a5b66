"""A theme's files: templates, assets, strings and scripts, inherited by shadowing."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import rcssmin
import rjsmin

from generator.model.diagnostics import Diagnostic, Place, closest
from generator.source.files import is_file
from generator.source.nodes import Mapping_, Refused, Scalar, Sequence, decode, parse
from generator.text.strings import own_strings, strings
from generator.theme.colors import Palette, read_palette
from generator.theme.strings import check_keys, read_words
from generator.theme.unused import check_shadows

PACKAGE = Path(__file__).parent

SHEET, OWN_SHEET, COLORS_SHEET, GUIDE_SHEET = "style.css", "theme.css", "colors.css", "styleguide.css"
"""
What pages load, in this order: the first theme's sheet, what its heirs change, what portal.yaml changes; and the style
guide's own.
"""

CUSTOM_MEDIA = re.compile(r"@custom-media\s+(--[\w-]+)\s+([^;]+);\s*")
CSS_URL = re.compile(r"""url\((["']?)(?!data:|https?:|/|#)([^"')]+)\1\)""")


class Picture(NamedTuple):
    """A picture among the assets, and its size in pixels; zeros when the file does not say."""

    asset: str
    width: int
    height: int


IN_FRONT = {
    "search-worker.js": ("lunr.min.js", "analysis.js", "search-store.js", "search-query.js", "search-facets.js")
}
"""Scripts that are published in one file with those that they need: fewer bytes, compressed, and fewer requests."""


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


def hashed(name: str, content: bytes) -> str:
    """
    >>> hashed("fonts/a.woff2", b"")
    'assets/fonts/a.e3b0c44298.woff2'
    """
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:10]}{extension}"


def shorten(name: str, content: bytes) -> bytes:
    """A script or style sheet without what only its author needs: comments and spare space."""
    if name.endswith(".js"):
        return str(rjsmin.jsmin(content.decode())).encode()
    return str(rcssmin.cssmin(content.decode())).encode() if name.endswith(".css") else content


def read_custom_media(sheet: str) -> Mapping[str, str]:
    """
    The media queries that a sheet gives names, the last of twins.

    >>> read_custom_media("@custom-media --wide (min-width: 60em); @custom-media --wide (min-width: 992px);")
    {'--wide': '(min-width: 992px)'}
    """
    return {name: " ".join(query.split()) for name, query in CUSTOM_MEDIA.findall(sheet)}


def put_custom_media(sheet: str, queries: Mapping[str, str]) -> str:
    """
    A sheet with media queries in the place of their names, as no browser knows them (Media Queries Level 5).

    >>> put_custom_media("@custom-media --a (width); @media (--a) { b { --a: c } }", {"--a": "(min-width: 1px)"})
    '@media (min-width: 1px) { b { --a: c } }'
    """
    named = re.compile(r"\((--[\w-]+)\)")
    return re.sub(
        r"@media\b[^{]*",
        lambda rule: named.sub(lambda match: queries.get(match[1], match[0]), rule[0]),
        CUSTOM_MEDIA.sub("", sheet),
    )


def link_assets(sheet: str, text: bytes, assets: Mapping[str, bytes]) -> bytes:
    """A style sheet whose relative addresses lead to the hashed names of the assets."""

    def rewrite(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), match[2]))
        if target not in assets:
            return match[0]
        here = posixpath.dirname(hashed(sheet, b""))
        return f'url("{posixpath.relpath(hashed(target, assets[target]), here)}")'

    return CSS_URL.sub(rewrite, shorten(sheet, text).decode()).encode()


def picture_size(name: str, content: bytes) -> tuple[int, int]:
    """
    A picture's width and height in pixels, so that a page keeps its place free; zeros when the file does not say.

    >>> picture_size("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40.5"></svg>')
    (120, 40)
    """
    if name.endswith(".svg"):
        opening = re.search(rb"<svg\b[^>]*>", content)
        box = re.search(
            rb"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)""",
            opening[0] if opening else b"",
        )
        return (int(float(box[1])), int(float(box[2]))) if box else (0, 0)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return 0, 0


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
    found = (file.parent for folder in theme_folders(portal) for file in folder.glob("*/theme.yaml"))
    return next((folder for folder in found if folder.name == name), None)


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
    elif name != PARENT:
        problems += (Diagnostic.at(Place(f"{label}/theme.yaml", 1, 1), "theme-without-parent", value=name),)
    scripts = {}
    for key, code in (("scripts", "missing-script"), ("stemmers", "missing-script"), ("fonts", "missing-font")):
        for value, where in settings.get(key, []):
            if is_file(folder / value):
                published = f"fonts/{posixpath.basename(value)}" if key == "fonts" else script_name(value)
                scripts[published] = (folder / value).read_bytes()
            else:
                problems += (Diagnostic.at(where, code, value=value, theme=label),)
    templates, sources = {}, {}
    for template, content in read_tree(folder / "templates").items():
        sources[template] = f"{label}/templates/{template}"
        try:
            templates[template] = decode(sources[template], content)
        except Refused as refused:
            problems += (refused.diagnostic,)
    if inherited and templates:
        problems += tuple(check_shadows(templates, inherit(parent, parent.templates, templates), sources))
    languages: dict[str, Mapping[str, str]] = {}
    for file in sorted((folder / "strings").glob("*.yaml")):
        written, found = read_words(f"{label}/strings/{file.name}", file.read_bytes())
        problems += (*found, *check_keys(written, {**parent.templates, **templates}))
        languages[file.stem] = {key: text for key, (text, _) in written.items()}
    own = read_tree(folder / "assets")
    problems += tuple(unreadable(own, f"{label}/assets"))
    assets = {**parent.assets, **scripts, **own}
    # A theme's own colours come after its parent's, which stay.
    if OWN_SHEET in own and OWN_SHEET in parent.assets:
        assets[OWN_SHEET] = parent.assets[OWN_SHEET] + b"\n" + own[OWN_SHEET]
    sheets = [item for item in parent.sheets if SHEET not in own or not item[0].endswith(f"/{SHEET}")]
    sheets[:0] = [(f"{label}/assets/{SHEET}", own[SHEET].decode("utf-8", "replace"))] if SHEET in own else []
    sheets += [(f"{label}/assets/{OWN_SHEET}", own[OWN_SHEET].decode("utf-8", "replace"))] if OWN_SHEET in own else []
    return Theme(
        name=name,
        templates={**inherit(parent, parent.templates, templates), **templates},
        sources={**inherit(parent, parent.sources, sources), **sources},
        assets=assets,
        sheets=tuple(sheets),
        strings={
            code: {**parent.strings.get(code, {}), **languages.get(code, {})}
            for code in sorted({*parent.strings, *languages})
        },
        stemmers=parent.stemmers | {script_name(value) for value, _ in settings.get("stemmers", [])},
        problems=problems,
    )


PARENT = "default"
"""The theme that a new one inherits from."""


def unreadable(assets: Mapping[str, bytes], label: str) -> Iterator[Diagnostic]:
    """Sheets and scripts that are not in UTF-8."""
    for name, content in assets.items():
        try:
            if name.endswith((".css", ".js")):
                decode(f"{label}/{name}", content, len(content))
        except Refused as refused:
            if refused.diagnostic.code != "control-character":  # which scripts may hold
                yield refused.diagnostic


def inherit(parent: Theme, files: Mapping[str, str], own: Iterable[str]) -> Mapping[str, str]:
    """A parent's files by name; what an heir replaces is found under the parent's name too, as `default:text.html`."""
    return {**files, **{f"{parent.name}:{name}": files[name] for name in own if name in files}}


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
