"""A theme in the portal's own colours, with its logo, and what can't be read in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.model import Colors, Portal
from generator.model.diagnostics import Diagnostic, Place
from generator.source.guard import is_inside
from generator.source.ranges.colors import HEX, SCHEMES
from generator.theme.assets import COLORS_SHEET, GUIDE_SHEET
from generator.theme.colors import ColorFault, Palette, declarations, extend, faults, faults_of, mend, render_palette
from generator.theme.strings import check_missing
from generator.theme.theme import Theme

Named = Mapping[str, Mapping[str, str]]
"""The colours that portal.yaml gives: name to scheme to colour, empty where none was given."""


def dress(theme: Theme, portal: Portal, folder: Path) -> Theme:
    """A theme as a portal wears it. What is wrong with the portal's colours and logo joins its problems."""
    unspoken = theme.stemmers - {f"{language}.js" for language in portal.languages}
    assets = {name: content for name, content in theme.assets.items() if name not in unspoken}
    sheets, problems = list(theme.sheets), list(theme.problems)
    # A theme that is unknown, or has no colours of its own, can't be told which ones to change.
    if theme.palette["light"].get("paper"):
        named = named_colors(portal.colors)
        own = extend(named, theme.palette)
        if named:
            assets[COLORS_SHEET] = render_palette(own).encode()
            sheets.append(("portal.yaml", render_palette(own)))
        problems += judge_colors(theme, named, portal)
    for language in portal.languages:
        problems += check_missing(language, theme.strings.get(language, {}), portal.origin["languages"])
    if portal.logo:
        file = folder / portal.logo.file
        if is_inside(folder, portal.logo.file):
            assets = {name: content for name, content in assets.items() if not re.fullmatch(r"logo\.\w+", name)}
            assets[f"logo{file.suffix.lower()}"] = file.read_bytes()
        else:
            problems.append(Diagnostic.at(portal.logo.origin["file"], "missing-logo", value=portal.logo.file))
    dressed = replace(theme, assets=assets, sheets=tuple(sheets), problems=tuple(problems))
    if portal.styleguide and (parts := theme.parts(GUIDE_SHEET)):
        swatches = "".join(f".tone-{name}{{background:var(--{name})}}" for name in colors_of(dressed))
        assets[parts[-1]] += swatches.encode()
    return dressed


def colors_of(theme: Theme) -> list[str]:
    """The custom properties of a theme that are colours."""
    return [name for name, value in theme.palette["light"].items() if HEX.fullmatch(value)]


def named_colors(colors: Colors | None) -> Named:
    given = {name: getattr(colors, name) for name in ("accent", "band", "highlight", "ink")} if colors else {}
    return {name: dict(zip(SCHEMES, shades, strict=True)) for name, shades in given.items() if shades}


def judge_colors(theme: Theme, named: Named, portal: Portal) -> Iterator[Diagnostic]:
    """
    What can't be read: of each colour the pair that is worst, where the colour was written, and one that would do.

    A pair that is the portal's doing is told in portal.yaml, any other in the theme's sheet.
    """
    palette = wear(theme.palette, named)
    judged = set()
    for scheme, name, fault in worst(faults(palette), {name: touched(theme, named, name) for name in named}):
        tokens = palette[scheme]
        if name in judged:
            continue
        if name:
            judged.add(name)
            place = portal.colors.origin[name] if portal.colors else Place("portal.yaml")
            better = mend_named(theme, named, name)
        else:
            place = declared_at(theme, fault.pair.ink, scheme)
            better = mend_token(tokens, fault.pair.ink, scheme)
        yield Diagnostic.at(
            place,
            "low-contrast",
            ink=fault.pair.ink,
            ground=fault.pair.ground,
            color=tokens[fault.pair.ink],
            under=tokens[fault.pair.ground],
            ratio=f"{int(fault.ratio * 100) / 100:.2f}",  # cut, as rounding up would say that it passes
            least=f"{fault.pair.least:g}",
            scheme=scheme,
            suggestion=better,
        )


def wear(palette: Palette, named: Named) -> Palette:
    own = extend(named, palette)
    return {scheme: {**palette[scheme], **own[scheme]} for scheme in SCHEMES}


def touched(theme: Theme, named: Named, name: str) -> set[str]:
    """The custom properties that follow from one of the portal's colours."""
    return set(extend({name: named[name]}, theme.palette)["light"])


def worst(found: Iterable[ColorFault], touched: Mapping[str, set[str]]) -> list[tuple[str, str, ColorFault]]:
    """Of the faults of each colour in each scheme the worst, with the portal's colour that is to blame, or none."""
    kept: dict[tuple[str, str], tuple[str, str, ColorFault]] = {}
    for fault in found:
        blamed = (name for token in fault.pair[:2] for name, tokens in touched.items() if token in tokens)
        name = next(blamed, "")
        key = (fault.scheme, name or f"--{fault.pair.ink}")
        if key not in kept or rank(name, fault) < rank(name, kept[key][2]):
            kept[key] = (fault.scheme, name, fault)
    return list(kept.values())


def rank(name: str, fault: ColorFault) -> tuple[bool, float]:
    """What the publisher wrote comes before what was made of it, then the worst first."""
    return name not in fault.pair[:2], fault.share


def mend_named(theme: Theme, named: Named, name: str) -> str:
    """What to write for one of the portal's colours: the nearest with which all can be read that follows from it."""
    shades = {scheme: color for scheme, color in named[name].items() if color}
    if list(shades) == ["light"]:
        if better := mend_shade(theme, named, name, "light", SCHEMES):
            return f'"{better}"'
        shades["dark"] = shades["light"]  # no colour does for both
    own = {**named, name: {**named[name], **shades}}
    found = {scheme: mend_shade(theme, own, name, scheme, (scheme,)) for scheme in shades}
    written = ", ".join(f'{scheme}: "{better}"' for scheme, better in found.items())
    if all(found.values()):
        return f"{{{written}}}"
    return f'"{found["light"]}"' if found.get("light") and not named[name]["dark"] else ""


def mend_shade(theme: Theme, named: Named, name: str, shade: str, schemes: Sequence[str]) -> str:
    """The tint or shade of a colour that can be read in some schemes, whatever stands on it or below it."""
    tokens = touched(theme, named, name)

    def passes(color: str) -> bool:
        palette = wear(theme.palette, {**named, name: {**named[name], shade: color}})
        found = (fault for scheme in schemes for fault in faults_of(scheme, palette[scheme]))
        return not any(tokens.intersection(fault.pair[:2]) for fault in found)

    return mend(named[name][shade], passes)


def mend_token(tokens: Mapping[str, str], name: str, scheme: str) -> str:
    """The colour nearest to a theme's that can be read wherever it stands."""
    return mend(
        tokens[name],
        lambda color: not any(name in fault.pair[:2] for fault in faults_of(scheme, {**tokens, name: color})),
    )


def declared_at(theme: Theme, name: str, scheme: str) -> Place:
    """Where a custom property was given the value that it has in a scheme."""
    return [
        Place(path, item.line, 1)
        for path, text in theme.sheets
        for item in declarations(text)
        if item.name == name and (scheme == "dark" or not item.dark)
    ][-1]
