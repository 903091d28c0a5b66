"""
What is fetched from other portals: no larger and no slower than is sound; a server that stumbles is asked again.

A password or a key in the source's address is used to ask, and stands in nothing that is written.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from generator.authoring.report import SourceError
from generator.source.secrets import public_address, without_secrets
from generator.source.transfers import BUSY, Unpacker, can_unpack, media_type_of, packed_with, pause_asked

LIMIT = 200_000_000
"""The size in bytes beyond which a document is refused, counted as it is unpacked."""
DEADLINE = 300.0
"""Seconds within which a document must have arrived, from the first question to its last byte, pauses included."""
TIMEOUT = httpx.Timeout(30, connect=10)
TRIES = 4
PAUSE = 60.0
"""The longest pause in seconds that a server may ask for."""
REDIRECTS = 10


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
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, UnicodeError, zlib.error) as error:
            raise SourceError("unreachable", url=shown, problem=without_secrets(str(error), url)) from None
        await asyncio.sleep(pause)
    raise AssertionError("unreachable")


async def read_answer(response: httpx.Response, shown: str) -> FetchedAnswer:
    """The body, counted as it is unpacked: what is packed twice is refused, as a few bytes would become gigabytes."""
    packed = packed_with(response.headers)
    if not can_unpack(packed):
        raise SourceError("encoding", url=shown, encoding=", ".join(packed))
    unpack = Unpacker() if packed else None
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += unpack.take(chunk, LIMIT - len(data)) if unpack else chunk
        if len(data) > LIMIT:
            raise SourceError("too-large", path=shown, limit=LIMIT // 1_000_000)
    if unpack and data and not unpack.stream.eof:
        raise SourceError("unreachable", url=shown, problem=packed[0])
    charset = response.charset_encoding or ""
    return FetchedAnswer(data=bytes(data), type=media_type_of(response.headers), url=str(response.url), charset=charset)
