"""
The built feeds before their official judges, and each fault brought back to the line that caused it.

The judges are the schemas and shapes that GSA and SEMIC publish. They are no part of Vitrine: a folder holds them, laid
out as the rows of feeds.yaml say. What runs them (pyshacl, jsonschema) is the extra `vitrine-opendata[validate]`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from generator.feeds.dcat_ap.literals import SHA256
from generator.feeds.dcat_ap.nodes import PREFIXES
from generator.feeds.dcat_us_3 import RENAMED
from generator.model import Catalog, Dataset, Written
from generator.model.diagnostics import Diagnostic, Place
from generator.site import iris
from generator.site.contacts import contact_of
from generator.standards import Property, properties
from generator.standards.feeds import feeds
from generator.text.slugs import encode_url

MODULES = ("jsonschema", "referencing", "rfc3986_validator", "pyshacl", "rdflib")

# Members of the feeds that are called otherwise in YAML, by our class.
MEMBERS: Mapping[tuple[str, str], str] = {
    **{(kind, member): name for (kind, name), member in RENAMED.items()},
    ("Agent", "prefLabel"): "name",
    ("Agent", "subOrganizationOf"): "parent",
    ("Dataset", "accessLevel"): "accessRights",
    ("Dataset", "geographicBoundingBox"): "spatial",
    ("Dataset", "references"): "page",
}

PROBLEM = 300
"""Characters of what a judge says: some quote whole datasets."""

Path_ = Sequence[str | int]


class MissingJudges(Exception):
    """The extra that runs the judges is not installed; `name` is the module that lacks."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class MissingFile(Exception):
    """A file that validating takes; `path` is where it was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


def validate(catalog: Catalog, site: Path, standards: Path) -> list[Diagnostic]:
    """All that the judges find in a site's feeds, told where the publisher wrote it."""
    for name in MODULES:
        try:
            import_module(name)
        except ImportError as error:
            raise MissingJudges(name) from error
    judged = [row for row in feeds().values() if row.judge]
    for path in [standards / name for row in judged for name in row.judge["files"]] + [
        site / row.path for row in judged
    ]:
        if not path.is_file():
            raise MissingFile(path)
    origins = Origins(catalog)
    found: list[Diagnostic] = []
    for row in judged:
        judges = [standards / name for name in row.judge["files"]]
        found += JUDGES[row.judge["by"]](origins, row.path, site / row.path, judges)
    return found


# ---------------------------------------------------------------- where things were written


