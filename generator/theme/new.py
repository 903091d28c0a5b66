"""The files with which a theme of one's own begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from generator.model.diagnostics import Place
from generator.theme.assets import OWN_SHEET
from generator.theme.files import PARENT, read_theme

ROOT_RULE = re.compile(r":root \{(.*?)\n\}", re.DOTALL)
PROPERTY = re.compile(r"^( *)(--.*?;)$", re.MULTILINE | re.DOTALL)


def new_theme(name: str, portal: Path) -> Mapping[str, str]:
    """
    The files of a new child theme, by their path in its folder.

    Its sheet holds what the parent's declares, each property between comment signs: whoever takes them away from one
    changes that one.
    """
    sheet = "\n".join(text for _path, text in read_theme(portal, PARENT, Place("")).sheets)
    light = ROOT_RULE.search(sheet)
    dark = re.search(r"@media \(prefers-color-scheme: dark\) \{\n  :root \{(.*?)\n  \}\n\}", sheet, re.DOTALL)
    return {
        "theme.yaml": f"title: {name}\nparent: {PARENT}\n",
        f"assets/{OWN_SHEET}": (
            f"/* What this theme changes of `{PARENT}`: take the comment signs away from a line, give your value. */"
            f"\n\n:root {{{silence(light[1]) if light else ''}\n}}\n\n"
            "/* A colour that is changed above is changed here too: it is seldom right in both schemes. */\n\n"
            f"@media (prefers-color-scheme: dark) {{\n  :root {{{silence(dark[1]) if dark else ''}\n  }}\n}}\n"
        ),
    }


def silence(properties: str) -> str:
    """
    >>> silence("\\n  /* Type. */\\n  --text: serif;")
    '\\n  /* Type. */\\n  /* --text: serif; */'
    """
    return PROPERTY.sub(r"\1/* \2 */", properties.replace("  color-scheme: light dark;\n\n", "", 1))
