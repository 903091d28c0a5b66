"""What tells who somebody is: e-mail addresses, telephone numbers and Canadian social insurance numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PHONE = re.compile(r"(?<![\w.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])")
INSURANCE = re.compile(r"(?<![\w.-])\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w-])")


def find_personal(text: str, allowed: Collection[str] = ()) -> Iterator[str]:
    """
    The parts of a text that look like personal data and are not allowed by name.

    >>> list(find_personal("Écrire à a.b@exemple.org ou au 418 555-0199, dossier 2024-118"))
    ['a.b@exemple.org', '418 555-0199']
    >>> list(find_personal("046 454 286 et 123 456 789"))
    ['046 454 286']
    """
    found = [match for pattern in (EMAIL, PHONE) for match in pattern.findall(text)]
    found += [number for number in INSURANCE.findall(text) if is_insurance_number(number)]
    yield from (item for item in found if item not in allowed)


def is_insurance_number(text: str) -> bool:
    """Whether nine digits pass Luhn’s check, as social insurance numbers do; those that begin with 0 or 8 are not given
    to anybody, but tests and examples have them."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = [digit * 2 if place % 2 else digit for place, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0 and any(digits)