class Origins:
    """The places behind what feeds say."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    @cached_property
    def by_identifier(self) -> Mapping[str, Dataset]:
        return {dataset.identifier or dataset.id: dataset for dataset in self.catalog.datasets.values()}

    @cached_property
    def by_iri(self) -> Mapping[str, Written]:
        """What has an IRI of this portal."""
        base = self.catalog.portal.base_url
        found: dict[str, Written] = {iris.catalog_iri(base): self.catalog}
        for key, agent in self.catalog.publishers.items():
            found[iris.publisher_iri(base, key)] = agent
            if agent.contact_point:
                found[iris.contact_iri(base, key)] = agent.contact_point
        for concept in self.catalog.theme_taxonomy:
            found[iris.theme_iri(base, concept.id)] = concept
        for linked in self.catalog.catalog:
            found[encode_url(linked.iri)] = linked
        for service in self.catalog.service:
            found[iris.service_iri(base, service.id)] = service
            if service.contact_point:
                found[iris.beside(iris.service_iri(base, service.id), "contactPoint")] = service.contact_point
        if self.catalog.contact_point:
            found[iris.contact_iri(base)] = self.catalog.contact_point
        for dataset in self.catalog.datasets.values():
            iri = iris.dataset_iri(base, dataset.id)
            found[iri] = dataset
            if dataset.contact_point:
                found[iris.beside(iri, "contactPoint")] = dataset.contact_point
            for item in dataset.distribution:
                found[iris.distribution_iri(iri, item.id)] = item
        return found

    def row(self, thing: Written, member: str) -> Property | None:
        """The property that a member of a feed, or a compact IRI, states."""
        kind = type(thing).__name__
        rows = properties().get(kind, {})
        name = MEMBERS.get((kind, member), member)
        return rows.get(name) or next((row for row in rows.values() if row.iri == member), None)

    def parts(self, thing: Written, row: Property) -> Sequence[Written]:
        """What a property leads to that was written down, in this file or another."""
        value = getattr(thing, row.attribute)
        if row.range == "ref:publishers":
            agent = self.catalog.publishers.get(value)
            return [agent] if agent else []
        if row.range == "ref:services":
            services = self.catalog.services
            return [services[key] for key in value if key in services]
        if row.name == "contactPoint" and value is None and isinstance(thing, Dataset):
            contact = contact_of(self.catalog, thing)
            value = contact.point if contact else None
        items = value if isinstance(value, tuple) else (value,)
        return [item for item in items if isinstance(item, Written)]

    def follow(self, thing: Written, path: Path_) -> Place:
        """The place of what a path of members leads to, as far as it was written."""
        place = thing.origin.place
        found: Sequence[Written] = [thing]
        for step in path:
            if isinstance(step, int):
                found = found[step : step + 1]
                place = found[0].origin.place if found else place
                continue
            row = self.row(found[0], step) if found else None
            if row is None:
                break
            owner = found[0]
            found = self.parts(owner, row)
            place = owner.origin[row.name]
            if len(found) == 1 and row.name not in owner.origin:
                place = found[0].origin.place
        return place if place.path else Place("datasets/catalog.yaml")


def violation(place: Place, feed: str, problem: str) -> Diagnostic:
    text = " ".join(problem.split())
    return Diagnostic.at(
        place, "feed-violation", feed=feed, problem=text if len(text) <= PROBLEM else f"{text[:PROBLEM]}…"
    )


# ---------------------------------------------------------------- JSON Schema


def judge_pod(origins: Origins, feed: str, file: Path, judges: Sequence[Path]) -> Iterator[Diagnostic]:
    """DCAT-US 1.1 by Project Open Data's schemas, the non-federal one for datasets."""
    jsonschema, referencing = import_module("jsonschema"), import_module("referencing")
    draft4 = import_module("referencing.jsonschema").DRAFT4
    whole, dataset = (read_json_file(judge) for judge in judges)
    registry = referencing.Registry().with_resources(
        (schema["id"].removesuffix("#"), draft4.create_resource(schema)) for schema in (whole, dataset)
    )
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    validator = jsonschema.Draft4Validator(whole, registry=registry, format_checker=checker)
    yield from judge_json(origins, feed, read_json_file(file), validator)


def judge_us_3(origins: Origins, feed: str, file: Path, judges: Sequence[Path]) -> Iterator[Diagnostic]:
    """DCAT-US 3.0 by its expanded schema, formats included."""
    jsonschema = import_module("jsonschema")
    schema = read_json_file(judges[0])
    validator = jsonschema.Draft7Validator(schema, format_checker=format_checker(jsonschema))
    yield from judge_json(origins, feed, read_json_file(file), validator)


def format_checker(jsonschema: Any) -> Any:
    """The official formats, each text judged once; a URI is an IRI, and is known in a hundredth of the time."""
    is_uri: Callable[..., object] = import_module("rfc3986_validator").validate_rfc3986
    official = jsonschema.Draft7Validator.FORMAT_CHECKER
    judged: dict[tuple[str, str], bool] = {}

    def conforms(value: object, format_: str) -> bool:
        if not isinstance(value, str):
            return True
        if (format_, value) not in judged:
            known = format_ == "iri" and bool(is_uri(value, rule="URI"))
            judged[format_, value] = known or official.conforms(value, format_)
        return judged[format_, value]

    checker = jsonschema.FormatChecker(formats=())
    for name in official.checkers:
        checker.checks(name)(lambda value, name=name: conforms(value, name))
    return checker


