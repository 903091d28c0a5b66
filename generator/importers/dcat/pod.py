"""
DCAT-US's JSON as JSON-LD.

Both versions name their members as DCAT does, so a context of the property table's names makes linked data of them;
what they spell in a way of their own (`fn`, `accessLevel`, a list of keywords in one text) is given its place here.
"""

from __future__ import annotations

import json
import re
from typing import Any

from generator.feeds.dcat_ap.graph import CLASSES
from generator.feeds.dcat_ap.nodes import PREFIXES
from generator.site.iris import dataset_iri
from generator.standards import properties

VOCAB = "https://project-open-data.cio.gov/v1.1/schema#"
"""Where members end up that neither DCAT nor we know; the report names them."""

# Members that no row of the table is called by.
ALSO = {
    "accessLevel": "dct:accessRights",
    "dataset": "dcat:dataset",
    "isPartOf": "dct:isPartOf",
    "modified": "dct:modified",
    "references": "foaf:page",
}


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
        return bool(value) and all(isinstance(item, dict) and "title" in item and "@id" not in item for item in value)
    if not isinstance(value, dict) or not isinstance(value.get("dataset"), list):
        return False
    known = re.compile(r"project-open-data|dcat-us|resources\.data\.gov", re.IGNORECASE)
    says = [value.get("@context", ""), value.get("conformsTo", "")]
    return "@context" not in value or any(isinstance(text, str) and known.search(text) for text in says)


def to_jsonld(value: Any) -> dict[str, Any]:
    document = {"dataset": value} if isinstance(value, list) else dict(value)
    for name in ("@type", "conformsTo", "describedBy"):
        document.pop(name, None)
    datasets = [item for item in document["dataset"] if isinstance(item, dict)]
    base = re.match(r"(https?://.*/)data\.json$", str(document.pop("@id", "")))
    return {
        **mended(document),
        "@context": context(),
        "@type": "dcat:Catalog",
        "dataset": [to_dataset(item, base[1] if base else "") for item in datasets],
    }


def to_dataset(item: dict[str, Any], base: str) -> dict[str, Any]:
    """A dataset; a Vitrine's has an IRI, which its page tells."""
    found = {**mended(item), "@type": "dcat:Dataset"}
    page = str(item.get("landingPage"))
    own = re.fullmatch(r"dataset/([^/]+)/", page.removeprefix(base)) if base and page.startswith(base) else None
    if own:
        found["@id"] = dataset_iri(base, own[1])
    keywords = item.get("keyword")
    if isinstance(keywords, str):
        keywords = [keywords]
    if not own and isinstance(keywords, list) and len(keywords) == 1 and isinstance(keywords[0], str):
        found["keyword"] = re.split(r"\s*[,;]\s*", keywords[0])
    return found


def mended(value: Any) -> Any:
    """JSON in which GeoJSON is a text, and nothing is said by an empty one or by a template that was never filled."""
    if isinstance(value, list):
        return [mended(item) for item in value if item not in (None, "", {}, [])]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("type"), str) and ("coordinates" in value or "geometry" in value):
        return json.dumps(value)
    return {key: mended(item) for key, item in value.items() if not empty(item) and key != "@context"}


def empty(value: Any) -> bool:
    """
    >>> empty(""), empty("{{description}}"), empty(0)
    (True, True, False)
    """
    return value in (None, "", {}, []) or (isinstance(value, str) and bool(re.fullmatch(r"\s*(\{\{.*\}\}\s*)*", value)))
