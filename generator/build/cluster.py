"""
Rendering on a cluster that runs Dask, which a user has already: what is rendered comes back over the network.

Workers need this program in the same version, and nothing else: no folder is shared, the catalogue goes to each once, a
worker that is lost has its work done by another, and one that joins late gets its share.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from generator.build.workers import Crew, Muster, Rendered, render_whole
from generator.model.digest import program_digest
from generator.site.site import Site, nothing
from generator.site.tasks import Bundle, Task

if TYPE_CHECKING:
    from distributed import Client

SCHEME = "dask://"
SECONDS = 20
"""How long an address may take to answer."""

LOST = 5
"""How many workers may be lost with the same batch before the build gives up."""

TURN = threading.Lock()
"""A worker of several threads renders one batch at a time, as its site remembers what it finds out."""


class NoCluster(Exception):
    """
    There is no cluster to render on, or none any more. `reason` is `missing` (what speaks to it is not installed),
    `silent` (its address), `other` (its workers' version of this program) or `lost` (too many of its workers).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def cluster(address: str) -> Muster:
    """The workers of the cluster at `dask://HOST:PORT`. Whoever asks them to render may meet NoCluster."""

    @contextmanager
    def muster(site: Site) -> Iterator[Crew]:
        if find_spec("distributed") is None:
            raise NoCluster("missing")
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError

        # What only this machine has is of no use elsewhere: its cache, and what it published before.
        away = replace(site, cache=None, published=nothing, left=nothing)
        try:
            with connect(Client, address) as client:
                sent = client.scatter(away, broadcast=True, hash=False)
                executor = client.get_executor(pure=False, retries=LOST)
                size = sum(client.nthreads().values())
                yield Crew(size, lambda batch: executor.submit(render_away, sent, batch, program_digest()))
        except KilledWorker as error:
            raise NoCluster("lost") from error
        except (CommClosedError, CancelledError) as error:
            raise NoCluster("silent") from error

    return muster


def connect(client: type[Client], address: str) -> Client:
    """A connection to a cluster that has workers, of which each runs this version. Raises NoCluster."""
    try:
        made = client(f"tcp://{address.removeprefix(SCHEME)}", timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster("silent") from error
    try:
        made.wait_for_workers(1, timeout=SECONDS)
        if set(made.run(program_digest).values()) != {program_digest()}:
            raise NoCluster("other")
    except BaseException as error:
        made.close()  # type: ignore[no-untyped-call]
        raise NoCluster("silent") if isinstance(error, OSError) else error from error
    return made


def render_away(site: Site, items: Sequence[Task | Bundle], version: str) -> list[Rendered]:
    """In a worker of a cluster, which may have joined after the others were asked for their version."""
    if version != program_digest():
        raise NoCluster("other")
    with TURN:
        return render_whole(site, items)