def read_json_file(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def judge_json(origins: Origins, feed: str, document: Any, validator: Any) -> Iterator[Diagnostic]:
    best_match = import_module("jsonschema.exceptions").best_match
    for error in validator.iter_errors(document):
        reason = best_match([error]) or error
        path = list(reason.absolute_path)
        thing, rest = owner_of(origins, document, path)
        if reason.validator == "required":
            missing = (name for name in reason.validator_value if f"'{name}'" in reason.message)
            rest = [*rest, *missing]
        yield violation(origins.follow(thing, rest), feed, f"{error_path(path)}: {reason.message}")


def owner_of(origins: Origins, document: Any, path: Path_) -> tuple[Written, Path_]:
    """The dataset that a path is in, and the rest of the path; else the catalogue."""
    if len(path) < 2 or path[0] != "dataset":
        return origins.catalog, path
    said = document["dataset"][path[1]]
    dataset = origins.by_iri.get(str(said.get("@id", ""))) or origins.by_identifier.get(str(said.get("identifier", "")))
    return (dataset, path[2:]) if dataset else (origins.catalog, ())


def error_path(path: Iterable[str | int]) -> str:
    """
    >>> error_path(["dataset", 3, "title"])
    'dataset[3].title'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "(root)"


# ---------------------------------------------------------------- SHACL


def judge_dcat_ap(origins: Origins, feed: str, file: Path, judges: Sequence[Path]) -> Iterator[Diagnostic]:
    """DCAT-AP 3.0.1 by SEMIC's shapes: results of severity Violation, but for one."""
    rdflib, pyshacl = import_module("rdflib"), import_module("pyshacl")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    data = rdflib.Graph().parse(file, format="json-ld")
    shapes = rdflib.Graph()
    for judge in judges:
        shapes.parse(judge)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    for result in report.objects(None, shacl.result):
        path, value = report.value(result, shacl.resultPath), report.value(result, shacl.value)
        # The shape's pattern wants https://spdx.org/…, while SPDX's own terms begin with http: that one is waived.
        waived = str(path) == f"{PREFIXES['spdx']}algorithm" and str(value) == SHA256
        if waived or report.value(result, shacl.resultSeverity) != shacl.Violation:
            continue
        focus = report.value(result, shacl.focusNode)
        member = compact_iri(str(path)) if path is not None else ""
        said = report.value(result, shacl.resultMessage) or ""
        shown = f" `{value}`" if value is not None else ""
        yield violation(place_of(origins, data, focus, member), feed, f"{member or focus}{shown}: {said}")


def compact_iri(iri: str) -> str:
    """
    >>> compact_iri("http://purl.org/dc/terms/title")
    'dct:title'
    """
    found = next(((name, start) for name, start in PREFIXES.items() if iri.startswith(start)), None)
    return f"{found[0]}:{iri.removeprefix(found[1])}" if found else iri


def place_of(origins: Origins, data: Any, focus: Any, member: str) -> Place:
    """
    Where what a node says was written. One without an IRI of this portal (a period, a licence, a term of a vocabulary)
    is what a nearer thing says: of several that point to it, the first.
    """
    path = [member] if member else []
    seen = set()
    while focus is not None and focus not in seen:
        if thing := origins.by_iri.get(str(focus)):
            return origins.follow(thing, path)
        seen.add(focus)
        pointing = sorted(((str(s), str(p), s) for s, p in data.subject_predicates(focus)), key=lambda item: item[:2])
        ours = [item for item in pointing if item[0] in origins.by_iri] or pointing
        if not ours:
            break
        path = [compact_iri(ours[0][1]), *path]
        focus = ours[0][2]
    return origins.catalog.origin.place if origins.catalog.origin.path else Place("datasets/catalog.yaml")


Judge = Callable[[Origins, str, Path, Sequence[Path]], Iterator[Diagnostic]]

JUDGES: Mapping[str, Judge] = {
    "project-open-data": judge_pod,
    "dcat-us-3": judge_us_3,
    "shacl": judge_dcat_ap,
}
"""Who judges a feed, by the word of its row."""
