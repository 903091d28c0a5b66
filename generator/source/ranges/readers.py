"""
One reader for each range of the property table: a node to a value.

A reader reports what it can't take to the context and returns None, so that one mistake is one diagnostic.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.source.ranges.addresses import read_email, read_file, read_link, read_picture, read_url
from generator.source.ranges.codes import read_code
from generator.source.ranges.colors import read_color
from generator.source.ranges.context import Reader
from generator.source.ranges.dates import read_date, read_duration
from generator.source.ranges.numbers import read_boolean, read_decimal, read_integer, read_sha256
from generator.source.ranges.places import read_bbox, read_geometry, read_point
from generator.source.ranges.texts import read_keywords, read_line, read_slug, read_text, read_token

READERS: Mapping[str, Reader] = {
    "text": read_line,
    "markdown": read_text,
    "statement": read_text,
    "keywords": read_keywords,
    "token": read_token,
    "slug": read_slug,
    "ref:datasets": read_token,
    "ref:publishers": read_token,
    "ref:services": read_token,
    "ref:themes": read_token,
    "url": read_url,
    "link": read_link,
    "email": read_email,
    "date": read_date,
    "duration": read_duration,
    "integer": read_integer,
    "decimal": read_decimal,
    "sha256": read_sha256,
    "bbox": read_bbox,
    "point": read_point,
    "geometry": read_geometry,
    "file": read_file,
    "boolean": read_boolean,
    "color": read_color,
    "picture": read_picture,
}


def reader_of(range_: str) -> Reader:
    """The reader of a range that is not an object; KeyError for one that the table does not know."""
    if range_.startswith("code:"):
        name = range_.removeprefix("code:")
        return lambda node, row, context: read_code(name, node, row, context)
    return READERS[range_]
