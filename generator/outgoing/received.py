"""An answer as it came, at the end of its redirects."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from generator.source.answers import MEDIA_TYPE
from generator.source.secrets import public_address
from generator.source.transfers import media_type_of, packed_with
from generator.standards.asking import asking

# What is read comes from strangers: no pattern may go back over what it has passed.
OPENING = re.compile(rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
HEADING = re.compile(r"<(title|h1)\b[^<>]*>(.{0,500}?)</\1", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
ENCODINGS = re.compile(r"utf-?(?:8|16)|us-ascii|iso-?8859|latin|windows-12|koi8|gb|big5|euc|shift", re.IGNORECASE)
"""How the encodings begin that pages are in: Python has others, which unpack or compute."""
TAG = re.compile(r"<[^>]*>")


class Redirect(NamedTuple):
    """Where an answer leads, and whether for good."""

    url: str
    lasting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """
    `status` is that of the last answer, whose address is `url`, after `redirects`; `body` is how it begins, unpacked.
    """

    asked: str
    status: int
    headers: httpx.Headers
    body: bytes = b""
    redirects: Sequence[Redirect] = ()

    @property
    def type(self) -> str:
        """The media type, where it is one."""
        told = media_type_of(self.headers)
        return told if MEDIA_TYPE.fullmatch(told) else ""

    @property
    def size(self) -> int | None:
        """Octets of the whole of it, where its server says so and did not pack it."""
        if packed_with(self.headers):
            return None
        whole = self.headers.get("Content-Range", "").rpartition("/")[2] or self.headers.get("Content-Length", "")
        return int(whole) if re.fullmatch(r"[0-9]{1,15}", whole) else None

    @property
    def url(self) -> str:
        return self.redirects[-1].url if self.redirects else self.asked

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the web, whatever its server calls it."""
        return (
            self.type in asking("pages")["types"] or OPENING.match(self.body.removeprefix(b"\xef\xbb\xbf")) is not None
        )

    @property
    def leads_home(self) -> bool:
        """Whether what was within a site has become its first page."""
        if not self.redirects:
            return False
        asked, came = urlsplit(self.asked), urlsplit(self.url)
        was_within = asked.path.strip("/").count("/") > 0 or "." in asked.path or asked.query
        return bool(was_within) and came.path in ("", "/") and not came.query and not is_index(asked.path)

    @property
    def moved(self) -> str:
        """Where the lasting redirects lead that come first; no address that holds a secret is told."""
        where = ""
        for redirect in self.redirects:
            if not redirect.lasting:
                break
            where = redirect.url
        return where if where and where != self.asked and public_address(where) == where else ""

    @property
    def headings(self) -> Sequence[str]:
        """What a page's title and first headings say, in small letters."""
        return [" ".join(unescape(TAG.sub(" ", match[2])).split()).casefold() for match in HEADING.finditer(self.text)]

    @property
    def text(self) -> str:
        """The page, in the encoding that it or its server names; else in those that are met most."""
        named = CHARSET.search(self.body[:2048])
        part = re.search(r"charset=[\"']?([\w-]+)", self.headers.get("Content-Type", ""), re.IGNORECASE)
        for charset in (part[1] if part else "", named[1].decode("ascii") if named else ""):
            with suppress(LookupError, UnicodeError):
                if ENCODINGS.match(charset):
                    return self.body.decode(charset, "replace")
        with suppress(UnicodeError):  # the body may have been cut within a character
            return getincrementaldecoder("utf-8")().decode(self.body)
        return self.body.decode("cp1252", "replace")

    @property
    def says_missing(self) -> bool:
        """Whether a page says of itself that it is not there."""
        return any(MISSING.search(heading) for heading in self.headings) if self.is_page else False


MISSING = re.compile("|".join(rf"(?<!\w){re.escape(word.casefold())}(?!\w)" for word in asking("not-found")["words"]))


def is_index(path: str) -> bool:
    """
    Whether a path is but another name of a site's first page.

    >>> is_index("/index.html"), is_index("/fr/default.aspx"), is_index("/donnees/index.html")
    (True, True, False)
    """
    return (
        re.fullmatch(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/)?(?:index|default|home|accueil)\.\w+", path.lower()) is not None
    )
