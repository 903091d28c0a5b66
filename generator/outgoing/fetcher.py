"""Fetching the beginning of what is at an address: redirects followed one by one, nothing read without bound."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from generator.outgoing.pace import Pace
from generator.outgoing.received import Received, Redirect
from generator.outgoing.transport import Transport, Unanswered
from generator.source.transfers import BUSY, Unpacker, can_unpack, packed_with, pause_asked
from generator.standards.asking import asking
from generator.text.slugs import encode_url

LASTING = (301, 308)
REDIRECTS = (*LASTING, 302, 303, 307)
UNRANGED = 416
"""What a server says of a range that it can't give, of an empty file among others."""
AT_REST = "429"
"""What is known of a redirect to a host that has asked to be left alone for a while."""
TIMEOUT = httpx.Timeout(30, connect=10)


class Part(NamedTuple):
    """One answer of those that lead to the last."""

    status: int
    headers: httpx.Headers
    body: bytes


@dataclass
class Fetcher:
    """`agent` is who asks, as servers are told; `seconds` what one answer may take, without the pauses before it."""

    agent: str
    transport: Transport = field(default_factory=Transport)
    pace: Pace = field(default_factory=Pace)
    seconds: float = field(default_factory=lambda: float(asking("transfer")["seconds"]))

    async def head(self, address: str) -> Received:
        return await self.receive("HEAD", address)

    async def get(self, address: str) -> Received:
        """The beginning of it, which is all that is asked for; Unanswered where nothing comes."""
        ranged = {"Range": f"bytes=0-{int(asking('transfer')['octets']) - 1}"}
        received = await self.receive("GET", address, ranged)
        return await self.receive("GET", address) if received.status == UNRANGED else received

    async def receive(self, method: str, address: str, headers: Mapping[str, str] | None = None) -> Received:
        """The answer at the end of the redirects; Unanswered where they have none."""
        cookies = httpx.Cookies()
        redirects: list[Redirect] = []
        seen: set[tuple[str, str]] = set()
        url = address
        while True:
            state = url, repr(sorted(cookies.items()))
            if state in seen or len(redirects) > int(asking("transfer")["redirects"]):
                raise Unanswered("loop")
            seen.add(state)
            request = make_request(method, url, {"User-Agent": in_header(self.agent), **(headers or {})}, cookies)
            part = await self.attempt(request, cookies)
            if part.status not in REDIRECTS:
                return Received(asked=address, redirects=redirects, **part._asdict())
            url = next_address(url, part.headers.get("Location", ""))
            redirects.append(Redirect(url, part.status in LASTING))

    async def attempt(self, request: httpx.Request, cookies: httpx.Cookies) -> Part:
        """One answer; where a server stumbles, that to a second question, as soon as the server allows."""
        host, polite = host_of(str(request.url)), asking("polite")
        attempt = 1
        while True:
            if self.pace.wait(host) > polite["pause"]:
                raise Unanswered(AT_REST)
            await self.pace.turn(host)
            is_last = attempt == polite["attempts"]
            try:
                async with asyncio.timeout(self.seconds):
                    part = await self.once(request, cookies)
            except TimeoutError:
                raise Unanswered("timeout") from None
            except Unanswered as failure:
                if is_last or failure.status != "cut":
                    raise
            else:
                pause = pause_asked(part.headers.get("Retry-After", ""), attempt) if part.status in BUSY else 0
                self.pace.hold(host, pause)
                if not pause or is_last or pause > polite["pause"]:
                    return part
            attempt += 1

    async def once(self, request: httpx.Request, cookies: httpx.Cookies) -> Part:
        response = await self.transport.send(request)
        try:
            cookies.extract_cookies(response)
            is_read = request.method != "HEAD" and response.status_code not in REDIRECTS
            body = await read_beginning(response, int(asking("transfer")["octets"])) if is_read else b""
        except httpx.TimeoutException:
            raise Unanswered("timeout") from None
        except httpx.HTTPError:
            raise Unanswered("cut") from None
        finally:
            await response.aclose()
        return Part(response.status_code, response.headers, body)


def make_request(method: str, url: str, headers: Mapping[str, str], cookies: httpx.Cookies) -> httpx.Request:
    """A question; Unanswered where a redirect led to what is no address."""
    try:
        return httpx.Request(
            method,
            url,
            headers={"Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close", **headers},
            cookies=cookies,
            extensions={"timeout": TIMEOUT.as_dict()},
        )
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Unanswered("3xx") from None


def in_header(text: str) -> str:
    """
    A text as a header may hold it.

    >>> in_header("Données de la ville\\r\\nX: y")
    'Donnes de la villeX: y'
    """
    return re.sub(r"[^ -~]", "", text)


def next_address(url: str, location: str) -> str:
    """
    Where a redirect leads from an address, as it is asked.

    >>> next_address("https://exemple.org/a/b", "../c d#e")
    'https://exemple.org/c%20d'
    """
    try:
        found = encode_url(urljoin(url, location)).partition("#")[0] if location else ""
        parts = urlsplit(found)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except (ValueError, UnicodeError):
        is_web = False
    if not is_web:
        raise Unanswered("3xx")
    return found


def host_of(url: str) -> str:
    """
    >>> host_of("https://Exemple.org:8443/a"), host_of("http://exemple.org/b")
    ('exemple.org', 'exemple.org')
    """
    return urlsplit(url).hostname or ""


async def read_beginning(response: httpx.Response, most: int) -> bytes:
    """The first octets of an answer, unpacked where its server packed it unasked."""
    packed = packed_with(response.headers)
    unpack = Unpacker() if packed and can_unpack(packed) else None
    data = bytearray()
    async for chunk in response.aiter_raw():
        try:
            data += unpack.take(chunk, most - len(data)) if unpack else chunk
        except zlib.error:
            raise Unanswered("cut") from None
        if len(data) >= most:
            break
    return bytes(data[:most])
