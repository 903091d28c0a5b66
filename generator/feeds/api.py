"""
The catalogue as a static JSON API: lists in pages with one file for each thing, an OpenAPI file that describes them,
and what a static host can answer of CKAN's action API.

A dataset of `api/` is the one of `data.json` with texts in each language. A static host answers every query of an
address alike: lists are cut into files instead, and CKAN's `package_search` gives all packages whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from generator import __version__
from generator.feeds import iris
from generator.feeds.complete import complete_dataset
from generator.feeds.inputs import about, dataset_inputs
from generator.feeds.lines import Line, render_json, write_line
from generator.feeds.members import MAYBE, TEXT, member_schemas, members
from generator.feeds.records import records_of
from generator.feeds.text import choose, languages, paragraphs, present
from generator.forms import DATASET_ANSWERS
from generator.model import Agent, Catalog, Distribution, Location, Text
from generator.site import Site
from generator.tasks import Task, digest
from generator.urls import encode_url

PAGE_SIZE = 100
"""Items of a page of a list."""

KINDS = ("datasets", "publishers", "themes")

ACTIONS = ("api/3/action", "api/action")
"""Where CKAN answers: clients written for it ask at one or the other. A package is shown at the first alone."""


def plan(site: Site) -> Iterator[Task]:
    made = dataset_inputs(site)
    shared = digest(about(site), site.catalog.publishers)
    offered = ids(site, "datasets")
    whole = digest(shared, [made[id] for id in offered])
    for id in offered:
        item, package = (path.format(id) for path in DATASET_ANSWERS)
        yield Task(item, render_item, ("datasets", id), made[id])
        yield Task(package, render_package, (id,), made[id])
    for kind in KINDS:
        found = ids(site, kind)
        if kind != "datasets":
            for key in found:
                yield Task(f"api/{kind}/{key}.json", render_item, (kind, key), digest(whole, kind, key))
        for number in range(1, last_page(found) + 1):
            shown = [made[id] for id in page_of(found, number)] if kind == "datasets" else whole
            inputs = digest(shared, kind, len(found), number, shown)
            yield Task(list_path(kind, number), render_list, (kind, number), inputs)
    for folder in ACTIONS:
        yield Task(f"{folder}/package_list", render_names, ("datasets",), digest(offered))
        yield Task(f"{folder}/organization_list", render_names, ("publishers",), digest(ids(site, "publishers")))
        yield Task(f"{folder}/group_list", render_names, ("themes",), digest(ids(site, "themes")))
        yield Task(f"{folder}/package_search", render_packages, (), whole, streamed=True)
    yield Task("api/openapi.json", render_openapi, (), shared)


def counts(site: Site) -> Iterator[tuple[str, int]]:
    """How many datasets each list holds, by its path."""
    found = ids(site, "datasets")
    for number in range(1, last_page(found) + 1):
        yield list_path("datasets", number), len(page_of(found, number))
    for folder in ACTIONS:
        yield from ((f"{folder}/{name}", len(found)) for name in ("package_list", "package_search"))


def ids(site: Site, kind: str) -> Sequence[str]:
    catalog = site.catalog
    if kind == "datasets":
        return offered_ids(site)
    return sorted(catalog.publishers) if kind == "publishers" else [theme.id for theme in catalog.theme_taxonomy]


@lru_cache(maxsize=1)
def offered_ids(site: Site) -> Sequence[str]:
    return [id for id, dataset in site.catalog.datasets.items() if dataset.withdrawn is None]


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


# ---------------------------------------------------------------- our own shape


def render_list(site: Site, kind: str, number: int) -> bytes:
    found, base = ids(site, kind), site.catalog.portal.base_url
    last = last_page(found)
    return render_json(
        {
            "total": len(found),
            "page": number,
            "pages": last,
            "next": f"{base}{list_path(kind, number + 1)}" if number < last else None,
            "previous": f"{base}{list_path(kind, number - 1)}" if number > 1 else None,
            "items": Line(f"[{','.join(item(site, kind, key) for key in page_of(found, number))}]"),
        }
    )


def render_item(site: Site, kind: str, key: str) -> bytes:
    return f"{item(site, kind, key)}\n".encode()


def item(site: Site, kind: str, key: str) -> Line:
    if kind == "datasets":
        return records_of(site).line("api", key, lambda: api_dataset(site.catalog, key))
    return write_line(collection(site, kind, key))


def collection(site: Site, kind: str, key: str) -> dict[str, Any]:
    """A publisher or a theme, with the ids of its datasets."""
    catalog, base = site.catalog, site.catalog.portal.base_url
    shown = site.collections[site.default][kind.removesuffix("s")].get(key)
    listed = {"datasets": sorted(shown.datasets) if shown else []}
    if kind == "themes":
        theme = catalog.themes[key]
        more = {
            "id": key,
            "iri": iris.theme_iri(base, key),
            "url": f"{base}theme/{key}/",
            "title": present(theme.pref_label),
        }
        return {**more, "closeMatch": theme.close_match or None, **listed}
    agent = catalog.publishers[key]
    return {
        "id": key,
        "iri": iris.publisher_iri(base, key),
        "url": f"{base}publisher/{key}/",
        "name": present(agent.name),
        "description": plain(agent.description),
        "kind": agent.kind or None,
        "parent": agent.parent or None,
        "homepage": encode_url(agent.homepage) if agent.homepage else None,
        **listed,
    }


def plain(text: Text) -> dict[str, str]:
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
        "description": plain(dataset.description),
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
        "description": plain(file.description),
        "downloadURL": encode_url(file.download_url) if file.download_url else None,
        "accessURL": encode_url(file.access_url) if file.access_url else None,
        "format": file.format or None,
        "mediaType": file.media_type or None,
        "byteSize": file.byte_size,
        "sha256": file.checksum or None,
        "license": encode_url(file.license.iri) if file.license and file.license.iri else None,
        "modified": file.modified or None,
    }


# ---------------------------------------------------------------- CKAN's


def answer(result: object) -> dict[str, Any]:
    return {"help": "https://docs.ckan.org/en/latest/api/", "success": True, "result": result}


def render_names(site: Site, kind: str) -> bytes:
    return render_json(answer(list(ids(site, kind))))


def render_package(site: Site, id: str) -> bytes:
    return render_json(answer(package_line(site, id)))


def render_packages(site: Site) -> Iterator[bytes]:
    """All packages, a line each. `start` and `rows` change nothing: a client that pages must stop at `count`."""
    found = ids(site, "datasets")
    yield (
        b'{"help":"https://docs.ckan.org/en/latest/api/","success":true,"result":{"count":%d,"sort":"name asc",'
        % len(found)
    )
    yield b'"facets":{},"search_facets":{},"results":['
    for number, id in enumerate(found):
        yield (b",\n" if number else b"\n") + package_line(site, id).encode()
    yield b"\n]}}\n"


def package_line(site: Site, id: str) -> Line:
    return records_of(site).line("package", id, lambda: package(site.catalog, id))


def package(catalog: Catalog, id: str) -> dict[str, Any]:
    """A dataset as CKAN's package, in the portal's default language."""
    dataset, wanted = complete_dataset(catalog, catalog.datasets[id]), languages(catalog)
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
        "metadata_modified": dataset.modified or dataset.issued or None,
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
        "resources": [resource(id, number, file, page, wanted) for number, file in enumerate(dataset.distribution)],
    }


def resource(id: str, number: int, file: Distribution, page: str, wanted: tuple[str, ...]) -> dict[str, Any]:
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


# ---------------------------------------------------------------- its description


def render_openapi(site: Site) -> bytes:
    return render_json(openapi(site.catalog))


STRING = {"type": "string"}
NAMES = {"type": "array", "items": STRING}


def openapi(catalog: Catalog) -> dict[str, Any]:
    """OpenAPI 3.1; a test holds it against every file that it describes."""
    base, wanted = catalog.portal.base_url, languages(catalog)
    paths: dict[str, Any] = {}
    for kind, name in zip(KINDS, ("Dataset", "Publisher", "Theme"), strict=True):
        page = {"$ref": f"#/components/schemas/{name}List"}
        paths[f"/api/{kind}.json"] = get(f"The first page of {kind}", page)
        paths[f"/api/{kind}/page/{{page}}.json"] = get(f"A page of {kind}, from the second on", page, "page")
        one = {"$ref": f"#/components/schemas/{name}"}
        paths[f"/api/{kind}/{{id}}.json"] = get(f"One of the {kind}", one, "id")
    ckan = {"type": "object", "required": ["success", "result"]}
    for action, told in (
        ("package_list", "The names of all packages, as CKAN gives them"),
        ("organization_list", "The names of all organizations, as CKAN gives them"),
        ("group_list", "The names of all groups, as CKAN gives them"),
        ("package_search", "All packages, as CKAN gives them; a query, `start` and `rows` change nothing"),
    ):
        paths[f"/{ACTIONS[0]}/{action}"] = get(told, ckan)
    paths[f"/{ACTIONS[0]}/package_show/{{id}}"] = get("One package, as CKAN gives it", ckan, "id")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": choose(catalog.title, wanted) or base,
            "version": __version__,
            "description": "Static files: every address answers GET alone, whatever its query.",
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas()},
    }


def get(told: str, schema: Mapping[str, Any], parameter: str = "") -> dict[str, Any]:
    kind = "integer" if parameter == "page" else "string"
    named = [{"name": parameter, "in": "path", "required": True, "schema": {"type": kind}}] if parameter else []
    found = {"description": told, "content": {"application/json": {"schema": schema}}}
    operation = {"summary": told, "responses": {"200": found, "404": {"description": "There is none"}}}
    return {"get": {**operation, "parameters": named} if named else operation}


def schemas() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    distribution: dict[str, Any] = {
        **dict.fromkeys(("title", "description"), TEXT),
        **dict.fromkeys(("downloadURL", "accessURL", "format", "mediaType", "sha256", "license", "modified"), MAYBE),
        "id": STRING,
        "byteSize": {"type": ["integer", "null"]},
    }
    contact = {"type": ["object", "null"], "properties": {"name": TEXT, "email": MAYBE}}
    numbers = {"type": ["array", "null"], "items": {"type": "number"}}
    area = {
        "name": TEXT,
        "bbox": {**numbers, "minItems": 4, "maxItems": 4},
        "centroid": {**numbers, "minItems": 2, "maxItems": 2},
        "geometry": MAYBE,
    }
    dataset = {
        **dict.fromkeys(("id", "iri", "url", "identifier", "publisher", "accessRights"), STRING),
        **dict.fromkeys(("title", "description"), TEXT),
        **dict.fromkeys(("license", "accrualPeriodicity", "issued", "modified", "version"), MAYBE),
        **dict.fromkeys(("themes", "languages", "members"), NAMES),
        **member_schemas(),
        "contactPoint": contact,
        "keywords": {"type": "object", "additionalProperties": NAMES},
        "spatial": {"type": "array", "items": whole(area)},
        "temporal": {"type": "array", "items": whole({"start": MAYBE, "end": MAYBE})},
        "distributions": {"type": "array", "items": {"$ref": "#/components/schemas/Distribution"}},
    }
    publisher = {
        **dict.fromkeys(("id", "iri", "url"), STRING),
        **dict.fromkeys(("name", "description"), TEXT),
        **dict.fromkeys(("kind", "parent", "homepage"), MAYBE),
        "datasets": NAMES,
    }
    theme = {**dict.fromkeys(("id", "iri", "url"), STRING), "title": TEXT, "closeMatch": MAYBE, "datasets": NAMES}
    things: dict[str, dict[str, Any]] = {"Dataset": dataset, "Publisher": publisher, "Theme": theme}
    found = {name: whole(members) for name, members in {**things, "Distribution": distribution}.items()}
    for name in things:
        items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
        found[f"{name}List"] = whole(
            {"total": count, "page": count, "pages": count, "next": MAYBE, "previous": MAYBE, "items": items}
        )
    return found


def whole(members: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has all of these members and no other."""
    return {"type": "object", "properties": dict(members), "required": list(members), "additionalProperties": False}
