"""A build on a cluster: scheduler and workers are processes of their own, each in its folder, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import cluster, pipeline
from generator.cli import cli
from tests.conftest import ARBRES, SmallPortal, read_tree

DATASETS = 40
"""Enough for many batches."""

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def address() -> str:
    """Where a scheduler may listen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def start(tmp_path: Path, address: str) -> Iterator[Start]:
    """Start the scheduler, and a worker each time it is called; all are ended with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def run(*arguments: str) -> subprocess.Popen[bytes]:
        folder = tmp_path / f"machine-{len(running)}"
        folder.mkdir()
        command = [sys.executable, "-m", *arguments]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    def start_worker() -> subprocess.Popen[bytes]:
        worker = ["distributed.cli.dask_worker", f"tcp://{address}", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        return run(*worker, "--host", "127.0.0.1")

    host, port = address.split(":")
    run("distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show")
    yield start_worker
    for process in running:
        process.kill()
        process.wait()


def many(portal: Callable[..., SmallPortal]) -> SmallPortal:
    return portal({f"datasets/jeu-{number}.yaml": ARBRES for number in range(DATASETS)})


def test_a_cluster_builds_what_one_machine_builds(
    portal: Callable[..., SmallPortal], start: Start, address: str
) -> None:
    """
    A worker is killed in the middle and another joins late: every file is byte for byte that of a build at home.
    """
    small = many(portal)
    expected = small.build("home")
    first, _second = start(), start()
    joined = []

    def disturb(count: int) -> None:
        if not joined:
            first.send_signal(signal.SIGKILL)
            joined.append(start())

    found = pipeline.read_portal(small.folder)
    pipeline.build(found, small.folder / "away", progress=disturb, muster=cluster.cluster(f"dask://{address}"))
    assert joined and first.wait() == -signal.SIGKILL
    assert read_tree(small.folder / "away") == expected


def test_the_command_takes_a_cluster(portal: Callable[..., SmallPortal], start: Start, address: str) -> None:
    """
    `vitrine build --executor dask://HOST:PORT` publishes the portal.
    """
    small = many(portal)
    start()
    command = ["build", "--portal", str(small.folder), "--output", str(small.folder / "away"), "--lang", "en"]
    result = CliRunner().invoke(cli, [*command, "--executor", f"dask://{address}"])
    assert (result.exit_code, "Published in" in result.output) == (0, True), result.output
    assert read_tree(small.folder / "away") == small.build("home")


def test_a_cluster_that_is_not_there_is_told(
    portal: Callable[..., SmallPortal], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Nothing answers, nothing speaks to it, or the address is none: each is told, and what was published stays.
    """
    small = many(portal)
    before = small.build()
    small.lay({f"datasets/jeu-{number}.yaml": ARBRES + "version: 2\n" for number in range(DATASETS)})
    monkeypatch.setattr(cluster, "SECONDS", 1)
    command = ["build", "--portal", str(small.folder), "--lang", "en", "--executor"]
    silent = CliRunner().invoke(cli, [*command, f"dask://{address}"])
    assert (silent.exit_code, "No cluster with a worker answers" in silent.output) == (1, True), silent.output
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    missing = CliRunner().invoke(cli, [*command, f"dask://{address}"])
    assert (missing.exit_code, "vitrine-opendata[dask]" in missing.output) == (1, True), missing.output
    wrong = CliRunner().invoke(cli, [*command, "spark://machine"])
    assert (wrong.exit_code, "spark://machine" in wrong.output) == (2, True), wrong.output
    assert read_tree(small.folder / "site") == before


def test_workers_of_another_version_are_refused(
    portal: Callable[..., SmallPortal], start: Start, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    They would render other pages, so that nothing is published.
    """
    small = many(portal)
    found = pipeline.read_portal(small.folder)
    start()
    monkeypatch.setattr(cluster, "program_digest", lambda: "another version")
    with pytest.raises(cluster.NoCluster, match="other"):
        pipeline.build(found, small.folder / "away", muster=cluster.cluster(f"dask://{address}"))
    assert not (small.folder / "away").exists()
