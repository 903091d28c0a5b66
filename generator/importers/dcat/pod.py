"""
DCAT-US's JSON as JSON-LD.

Both versions name their members as DCAT does, so a context of the property table's names makes linked data of them;
what they spell in a way of their own (`fn`, `accessLevel`, a list of keywords in one text) is given its place here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.authoring.report import Report
from generator.feeds.dcat_ap.graph import CLASSES
from generator.feeds.dcat_ap.nodes import PREFIXES
from generator.site.iris import dataset_iri
from generator.source.nodes import UNPRINTABLE
from generator.standards import properties

VOCAB = PREFIXES["pod"]
"""Where members end up that neither DCAT nor we know; the report names them."""

# Members that no row of the table is called by.
ALSO = {
    "accessLevel": "dct:accessRights",
    "dataset": "dcat:dataset",
    "describedBy": "pod:describedBy",
    "isPartOf": "dct:isPartOf",
    "label": "rdfs:label",
    "licenseText": "spdx:licenseText",
    "modified": "dct:modified",
    "references": "foaf:page",
}
# What version 1.0 called members that have another name, or another place, since.
FORMER = {
    "dataDictionary": "describedBy",
    "PrimaryITInvestmentUII": "primaryITInvestmentUII",
    "systemOfRecords": "systemOfRecords",
}
DRAFTS = frozenset(("draft", "deleted", "private", "pending", "unpublished"))
DEPTH = 30
"""How deep the JSON of a record may nest."""


def context() -> dict[str, Any]:
    """The table's rows by the local names of their IRIs; where two share one, DCAT's and Dublin Core's come first."""
    found: dict[str, Any] = {}
    rows = [row for kind in CLASSES if kind in properties() for row in properties()[kind].values() if row.iri]
    for row in sorted(rows, key=lambda row: not row.iri.startswith(("dcat:", "dct:"))):
        found.setdefault(row.iri.partition(":")[2], row.iri)
    classes = {name.partition(":")[2]: name for name in CLASSES.values()}
    return {"@vocab": VOCAB, **PREFIXES, **classes, **found, **ALSO}


def is_pod(value: Any) -> bool:
    """
    A catalogue of datasets in plain JSON, or the bare list of them that version 1.0 was.

    >>> is_pod({"dataset": []}), is_pod([{"title": "a"}]), is_pod({"@context": {}, "dataset": []}), is_pod([])
    (True, True, False, False)
    """
    if isinstance(value, list):
        records = [item for item in value if isinstance(item, dict) and "title" in item and "@id" not in item]
        return 2 * len(records) > len(value)
    if not isinstance(value, dict) or not isinstance(value.get("dataset"), list):
        return False
    known = re.compile(r"project-open-data|dcat-us|resources\.data\.gov", re.IGNORECASE)
    says = [value.get("@context", ""), value.get("conformsTo", "")]
    return "@context" not in value or any(isinstance(text, str) and known.search(text) for text in says)


def to_jsonld(value: Any, report: Report) -> dict[str, Any]:
    """A catalogue as JSON-LD: each record by itself, so that one that can't be read takes no other with it."""
    document = {"dataset": value} if isinstance(value, list) else dict(value)
    for name in ("@type", "conformsTo", "describedBy"):
        document.pop(name, None)
    base = re.match(r"(https?://.*/)data\.json$", str(document.pop("@id", "")))
    records = document.pop("dataset")
    found = []
    for number, item in enumerate(records, 1):
        name = pod_name(item, number)
        if not isinstance(item, dict) or not (record := mended(item) if depth_of(item) <= DEPTH else {}):
            report.tell("left-out.bad-record", "", name)
        elif reason := unpublished(item):
            report.tell("left-out.dataset-state", name, reason)
        else:
            found.append(to_dataset(record, base[1] if base else ""))
    rest = mended(document) if depth_of(document) <= DEPTH else {}
    return {**rest, "@context": context(), "@type": "dcat:Catalog", "dataset": found}


def pod_name(item: Any, number: int) -> str:
    """What to call a record in the report: its identifier or title, else its place in the list."""
    said = [item.get(key) for key in ("identifier", "title", "@id")] if isinstance(item, dict) else []
    return next((text for text in said if isinstance(text, str) and text.strip()), f"dataset[{number}]")


