"""
One reader for each range of the property table: a node to a value.

A reader reports what it can't take to the context and returns None, so that one mistake is one diagnostic.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.source.ranges.addresses import read_asking, read_email, read_file, read_link, read_picture, read_url
from generator.source.ranges.codes import FEDERAL_CODES, read_choice, read_code, read_federal_code
from generator.source.ranges.colors import read_color
from generator.source.ranges.conditions import read_condition
from generator.source.ranges.context import Reader
from generator.source.ranges.dates import read_date, read_day, read_duration, read_month, read_month_number, read_year
from generator.source.ranges.numbers import (
    read_boolean,
    read_decimal,
    read_integer,
    read_number,
    read_sha256,
    read_whole,
)
from generator.source.ranges.places import read_bbox, read_geometry, read_point
from generator.source.ranges.texts import read_keywords, read_line, read_slug, read_text, read_token

READERS: Mapping[str, Reader] = {
    "text": read_line,
    "markdown": read_text,
    "statement": read_text,
    "keywords": read_keywords,
    "token": read_token,
    "block": read_token,
    "slug": read_slug,
    "ref:datasets": read_token,
    "ref:publishers": read_token,
    "ref:services": read_token,
    "ref:themes": read_token,
    "url": read_url,
    "link": read_link,
    "asking": read_asking,
    "email": read_email,
    "date": read_date,
    "day": read_day,
    "month": read_month,
    "year": read_year,
    "duration": read_duration,
    "month-number": read_month_number,
    "integer": read_integer,
    "decimal": read_decimal,
    "whole": read_whole,
    "number": read_number,
    "choice": read_choice,
    "condition": read_condition,
    "sha256": read_sha256,
    "bbox": read_bbox,
    "point": read_point,
    "geometry": read_geometry,
    "file": read_file,
    "boolean": read_boolean,
    "color": read_color,
    "picture": read_picture,
    **dict.fromkeys(FEDERAL_CODES, read_federal_code),
}


def reader_of(range_: str) -> Reader:
    """The reader of a range that is not an object; KeyError for one that the table does not know."""
    if range_.startswith("code:"):
        name = range_.removeprefix("code:")
        return lambda node, row, context: read_code(name, node, row, context)
    return READERS[range_]
