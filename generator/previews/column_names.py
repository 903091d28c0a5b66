"""What the name of a column tells of its values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from generator.standards import read_rows
from generator.text.slugs import slugify


@cache
def naming() -> Mapping[str, Mapping[str, Any]]:
    return {row["code"]: row for row in read_rows("column-names")}


@cache
def name_slug(name: str) -> str:
    """
    A name as words parted by hyphens, those that only capitals part too.

    >>> name_slug("OBJECTID"), name_slug("stopLat"), name_slug("N° civique"), name_slug("Xlongitude")
    ('objectid', 'stop-lat', 'no-civique', 'xlongitude')
    """
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z][a-z]|ID$)", " ", re.sub(r"\b[nN][°º]\s*", "no ", name))
    return slugify(parted)


def names_identifier(name: str) -> bool:
    """
    Whether whole numbers under a name tell things apart.

    >>> [names_identifier(name) for name in ("No dossier", "code INSEE", "Nombre", "ZIP")]
    [True, True, False, True]
    """
    slug, row = name_slug(name), naming()["identifier"]
    return (
        "id" in slug.split("-")
        or any(slug == word or slug.endswith(f"-{word}") for word in row["ends"])
        or any(slug.startswith(f"{word}-") for word in row["begins"])
    )


def names_year(name: str) -> bool:
    return not set(name_slug(name).split("-")).isdisjoint(naming()["year"]["words"])


def label_places(names: Sequence[str]) -> list[int]:
    """The places of columns whose names promise names, the best first."""
    slugs = [name_slug(name) for name in names]
    return [
        place
        for word in naming()["label"]["names"]
        for place, slug in enumerate(slugs)
        if slug == word or slug.startswith(f"{word}-")
    ]


def coordinate_names(names: Sequence[str]) -> list[tuple[int, int, bool]]:
    """The places of columns that may be a longitude and a latitude, the surest first; whether the names are loose."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        for slug in (slugify(name), name_slug(name)):
            places.setdefault(slug, place)
    row = naming()["coordinates"]
    pairs = [(pair, loose) for loose in (False, True) for pair in row["loose" if loose else "pairs"]]
    return [(places[x], places[y], loose) for (x, y), loose in pairs if x in places and y in places]


def names_coordinate(name: str) -> bool:
    """Whether a column's name alone says that it holds longitudes or latitudes."""
    known = {word for pair in naming()["coordinates"]["pairs"] for word in pair}
    return not known.isdisjoint((slugify(name), name_slug(name)))


def point_names(names: Sequence[str]) -> list[tuple[int, bool]]:
    """The places of columns that may hold a latitude and a longitude; whether the longitude stands first."""
    row = naming()["point"]
    slugs = [(place, {slugify(name), name_slug(name)}) for place, name in enumerate(names)]
    return [(place, key == "xy") for key in ("names", "xy") for word in row[key] for place, of in slugs if word in of]


def fold_name(name: str) -> str:
    """
    The form in which two names of a column are compared: however their accents, spaces and lines were written.

    >>> fold_name("Nom\\n de  la rue") == fold_name("Nom de la rue"), fold_name("e\\u0301t\\u00e9") == fold_name("été")
    (True, True)
    """
    return " ".join(unicodedata.normalize("NFC", name).split())