def unpublished(item: Mapping[str, Any]) -> str:
    """
    Why a record is not for the public, or nothing.

    >>> unpublished({"private": "True"}), unpublished({"state": "Draft"}), unpublished({"published": True})
    ('private', 'state: draft', '')
    """
    said = {str(key).casefold(): str(value).strip().casefold() for key, value in item.items()}
    if said.get("private") in ("true", "1", "yes"):
        return "private"
    if said.get("published") in ("false", "0", "no"):
        return "published: false"
    if said.get("draft") in ("true", "1", "yes"):
        return "draft"
    keys = ("state", "status", "visibility", "publication_status")
    return next((f"{key}: {said[key]}" for key in keys if said.get(key) in DRAFTS), "")


def depth_of(value: Any) -> int:
    """
    How deep JSON nests, as far as it matters.

    >>> depth_of({"a": [1]}), depth_of("a")
    (2, 0)
    """
    depth, level = 0, [value]
    while depth <= DEPTH and (level := [part for item in level for part in pod_parts(item)]):
        depth += 1
    return depth


def pod_parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values() or [None]
    return (value or [None]) if isinstance(value, list) else ()


def to_dataset(item: dict[str, Any], base: str) -> dict[str, Any]:
    """A dataset; a Vitrine's has an IRI, which its page tells."""
    found = {FORMER.get(key, key): value for key, value in item.items()} | {"@type": "dcat:Dataset"}
    page = str(item.get("landingPage"))
    own = re.fullmatch(r"dataset/([^/]+)/", page.removeprefix(base)) if base and page.startswith(base) else None
    if own:
        found["@id"] = dataset_iri(base, own[1])
    keywords = item.get("keyword")
    if isinstance(keywords, str):
        keywords = [keywords]
    if not own and isinstance(keywords, list) and len(keywords) == 1 and isinstance(keywords[0], str):
        found["keyword"] = re.split(r"\s*[,;]\s*", keywords[0])
    found["distribution"] = [*map(to_distribution, as_list(found.get("distribution"))), *former_distributions(found)]
    former_contact(found)
    # GeoJSON is a text for the reader of places, as pairs of numbers are.
    if isinstance(found.get("spatial"), list) and not any(isinstance(part, (str, dict)) for part in found["spatial"]):
        found["spatial"] = json.dumps(found["spatial"])
    if isinstance(found.get("spatial"), str):
        found["spatial"] = areas_of(found["spatial"])
    return found


def areas_of(text: str) -> Any:
    """A list of places that was written as a text, as a list."""
    try:
        value = json.loads(text) if text.lstrip()[:1] == "[" else None
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, list) and value and all(isinstance(part, str) for part in value) else text


def to_distribution(value: Any) -> Any:
    """A distribution; one that is only an address is what it leads to."""
    return {"@type": "dcat:Distribution", "accessURL": value} if isinstance(value, str) else value


def former_distributions(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Version 1.0 stated one file, and one service, of the dataset itself."""
    found = []
    if address := next((item.pop(key) for key in ("accessURL", "downloadURL") if isinstance(item.get(key), str)), ""):
        sizes = {"byteSize": item.pop("size")} if str(item.get("size", "")).isdecimal() else {}
        format_ = {"format": item.pop("format")} if isinstance(item.get("format"), str) else {}
        found.append({"@type": "dcat:Distribution", "accessURL": address, **format_, **sizes})
    if isinstance(item.get("webService"), str):
        found.append({"@type": "dcat:Distribution", "accessURL": item.pop("webService"), "format": "API"})
    return found


def former_contact(item: dict[str, Any]) -> None:
    """Version 1.0 named the contact, and its address, beside each other."""
    contact = item.get("contactPoint")
    name, email = contact if isinstance(contact, str) else item.get("person"), item.get("mbox")
    if isinstance(email, str) and not isinstance(contact, dict):
        item.pop("mbox")
        item.pop("person", None)
        item["contactPoint"] = {"@type": "vcard:Kind", "hasEmail": email} | ({"fn": name} if name else {})


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def mended(value: Any) -> Any:
    """JSON in which GeoJSON is a text, and nothing is said by an empty one or by a template that was never filled."""
    if isinstance(value, list):
        return [mended(item) for item in value if not empty(item)]
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("type"), str) and ("coordinates" in value or "geometry" in value):
        return json.dumps(value)
    return {
        UNPRINTABLE.sub("", key): mended(item)
        for key, item in value.items()
        # A keyword of JSON-LD that came with the data would decide what the rest means.
        if key.strip()
        and not empty(item)
        and (not key.startswith("@") or (key in ("@id", "@type") and isinstance(item, str)))
    }


def empty(value: Any) -> bool:
    """
    >>> empty(""), empty("{{description}}"), empty(0)
    (True, True, False)
    """
    return value in (None, "", {}, []) or (isinstance(value, str) and bool(re.fullmatch(r"\s*(\{\{.*\}\}\s*)*", value)))
