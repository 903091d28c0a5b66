"""What an address answers: asked by HEAD where that can only repeat what is known, else by the beginning of a GET."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from urllib.parse import urljoin

from generator.model import Answer
from generator.outgoing.fetcher import Fetcher
from generator.outgoing.received import Received
from generator.outgoing.transport import Unanswered


class Reply(NamedTuple):
    """What an address answers today, as an Answer remembers it."""

    status: str
    type: str = ""
    bytes: int | None = None
    moved: str = ""


async def ask(fetcher: Fetcher, address: str, promised: bool = False, known: Answer | None = None) -> Reply:
    """`promised` is whether a file is to be there; `known` what it answered of late, which HEAD may repeat."""
    if known:
        try:
            reply = judge(await fetcher.head(address), promised)
        except Unanswered:
            reply = Reply("")
        if (reply.status, reply.type, reply.moved) == (known.status, known.type, known.moved):
            return reply
    try:
        received = await fetcher.get(address)
        reply = judge(received, promised)
        if reply.status == "200" and received.says_missing and await hides_missing(fetcher, received.url):
            return Reply("not-found", reply.type)
    except Unanswered as failure:
        return Reply(failure.status)
    return reply


def judge(received: Received, promised: bool) -> Reply:
    """What an answer is worth: not every one that a server calls good is."""
    if not received.is_well:
        return Reply(str(received.status), received.type)
    if received.leads_home:
        return Reply("home", received.type)
    if received.is_page:
        return Reply("page", received.type) if promised else Reply("200", received.type, None, received.moved)
    return Reply("200", received.type, received.size, received.moved)


async def hides_missing(fetcher: Fetcher, url: str) -> bool:
    """Whether a server gives, with the status of what is there, a page for what can't be."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    try:
        other = await fetcher.get(urljoin(url, f"vitrine-{name}"))
    except Unanswered:
        return False
    return other.is_well and (other.says_missing or other.leads_home)
