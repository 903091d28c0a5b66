"""`harvest/report.json`: how many datasets each catalogue holds, and which ones errors keep from this publication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.feeds import catalogs
from generator.feeds.api import lists
from generator.feeds.digests import about
from generator.feeds.json_lines import render_json
from generator.model.diagnostics import Diagnostic
from generator.model.digest import digest
from generator.site.iris import catalog_iri
from generator.site.representations import HARVEST, REPORT
from generator.site.site import Site
from generator.site.tasks import Task
from generator.source.files import name_of
from generator.text.strings import LANGUAGES


def plan(site: Site) -> Iterator[Task]:
    yield Task(
        REPORT, render, (), digest(about(site), "report", list(counts(site)), len(site.catalog.datasets), site.left_out)
    )


def counts(site: Site) -> Iterator[tuple[str, int]]:
    yield from catalogs.counts(site)
    yield from lists.counts(site)


def render(site: Site) -> bytes:
    base = site.catalog.portal.base_url
    return render_json(
        {
            "catalog": catalog_iri(base),
            "page": f"{base}{HARVEST}",
            "datasets": len(site.order),
            "withdrawn": len(site.catalog.datasets) - len(site.order),
            "leftOut": left_out_datasets(site),
            "feeds": [{"url": f"{base}{path}", "datasets": count} for path, count in counts(site)],
        }
    )


def left_out_datasets(site: Site) -> list[dict[str, Any]]:
    """Each dataset that errors keep out: it is not withdrawn, and comes again once it is mended."""
    files: dict[str, list[Diagnostic]] = {}
    for item in site.left_out:
        files.setdefault(item.place.path, []).append(item)
    return [{"id": name_of(path), "file": path, "problems": list(map(problem, found))} for path, found in files.items()]


def problem(item: Diagnostic) -> dict[str, Any]:
    return {
        "code": item.code,
        "line": item.place.line or None,
        "message": {language: item.message(language) for language in LANGUAGES},
    }
