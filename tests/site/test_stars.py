"""Five-star open data."""

from __future__ import annotations

import pytest

from generator.model import Dataset, Distribution, LicenseDocument
from generator.site.stars import stars_of

OPEN = LicenseDocument(code="cc-by-4.0")


@pytest.mark.parametrize(
    ("license", "formats", "stars"),
    [
        (None, ["CSV"], 0),
        (LicenseDocument(code="cc-by-nc-4.0"), ["CSV"], 0),
        (LicenseDocument(name={"fr": "La nôtre"}), ["CSV"], 0),
        (OPEN, [], 0),
        (OPEN, ["PDF"], 1),
        (OPEN, ["FORMAT9"], 1),
        (OPEN, ["PDF", "XLSX"], 2),
        (OPEN, ["XLSX", "CSV"], 3),
        (OPEN, ["Turtle", "CSV"], 4),
    ],
)
def test_stars(license: LicenseDocument | None, formats: list[str], stars: int) -> None:
    """
    Without an open licence there is none; with one, the best file counts.
    """
    files = tuple(Distribution(id=format.lower(), format=format) for format in formats)

    assert stars_of(Dataset(id="a", license=license, distribution=files)) == stars
