"""
The catalogue as a static JSON API: lists in pages with one file for each thing, an OpenAPI file that describes them,
and the same in CKAN's shape.

A dataset of `api/` is the one of `data.json` with texts in each language. A static host answers every query of an
address alike: lists are cut into files instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.feeds.api import ckan
from generator.feeds.api.members import members
from generator.feeds.api.offered import KINDS, ids
from generator.feeds.api.openapi import render_openapi
from generator.feeds.complete import complete_dataset
from generator.feeds.digests import about, dataset_inputs
from generator.feeds.json_lines import JsonLine, render_json, write_line
from generator.feeds.plain_text import paragraphs
from generator.feeds.records import records_of
from generator.model import Catalog, Distribution, Location, Text
from generator.model.digest import digest
from generator.site import iris
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.languages import present
from generator.text.slugs import encode_url

ITEM = "api/{}/{}.json"

PAGE_SIZE = 100
"""Items of a page of a list."""


def plan(site: Site) -> Iterator[Task]:
    made = dataset_inputs(site)
    shared = digest(about(site), site.catalog.publishers)
    whole = digest(shared, [made[id] for id in ids(site, "datasets")])
    for kind in KINDS:
        found = ids(site, kind)
        for key in found:
            inputs = made[key] if kind == "datasets" else digest(whole, kind, key)
            of = key if kind == "datasets" else ""
            yield Task(ITEM.format(kind, key), render_item, (kind, key), inputs, dataset=of)
        for number in range(1, last_page(found) + 1):
            shown = [made[id] for id in page_of(found, number)] if kind == "datasets" else whole
            inputs = digest(shared, kind, len(found), number, shown)
            yield Task(list_path(kind, number), render_api_list, (kind, number), inputs)
    yield from ckan.plan_actions(site, made, whole)
    yield Task("api/openapi.json", render_openapi, (), shared)


def counts(site: Site) -> Iterator[tuple[str, int]]:
    """How many datasets each list holds, by its path."""
    found = ids(site, "datasets")
    for number in range(1, last_page(found) + 1):
        yield list_path("datasets", number), len(page_of(found, number))
    yield from ckan.counts(site)


def last_page(found: Sequence[str]) -> int:
    """
    >>> last_page([]), last_page(["a"] * 100), last_page(["a"] * 101)
    (1, 1, 2)
    """
    return max(1, -(-len(found) // PAGE_SIZE))


def page_of(found: Sequence[str], number: int) -> Sequence[str]:
    return found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def list_path(kind: str, number: int) -> str:
    """
    >>> list_path("datasets", 1), list_path("datasets", 2)
    ('api/datasets.json', 'api/datasets/page/2.json')
    """
    return f"api/{kind}.json" if number == 1 else f"api/{kind}/page/{number}.json"


def render_api_list(site: Site, kind: str, number: int) -> bytes:
    found, base = ids(site, kind), site.catalog.portal.base_url
    last = last_page(found)
    return render_json(
        {
            "total": len(found),
            "page": number,
            "pages": last,
            "next": f"{base}{list_path(kind, number + 1)}" if number < last else None,
            "previous": f"{base}{list_path(kind, number - 1)}" if number > 1 else None,
            "items": JsonLine(f"[{','.join(item(site, kind, key) for key in page_of(found, number))}]"),
        }
    )


def render_item(site: Site, kind: str, key: str) -> bytes:
    return f"{item(site, kind, key)}\n".encode()


def item(site: Site, kind: str, key: str) -> JsonLine:
    if kind == "datasets":
        return records_of(site).line("api", key, lambda: api_dataset(site.catalog, key))
    shown = site.collections[site.default][kind.removesuffix("s")].get(key)
    listed = {"datasets": sorted(shown.datasets) if shown else []}
    return write_line((api_theme if kind == "themes" else api_publisher)(site.catalog, key) | listed)


def api_theme(catalog: Catalog, key: str) -> dict[str, Any]:
    theme, base = catalog.themes[key], catalog.portal.base_url
    return {
        "id": key,
        "iri": iris.theme_iri(base, key),
        "url": f"{base}theme/{key}/",
        "title": present(theme.pref_label),
        "closeMatch": theme.close_match or None,
    }


def api_publisher(catalog: Catalog, key: str) -> dict[str, Any]:
    agent, base = catalog.publishers[key], catalog.portal.base_url
    return {
        "id": key,
        "iri": iris.publisher_iri(base, key),
        "url": f"{base}publisher/{key}/",
        "name": present(agent.name),
        "description": plain_texts(agent.description),
        "kind": agent.kind or None,
        "parent": agent.parent or None,
        "homepage": encode_url(agent.homepage) if agent.homepage else None,
    }


def plain_texts(text: Text) -> dict[str, str]:
    return {language: paragraphs(words) for language, words in present(text).items()}


def api_dataset(catalog: Catalog, id: str) -> dict[str, Any]:
    dataset = complete_dataset(catalog, catalog.datasets[id])
    base, contact = catalog.portal.base_url, dataset.contact_point
    return {
        "id": dataset.id,
        "iri": iris.dataset_iri(base, dataset.id),
        "url": iris.dataset_page(base, dataset.id),
        "identifier": dataset.identifier,
        "title": present(dataset.title),
        "description": plain_texts(dataset.description),
        "publisher": dataset.publisher,
        "contactPoint": {"name": present(contact.name), "email": contact.email or None} if contact else None,
        "themes": list(dict.fromkeys(dataset.theme)),
        "keywords": {language: list(words) for language, words in dataset.keyword.items()},
        "license": encode_url(dataset.license.iri) if dataset.license and dataset.license.iri else None,
        "accessRights": dataset.access_rights or "public",
        "accrualPeriodicity": dataset.accrual_periodicity or None,
        "issued": dataset.issued or None,
        "modified": dataset.modified or None,
        "languages": list(dict.fromkeys(dataset.language)),
        "version": dataset.version or None,
        **members(dataset),
        "members": list(dataset.members),
        "spatial": [api_area(area) for area in dataset.spatial],
        "temporal": [{"start": period.start or None, "end": period.end or None} for period in dataset.temporal],
        "distributions": [api_distribution(file) for file in dataset.distribution],
    }


def api_area(area: Location) -> dict[str, Any]:
    return {
        "name": present(area.name),
        "bbox": list(area.bbox) or None,
        "centroid": list(area.centroid) or None,
        "geometry": area.geometry or None,
    }


def api_distribution(file: Distribution) -> dict[str, Any]:
    return {
        "id": file.id,
        "title": present(file.title),
        "description": plain_texts(file.description),
        "downloadURL": encode_url(file.download_url) if file.download_url else None,
        "accessURL": encode_url(file.access_url) if file.access_url else None,
        "format": file.format or None,
        "mediaType": file.media_type or None,
        "byteSize": file.byte_size,
        "sha256": file.checksum or None,
        "license": encode_url(file.license.iri) if file.license and file.license.iri else None,
        "modified": file.modified or None,
    }
