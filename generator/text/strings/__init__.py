"""
Every visible word, in French and English: `<language>.yaml` beside this file, with the same keys in each.

A portal in another language says what it has; what a language lacks falls back to English, string by string.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.standards.yaml_loader import BASE

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "en")
FALLBACK = "en"


def flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """
    >>> flatten({"a": {"b": "c"}})
    {'a.b': 'c'}
    """
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


def read_strings(path: Path) -> dict[str, str]:
    """A strings file as dotted key to text; empty when the file is not there."""
    if not path.is_file():
        return {}
    return flatten(yaml.load(path.read_text(encoding="utf-8"), Loader=BASE) or {})


@cache
def strings(language: str) -> Mapping[str, str]:
    """Dotted key to text in the language; a key it lacks has the fallback's text."""
    return {**own_strings(FALLBACK), **own_strings(language)}


@cache
def own_strings(language: str) -> Mapping[str, str]:
    """What ships in the language itself."""
    return read_strings(FOLDER / f"{language}.yaml")


def spoken(language: str) -> str:
    """The language itself when its words ship, else the fallback."""
    return language if language in LANGUAGES else FALLBACK
