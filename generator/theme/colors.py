"""Colours: contrast as WCAG counts it, what style sheets declare, and the whole palette that a few colours give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from generator.source.ranges.colors import HEX, SCHEMES, full
from generator.standards import read_rows

Tokens = Mapping[str, str]
"""Custom property, without its dashes, to its value."""

Palette = Mapping[str, Tokens]
"""Scheme, light or dark, to what the custom properties are worth in it."""


class Pair(NamedTuple):
    """A colour on another, and the least contrast between the two."""

    ink: str
    ground: str
    least: float


@cache
def pairs() -> tuple[Pair, ...]:
    return tuple(Pair(row["ink"], row["ground"], row["least"]) for row in read_rows("contrast"))


# ------------------------------------------------------------------- single colours


def channels(color: str) -> tuple[int, int, int]:
    digits = full(color)[1:]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


@cache
def luminance(color: str) -> float:
    """
    Relative luminance, as WCAG 2.2 defines it.

    >>> luminance("#000"), luminance("#fff"), round(luminance("#095797"), 4)
    (0.0, 1.0, 0.0911)
    """

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """
    The contrast ratio of two colours, from 1 to 21, whichever is the lighter.

    >>> contrast("#fff", "#000"), round(contrast("#767676", "#fff"), 2), round(contrast("#fff", "#095797"), 2)
    (21.0, 4.54, 7.44)
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(color: str, other: str, part: float) -> str:
    """
    A colour with a part of another in it.

    >>> mix("#000000", "#ffffff", 0.5), mix("#095797", "#fff", 0)
    ('#808080', '#095797')
    """
    both = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{int(mine + (theirs - mine) * part + 0.5):02x}" for mine, theirs in both)


def readable_ink(ground: str) -> str:
    """
    What can be read on a ground: white, else a soft black, else black; one of the three always can.

    >>> readable_ink("#095797"), readable_ink("#ffd600"), readable_ink("#757575")
    ('#ffffff', '#15181c', '#ffffff')
    """
    return next(ink for ink in ("#ffffff", "#15181c", "#000000") if contrast(ink, ground) >= 4.5)


def mend(color: str, passes: Callable[[str], bool]) -> str:
    """
    The tint or shade nearest to a colour that passes; nothing when none does.

    >>> mend("#7fb2e5", lambda color: contrast(color, "#fff") >= 4.5)
    '#56799c'
    """
    for step in range(101):
        for end in ("#000000", "#ffffff"):
            if passes(found := mix(color, end, step / 100)):
                return found
    return ""


# ------------------------------------------------------------------- what style sheets say

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PIECE = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+?)\s*[;}]|([^;{}]*)\{|\}")
DARK = "@media (prefers-color-scheme: dark)"
REFERENCE = re.compile(r"var\(--([\w-]+)\)")


class CustomProperty(NamedTuple):
    """A custom property that a sheet gives the whole page; `dark` when only in the dark scheme."""

    name: str
    value: str
    dark: bool
    line: int


def declarations(sheet: str) -> Iterator[CustomProperty]:
    """
    The custom properties of `:root`, in the order written; those for print or for high contrast are left out.

    >>> [item[:3] for item in declarations(":root { --a: #fff } @media print { :root { --a: #000 } }")]
    [('a', '#fff', False)]
    """
    text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), sheet)
    around: list[str] = []
    for match in PIECE.finditer(text):
        name, value, prelude = match.groups()
        if prelude is not None:
            around.append("".join(prelude.split()))
        elif name is not None and around in ([":root"], ["".join(DARK.split()), ":root"]):
            yield CustomProperty(name, value, len(around) == 2, text.count("\n", 0, match.start(1)) + 1)
        if prelude is None and match[0].endswith("}") and around:
            around.pop()


def read_palette(sheets: Iterable[str]) -> Palette:
    """
    What the custom properties are worth in each scheme, after sheets in the order in which a page loads them.

    As in a browser, a later sheet's value is the dark scheme's too, unless that sheet gives another.

    >>> read_palette([":root{--a:#fff} @media (prefers-color-scheme: dark){:root{--a:#000}}", ":root{--b:var(--a)}"])
    {'light': {'a': '#fff', 'b': '#fff'}, 'dark': {'a': '#000', 'b': '#000'}}
    """
    found: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for sheet in sheets:
        for item in declarations(sheet):
            for scheme in SCHEMES[item.dark :]:
                found[scheme][item.name] = item.value
    return {
        scheme: {name: resolve_tokens(value, tokens) for name, value in tokens.items()}
        for scheme, tokens in found.items()
    }


def resolve_tokens(value: str, tokens: Tokens) -> str:
    """A value with what it refers to in its place; one that refers to itself stays as it is."""
    for _ in range(8):
        if not (match := REFERENCE.fullmatch(value)) or match[1] not in tokens:
            break
        value = tokens[match[1]]
    return value


