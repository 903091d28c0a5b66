"""The static JSON API, read by what it was made for: its own description, and CKAN's client."""

import json
import re
from pathlib import Path

import ckanapi
import pytest
from jsonschema import Draft202012Validator

from generator.build.pipeline import read_portal
from tests.conftest import read_tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files(demonstration) -> dict[str, bytes]:
    return {path: content for path, content in read_tree(demonstration).items() if path.startswith("api/")}


@pytest.fixture(scope="module")
def catalog():
    return read_portal(ROOT).site.catalog


def offered(catalog) -> list[str]:
    return [id for id, dataset in catalog.datasets.items() if dataset.offered]


def test_every_file_is_as_its_description_says(files):
    """
    Each file of the API is at one of the addresses that openapi.json describes, and has the shape given there.
    """
    document = json.loads(files["api/openapi.json"])
    found = {}
    for path, operations in document["paths"].items():
        pattern = re.escape(path[1:]).replace(r"\{page\}", r"\d+").replace(r"\{id\}", r"[a-z0-9._-]+")
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        found[pattern] = Draft202012Validator({**schema, "components": document["components"]})
    wrong, undescribed = [], []
    for path, content in files.items():
        if path == "api/openapi.json" or path.startswith("api/action/"):
            continue
        validator = next((judge for pattern, judge in found.items() if re.fullmatch(pattern, path)), None)
        if validator is None:
            undescribed.append(path)
        else:
            wrong += [
                f"{path}: {error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(content))
            ]

    assert undescribed == []
    assert wrong[:5] == []


def test_lists_hold_everything_once(files, catalog):
    """
    Following `next` yields every dataset once and ends; publishers and themes are whole too.
    """
    base = catalog.portal.base_url

    def follow(kind: str) -> list[str]:
        ids, address = [], f"{base}api/{kind}.json"
        while address:
            page = json.loads(files[address.removeprefix(base)])
            ids += [item["id"] for item in page["items"]]
            address = page["next"]
        assert page["total"] == len(ids)
        return ids

    assert follow("datasets") == offered(catalog)
    assert follow("publishers") == sorted(catalog.publishers)
    assert follow("themes") == [theme.id for theme in catalog.theme_taxonomy]


def test_long_lists_are_cut(portal, arbres, monkeypatch):
    """
    A list longer than a page goes on at `page/2.json`, which leads back.
    """
    monkeypatch.setattr("generator.feeds.api.lists.PAGE_SIZE", 2)
    files = portal({f"datasets/arbres-{number}.yaml": arbres for number in range(2)}).build()
    first, second = (json.loads(files[path]) for path in ("api/datasets.json", "api/datasets/page/2.json"))

    assert [item["id"] for item in first["items"] + second["items"]] == ["arbres-0", "arbres-1", "autre"]
    assert (first["pages"], first["previous"], second["next"]) == (2, None, None)
    assert (first["next"], second["previous"]) == (
        "https://exemple.org/portail/api/datasets/page/2.json",
        "https://exemple.org/portail/api/datasets.json",
    )


def test_a_withdrawn_dataset_is_not_in_the_api(portal, arbres):
    """
    What was withdrawn is in no list and has no file.
    """
    files = portal({"datasets/arbres.yaml": arbres + "withdrawn: {date: 2026-01-01}\n"}).build()

    assert [
        path for path, content in files.items() if path.startswith("api/") and b"arbres" in path.encode() + content
    ] == []


def test_an_empty_catalogue_has_empty_lists(portal):
    """
    Without datasets, each list is one empty page.
    """
    files = portal({"datasets/autre.yaml": None}).build()

    assert json.loads(files["api/datasets.json"])["items"] == []
    assert json.loads(files["api/3/action/package_search"])["result"] == {
        "count": 0,
        "sort": "name asc",
        "facets": {},
        "search_facets": {},
        "results": [],
    }


def test_ckanapi_reads_the_catalogue(served, catalog):
    """
    CKAN's own client lists all packages and takes each one, by path, with its files.
    """
    with ckanapi.RemoteCKAN(served, get_only=True) as ckan:
        names = ckan.action.package_list()
        found = ckan.action.package_search(q="*:*", rows=1000)
        assert ckan.action.organization_list() == sorted(catalog.publishers)
        ckan.base_url = "api/3/action/"
        shown = ckan.call_action(f"package_show/{names[0]}")
        with pytest.raises(ckanapi.errors.CKANAPIError):
            ckan.action.package_show(id=names[0])

    assert names == offered(catalog)
    assert (found["count"], [package["name"] for package in found["results"]]) == (len(names), names)
    assert shown == found["results"][0]
    files = [len(catalog.datasets[name].distribution) for name in names]
    assert [package["num_resources"] for package in found["results"]] == files
