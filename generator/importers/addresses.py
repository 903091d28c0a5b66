"""Addresses and e-mails of other portals as a publisher of ours would write them."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.importers.html import clean, to_line
from generator.model.diagnostics import Place
from generator.source.nodes import Scalar
from generator.source.ranges.addresses import EMAIL, read_url
from generator.source.ranges.context import Context
from generator.standards import properties
from generator.text.slugs import encode_url


class Address(NamedTuple):
    """An address that Vitrine accepts, and what was supposed to get it: nothing, `scheme` or `quotes`."""

    url: str
    guess: str = ""


URL_ROW = properties()["Distribution"]["downloadURL"]


def read_address(text: str) -> Address | None:
    """
    An absolute, percent-encoded address; None when there is none to be had.

    >>> read_address(" https://exemple.org/été 1.csv")
    Address(url='https://exemple.org/%C3%A9t%C3%A9%201.csv', guess='')
    >>> read_address("www.exemple.org/a"), read_address("/downloads/a.csv")
    (Address(url='https://www.exemple.org/a', guess='scheme'), None)
    """
    text = clean(text)
    bare = text.strip("\"'‘’“”<> ")
    guess = "quotes" if bare != text else ""
    if re.match(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#]|$))", bare, re.IGNORECASE) and "@" not in bare:
        bare, guess = f"https://{bare}", "scheme"
    try:
        url = encode_url(bare)
    except (ValueError, UnicodeError):
        return None
    context = Context()
    found = read_url(Scalar(Place(""), url), URL_ROW, context)
    return None if found is None or context.diagnostics else Address(found, guess)


def read_email(text: str) -> str:
    """
    >>> read_email("mailto:donnees@exemple.org"), read_email("écrivez-nous")
    ('donnees@exemple.org', '')
    """
    text = to_line(text).removeprefix("mailto:").strip("<> ")
    return text if EMAIL.fullmatch(text) else ""
