"""Slugs, and addresses as URIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

LONGEST = 200
"""Characters of a slug: with an ending, no longer than a file's name may be."""


SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


OPENED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=100_000)
def slugify(text: str) -> str:
    """
    An ASCII slug; what has no Latin letter or digit, or too many, gets a digest, so that two such texts stay apart.

    >>> slugify("L’Eau à Québec (été)"), slugify("TRANSPORT"), slugify("Œuvres d'art")
    ('l-eau-a-quebec-ete', 'transport', 'oeuvres-d-art')
    >>> slugify("данные")
    'x-9d8cf70d'
    >>> len(slugify("long " * 100))
    200
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(OPENED))
    slug = "-".join(re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c))))
    if slug and len(slug) <= LONGEST:
        return slug
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{slug[: LONGEST - 9].rstrip('-') or 'x'}-{digest}"


def is_slug(text: str) -> bool:
    """
    Lower-case ASCII letters and digits, parted by single hyphens, dots or underscores.

    >>> is_slug("arbres-2"), is_slug("Arbres"), is_slug("../x")
    (True, False, False)
    """
    return len(text) <= LONGEST and bool(SLUG.fullmatch(text))


@lru_cache(maxsize=100_000)
def encode_url(url: str) -> str:
    """
    An address as a URI: what RFC 3986 does not allow is percent-encoded, the host as IDNA; what is encoded stays.

    >>> encode_url("https://exemple.org/été 1.csv?q=a b%20")
    'https://exemple.org/%C3%A9t%C3%A9%201.csv?q=a%20b%20'
    """
    parts = urlsplit(url.strip())
    host = parts.netloc
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    safe = "!$&'()*+,;=:@/?-._~%"
    path, query, fragment = (re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(part, safe=safe)) for part in parts[2:])
    return urlunsplit((parts.scheme.lower(), host, path, query, fragment))
