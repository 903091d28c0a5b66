"""The portal's own colours: what follows from a few, what can't be read, and a colour that would do."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Colors, Portal, Shades
from generator.model.diagnostics import Place
from generator.source.ranges.colors import SCHEMES
from generator.theme.branding import dress
from generator.theme.colors import contrast, extend, faults, pairs, read_palette
from generator.theme.files import read_theme
from generator.theme.theme import Theme
from tests.conftest import ROOT

COLORS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#" + "".join(f"{part:02x}" for part in parts))


def theme(name: str = "default") -> Theme:
    return read_theme(ROOT, name, Place("portal.yaml"))


@pytest.mark.parametrize("name", ["default", "quebec"])
def test_shipped_themes_can_be_read(name: str) -> None:
    """
    Every pair of colours of the themes that ship has the contrast that WCAG asks for, in both schemes.
    """
    palette = theme(name).palette
    missing = {part for pair in pairs() for part in pair[:2] if part not in palette["light"]}

    assert (set(), []) == (missing, list(faults(palette)))


def test_no_colour_stands_outside_the_palette() -> None:
    """
    Below the declarations of the default sheet no colour is written out: a theme changes all of them at one place.
    """
    sheet = "".join(text for _path, text in theme().sheets)
    declared = re.sub(r"--[\w-]+:[^;]*;", "", sheet)

    assert [] == re.findall(r":[^;{]*(#[0-9a-f]{3,8}\b|rgba?\([^)]*\))", declared)


@settings(max_examples=40, deadline=None)
@given(band=COLORS, highlight=COLORS)
def test_any_band_and_highlight_can_be_read(band: str, highlight: str) -> None:
    """
    Whatever colour the band or what stands out on it has, what is read on them is made to be read.
    """
    base = theme().palette
    own = extend({"band": {"light": band}, "highlight": {"light": highlight}}, base)
    dressed = {scheme: {**base[scheme], **own[scheme]} for scheme in SCHEMES}
    found = [fault for fault in faults(dressed) if not fault.pair.ink.startswith("on-highlight")]

    assert [] == found
    assert all(contrast(own[scheme]["on-highlight"], own[scheme]["highlight"]) >= 4.5 for scheme in SCHEMES)


@settings(max_examples=25, deadline=None)
@given(accent=COLORS)
def test_a_suggestion_passes(accent: str) -> None:
    """
    The colour that is proposed for one that can't be read is itself taken without a word.
    """
    problems = dress(theme(), Portal(colors=Colors(accent=Shades(accent))), ROOT).problems
    for item in problems:
        better = item.values["suggestion"].strip('"')
        shades = Shades(better) if item.values["scheme"] == "light" else Shades(accent, better)
        again = dress(theme(), Portal(colors=Colors(accent=shades)), ROOT).problems
        assert item.values["scheme"] not in [other.values["scheme"] for other in again]


def test_the_page_gets_the_colours(portal) -> None:
    """
    Colours reach pages as a style sheet of the site's own, last of all, with a dark one made where none was given.
    """
    files = portal({"portal.yaml": PORTAL + 'colors: {accent: "#095797", band: {dark: "#102030"}}\n'}).build()
    (sheet,) = [text.decode() for path, text in files.items() if re.fullmatch(r"assets/colors\.\w+\.css", path)]
    palette = read_palette([*(text for _path, text in theme().sheets), sheet])
    linked = re.findall(r'<link rel="stylesheet" href="\./assets/(\w+)', files["index.html"].decode())

    assert ["style", "colors"] == linked
    assert ("#095797", "#0c333f") == (palette["light"]["accent"], palette["light"]["band"])
    assert contrast(palette["dark"]["accent"], palette["dark"]["paper"]) >= 7
    assert "#102030" == palette["dark"]["band"]
    assert not any("colors." in path for path in portal(name="plain").build())


def test_the_logo_stands_in_the_head(portal) -> None:
    """
    A logo is published under a name that holds its digest, and its room is kept free before it comes.
    """
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"></svg>'
    files = {"content/logo.svg": svg, "portal.yaml": PORTAL + "logo: {file: content/logo.svg, alt: {fr: Ville}}\n"}
    built = portal(files).build()
    head = built["en/index.html"].decode()

    assert re.search(
        r'<img class="logo" src="\.\./assets/logo\.\w{10}\.svg" alt="Ville" width="120" height="40" lang="fr">', head
    )


def test_a_later_sheet_wins_in_both_schemes() -> None:
    """
    What a child theme gives the light scheme alone is the dark one's too, as in a browser; print is left out.
    """
    parent = ":root{--a:#fff;--b:#eee}@media (prefers-color-scheme: dark){:root{--a:#000}}@media print{:root{--a:red}}"

    assert {"light": {"a": "#123456", "b": "#eee"}, "dark": {"a": "#123456", "b": "#eee"}} == read_palette(
        [parent, "/* {} */ :root { --a: #123456 }"]
    )


PORTAL = "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\n"


def test_contrast_is_symmetric() -> None:
    """
    Which of two colours is the text makes no difference.
    """
    colors = ["#000", "#095797", "#f2b84b", "#fff"]

    assert all(contrast(a, b) == contrast(b, a) for a, b in itertools.combinations(colors, 2))
