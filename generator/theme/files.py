"""A theme's files: templates, assets, strings and scripts, inherited by shadowing."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.model.diagnostics import Diagnostic, Place, closest
from generator.source.files import bad_path, is_path, linked_file
from generator.source.guard import is_inside
from generator.source.nodes import Refused, decode_yaml
from generator.source.tree import walk
from generator.theme.assets import (
    OWN_SHEET,
    SHEET,
    script_name,
)
from generator.theme.joins import check_joins, merge_joins
from generator.theme.settings import Settings, read_settings
from generator.theme.strings import check_keys, read_theme_strings
from generator.theme.theme import Theme
from generator.theme.unused import check_shadows

PACKAGE = Path(__file__).parents[1]


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
    strays = tuple(find_unread_parts(folder, label))
    if not belongs(folder, "theme.yaml"):
        return Theme(name=name, problems=strays)
    settings, joins, problems = read_settings(folder / "theme.yaml", f"{label}/theme.yaml")
    problems += strays
    parent = Theme(name="")
    if inherited := settings.get("parent"):
        value, where = inherited[0]
        parent = read_theme(portal, value, where, (*heirs, name))
    elif name != PARENT:
        problems += (Diagnostic.at(Place(f"{label}/theme.yaml", 1, 1), "theme-without-parent", value=name),)
    theme = Theme(name=name, problems=(*problems, *parent.problems), stemmers=parent.stemmers)
    theme = with_templates(theme, parent, folder, label)
    theme = with_strings(theme, parent, folder, label)
    return with_assets(theme, parent, settings, joins, folder, label)


def with_templates(theme: Theme, parent: Theme, folder: Path, label: str) -> Theme:
    """A theme with its templates, and those of its parent."""
    templates, sources, problems = {}, {}, []
    for name, content in read_tree(folder / "templates").items():
        sources[name] = f"{label}/templates/{name}"
        try:
            templates[name] = decode_yaml(sources[name], content)
        except Refused as refused:
            problems.append(refused.diagnostic)
    if parent.name and templates:
        problems += check_shadows(templates, inherit(parent, parent.templates, templates), sources)
    return replace(
        theme,
        templates={**inherit(parent, parent.templates, templates), **templates},
        sources={**inherit(parent, parent.sources, sources), **sources},
        problems=(*theme.problems, *problems),
    )


def with_strings(theme: Theme, parent: Theme, folder: Path, label: str) -> Theme:
    """A theme with its words, and those of its parent."""
    languages: dict[str, Mapping[str, str]] = {}
    problems: list[Diagnostic] = []
    files = {name: content for name, content in read_tree(folder / "strings").items() if name.endswith(".yaml")}
    for name, content in files.items():
        written, misread = read_theme_strings(f"{label}/strings/{name}", content)
        problems += (*misread, *check_keys(written, theme.templates))
        languages[name.removesuffix(".yaml")] = {key: text for key, (text, _) in written.items()}
    codes = sorted({*parent.strings, *languages})
    strings = {code: {**parent.strings.get(code, {}), **languages.get(code, {})} for code in codes}
    return replace(theme, strings=strings, problems=(*theme.problems, *problems))


def with_assets(theme: Theme, parent: Theme, settings: Settings, joins: Settings, folder: Path, label: str) -> Theme:
    """A theme with its assets and what npm installs for it, those of its parent, and what of them is joined."""
    installed, missing = read_installed(settings, joins, folder, label)
    own = read_tree(folder / "assets")
    files = {**parent.files, **{asset: f"{label}/assets/{asset}" for asset in own}}
    assets = {**parent.assets, **installed, **own}
    if OWN_SHEET in own and OWN_SHEET in parent.assets:
        hidden = f"{parent.name}:{OWN_SHEET}"
        assets[hidden], files[hidden] = parent.assets[OWN_SHEET], parent.files[OWN_SHEET]
    whole = merge_joins(parent, joins, own)
    fetched = {script_name(value) for key in ("scripts", "stemmers") for value, _ in settings.get(key, [])}
    fetched |= {value for values in joins.values() for value, _ in values if package_of(value)}
    known = {*assets, *fetched, *parent.joins, *(part for parts in parent.joins.values() for part in parts)}
    return replace(
        theme,
        assets=assets,
        files=files,
        joins=whole,
        sheets=tuple(
            (files[part], assets[part].decode("utf-8", "replace"))
            for sheet in (SHEET, OWN_SHEET)
            for part in whole.get(sheet, (sheet,))
            if part in files
        ),
        stemmers=theme.stemmers | {script_name(value) for value, _ in settings.get("stemmers", [])},
        problems=(
            *theme.problems,
            *missing,
            *unreadable(own, f"{label}/assets"),
            *check_joins(joins, whole, own, known),
        ),
    )


def read_installed(
    settings: Settings, joins: Settings, folder: Path, label: str
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """
    The scripts and fonts that npm installed, with their licences, by the names under which they are published; what is
    only joined with others, by its path.
    """
    installed: dict[str, bytes] = {}
    missing = []
    wanted = [
        (f"fonts/{posixpath.basename(value)}" if key == "fonts" else script_name(value), value, place)
        for key in ("scripts", "stemmers", "fonts")
        for value, place in settings.get(key, [])
    ]
    wanted += [(value, value, place) for values in joins.values() for value, place in values if package_of(value)]
    for published, value, place in wanted:
        if belongs(folder, value):
            installed[published] = (folder / value).read_bytes()
            installed |= read_notices(folder, value)
        else:
            code = "missing-font" if published.startswith("fonts/") else "missing-script"
            missing.append(Diagnostic.at(place, code, value=value, theme=label))
    return installed, missing


def read_notices(folder: Path, file: str) -> dict[str, bytes]:
    """
    The licence of the package that npm brought a file with, which goes wherever the file goes.

    >>> package_of("node_modules/@a/b/dist/c.js"), package_of("node_modules/d/e.js"), package_of("own.js")
    ('@a/b', 'd', '')
    """
    package = package_of(file)
    found = sorted((folder / "node_modules" / package).glob("LICEN[CS]E*")) if package else []
    notice = next((path for path in found if belongs(folder, path.relative_to(folder).as_posix())), None)
    name = f"licenses/{package.removeprefix('@').replace('/', '-')}.txt"
    return {name: notice.read_bytes()} if notice else {}


def package_of(file: str) -> str:
    """The package of npm that a file of a theme is in; nothing for a file of its own."""
    first, *parts = file.split("/")
    if first != "node_modules" or len(parts) < 2:
        return ""
    return "/".join(parts[: 2 if parts[0].startswith("@") else 1])


PARENT = "default"
"""The theme that a new one inherits from."""


def unreadable(assets: Mapping[str, bytes], label: str) -> Iterator[Diagnostic]:
    """Sheets and scripts that are not in UTF-8."""
    for name, content in assets.items():
        try:
            if name.endswith((".css", ".js")):
                decode_yaml(f"{label}/{name}", content, len(content))
        except Refused as refused:
            if refused.diagnostic.code != "control-character":  # which scripts may hold
                yield refused.diagnostic


def inherit(parent: Theme, files: Mapping[str, str], own: Iterable[str]) -> Mapping[str, str]:
    """A parent's files by name; what an heir replaces is found under the parent's name too, as `default:text.html`."""
    return {**files, **{f"{parent.name}:{name}": files[name] for name in own if name in files}}


def belongs(folder: Path, path: str) -> bool:
    """
    Whether a path leads from a theme's folder to a file of it, or by a link to another of the same portal, or of the
    themes that Vitrine carries.
    """
    root = folder.parents[1] if (folder.parents[1] / "portal.yaml").exists() else folder.parent
    return ".." not in PurePosixPath(path).parts and is_inside(root, (folder / path).relative_to(root).as_posix())


PARTS = ("templates", "assets", "strings")
"""The folders of a theme's."""


