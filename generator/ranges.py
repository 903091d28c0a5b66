"""
One reader for each range of the property table: a node to a value.

A reader reports what it can't take to the context and returns None, so that one mistake is one diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from generator.colors import HEX, SCHEMES, full
from generator.diagnostics import Diagnostic, Place, closest
from generator.markup import one_line
from generator.model import Keywords, Shades, Text
from generator.source.nodes import Mapping_, Node, Scalar, Sequence, present
from generator.standards import Property, fold_code, vocabulary
from generator.urls import encode_url, is_slug, slugify

DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@(?:[^\s@<>()\[\],;:\".]+\.)+[^\s@<>()\[\],;:\".]{2,}")
HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
# `c:\\` is a drive and `exemple.org:8080` a host.
OTHER_SCHEME = re.compile(r"(?!(?:https?|ftps?):)[a-z][a-z0-9+-]+:(?!\d)", re.IGNORECASE)
PICTURE = re.compile(r"(?!/)(?!(?:.*/)?\.)[^\\\s]+\.(?:svg|SVG|png|PNG|webp|WEBP|jpe?g|JPE?G)")
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")

BLOCKS = (
    "search",
    "figures",
    "actions",
    "featured",
    "themes",
    "popular",
    "additions",
    "latest",
    "news",
    "reuses",
    "publishers",
    "declaration",
)


@dataclass
class Context:
    """What a reader needs of the portal, and where it reports."""

    default_language: str = "fr"
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, place: Place, code: str, **values: object) -> None:
        self.diagnostics.append(Diagnostic.at(place, code, **values))


Reader = Callable[[Node, Property, Context], Any]


def scalar(node: Node, row: Property, context: Context) -> str | None:
    """The text of a scalar; a list or map in its stead is reported."""
    if isinstance(node, Scalar):
        return node.value.strip()
    context.report(node.place, "not-text", property=row.name, found=shape(node))
    return None


def shape(node: Node) -> str:
    return {Scalar: "text", Sequence: "list", Mapping_: "map"}[type(node)]


def read_text(node: Node, row: Property, context: Context) -> Text | None:
    """One text, in the default language, or a map of language to text."""
    if isinstance(node, Scalar):
        return {context.default_language: node.value.strip()} if node.value.strip() else None
    if isinstance(node, Sequence):
        context.report(node.place, "not-text", property=row.name, found=shape(node))
        return None
    found = {}
    for language, value in present(node).items():
        if not known_language(language, node, row, context):
            continue
        words = scalar(value, row, context)
        if words:
            found[language] = words
    return found or None


def known_language(language: str, node: Mapping_, row: Property, context: Context) -> bool:
    if language in vocabulary("languages"):
        return True
    suggest = vocabulary("languages").find(language)
    context.report(
        node.keys[language],
        "unknown-language",
        value=language,
        property=row.name,
        suggestion=suggest.code if suggest else "",
    )
    return False


def read_line(node: Node, row: Property, context: Context) -> Text | None:
    """A text on one line."""
    found = read_text(node, row, context)
    return {language: one_line(words) for language, words in found.items()} if found else None


def read_keywords(node: Node, row: Property, context: Context) -> Keywords | None:
    """A list of words, in the default language, or a map of language to list."""
    if not isinstance(node, Mapping_):
        words = read_words(node, row, context)
        return {context.default_language: words} if words else None
    found = {}
    for language, value in present(node).items():
        if known_language(language, node, row, context) and (words := read_words(value, row, context)):
            found[language] = words
    return found or None


def read_words(node: Node, row: Property, context: Context) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else [node]
    words = (scalar(item, row, context) for item in items)
    return tuple(dict.fromkeys(one_line(word) for word in words if word))


def read_token(node: Node, row: Property, context: Context) -> str | None:
    return scalar(node, row, context) or None


def read_slug(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and not is_slug(text):
        context.report(node.place, "bad-id", value=text, suggestion=slugify(text))
        return None
    return text or None


def read_url(node: Node, row: Property, context: Context) -> str | None:
    """An absolute address, percent-encoded."""
    text = scalar(node, row, context)
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  a port that is no number raises here
        encoded = encode_url(text)
    except (ValueError, UnicodeError):
        context.report(node.place, "bad-url", value=text, property=row.name, suggestion="")
        return None
    if OTHER_SCHEME.match(text):
        context.report(node.place, "bad-url-scheme", value=text, property=row.name, scheme=parts.scheme)
        return None
    if not parts.scheme or not host:
        context.report(node.place, "relative-url", value=text, property=row.name, suggestion=mend_url(text))
        return None
    if re.search(r"[\s<>\"{}|\\^`]", text) or not HOST.fullmatch(host):
        better = encoded if encoded != text and HOST.fullmatch(host) else ""
        context.report(node.place, "bad-url", value=text, property=row.name, suggestion=better)
        return None
    return encoded


def mend_url(text: str) -> str:
    """
    The address that lacks its first part; nothing for what looks like a file.

    >>> mend_url("www.exemple.org/a.csv"), mend_url("arbres.csv")
    ('https://www.exemple.org/a.csv', '')
    """
    host = re.match(r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,})(?:/|$)", text)
    return f"https://{text}" if host and not vocabulary("formats").find(host[1]) else ""


def read_link(node: Node, row: Property, context: Context) -> str | None:
    """A path of the portal, from its root, or an absolute address."""
    text = scalar(node, row, context)
    if text and text.startswith("/") and not text.startswith("//"):
        return text
    return read_url(node, row, context)


def read_email(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if not text:
        return None
    text = text.removeprefix("mailto:")
    if not EMAIL.fullmatch(text):
        context.report(node.place, "bad-email", value=text)
        return None
    return text


def read_date(node: Node, row: Property, context: Context) -> str | None:
    """A year, a month, a date or a date and time, as ISO 8601 writes them."""
    text = scalar(node, row, context)
    if not text:
        return None
    match = DATE.fullmatch(text)
    if match and is_real(match[1], match[2], match[3]):
        return text.replace(" ", "T")
    context.report(
        node.place,
        "bad-date" if not match else "impossible-date",
        value=text,
        property=row.name,
        suggestion=mend_date(text),
    )
    return None


def is_real(year: str, month: str | None, day: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def mend_date(text: str) -> str:
    """
    The ISO date that a common spelling stands for; nothing when it could be two.

    >>> mend_date("20/04/2020"), mend_date("2015/4/27"), mend_date("03/04/2020")
    ('2020-04-20', '2015-04-27', '')
    """
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        if int(day) <= 12 and day != month:
            return ""
    else:
        return ""
    return f"{year}-{int(month):02}-{int(day):02}" if is_real(year, month, day) else ""


def read_integer(node: Node, row: Property, context: Context) -> int | None:
    text = scalar(node, row, context)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,18}", text):
        digits = re.sub(r"[\s  ,_.]", "", text)
        context.report(
            node.place,
            "not-a-number",
            value=text,
            property=row.name,
            suggestion=digits if digits.isdecimal() else "",
        )
        return None
    return int(text)


def read_sha256(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        context.report(node.place, "bad-checksum", value=text)
        return None
    return text.lower() if text else None


def read_bbox(node: Node, row: Property, context: Context) -> tuple[float, ...] | None:
    """West, south, east, north in degrees."""
    words = [item.value for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    if len(words) != 4 or not all(NUMBER.fullmatch(word) for word in words):
        written = node.value if isinstance(node, Scalar) else ", ".join(words)
        context.report(node.place, "bad-bbox", value=written)
        return None
    west, south, east, north = box = tuple(float(word) for word in words)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        context.report(node.place, "bad-bbox", value=", ".join(words))
        return None
    return box


def read_file(node: Node, row: Property, context: Context) -> str | None:
    """The name of a file in the dataset's own folder."""
    text = scalar(node, row, context)
    if text and ("/" in text or "\\" in text or text.startswith(".")):
        context.report(node.place, "bad-file-name", value=text)
        return None
    return text or None


