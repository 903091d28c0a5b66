"""What lets its owner in, as it stands in an address: a password, a key. It is used to ask, and written nowhere."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

SECRET = re.compile(
    r"(?:.*[_-])?(?:key|apikey|token|accesstoken|password|passwd|pass|pwd|secret|sig|signature|auth|authorization"
    r"|credentials?|session|sessionid|sid|jwt|user|username|login)",
    re.IGNORECASE,
)


def public_address(url: str) -> str:
    """
    An address without what lets its owner in.

    >>> public_address("https://me:word@exemple.org/catalog.ttl?page=2&api_key=abc#x")
    'https://exemple.org/catalog.ttl?page=2#x'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if "@" not in parts.netloc and not parts.query:
        return url
    kept = [pair for pair in re.split("[&;]", parts.query) if not SECRET.fullmatch(unquote(pair.partition("=")[0]))]
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="&".join(kept)))


def secrets_of(url: str) -> frozenset[str]:
    """
    The words in an address that nobody else may read, as they stand there and as they are meant.

    >>> sorted(secrets_of("https://me:w%20rd@exemple.org/?token=abcdef"))
    ['abcdef', 'w rd', 'w%20rd']
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return frozenset()
    password = parts.netloc.rpartition("@")[0].partition(":")[2]
    values = [pair.partition("=")[2] for pair in re.split("[&;]", parts.query) if is_secret(pair)]
    return frozenset(word for value in (password, *values) for word in (value, unquote(value)) if len(word) > 3)


def without_secrets(text: str, url: str) -> str:
    """
    >>> without_secrets("no answer from https://me:word@exemple.org", "https://me:word@exemple.org")
    'no answer from https://me:…@exemple.org'
    """
    for word in sorted(secrets_of(url), key=len, reverse=True):
        text = text.replace(word, "…")
    return text


def is_secret(pair: str) -> bool:
    return SECRET.fullmatch(unquote(pair.partition("=")[0])) is not None


def with_secrets(url: str, source: str) -> str:
    """
    An address on the source's own host, with what lets its owner in.

    >>> with_secrets("https://exemple.org/2?page=2", "https://me:word@exemple.org/?key=abc")
    'https://me:word@exemple.org/2?page=2&key=abc'
    >>> with_secrets("https://ailleurs.org/2", "https://me:word@exemple.org/")
    'https://ailleurs.org/2'
    """
    parts, own = urlsplit(url), urlsplit(source)
    if (parts.scheme, parts.hostname, parts.port) != (own.scheme, own.hostname, own.port):
        return url
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    more = [(key, value) for key, value in parse_qsl(own.query) if SECRET.fullmatch(key) and key not in asked]
    query = "&".join(filter(None, (parts.query, urlencode(more))))
    user = own.netloc.rpartition("@")[0]
    netloc = f"{user}@{parts.netloc}" if user and "@" not in parts.netloc else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc, query=query))
