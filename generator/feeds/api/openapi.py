"""The description of the JSON API, in OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator import __version__
from generator.feeds.api.ckan import ACTIONS
from generator.feeds.api.members import MAYBE, TEXT, member_schemas
from generator.feeds.api.offered import KINDS
from generator.feeds.json_lines import render_json
from generator.model import Catalog
from generator.site.site import Site
from generator.text.speech import choose

STRING = {"type": "string"}
NAMES = {"type": "array", "items": STRING}


def render_openapi(site: Site) -> bytes:
    return render_json(openapi(site.catalog))


def openapi(catalog: Catalog) -> dict[str, Any]:
    """OpenAPI 3.1; a test holds it against every file that it describes."""
    base, wanted = catalog.portal.base_url, catalog.portal.languages
    paths: dict[str, Any] = {}
    for kind, name in zip(KINDS, ("Dataset", "Publisher", "Theme"), strict=True):
        page = {"$ref": f"#/components/schemas/{name}List"}
        paths[f"/api/{kind}.json"] = get_operation(f"The first page of {kind}", page)
        paths[f"/api/{kind}/page/{{page}}.json"] = get_operation(f"A page of {kind}, from the second on", page, "page")
        one = {"$ref": f"#/components/schemas/{name}"}
        paths[f"/api/{kind}/{{id}}.json"] = get_operation(f"One of the {kind}", one, "id")
    ckan = {"type": "object", "required": ["success", "result"]}
    for action, told in (
        ("package_list", "The names of all packages, as CKAN gives them"),
        ("organization_list", "The names of all organizations, as CKAN gives them"),
        ("group_list", "The names of all groups, as CKAN gives them"),
        ("package_search", "All packages, as CKAN gives them; a query, `start` and `rows` change nothing"),
    ):
        paths[f"/{ACTIONS[0]}/{action}"] = get_operation(told, ckan)
    paths[f"/{ACTIONS[0]}/package_show/{{id}}"] = get_operation("One package, as CKAN gives it", ckan, "id")
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


def get_operation(told: str, schema: Mapping[str, Any], parameter: str = "") -> dict[str, Any]:
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
        "spatial": {"type": "array", "items": exact_object(area)},
        "temporal": {"type": "array", "items": exact_object({"start": MAYBE, "end": MAYBE})},
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
    found = {name: exact_object(members) for name, members in {**things, "Distribution": distribution}.items()}
    for name in things:
        items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
        found[f"{name}List"] = exact_object(
            {"total": count, "page": count, "pages": count, "next": MAYBE, "previous": MAYBE, "items": items}
        )
    return found


def exact_object(members: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has all of these members and no other."""
    return {"type": "object", "properties": dict(members), "required": list(members), "additionalProperties": False}
