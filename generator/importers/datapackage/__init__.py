"""Frictionless data packages: one datapackage.json, or a folder of them, with the files that lie beside."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from generator.authoring.folder import Folder
from generator.authoring.report import Report, SourceError
from generator.importers import Importer
from generator.importers.catalogs import Draft
from generator.importers.ckan.mapping import CkanMapper
from generator.importers.ckan.packages import package_name, rank
from generator.importers.ckan.sources import load
from generator.importers.records import list_items, said
from generator.importers.web import get, web
from generator.source.guard import files_inside, is_file, is_inside
from generator.source.secrets import public_address
from generator.text.slugs import slugify

NAME = "datapackage.json"
LIMIT = 20_000_000
FILE_LIMIT = 50_000_000
NAMES = {"notes": "description", "landing_page": "homepage", "issued": "created", "tags": "keywords",
         "license_id": "licenses.name", "license_url": "licenses.path", "license_title": "licenses.title"}  # fmt: skip
RESOURCE_NAMES = {"url": "path", "mimetype": "mediatype", "size": "bytes"}


def import_datapackage(source: str, into: Path) -> Report:
    """
    Import data packages from a file, a folder of them, or an address.

    SourceError when there is none; then nothing is written.
    """
    remote = re.match(r"https?://", source, re.IGNORECASE) is not None
    report = Report(source=public_address(source) if remote else Path(source).name)
    folder = Folder.open(into, report)
    packages: list[dict[str, Any]] = []
    homes: dict[str, Any] = {}
    for home, descriptor in fetch(source) if remote else read(Path(source)):
        package = as_package(descriptor, home if isinstance(home, str) else "")
        package["name"] = free_name(package_name(package), homes)
        homes[package["name"]] = home
        packages.append(package)
    own, others = rank(packages)
    draft = Draft.begin(folder, report, own, others)
    mapper = CkanMapper.of(packages, draft, "")
    mapper.paths = {package["name"]: NAMES for package in packages}
    mapper.resource_names = RESOURCE_NAMES
    mapper.is_ckan = False
    for package in packages:
        bring_files(package, homes[package["name"]], mapper.ids[package["name"]], draft)
    mapper.fill()
    return draft.write()


def free_name(name: str, taken: dict[str, Any]) -> str:
    base, number = slugify(name or "data-package"), 2
    found = base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def read(source: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The descriptors of a file, or of a folder and those below it, each with its folder."""
    files = [source] if is_file(source) else [source / path for path in files_inside(source, pattern=NAME)[0]]
    if not files:
        raise SourceError("no-package" if source.exists() else "no-source", path=source)
    found = []
    for file in files:
        try:
            found.append((file.parent, parse(file.read_text(encoding="utf-8-sig"), str(file))))
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError("unreadable-source", path=file, problem=error) from None
    return found


def fetch(source: str) -> list[tuple[str, dict[str, Any]]]:
    with web() as client:
        return [(source, parse(get(client, source).text, source))]


def parse(text: str, name: str) -> dict[str, Any]:
    """A descriptor: an object with resources."""
    if len(text) > LIMIT:
        raise SourceError("too-large", path=name, limit=LIMIT // 1_000_000)
    try:
        found = load(text)
    except json.JSONDecodeError as error:
        raise SourceError("not-json", path=name, line=error.lineno, problem=error.msg) from None
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        raise SourceError("no-package", path=name)
    return found


def as_package(descriptor: dict[str, Any], base: str) -> dict[str, Any]:
    """A descriptor in the keys of a CKAN package: the mapping is the same from there on."""
    found = {key: value for key, value in descriptor.items() if key not in ("licenses", "license", "resources")}
    for key, old in NAMES.items():
        if old in found:
            found[key] = found.pop(old)
    stated = list_items(descriptor.get("licenses") or descriptor.get("license"))
    licenses = [item if isinstance(item, dict) else {"name": item} for item in stated]
    if licenses:
        first = licenses[0]
        found |= {"license_id": said(first.get("name") or first.get("type")), "license_title": said(first.get("title"))}
        found["license_url"] = said(first.get("path") or first.get("url"))
    if len(licenses) > 1:
        found["licenses"] = licenses[1:]
    people = [item for item in list_items(found.pop("contributors", None)) if isinstance(item, dict)]
    found |= {key: value for key, value in roles(people).items() if key not in found}
    found["resources"] = [as_resource(item, base) for item in descriptor["resources"] if isinstance(item, dict)]
    return found


def roles(people: list[dict[str, Any]]) -> dict[str, Any]:
    """The publisher and the contact among a package's contributors; the others stay, to be told."""
    found: dict[str, Any] = {}
    rest = []
    for person in people:
        role = said(person.get("role")) or ", ".join(said(item) for item in list_items(person.get("roles")))
        values = {"name": person.get("title"), "email": person.get("email"), "url": person.get("path")}
        if role == "publisher" and "publisher" not in found:
            found["publisher"] = [{key: value for key, value in values.items() if value}]
        elif role in ("contact", "maintainer", "author", "") and "contact" not in found:
            found["contact"] = [{key: value for key, value in values.items() if value}]
            if said(person.get("organization")):
                found["publisher_name"] = person["organization"]
        else:
            rest.append(person)
    return {**found, **({"contributors": rest} if rest else {})}


def as_resource(item: dict[str, Any], base: str) -> dict[str, Any]:
    """A resource in CKAN's keys; its name is its code, its title what it is called."""
    found = {key: value for key, value in item.items() if key not in ("path", "url", "mediatype", "bytes", "name")}
    paths = [said(path) for path in list_items(item.get("path") or item.get("url"))]
    address = urljoin(base, paths[0]) if paths and base else paths[0] if paths else ""
    found |= {"id": item.get("name"), "url": address, "mimetype": item.get("mediatype"), "size": item.get("bytes")}
    found["name"] = found.pop("title", None) or item.get("name")
    if len(paths) > 1:
        found["path"] = paths[1:]
    return {key: value for key, value in found.items() if value is not None}


def bring_files(package: dict[str, Any], home: Any, identifier: str, draft: Draft) -> None:
    """The files beside a descriptor, into the dataset's folder; what is too large or leads out is told."""
    for resource in package["resources"]:
        path = said(resource.get("url"))
        if not isinstance(home, Path) or not path or urlsplit(path).scheme:
            continue
        file = home / path
        name = PurePosixPath(path).name
        if (
            path.startswith("/")
            or not is_inside(home, path)
            or file.stat().st_size > FILE_LIMIT
            or name in ("dataset.yaml", "dataset.yml")
        ):
            draft.report.tell("left-out.file", identifier, path)
            continue
        place = draft.folder.datasets.setdefault(identifier, f"datasets/{identifier}/dataset.yaml")
        if place.endswith("/dataset.yaml"):
            target = f"{place.rpartition('/')[0]}/{name}"
            if target in draft.files:
                name = f"{slugify(said(resource.get('id')) or 'file')}-{name}"
                target = f"{place.rpartition('/')[0]}/{name}"
            draft.files[target] = file.read_bytes()
            resource["file"] = name


IMPORTER = Importer(name="datapackage", source="address", take=import_datapackage)