def read_code(name: str, node: Node, row: Property, context: Context) -> str | None:
    """A code of a vocabulary. Formats take any spelling and media types any case; other lists want the code itself."""
    text = scalar(node, row, context)
    if not text:
        return None
    words = vocabulary(name)
    if text in words:
        return text
    known = words.find(text)
    if known and name in ("formats", "media-types"):
        return known.code
    suggestion = known.code if known else closest(text, words.terms)
    if not suggestion and name != "formats":
        near = closest(fold_code(text), words.spellings)
        suggestion = words.spellings.get(near, "")
    context.report(node.place, UNKNOWN[name], value=text, property=row.name, suggestion=suggestion)
    return text if name == "formats" else None


# The code of the diagnostic for a word that a vocabulary lacks.
UNKNOWN = {
    "access-rights": "unknown-access-rights",
    "column-types": "unknown-column-type",
    "chart-kinds": "unknown-chart-kind",
    "data-themes": "unknown-data-theme",
    "formats": "unknown-format",
    "frequencies": "unknown-frequency",
    "hosts": "unknown-host",
    "languages": "unknown-language",
    "licenses": "unknown-license",
    "media-types": "unknown-media-type",
    "publisher-kinds": "unknown-publisher-kind",
}


def read_boolean(node: Node, row: Property, context: Context) -> bool | None:
    text = scalar(node, row, context)
    if text and text not in ("true", "false"):
        meant = {"yes": "true", "oui": "true", "on": "true", "no": "false", "non": "false", "off": "false"}
        context.report(node.place, "not-a-boolean", value=text, suggestion=meant.get(text.casefold(), ""))
        return None
    return text == "true" if text else None


