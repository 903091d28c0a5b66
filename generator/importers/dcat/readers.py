"""Which reader a range of the property table has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from generator.importers.dcat.publishers import read_publisher
from generator.importers.dcat.services import read_service
from generator.importers.dcat.themes import read_themes
from generator.importers.dcat.values import (
    read_boxes,
    read_code,
    read_date,
    read_decimal,
    read_duration,
    read_federal_code,
    read_geometry_text,
    read_integer,
    read_keywords,
    read_license,
    read_mail,
    read_markdown,
    read_object,
    read_point,
    read_reference,
    read_sha256,
    read_statement,
    read_text,
    read_token,
    read_url,
)
from generator.importers.dcat.walk import One, Whole
from generator.source.ranges.codes import FEDERAL_CODES

WHOLE: Mapping[str, Whole] = {
    "text": read_text,
    "markdown": read_markdown,
    "keywords": read_keywords,
    "statement": read_statement,
    "bbox": read_boxes,
    "geometry": read_geometry_text,
    "ref:themes": read_themes,
}
ONE: Mapping[str, One] = {
    "token": read_token,
    **dict.fromkeys(FEDERAL_CODES, read_federal_code),
    "slug": read_token,
    "url": read_url,
    "link": read_url,
    "email": read_mail,
    "date": read_date,
    "duration": read_duration,
    "integer": read_integer,
    "decimal": read_decimal,
    "point": read_point,
    "sha256": read_sha256,
    "license": read_license,
    "ref:datasets": read_reference,
    "ref:publishers": read_publisher,
    "ref:services": read_service,
}


@cache
def reader_of(range_: str) -> One:
    """The reader of a range; other codes are a vocabulary's, other objects a class's. KeyError for the rest."""
    kind, _, name = range_.partition(":")
    if range_ in ONE or kind not in ("code", "object"):
        return ONE[range_]
    if kind == "code":
        return partial(read_code, name)
    return partial(read_object, name)
