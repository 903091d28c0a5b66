"""
What a static host can answer of CKAN's action API.

It answers every query of an address alike: `package_search` gives all packages whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.feeds.api.offered import ids
from generator.feeds.complete import complete_dataset
from generator.feeds.joined import HERE, Joined
from generator.feeds.json_lines import BETWEEN, JsonLine, render_json
from generator.feeds.plain_text import paragraphs
from generator.feeds.records import records_of
from generator.feeds.wholes import render_whole
from generator.model import Agent, Catalog, Distribution
from generator.model.digest import digest
from generator.site import iris
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.slugs import encode_url
from generator.text.speech import choose

PACKAGE = "api/3/action/package_show/{}"

ACTIONS = ("api/3/action", "api/action")
"""Where CKAN answers: clients written for it ask at one or the other. A package is shown at the first alone."""

PACKAGES = f"{ACTIONS[0]}/package_search"

NAMES = {"package_list": "datasets", "organization_list": "publishers", "group_list": "themes"}
"""The actions that list names, and of what."""


def plan_actions(site: Site, made: Mapping[str, str], whole: str) -> Iterator[Task]:
    """`made` are digests of what is said of each dataset, `whole` is one of all of it."""
    for id in ids(site, "datasets"):
        yield Task(PACKAGE.format(id), render_package, (id,), made[id], dataset=id)
    for folder in ACTIONS:
        for action, kind in NAMES.items():
            yield Task(f"{folder}/{action}", render_names, (kind,), digest(ids(site, kind)))
        path = f"{folder}/package_search"
        yield Task(path, render_whole, (PACKAGES, whole, path), whole, streamed=True)


def counts(site: Site) -> Iterator[tuple[str, int]]:
    """How many datasets each list of all of them holds, by its path."""
    found = len(ids(site, "datasets"))
    for folder in ACTIONS:
        yield from ((f"{folder}/{name}", found) for name in ("package_list", "package_search"))


def answer(result: object) -> dict[str, Any]:
    return {"help": "https://docs.ckan.org/en/latest/api/", "success": True, "result": result}


def render_names(site: Site, kind: str) -> bytes:
    return render_json(answer(list(ids(site, kind))))


def render_package(site: Site, id: str) -> bytes:
    return render_json(answer(package_line(site, id)))


def wholes(site: Site) -> Iterator[tuple[str, Joined]]:
    """All packages, a line each. `start` and `rows` change nothing: a client that pages must stop at `count`."""
    found = ids(site, "datasets")
    head = b'{"help":"https://docs.ckan.org/en/latest/api/","success":true,"result":{"count":%d,"sort":"name asc",'
    chunks = [head % len(found), b'"facets":{},"search_facets":{},"results":[']
    chunks += [b"\n", HERE] if found else []
    yield (
        PACKAGES,
        Joined(
            ids=found,
            piece=lambda id: package_line(site, id).encode(),
            chunks=lambda: [*chunks, b"\n]}}\n"],
            between=BETWEEN,
        ),
    )


def package_line(site: Site, id: str) -> JsonLine:
    return records_of(site).line("package", id, lambda: package(site.catalog, id))


def package(catalog: Catalog, id: str) -> dict[str, Any]:
    """A dataset as CKAN's package, in the portal's default language."""
    dataset, wanted = complete_dataset(catalog, catalog.datasets[id]), catalog.portal.languages
    agent, license, contact = catalog.publishers.get(dataset.publisher, Agent()), dataset.license, dataset.contact_point
    words = next((list(dataset.keyword[code]) for code in (*wanted, *dataset.keyword) if dataset.keyword.get(code)), [])
    page = iris.dataset_page(catalog.portal.base_url, id)
    return {
        "id": id,
        "name": id,
        "title": choose(dataset.title, wanted),
        "notes": choose(dataset.description, wanted),
        "url": encode_url(dataset.landing_page) if dataset.landing_page else page,
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": None,
        "version": dataset.version or None,
        "metadata_created": dataset.issued or None,
        "metadata_modified": dataset.changed or None,
        "license_id": license.code if license else None,
        "license_title": choose(license.name, wanted) if license else None,
        "license_url": encode_url(license.iri) if license and license.iri else None,
        "author": choose(agent.name, wanted),
        "maintainer": choose(contact.name, wanted) if contact else None,
        "maintainer_email": contact.email if contact else None,
        "owner_org": dataset.publisher,
        "organization": {
            "id": dataset.publisher,
            "name": dataset.publisher,
            "title": choose(agent.name, wanted),
            "type": "organization",
            "is_organization": True,
            "state": "active",
        },
        "groups": [
            {"id": key, "name": key, "title": choose(catalog.themes[key].pref_label, wanted)}
            for key in dict.fromkeys(dataset.theme)
        ],
        "num_tags": len(words),
        "tags": [{"name": word, "display_name": word, "state": "active"} for word in dict.fromkeys(words)],
        "extras": [
            {"key": "uri", "value": iris.dataset_iri(catalog.portal.base_url, id)},
            {"key": "identifier", "value": dataset.identifier},
            *([{"key": "frequency", "value": dataset.accrual_periodicity}] if dataset.accrual_periodicity else []),
        ],
        "num_resources": len(dataset.distribution),
        "resources": [
            ckan_resource(id, number, file, page, wanted) for number, file in enumerate(dataset.distribution)
        ],
    }


def ckan_resource(id: str, number: int, file: Distribution, page: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": f"{id}#{file.id}",
        "package_id": id,
        "position": number,
        "name": choose(file.title, wanted) or file.file or file.id,
        "description": paragraphs(choose(file.description, wanted)),
        "url": encode_url(file.download_url or file.access_url or page),
        "format": file.format,
        "mimetype": file.media_type or None,
        "size": file.byte_size,
        "hash": file.checksum,
        "last_modified": file.modified or None,
        "state": "active",
    }
