"""A node as a dataset: the walk's keys, and what only its class can tell of them."""

from __future__ import annotations

import re
from typing import Any

from generator.importers.dcat.distributions import read_distributions
from generator.importers.dcat.names import last_part, own_dataset, source_of
from generator.importers.dcat.statements import Subject, Term
from generator.importers.dcat.walk import Values, Walk
from generator.importers.places import Area, read_areas
from generator.site import iris
from generator.standards import properties

WITHDRAWN = re.compile(r"dataset-status/WITHDRAWN$")
WITHDRAWAL = properties()["Withdrawal"]


def read_dataset(walk: Walk, node: Subject, identifier: str) -> Values:
    values = walk.describe("Dataset", node, identifier, except_=("distribution", "identifier", "landingPage"))
    own = own_dataset(walk.found, node)
    if not values.get("title"):
        values["title"] = walk.draft.speech.say({"": source_of(walk.found, node) or identifier})
        walk.report.tell("guessed.title", identifier, source_of(walk.found, node))
    if not values.get("publisher"):
        values["publisher"] = catalog_publisher(walk, node, identifier) or walk.draft.placeholder()
        walk.report.tell("guessed.publisher", identifier, values["publisher"])
    for record in walk.records.get(node, ()):
        for name in ("issued", "modified"):
            row = properties()["Dataset"][name]
            if not values.get(name) and (day := walk.read(walk.found.objects(record, row.iri), row, identifier)):
                values[name] = day
                walk.report.took(f"dcat:record/{row.iri}", name)
    if not values.get("accrualPeriodicity") and identifier in walk.frequencies:
        values["accrualPeriodicity"] = walk.frequencies[identifier]
        walk.report.took("dct:temporal", "accrualPeriodicity")
    if own and values.get("description") == values["title"]:
        # DCAT-AP wants a description; our feeds say the title where there is none.
        del values["description"]
    source = source_of(walk.found, node)
    values["identifier"] = source if source != identifier else ""
    if walk.found.objects(node, "dct:identifier"):
        walk.report.took("dct:identifier", "identifier")
    values["landingPage"] = landing_page(walk, node, identifier, own)
    values["distribution"] = read_distributions(walk, node, identifier, values.get("license"), own)
    values["contactPoint"] = contact(walk, node, values.get("contactPoint"), values["publisher"], own)
    if boxes := american_boxes(walk, node, identifier):
        values["spatial"] = place(boxes, values.get("spatial") or [])
    if not own and not values.get("license"):
        hoist_license(walk, values)
    statuses = walk.found.objects(node, "adms:status")
    if not own:
        tell_status(walk, statuses, identifier, "adms:status")
    if own and any(WITHDRAWN.search(term.value) for term in statuses):
        reason = walk.read(walk.found.objects(node, "skos:changeNote"), WITHDRAWAL["reason"], identifier)
        values["withdrawn"] = {"date": values.pop("modified", ""), **({"reason": reason} if reason else {})}
    return values


def catalog_publisher(walk: Walk, node: Subject, identifier: str) -> str:
    """Who publishes the catalogue that a dataset without publisher is in."""
    row = properties()["Dataset"]["publisher"]
    catalog = walk.catalogs.get(node)
    name: str = walk.read(walk.found.objects(catalog, "dct:publisher"), row, identifier) if catalog else ""
    return name or ""


def tell_status(walk: Walk, statuses: list[Term], subject: str, name: str) -> None:
    """What a source says of a state: nobody withdrew the dataset from this portal, on no known day."""
    for term in statuses:
        walk.report.tell("left-out.status", subject, f"{name} {last_part(term.value)}")


def landing_page(walk: Walk, node: Subject, identifier: str, own: re.Match[str] | None) -> str:
    """The page elsewhere that presents the data: our own pages are not elsewhere."""
    terms = walk.found.objects(node, "dcat:landingPage")
    if own:
        page = iris.dataset_page(own["base"], own["id"])
        terms = [term for term in terms if term.value != page]
    value: str = walk.read(terms, properties()["Dataset"]["landingPage"], identifier) or ""
    if value:
        walk.report.took("dcat:landingPage", "landingPage")
    return value


def contact(walk: Walk, node: Subject, contact: Any, publisher: str, own: re.Match[str] | None) -> Any:
    """A contact that says more than who publishes; of a Vitrine's, one that is shared goes where it is from."""
    body = walk.draft.publishers[publisher]
    if own and contact:
        iri = walk.found.objects(node, "dcat:contactPoint")[0].value
        if iri == iris.contact_iri(own["base"]):
            return None
        if iri == iris.contact_iri(own["base"], publisher):
            if contact != {"name": body.get("name")}:
                body["contactPoint"] = contact
            return None
        return contact
    return contact if contact != {"name": body.get("name")} else None


def american_boxes(walk: Walk, node: Subject, subject: str) -> list[list[float]]:
    """DCAT-US 3 states the sides of a box beside the area, since its schema takes no geometry."""
    found = []
    for term in walk.found.objects(node, "dcat-us:geographicBoundingBox"):
        sides = [
            walk.found.objects(term, f"dcat-us:{side}Bounding{axis}")
            for side, axis in zip(("west", "south", "east", "north"), ("Longitude", "Latitude") * 2, strict=True)
        ]
        written = ",".join(f"{float(s[0].value):.9g}" for s in sides if s and is_numeral(s[0].value))
        area = next(iter(read_areas(written)), Area())
        if area.box:
            found.append(list(area.box))
        else:
            walk.report.tell(area.code or "left-out.spatial", subject, written)
    return found


def hoist_license(walk: Walk, values: Values) -> None:
    """The licence that all distributions share is the dataset's: many catalogues state it of them alone."""
    items = values["distribution"]
    license_ = items[0].get("license") if items else None
    if license_ and all(item.get("license") == license_ for item in items):
        values["license"] = license_
        for item in items:
            del item["license"]
        walk.report.took("dcat:distribution/dct:license", "license")


def is_numeral(text: str) -> bool:
    return re.fullmatch(r"\s*[-+]?\d+(?:\.\d+)?(?:E[-+]?\d+)?\s*", text, re.IGNORECASE) is not None


def place(boxes: list[list[float]], areas: Any) -> Any:
    """
    Areas with the boxes that stand beside them.

    >>> place([[1, 2, 3, 4]], {"name": "a"}), place([[1, 2, 3, 4]], [])
    ({'name': 'a', 'bbox': [1, 2, 3, 4]}, {'bbox': [1, 2, 3, 4]})
    """
    items = [areas] if isinstance(areas, dict) else areas
    if len(items) == len(boxes) and not any("bbox" in area for area in items):
        items = [{**area, "bbox": box} for area, box in zip(items, boxes, strict=True)]
    else:
        items = [*items, *({"bbox": box} for box in boxes)]
    return items[0] if len(items) == 1 else items
