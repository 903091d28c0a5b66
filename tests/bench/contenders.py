"""Who is measured: Vitrine, Hugo and Pagefind, each with the folder it works in."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import portal, registers
from tests.bench.measure import Cost, Failed, measure

PROJECT = Path(__file__).parents[2]
CACHE = PROJECT / ".cache" / "bench"
SHARED = PROJECT.parent / "shared" / "bench"
PEERS = ("wordfreq", "hugo", "pagefind", "pagefind-bin")

VITRINE = {"Vitrine, French": ("fr",), "Vitrine, French and English": ("fr", "en")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A contender's run; a warm build publishes the same pages without rendering them, so `rendered` is false."""

    name: str
    cost: Cost
    pages: int
    size: int
    rendered: bool = True


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The cache folder with what the measures need, made when first asked for."""

    shared: Path = SHARED
    jobs: int = os.cpu_count() or 1

    @property
    def python(self) -> Path:
        return CACHE / "peers" / "bin" / "python"

    def install_peers(self) -> None:
        """The peers in an environment of their own."""
        done = CACHE / "peers" / ".installed"
        if done.exists():
            return
        say(f"Installing {', '.join(PEERS)} into {done.parent}")
        venv.create(done.parent, with_pip=True, clear=True)
        run([self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS])
        done.touch()

    def corpus(self, size: int) -> Path:
        program = self.shared / "corpus.py"
        file = CACHE / f"corpus-{size}-{fingerprint(program)}.jsonl"
        if not file.exists():
            self.install_peers()
            say(f"Writing {file.name}")
            fresh = file.with_suffix(".new")
            with fresh.open("wb") as stream:
                run([self.python, program, str(size)], stdout=stream)
            fresh.replace(file)
        return file

    def portal(self, size: int, languages: Sequence[str]) -> Path:
        corpus = self.corpus(size)
        mark = fingerprint(Path(portal.__file__), corpus)
        return made(
            CACHE / f"portal-{size}-{'-'.join(languages)}-{mark}",
            lambda folder: portal.write_portal(corpus, folder, languages),
        )

    def hugo(self, size: int) -> Path:
        corpus, program = self.corpus(size), self.shared / "hugo" / "to_hugo.py"
        layouts = sorted(file for file in program.parent.rglob("*") if file.is_file())
        return made(
            CACHE / f"hugo-{size}-{fingerprint(*layouts, corpus)}",
            lambda folder: run([self.python, program, corpus, folder]),
        )

    def run_vitrine(self, size: int, warm: bool) -> Iterator[Result]:
        """French only and bilingual; from nothing, then with nothing changed, then with one dataset changed."""
        for name, languages in VITRINE.items():
            folder = self.portal(size, languages)
            site = CACHE / f"site-{size}-{'-'.join(languages)}"
            command = self.fresh_build(folder, site)
            yield result(name, measure(command, PROJECT), site)
            if not warm:
                continue
            yield result(f"{name}, nothing changed", measure(command, PROJECT), site, rendered=False)
            changed = folder / "datasets" / f"jeu-{size // 2:06d}.yaml"
            before = changed.read_text(encoding="utf-8")
            changed.write_text(before.replace('"', '"Nouveau ', 1), encoding="utf-8")  # in its title
            try:
                cost = measure(command, PROJECT)
            finally:
                changed.write_text(before, encoding="utf-8")
            yield result(f"{name}, one dataset changed", cost, site, rendered=False)

    def fresh_build(self, folder: Path, site: Path) -> list[str]:
        """The command that builds a portal, of which nothing is left from earlier builds."""
        shutil.rmtree(site, ignore_errors=True)
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        command = [sys.executable, str(PROJECT / "build.py"), "--portal", str(folder)]
        return [*command, "--output", str(site), "--jobs", str(self.jobs)]

    def run_registers(self, size: int) -> Iterator[Result]:
        """Dashboards, and a register of ten rows a dataset, in French."""
        mark = fingerprint(Path(registers.__file__))
        folder = made(CACHE / f"registers-{size}-{mark}", lambda folder: registers.write_portal(folder, size))
        site = CACHE / f"site-registers-{size}"
        name = f"Vitrine, dashboards and {10 * size:,} rows"
        yield result(name, measure(self.fresh_build(folder, site), PROJECT), site)

    def run_hugo(self, size: int) -> Iterator[Result]:
        folder = self.hugo(size)
        shutil.rmtree(folder / "public", ignore_errors=True)
        yield result("Hugo", measure([str(self.python.parent / "hugo"), "--quiet"], folder), folder / "public")

    def run_pagefind(self, size: int) -> Iterator[Result]:
        """Pagefind over Hugo's pages, which are built first when they are not there."""
        folder = self.hugo(size)
        site = folder / "public"
        if not site.is_dir():
            say("Building the pages that Pagefind reads")
            run([self.python.parent / "hugo", "--quiet"], cwd=folder)
        shutil.rmtree(site / "pagefind", ignore_errors=True)
        cost = measure([str(self.python), "-m", "pagefind", "--site", "public"], folder)
        yield Result(name="Pagefind", cost=cost, pages=count_pages(site), size=folder_size(site / "pagefind"))


def run(command: Sequence[str | Path], **options: object) -> None:
    """Run what prepares a measure. Raises Failed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stderr=subprocess.PIPE, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise Failed(words, done.returncode, done.stderr.decode("utf-8", "replace")[-4000:])


def made(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder of the cache, whole or not there; one that an older program made goes."""
    if not folder.exists():
        say(f"Writing {folder.name}")
        for older in folder.parent.glob(f"{folder.name.rpartition('-')[0]}-*"):
            if len(older.name) == len(folder.name):
                shutil.rmtree(older)
        fresh = folder.with_name(f".{folder.name}")
        shutil.rmtree(fresh, ignore_errors=True)
        make(fresh)
        fresh.rename(folder)
    return folder


def fingerprint(*files: Path) -> str:
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(content).hexdigest()[:8]


def result(name: str, cost: Cost, site: Path, rendered: bool = True) -> Result:
    return Result(name=name, cost=cost, pages=count_pages(site), size=folder_size(site), rendered=rendered)


def count_pages(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.html"))


def folder_size(folder: Path) -> int:
    """The bytes of its files, without what the disk adds to them."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