def find_unread_parts(folder: Path, label: str) -> Iterator[Diagnostic]:
    """
    What is not read of a theme: a folder that can't be listed, a link out of the portal, what is no file, and a name
    that can be no address.
    """
    unlisted: list[OSError] = []
    below = [
        f"{part}/{prefix}{name}"
        for part in PARTS
        for prefix, names in walk(folder / part, unlisted.append)
        for name in names
    ]
    for error in unlisted:
        if not isinstance(error, FileNotFoundError):
            path = f"{label}/{Path(error.filename).relative_to(folder).as_posix()}"
            yield Diagnostic.at(Place(path), "unreadable-folder", value=path, problem=error.strerror)
    for path in ("theme.yaml", *PARTS, *below):
        if not is_path(path):
            yield bad_path(f"{label}/{path}")
        elif is_stray_part(folder, path):
            yield linked_file(f"{label}/{path}")


def is_stray_part(folder: Path, path: str) -> bool:
    is_folder = path in PARTS and (folder / path).is_dir()
    return os.path.lexists(folder / path) and not is_folder and not belongs(folder, path)


def read_tree(folder: Path) -> dict[str, bytes]:
    """POSIX path from a folder of a theme to content, for every file below it that belongs to the theme."""
    found = sorted(Path(prefix, name) for prefix, names in walk(folder, lambda error: None) for name in names)
    paths = [path.as_posix() for path in found]
    return {
        path: (folder / path).read_bytes()
        for path in paths
        if is_path(path) and belongs(folder.parent, f"{folder.name}/{path}")
    }
