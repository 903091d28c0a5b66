"""Two artifacts at one path, or a file where others need a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.diagnostics import Diagnostic, Place
from generator.site.site import Site
from generator.site.tasks import Bundle, Copy, Plan, Task


def check_collisions(site: Site, plan: Plan) -> Iterator[Diagnostic]:
    """
    Two artifacts at one path, or a file where others need a folder; on the plan, before anything is rendered.

    Each is told at the publisher's file that asked for it, once whatever the number of languages.
    """
    files: dict[str, Task | Bundle | Copy] = {}
    folders: dict[str, Task | Bundle | Copy] = {}
    bundles = {item.path.casefold(): item for item in plan if isinstance(item, Bundle) and item.path.endswith("/")}
    told = set()
    for item in plan:
        path = item.path.casefold()  # as file systems and hosts that ignore case would see it
        first = files.get(path) or folders.get(path) or (bundle_over(path, bundles) if item.source else None)
        files.setdefault(path, item)
        while not first and (path := path.rpartition("/")[0]) and path not in folders:
            folders[path] = item
            first = files.get(path)
        if not first:
            continue
        here, other = (item, first) if item.source else (first, item)
        if (here.source or here.path, other.source) not in told:
            told.add((here.source or here.path, other.source))
            value = f"/{here.path.removesuffix('index.html')}"
            yield Diagnostic.at(
                Place(here.source or here.path), "path-collision", value=value, first=other.source or "Vitrine"
            )


def bundle_over(path: str, bundles: Mapping[str, Bundle]) -> Bundle | None:
    """What makes all the files of a folder in which a path lies: the search, whose names only a build shows."""
    ends = (place + 1 for place, letter in enumerate(path) if letter == "/")
    return next((bundles[path[:end]] for end in ends if path[:end] in bundles), None)