class ColorFault(NamedTuple):
    """A pair whose contrast is too low in a scheme."""

    scheme: str
    pair: Pair
    ratio: float

    @property
    def share(self) -> float:
        """How much of the least contrast there is."""
        return self.ratio / self.pair.least


def faults(palette: Palette) -> Iterator[ColorFault]:
    """The pairs that can't be told apart well enough; one with a colour that is not in hexadecimal is not judged."""
    for scheme in SCHEMES:
        yield from faults_of(scheme, palette[scheme])


def faults_of(scheme: str, tokens: Tokens) -> Iterator[ColorFault]:
    for pair in pairs():
        ink, ground = tokens.get(pair.ink, ""), tokens.get(pair.ground, "")
        if HEX.fullmatch(ink) and HEX.fullmatch(ground) and (ratio := contrast(ink, ground)) < pair.least:
            yield ColorFault(scheme, pair, ratio)


# ------------------------------------------------------------------- a few colours, and all that follows from them


def accent_tokens(color: str, tokens: Tokens) -> Tokens:
    """Links and buttons: stronger under the pointer, pale behind a mark, and what is read on them."""
    paper = tokens["paper"]
    ends = ("#000000", 0.28, 0.91) if luminance(paper) > 0.5 else ("#ffffff", 0.4, 0.82)
    wash = mix(color, paper, ends[2])
    strong = mix(color, ends[0], ends[1])
    return {"accent": color, "accent-strong": strong, "accent-wash": wash, "on-accent": readable_ink(color)}


def band_tokens(color: str, tokens: Tokens) -> Tokens:
    """The band at the head of pages, with what is read on it."""
    ink = readable_ink(color)
    soft = mix(ink, color, 0.2)
    focus = tokens.get("band-focus", ink)
    return {
        "band": color,
        "band-ink": ink,
        "band-soft": soft if contrast(soft, color) >= 4.5 else ink,
        "band-rule": mix(ink, color, 0.75),
        "band-focus": focus if HEX.fullmatch(focus) and contrast(focus, color) >= 3 else ink,
    }


def highlight_tokens(color: str, tokens: Tokens) -> Tokens:
    """What stands out on the band."""
    ink = readable_ink(color)
    strong = mix(color, "#000000" if ink == "#ffffff" else "#ffffff", 0.35)
    return {"highlight": color, "highlight-strong": strong, "on-highlight": ink}


def ink_tokens(color: str, tokens: Tokens) -> Tokens:
    """Text, and what is said more softly."""
    grounds = [tokens["paper"], tokens["wash"]]
    soft = mix(color, tokens["paper"], 0.25)
    return {"ink": color, "soft": soft if all(contrast(soft, ground) >= 4.5 for ground in grounds) else color}


FAMILIES: Mapping[str, Callable[[str, Tokens], Tokens]] = {
    "accent": accent_tokens,
    "band": band_tokens,
    "highlight": highlight_tokens,
    "ink": ink_tokens,
}
"""The colours that portal.yaml may name, and all that each one gives."""


def darken(name: str, color: str, tokens: Tokens) -> str:
    """
    The colour that stands for another in the dark scheme, for want of a better one; `tokens` are that scheme's.

    >>> darken("accent", "#095797", {"paper": "#0f171c"}), darken("band", "#095797", {"paper": "#0f171c"})
    ('#95b7d2', '#063962')
    """
    paper = tokens["paper"]
    if name == "accent":
        return mend(color, lambda found: luminance(found) > luminance(paper) and contrast(found, paper) >= 8.5) or color
    if name == "band":
        return mix(color, "#000000", 0.35) if luminance(color) < 0.2 else mix(color, paper, 0.85)
    return tokens[name] if name == "ink" else color


def extend(colors: Mapping[str, Mapping[str, str]], theme: Palette) -> Palette:
    """What named colours change in a theme's palette. `colors`: name to scheme to colour; dark ones may be missing."""
    found: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for name, shades in colors.items():
        light = shades.get("light") or theme["light"][name]
        dark = shades.get("dark") or (
            darken(name, light, theme["dark"]) if shades.get("light") else theme["dark"][name]
        )
        for scheme, color in (("light", light), ("dark", dark)):
            found[scheme] |= FAMILIES[name](full(color), {**theme[scheme], **found[scheme]})
    return found


def render_palette(palette: Palette) -> str:
    """
    A style sheet that gives the page a palette.

    >>> print(render_palette({"light": {"accent": "#095797"}, "dark": {"accent": "#93b6d2"}}))
    :root {
      --accent: #095797;
    }
    @media (prefers-color-scheme: dark) {
    :root {
      --accent: #93b6d2;
    }
    }
    """
    light, dark = (
        "".join(f"  --{name}: {value};\n" for name, value in sorted(palette[scheme].items())) for scheme in SCHEMES
    )
    return f":root {{\n{light}}}\n{DARK} {{\n:root {{\n{dark}}}\n}}"
