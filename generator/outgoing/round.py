"""A round: every address of a catalogue asked once, as far as time allows, those that matter most first."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.model import Answer
from generator.outgoing.asker import Reply, ask
from generator.outgoing.fetcher import Fetcher, host_of
from generator.outgoing.memory import is_fresh, remember
from generator.standards.asking import asking

URGENCY = ("fails", "broken", "", "answers", "untold")
"""Verdicts in the order in which they are asked; of the last, servers may want to be left alone from then on."""


@dataclass
class Round:
    """
    `promised` is each address to whether a file is to be there, `before` what is known, `day` today, `seconds` the time
    that there is; `keeps_rest` is whether what is known of further addresses stays known, as not all could be read.
    `replies` fill as they come, so that what was learnt is there when it is cut short.
    """

    fetcher: Fetcher
    promised: Mapping[str, bool]
    before: Mapping[str, Answer]
    day: str
    seconds: float
    keeps_rest: bool = False
    progress: Callable[[], None] = lambda: None
    replies: dict[str, Reply] = field(default_factory=dict)

    @property
    def after(self) -> dict[str, Answer]:
        """What is remembered of each address: of one that was not asked, what was; of one that is gone, nothing."""
        found = dict(self.before) if self.keeps_rest else {}
        for address in self.promised:
            if reply := self.replies.get(address):
                found[address] = remember(self.before.get(address), reply, self.day)
            elif address in self.before:
                found[address] = self.before[address]
        return found

    @property
    def is_offline(self) -> bool:
        """Whether no host at all was reached, of so many that the fault is our own network’s."""
        rule = asking("offline")
        all_silent = all(reply.status in rule["statuses"] for reply in self.replies.values())
        return all_silent and len({host_of(address) for address in self.replies}) >= int(rule["hosts"])

    async def go(self) -> None:
        until = self.fetcher.pace.clock() + self.seconds
        places = asyncio.Semaphore(int(asking("polite")["hosts"]))
        try:
            async with asyncio.TaskGroup() as group:
                for addresses in self.by_server().values():
                    group.create_task(self.ask_server(addresses, until, places))
        finally:
            await self.fetcher.transport.close()

    def by_server(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for address in sorted(self.promised, key=self.urgency):
            found.setdefault(server_of(address), []).append(address)
        return found

    def urgency(self, address: str) -> tuple[int, str, str]:
        """What fails is asked first, then what never was, then what has waited longest; equals by chance."""
        answer = self.before.get(address)
        rank = URGENCY.index(answer.verdict if answer else "")
        chance = hashlib.sha256(f"{self.day} {address}".encode()).hexdigest()
        return rank, answer.answered if answer else "", chance

    async def ask_server(self, addresses: Iterable[str], until: float, places: asyncio.Semaphore) -> None:
        """The addresses of a server in turn, as long as there is time, and it wants to be asked."""
        pace, limit = self.fetcher.pace, float(asking("polite")["pause"])
        down: list[str] = []
        for address in addresses:
            reply = Reply(down[-1]) if is_given_up(down) else None
            if reply is None:
                host = host_of(address)
                if pace.wait(host) > limit or pace.clock() >= until:
                    return
                await pace.rest(host)
                async with places:
                    if pace.clock() >= until:
                        return
                    reply = await self.ask(address)
                down = [*down, reply.status] if is_down(reply) else []
            self.replies[address] = reply
            self.progress()

    async def ask(self, address: str) -> Reply:
        answer = self.before.get(address)
        known = answer if is_fresh(answer, self.day) else None
        return await ask(self.fetcher, address, self.promised[address], known)


def server_of(address: str) -> str:
    """
    >>> server_of("https://Exemple.org:8443/a"), server_of("http://exemple.org/b")
    ('https://exemple.org:8443', 'http://exemple.org')
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_down(reply: Reply) -> bool:
    """Whether a server could not be spoken with at all."""
    return reply.status in asking("down")["statuses"]


def is_given_up(down: list[str]) -> bool:
    """Whether a server was down so often in a row that its other addresses need not be asked."""
    return bool(down) and len(down) >= int(asking("down")["statuses"][down[-1]])
