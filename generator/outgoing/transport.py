"""
One question to one server, which is never in a private network unless that is allowed.

The addresses that are asked may come from a stranger's pull request. A name is looked up here and the connection made
to what was found, so that no second look-up can lead elsewhere; each redirect is looked up likewise.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

IP = IPv4Address | IPv6Address

NAT64 = ip_network("64:ff9b::/96")


class Unanswered(Exception):
    """No answer came, for the reason that `status`, a word of `answer-statuses.yaml`, says."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Transport:
    """`private` allows servers in private networks, this machine among them."""

    private: bool = False
    # What two names at one place share is not a connection: it was opened in the name of one.
    inner: httpx.AsyncHTTPTransport = field(
        default_factory=lambda: httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
    )

    async def send(self, request: httpx.Request) -> httpx.Response:
        """The beginning of an answer; Unanswered where none comes."""
        places = await self.find(request.url)
        for place in places:
            try:
                response = await self.inner.handle_async_request(directed(request, place))
                response.request = request
                return response
            except httpx.ConnectTimeout:
                continue
            except httpx.ConnectError as error:
                if status := tls_status(error):
                    raise Unanswered(status) from None
            except httpx.TimeoutException:
                raise Unanswered("timeout") from None
            except httpx.HTTPError:
                raise Unanswered("cut") from None
        raise Unanswered("refused")

    async def find(self, url: httpx.URL) -> list[IP]:
        """Where a server is; what has an IPv4 address is asked there first, as not every network has more."""
        loop = asyncio.get_running_loop()
        try:
            known = await loop.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unanswered("dns") from None
        places = list(dict.fromkeys(ip_address(item[4][0]) for item in known))
        if not self.private and not all(map(is_public, places)):
            raise Unanswered("private")
        return sorted(places, key=lambda place: place.version)

    async def close(self) -> None:
        await self.inner.aclose()


def directed(request: httpx.Request, place: IP) -> httpx.Request:
    """A question as it goes to one place, still in the name that was asked."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(place)),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": request.url.raw_host.decode("ascii")},
    )


def is_public(place: IP) -> bool:
    """
    Whether a place is on the internet that everybody shares, whatever it is wrapped in.

    >>> [is_public(ip_address(text)) for text in ("10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "169.254.169.254")]
    [False, False, False, False]
    >>> is_public(ip_address("192.0.32.10"))
    True
    """
    if isinstance(place, IPv6Address):
        within = place.ipv4_mapped or place.sixtofour or (place.teredo[1] if place.teredo else None)
        if place in NAT64:
            within = IPv4Address(int(place) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
    return place.is_global and not place.is_multicast


UNKNOWN_ISSUER = (20, 21)
"""OpenSSL's X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY and …_TO_VERIFY_LEAF_SIGNATURE: browsers may know more."""


def tls_status(error: BaseException | None) -> str:
    """Why a connection failed as it was to be made safe; nothing where that is not why."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in UNKNOWN_ISSUER:
            return "issuer"
        if isinstance(error, ssl.SSLError):
            return "tls"
        error = error.__cause__ or error.__context__
    return ""
