"""A theme's files: templates, assets, strings and scripts, inherited by shadowing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.model.diagnostics import Diagnostic, Place, closest
from generator.source.files import is_file
from generator.source.nodes import Mapping_, Refused, Scalar, Sequence, decode, parse
from generator.theme.assets import (
    OWN_SHEET,
    SHEET,
    script_name,
)
from generator.theme.strings import check_keys, read_words
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
