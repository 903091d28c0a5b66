"""How fast a host is asked: one question after the other, never sooner than is polite or than it wants."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from generator.standards.asking import asking


@dataclass
class Pace:
    """`clock` counts seconds, `sleep` lets them pass; `ready` is when each host may be asked again."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ready: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> float:
        """Seconds until a host may be asked."""
        return max(0.0, self.ready.get(host, 0.0) - self.clock())

    async def rest(self, host: str) -> None:
        """Waits until a host may be asked."""
        while (seconds := self.wait(host)) > 0:
            await self.sleep(seconds)

    async def turn(self, host: str) -> None:
        """Waits until a host may be asked, and takes that turn."""
        await self.rest(host)
        self.ready[host] = self.clock() + float(asking("polite")["seconds"])

    def hold(self, host: str, seconds: float) -> None:
        """Leaves a host alone for a time that it asked for."""
        self.ready[host] = max(self.ready.get(host, 0.0), self.clock() + seconds)
