"""What is fetched from other portals: no larger and no slower than is sound; a server that stumbles is asked again."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from generator.authoring.report import SourceError

LIMIT = 200_000_000
"""The size in bytes beyond which a document is refused."""
DEADLINE = 600
"""Seconds within which an answer must have arrived."""
TIMEOUT = httpx.Timeout(30, connect=10)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """`type` is the media type without its parameters, `url` where the answer came from in the end."""

    data: bytes
    type: str
    url: str

    @property
    def text(self) -> str:
        """JSON is UTF-8 whatever the header says; SourceError when it is not."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise SourceError("not-json", path=self.url, line=1, problem="UTF-8") from None


def web() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": "vitrine"})


def get(client: httpx.Client, url: str, query: Mapping[str, str] | None = None, accept: str = "*/*") -> Answer:
    """SourceError when there is no answer, or none that is sound."""
    for attempt in range(1, TRIES + 1):
        start = time.monotonic()
        try:
            with client.stream("GET", url, params=query or None, headers={"Accept": accept}) as response:
                response.raise_for_status()
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > LIMIT:
                        raise SourceError("too-large", path=url, limit=LIMIT // 1_000_000)
                    if time.monotonic() - start > DEADLINE:
                        raise SourceError("timeout", url=url)
                media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return Answer(data=bytes(data), type=media_type, url=str(response.url))
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500 or attempt == TRIES:
                raise SourceError("http-status", url=url, status=error.response.status_code) from None
        except httpx.TimeoutException:
            if attempt == TRIES:
                raise SourceError("timeout", url=url) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError("unreachable", url=url, problem=error) from None
    raise AssertionError("unreachable")
