"""
What is fetched from other portals: no larger and no slower than is sound; a server that stumbles is asked again.

A password or a key in the source's address is used to ask, and stands in nothing that is written.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import httpx

from generator.authoring.report import SourceError

LIMIT = 200_000_000
"""The size in bytes beyond which a document is refused, counted as it is unpacked."""
DEADLINE = 300.0
"""Seconds within which a document must have arrived, from the first question to its last byte, pauses included."""
TIMEOUT = httpx.Timeout(30, connect=10)
TRIES = 4
PAUSE = 60.0
"""The longest pause in seconds that a server may ask for."""
BUSY = (408, 425, 429, 500, 502, 503, 504)
REDIRECTS = 10

SECRET = re.compile(
    r"(?:.*[_-])?(?:key|apikey|token|accesstoken|password|passwd|pass|pwd|secret|sig|signature|auth|authorization"
    r"|credentials?|session|sessionid|sid|jwt|user|username|login)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FetchedAnswer:
    """`type` is the media type without its parameters, `url` where the answer came from in the end, with its keys."""

    data: bytes
    type: str
    url: str
    charset: str = ""

    @property
    def text(self) -> str:
        """JSON is UTF-8 whatever the header says; SourceError when it is not."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise SourceError("not-json", path=public_address(self.url), line=1, problem="UTF-8") from None


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


@dataclass
class Web:
    """A client that gives up in time, whatever a server does: a header that drips, a body, a redirect."""

    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(
            timeout=TIMEOUT,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            headers={"User-Agent": "vitrine", "Accept-Encoding": "gzip, deflate"},
        )
    )

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *error: object) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()


def web() -> Web:
    return Web()


def get(client: Web, url: str, query: Mapping[str, str] | None = None, accept: str = "*/*") -> FetchedAnswer:
    """SourceError when there is no answer, or none that is sound."""

    async def within_deadline() -> FetchedAnswer:
        async with asyncio.timeout(DEADLINE):
            return await fetch(client.client, url, query, accept)

    try:
        return client.runner.run(within_deadline())
    except TimeoutError:
        raise SourceError("timeout", url=public_address(url)) from None


async def fetch(client: httpx.AsyncClient, url: str, query: Mapping[str, str] | None, accept: str) -> FetchedAnswer:
    """An answer, asked for again with longer and longer pauses, or when the server says so."""
    shown = public_address(url)
    for attempt in range(1, TRIES + 1):
        try:
            async with client.stream("GET", url, params=query or None, headers={"Accept": accept}) as response:
                if response.status_code < 400:
                    return await read_answer(response, shown)
                if response.status_code not in BUSY or attempt == TRIES:
                    raise SourceError("http-status", url=shown, status=response.status_code)
                pause = pause_asked(response.headers.get("Retry-After", ""), attempt)
            if pause > PAUSE:
                raise SourceError("http-status", url=shown, status=response.status_code)
        except httpx.TimeoutException:
            if attempt == TRIES:
                raise SourceError("timeout", url=shown) from None
            pause = 2.0 ** (attempt - 1)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise SourceError("unreachable", url=shown, problem=without_secrets(str(error), url)) from None
        await asyncio.sleep(pause)
    raise AssertionError("unreachable")


def pause_asked(header: str, attempt: int) -> float:
    """
    Seconds until the next attempt: those that the server asks for, else twice as many as before.

    >>> pause_asked("7", 1), pause_asked("", 3), pause_asked("soon", 1)
    (7.0, 4.0, 1.0)
    """
    if re.fullmatch(r"\s*\d{1,9}\s*", header):
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return float(2 ** (attempt - 1))


async def read_answer(response: httpx.Response, shown: str) -> FetchedAnswer:
    """The body, counted as it is unpacked: what is packed twice is refused, as a few bytes would become gigabytes."""
    codings = [name.strip().lower() for name in response.headers.get("Content-Encoding", "").split(",")]
    packed = [name for name in codings if name not in ("", "identity")]
    if len(packed) > 1 or (packed and packed[0] not in ("gzip", "x-gzip", "deflate")):
        raise SourceError("encoding", url=shown, encoding=", ".join(packed))
    unpack = Unpacker(shown) if packed else None
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += unpack.take(chunk, LIMIT - len(data)) if unpack else chunk
        if len(data) > LIMIT:
            raise SourceError("too-large", path=shown, limit=LIMIT // 1_000_000)
    if unpack and data and not unpack.stream.eof:
        raise SourceError("unreachable", url=shown, problem=packed[0])
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    charset = response.charset_encoding or ""
    return FetchedAnswer(data=bytes(data), type=media_type, url=str(response.url), charset=charset)


class Unpacker:
    """gzip or deflate, no further than the limit."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.stream = zlib.decompressobj(wbits=47)
        self.begun = False

    def take(self, chunk: bytes, room: int) -> bytes:
        try:
            return self.stream.decompress(chunk, max_length=max(room, 0) + 1)
        except zlib.error as error:
            if not self.begun and chunk[:2] != b"\x1f\x8b":
                # Some servers send deflate without its frame.
                self.stream, self.begun = zlib.decompressobj(wbits=-15), True
                return self.take(chunk, room)
            raise SourceError("unreachable", url=self.shown, problem=error) from None
        finally:
            self.begun = True
