"""
`python -m tests.fuzz [SECONDS] [TRIAL…]`: each trial in turn, until the time is up.

A trial runs in a process of its own. What fails, hangs for twenty seconds or takes a gigabyte is written into
`.hypothesis/found/<trial>/`; mended, it belongs into `tests/fuzz/failed/<trial>/`.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, Verbosity, given, settings

from tests.conftest import ROOT
from tests.fuzz.failed import packed
from tests.fuzz.trials import TRIALS

FOUND = ROOT / ".hypothesis" / "found"
HANG = 20
MEMORY = 1_000_000
"""Kilobytes."""
SLICE = 60


class Hang(Exception):
    """What took too long."""


def hung(*_: object) -> None:
    raise Hang


def attempt(name: str, seconds: float) -> None:
    """One trial for a time; each failure is written down, and the next input tried."""
    trial, until, seen = TRIALS[name], time.monotonic() + seconds, set[str]()
    signal.signal(signal.SIGALRM, hung)
    tries = 0

    @settings(
        max_examples=100_000_000,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @given(trial.inputs)
    def run(content: object) -> None:
        nonlocal tries
        if time.monotonic() > until:
            raise KeyboardInterrupt
        tries += 1
        try:
            signal.alarm(HANG)
            trial.run(content)
            signal.alarm(0)
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY:
                raise MemoryError
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            signal.alarm(0)
            keep(name, content, error, seen)
            if isinstance(error, MemoryError):
                os._exit(1)  # another process begins from nothing

    try:
        run()
    except KeyboardInterrupt:
        print(f"{name}: {tries}", flush=True)


def keep(name: str, content: object, error: BaseException, seen: set[str]) -> None:
    """The input that failed, once for each place that it fails at."""
    lines = traceback.format_exception(error)
    place = "".join(f"{frame.name}:{frame.lineno} " for frame in traceback.extract_tb(error.__traceback__)[-2:])
    if place in seen and not isinstance(error, Hang):
        return
    seen.add(place)
    data = packed(content)
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    stem = hashlib.sha256(data).hexdigest()[:12]
    (folder / stem).write_bytes(data)
    (folder / f"{stem}.txt").write_text("".join(lines[-25:]), encoding="utf-8")
    print(f"{name}: {type(error).__name__} {place} {folder / stem}", flush=True)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3600
    names = sys.argv[2:] or list(TRIALS)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name in names:
            left = min(SLICE, until - time.monotonic())
            if left > 0:
                process = multiprocessing.get_context("fork").Process(target=attempt, args=(name, left))
                process.start()
                process.join(left + 4 * HANG)
                if process.is_alive():
                    process.kill()
                    print(f"{name}: killed, as no signal stopped it", flush=True)


if __name__ == "__main__":
    main()
