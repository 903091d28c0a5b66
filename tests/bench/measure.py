"""What a command costs: seconds, CPU seconds and memory, of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MEGA = 1_000_000
PROC = Path("/proc")
INTERVAL = 0.1
LOOPS = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """
    What one run took. `cpu` counts user and system time of all processes; memory is in bytes.

    `memory` is the whole process tree's peak, shared pages counted once, as sampled; `largest` is the exact peak
    of the largest process. `loop` is how long the machine took for the calibration loop just before.
    """

    seconds: float
    cpu: float
    memory: int
    largest: int
    loop: float


class Failed(Exception):
    """A command that did not end well."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"{' '.join(command)} ended with code {code}\n{said}".rstrip())


def calibrate() -> float:
    """Seconds for a fixed loop of pure Python: machines are shared, and this says how busy one was."""
    started = time.perf_counter()
    total = 0
    for number in range(LOOPS):
        total += number
    return time.perf_counter() - started


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder. Raises Failed with the end of what it said."""
    loop = calibrate()
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        with Sampler(process.pid) as sampler:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise Failed(command, process.returncode, output.read()[-4000:].decode("utf-8", "replace"))
    largest = peak_bytes(usage)
    return Cost(
        seconds=seconds,
        cpu=usage.ru_utime + usage.ru_stime,
        memory=max(sampler.peak, largest),
        largest=largest,
        loop=loop,
    )


def peak_bytes(usage: resource.struct_rusage) -> int:
    """The largest resident size so far: Linux says it in kibibytes, macOS in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def own_peak() -> int:
    """This process's largest resident size, where /proc tells it; elsewhere it may be its parent's."""
    return peak_of("self") or peak_bytes(resource.getrusage(resource.RUSAGE_SELF))


def peak_of(process: int | str) -> int:
    """The largest resident size of a process that runs; 0 where there is no /proc to tell it."""
    try:
        status = (PROC / str(process) / "status").read_text()
    except OSError:
        return 0
    return 1024 * int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])


def cpu_of(process: int) -> float:
    """The seconds of CPU that a process has taken; nought where there is no /proc to tell it."""
    try:
        fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Sampler:
    """Watches the memory of a process and all its descendants; sees nothing where there is no /proc."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Sampler:
        if PROC.is_dir():
            self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        if self._thread.ident:
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            self.peak = max(self.peak, sum(map(resident, descendants(self.pid))))


def descendants(pid: int) -> Iterator[int]:
    """The process and those below it, as far as the system tells."""
    yield pid
    for children in PROC.glob(f"{pid}/task/*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from descendants(int(child))


def resident(pid: int) -> int:
    """A process's memory in bytes, a page shared by two counted half; 0 for one that has just ended."""
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