def read_color(node: Node, row: Property, context: Context) -> Shades | None:
    """A colour in hexadecimal, or a map of scheme, light or dark, to colour."""
    if not isinstance(node, Mapping_):
        return Shades(found) if (found := read_hex(node, row, context)) else None
    shades = {}
    for scheme, value in node.entries.items():
        if scheme in SCHEMES:
            shades[scheme] = read_hex(value, row, context) or ""
        else:
            meant = closest(scheme, SCHEMES)
            context.report(node.keys[scheme], "unknown-property", value=scheme, kind=row.name, suggestion=meant)
    return Shades(**shades) if any(shades.values()) else None


def read_hex(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text is not None and not HEX.fullmatch(text):
        named = text if HEX.fullmatch(f"#{text}") else ""
        # YAML takes what follows a bare `#` for a comment, and leaves nothing.
        context.report(node.place, "bad-color", value=text or "#…", suggestion=f'"#{named}"' if named else "")
        return None
    return full(text) if text else None


def read_picture(node: Node, row: Property, context: Context) -> str | None:
    """The path of a picture in the portal's folder."""
    text = scalar(node, row, context)
    if text and not PICTURE.fullmatch(text):
        context.report(node.place, "bad-picture", value=text)
        return None
    return text or None


def read_block(node: Node, row: Property, context: Context) -> str | None:
    text = scalar(node, row, context)
    if text and text not in BLOCKS:
        context.report(
            node.place,
            "unknown-block",
            value=text,
            choices=", ".join(BLOCKS),
            suggestion=closest(text, BLOCKS),
        )
        return None
    return text or None


READERS: Mapping[str, Reader] = {
    "text": read_line,
    "markdown": read_text,
    "keywords": read_keywords,
    "token": read_token,
    "slug": read_slug,
    "ref:datasets": read_token,
    "ref:publishers": read_token,
    "ref:themes": read_token,
    "url": read_url,
    "link": read_link,
    "email": read_email,
    "date": read_date,
    "integer": read_integer,
    "sha256": read_sha256,
    "bbox": read_bbox,
    "file": read_file,
    "boolean": read_boolean,
    "color": read_color,
    "picture": read_picture,
    "code:blocks": read_block,
}


def reader_of(range_: str) -> Reader:
    """The reader of a range that is not an object; KeyError for one that the table does not know."""
    if range_.startswith("code:") and range_ not in READERS:
        name = range_.removeprefix("code:")
        return lambda node, row, context: read_code(name, node, row, context)
    return READERS[range_]


def items_of(node: Node) -> Items[Node]:
    """The items of a list; a single value stands for a list of one."""
    if isinstance(node, Sequence):
        return [item for item in node.items if not (isinstance(item, Scalar) and item.is_null)]
    return [node]
