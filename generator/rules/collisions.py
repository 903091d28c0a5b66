"""Two artifacts at one path, or a file where others need a folder."""

from __future__ import annotations

from collections.abc import Iterator

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
    told = set()
    for item in plan:
        path = item.path.casefold()  # as file systems and hosts that ignore case would see it
        first = files.get(path) or folders.get(path)
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
