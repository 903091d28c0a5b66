"""
What packages that are installed beside Vitrine bring it: importers, feeds and rules, by their entry points.

An entry of the group `vitrine.feeds` names a module; what it must hold is for whoever takes it to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, EntryPoint, distributions
from types import ModuleType

KINDS = ("importers", "feeds", "rules")

HEAD = "vitrine."
"""How the names of our groups begin."""


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    entries: tuple[EntryPoint, ...]
    problem: str = ""
    """What keeps its entries from being read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something of a package can't be used: a diagnostic's code, and its values but the package."""

    package: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """A module that a package brings, under the name of its entry."""

    package: Package
    name: str
    module: ModuleType


class PackageFailed(Exception):
    """Something of a package stopped while it ran."""

    def __init__(self, package: str, problem: str) -> None:
        super().__init__(package, problem)
        self.package = package
        self.problem = problem


@contextmanager
def blamed(package: str, *expected: type[Exception]) -> Iterator[None]:
    """Whatever goes wrong within, but for what is expected, is the package's fault, and says so."""
    try:
        yield
    except expected:
        raise
    except Exception as error:
        raise PackageFailed(package, describe_failure(error)) from error


def describe_failure(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


@cache
def packages() -> Sequence[Package]:
    """The packages that bring something, by name; of two of one name, the one that Python would import."""
    found: dict[str, Package] = {}
    for distribution in distributions():
        if package := read_package(distribution):
            found.setdefault(package.name, package)
    return [found[name] for name in sorted(found)]


def read_package(distribution: Distribution) -> Package | None:
    if f"[{HEAD}" not in (distribution.read_text("entry_points.txt") or ""):
        return None
    described = distribution.metadata
    name, version = described["Name"] or str(distribution), described["Version"] or ""
    try:
        entries = sorted((item.group, item.name, item) for item in distribution.entry_points)
    except Exception as error:  # what a stranger wrote there may be anything
        return Package(name, version, (), describe_failure(error))
    return Package(name, version, tuple(item for group, _, item in entries if group.startswith(HEAD)))


@cache
def identities() -> Sequence[tuple[str, ...]]:
    """What tells apart two sets of packages."""
    return [(package.name, package.version, package.problem, *map(repr, package.entries)) for package in packages()]


@cache
def modules(kind: str) -> tuple[Sequence[Brought], Sequence[Fault]]:
    """The modules that packages bring of a kind, and what could not be loaded."""
    brought, faults = [], []
    for package in packages():
        if package.problem:
            faults.append(
                Fault(package.name, "package-fails", {"entry": "entry_points.txt", "problem": package.problem})
            )
        for entry in package.entries:
            if entry.group == HEAD + kind:
                try:
                    brought.append(Brought(package, entry.name, entry.load()))
                except BaseException as error:  # a module may even end the program
                    if isinstance(error, KeyboardInterrupt):
                        raise
                    values = {"entry": label(kind, entry.name), "problem": describe_failure(error)}
                    faults.append(Fault(package.name, "package-fails", values))
    return brought, faults


def label(kind: str, name: str) -> str:
    return f"{HEAD}{kind}: {name}"


def accept(
    kind: str, lacks: Callable[[Brought], str], clash: Callable[[Brought, Sequence[Brought]], str]
) -> tuple[Sequence[Brought], Sequence[Fault]]:
    """
    The modules of a kind that can be used, and what is wrong with the others.

    `lacks` says which member of a module is missing or of the wrong sort, `clash` what the module would take from
    Vitrine or from one that was accepted before.
    """
    brought, faults = modules(kind)
    accepted: list[Brought] = []
    problems = list(faults)
    for item in brought:
        entry = label(kind, item.name)
        if member := lacks(item):
            problems.append(Fault(item.package.name, "package-shape", {"entry": entry, "member": member}))
        elif value := clash(item, accepted):
            problems.append(Fault(item.package.name, "package-clash", {"entry": entry, "value": value}))
        else:
            accepted.append(item)
    return accepted, problems


def first_wrong(module: ModuleType, members: Mapping[str, Callable[[object], bool]]) -> str:
    """The first member that a module lacks, or has in another sort."""
    return next((name for name, fits in members.items() if not fits(getattr(module, name, None))), "")


def in_both_languages(value: object) -> bool:
    """
    >>> in_both_languages({"fr": "Bonjour", "en": "Hello"}), in_both_languages({"en": "Hello"})
    (True, False)
    """
    return isinstance(value, Mapping) and all(is_said(value.get(language)) for language in ("fr", "en"))


def is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def taken(name: str, names: Iterable[str]) -> str:
    """The name, if others have it."""
    return name if name in names else ""
