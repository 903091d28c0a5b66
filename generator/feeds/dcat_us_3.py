"""
`dcat-us-3.json` and `dataset/<id>.json`: DCAT-US 3.0, made from the nodes of DCAT-AP.

A row of the property table is a member of its own name. A text is a member in the portal's default language, and one
called `…Map` in all languages. What others point to by IRI stands inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from generator.feeds.dcat_ap.catalog import catalog_node
from generator.feeds.dcat_ap.graph import CLASSES, SERIES, Graph, range_of, stated_rows
from generator.feeds.dcat_ap.nodes import PREFIXES, Node
from generator.feeds.dcat_ap.serialization import as_list
from generator.feeds.joined import Joined
from generator.feeds.json_lines import BETWEEN, PLACE, JsonLine, iter_json, write_line
from generator.feeds.parts import Part
from generator.feeds.records import DatasetRecord, Records
from generator.model import Catalog
from generator.standards import Property
from generator.text.speech import choose

# Which members the schema has as lists, by our class; `language`, which it lacks, is one in the specification.
LISTS: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "Catalog": """catalog contactPoint creator dataset hasPart identifier language qualifiedAttribution record
            rightsHolder service spatial subject temporal theme themeTaxonomy""",
        "Dataset": """category conformsTo contactPoint contributor distribution geographicBoundingBox hasPart
            hasQualityMeasurement hasVersion identifier image inSeries isReferencedBy language metadataDistribution
            otherIdentifier page provenance qualifiedAttribution qualifiedRelation relation replaces rightsHolder sample
            source spatial subject temporal theme wasAttributedTo wasGeneratedBy wasUsedBy""",
        "DataService": """conformsTo contactPoint creator endpointDescription endpointURL geographicBoundingBox
            hasQualityMeasurement identifier qualifiedAttribution rights rightsHolder servesDataset spatial
            spatialResolutionInMeters temporal temporalResolution theme wasUsedBy""",
        "Distribution": """accessRestriction accessService characterEncoding conformsTo hasQualityMeasurement identifier
            image language page useRestriction""",
    }.items()
}
# Lists of version 1.1 that the schema lets through.
FORMER_LISTS = frozenset({"bureauCode", "programCode"})

# Which rows the schema lacks, or has under another name.
RENAMED = {
    ("Agent", "parent"): "subOrganizationOf",
    ("Kind", "name"): "fn",
    ("Kind", "email"): "hasEmail",
    ("Location", "name"): "prefLabel",
    ("PeriodOfTime", "start"): "startDate",
    ("PeriodOfTime", "end"): "endDate",
}
LEFT_OUT = frozenset(
    {
        ("DataService", "applicableLegislation"),
        ("Dataset", "applicableLegislation"),
        ("Distribution", "applicableLegislation"),
        ("Dataset", "hasQualityAnnotation"),  # it has measurements, each of a metric
        ("Dataset", "hvdCategory"),
        ("Dataset", "isReplacedBy"),
        ("Dataset", "isVersionOf"),
        ("Agent", "contactPoint"),
        ("Agent", "homepage"),
        ("Agent", "identifier"),
        ("Agent", "kind"),
        ("Kind", "url"),
        ("Location", "centroid"),
        ("Location", "geometry"),
        ("Location", "bbox"),  # the schema takes an IRI alone: it stands in geographicBoundingBox
    }
)
TYPES = {"Agent": "Organization"}

# Without these, the schema refuses a part, or it says nothing.
DEMANDED: Mapping[str, set[str]] = {
    "DataService": {"title", "endpointURL", "publisher", "contactPoint"},
    "Kind": {"fn", "hasEmail"},
    "Location": {"prefLabel"},
}

MAIL = re.compile(r"mailto:[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+", re.ASCII)


class Writer:
    """Nodes to members, among the nodes that they point to."""

    def __init__(self, catalog: Catalog, shared: Mapping[str, Node]) -> None:
        self.catalog = catalog
        self.shared = shared
        self.wanted = catalog.portal.languages

    def dataset(self, id: str, node: Node) -> dict[str, Any]:
        members = self.members("Dataset", node)
        areas = () if "adms:status" in node else self.catalog.datasets[id].spatial
        if boxes := [bounding_box(area.bbox) for area in areas if area.bbox]:
            members["geographicBoundingBox"] = boxes
        if "adms:status" in node:
            members["status"] = node["adms:status"]
        if "skos:changeNote" in node:
            members |= self.texts("Dataset", "scopeNote", node["skos:changeNote"])
        return members

    def members(self, kind: str, node: Node) -> dict[str, Any]:
        """The members of a node of one of our classes."""
        found: dict[str, Any] = {"@id": node["@id"]} if not node["@id"].startswith("_:") else {}
        found["@type"] = "DatasetSeries" if SERIES in node["@type"] else TYPES.get(kind, kind)
        for iri, row in dcat_us_rows(kind).items():
            if iri in node:
                name = RENAMED.get((kind, row.name), row.name)
                found |= self.member(kind, row, name, node[iri])
        return found

    def member(self, kind: str, row: Property, name: str, value: Any) -> dict[str, Any]:
        if row.range in ("text", "markdown"):
            return self.texts(kind, name, value)
        if row.range == "keywords":
            words = next(words for words in (value.get(code) for code in (*self.wanted, *value)) if words)
            # The schema takes one string; the lists are beside it.
            return {name: ", ".join(words), f"{name}Map": value}
        several = row.name in FORMER_LISTS | LISTS.get(kind, frozenset())
        written = [said for item in as_list(value) if (said := self.value(row, item)) is not None]
        if not written:
            return {}
        return {name: written if several else written[0]}

    def texts(self, kind: str, name: str, value: Mapping[str, str]) -> dict[str, Any]:
        said = choose(value, self.wanted)
        if kind == "Kind":
            return {name: said}
        if kind == "Agent":
            return {name: said, "prefLabel": said, "prefLabelMap": value}
        return {name: said, f"{name}Map": value}

    def value(self, row: Property, value: Any) -> Any:
        """A value as the schema has it; None for one that it refuses."""
        if row.range in FORMS:
            return FORMS[row.range](value)
        if row.range == "email":
            return value if MAIL.fullmatch(value) else None
        if row.range in ("object:DataService", "ref:services"):
            members = self.members("DataService", self.shared[value])
            return members if DEMANDED["DataService"] <= members.keys() else value
        if row.range == "object:LinkedCatalog":
            return value["@id"]  # the schema wants its datasets of every catalogue that is described
        if row.range.startswith("object:") and isinstance(value, dict):
            members = self.members(row.range.removeprefix("object:"), value)
            return members if DEMANDED.get(members["@type"], set()) <= members.keys() else None
        if row.range == "statement":
            return {"@type": value["@type"].partition(":")[2], **self.texts("", "label", value["rdfs:label"])}
        if row.range == "ref:publishers":
            return self.agent(value, frozenset())
        if row.range in ("ref:themes", "object:Concept"):
            return self.concept(value)
        return value["@id"] if isinstance(value, dict) else value

    def agent(self, iri: str, below: frozenset[str]) -> dict[str, Any]:
        """A publisher within its parents; a circle of parents is cut."""
        node = dict(self.shared[iri])
        parent = node.pop("org:subOrganizationOf", "")
        members = self.members("Agent", node)
        if parent and parent not in below | {iri}:
            members["subOrganizationOf"] = [self.agent(parent, below | {iri})]
        return members

    def concept(self, iri: str) -> dict[str, Any]:
        """A theme with its scheme, or the scheme of themes itself."""
        node = self.shared[iri]
        if "skos:inScheme" not in node:
            return {"@id": iri, "@type": "ConceptScheme", **self.texts("", "title", node["dct:title"])}
        label = self.texts("", "prefLabel", node["skos:prefLabel"])
        return {"@id": iri, "@type": "Concept", **label, "inScheme": node["skos:inScheme"]}


# ---------------------------------------------------------------- documents


def joined_us_3(records: Records, part: Part) -> Joined:
    """`dcat-us-3.json`, of the whole or of a part of it."""
    lines = [PLACE] if part.ids else []
    return Joined(
        ids=part.ids,
        piece=lambda id: write_line(members_of(records.catalog, id, records.find(id))).encode(),
        chunks=lambda: iter_json(dcat_us_catalog(records, part, lines)),
        between=BETWEEN,
    )


def dcat_us_catalog(records: Records, part: Part, lines: Iterable[JsonLine] | None = None) -> dict[str, Any]:
    """A catalogue, with an iterator for its datasets, or with what is written of them already."""
    graph = Graph(records.catalog, frozenset(part.ids))
    node = catalog_node(graph, part)
    members = Writer(records.catalog, graph.nodes).members("Catalog", node)
    datasets = dataset_members(records, part.ids) if lines is None else lines
    return {"@context": dcat_us_context_line(), **members, "dataset": datasets}


def dataset_members(records: Records, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    for id in ids:
        yield members_of(records.catalog, id, records.find(id))


def dcat_us_dataset(records: Records, id: str) -> dict[str, Any]:
    return {"@context": dcat_us_context_line(), **members_of(records.catalog, id, records.find(id))}


def members_of(catalog: Catalog, id: str, record: DatasetRecord) -> dict[str, Any]:
    return Writer(catalog, record.shared).dataset(id, record.node)


@cache
def dcat_us_rows(kind: str) -> Mapping[str, Property]:
    """The rows of a class by IRI, without those that DCAT-US lacks."""
    return {row.iri: row for _, row in stated_rows(kind) if (kind, row.name) not in LEFT_OUT}


# What stands beside the rows.
OWN_CONTEXT: Mapping[str, Any] = {
    "id": "@id",
    "Organization": "org:Organization",
    "ConceptScheme": "skos:ConceptScheme",
    "Checksum": "spdx:Checksum",
    "DatasetSeries": SERIES,
    "ProvenanceStatement": "dct:ProvenanceStatement",
    "label": None,
    "labelMap": {"@id": "rdfs:label", "@container": "@language"},
    "GeographicBoundingBox": "dcat-us:GeographicBoundingBox",
    "dcat-us": "http://data.resources.gov/ontology/dcat-us#",
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "dataset": {"@id": "dcat:dataset", "@type": "@id"},
    "geographicBoundingBox": {"@id": "dcat-us:geographicBoundingBox", "@type": "@id"},
    "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "scopeNoteMap": {"@id": "skos:scopeNote", "@container": "@language"},
    "status": {"@id": "adms:status", "@type": "@id"},
    **{
        f"{side}Bounding{axis}": f"dcat-us:{side}Bounding{axis}"
        for side, axis in (("west", "Longitude"), ("south", "Latitude"), ("east", "Longitude"), ("north", "Latitude"))
    },
}


@cache
def dcat_us_context() -> Mapping[str, Any]:
    """The inline JSON-LD context, from the same rows; of a text in one language and in all, it takes the latter."""
    found: dict[str, Any] = {**PREFIXES, **OWN_CONTEXT}
    for kind, type_ in CLASSES.items():
        found.setdefault(kind, type_)
        for iri, row in dcat_us_rows(kind).items():
            name = RENAMED.get((kind, row.name), row.name)
            reading = {"@id": iri, **range_of(row.range).context}
            if "@container" in reading and kind not in ("Kind", "Agent"):
                found |= {name: None, f"{name}Map": reading}
            elif "@container" in reading:
                found[name] = iri
            else:
                found[name] = reading if len(reading) > 1 else iri
    return found


@cache
def dcat_us_context_line() -> JsonLine:
    return write_line(dcat_us_context())


# ---------------------------------------------------------------- values


def rfc3339_date(value: Node) -> str:
    """
    A date as RFC 3339 has it: a time without a zone is no time that the schema takes.

    >>> [rfc3339_date({"@value": day}) for day in ("2010", "2010-05-01T10:00:00", "2010-05-01T10:00:00Z")]
    ['2010', '2010-05-01', '2010-05-01T10:00:00Z']
    """
    text: str = value["@value"]
    return text if re.search(r"T.*(Z|[+-]\d\d:\d\d)$", text) else text[:10]


def checksum(node: Node) -> dict[str, Any]:
    value = node["spdx:checksumValue"]["@value"]
    return {"@type": "Checksum", "algorithm": node["spdx:algorithm"], "checksumValue": value}


def bounding_box(box: tuple[float, ...]) -> dict[str, str]:
    sides = ("westBoundingLongitude", "southBoundingLatitude", "eastBoundingLongitude", "northBoundingLatitude")
    degrees = (f"{side:f}".rstrip("0").rstrip(".") for side in box)
    return {"@type": "GeographicBoundingBox", **dict(zip(sides, degrees, strict=True))}


FORMS: Mapping[str, Callable[[Any], Any]] = {"date": rfc3339_date, "integer": str, "sha256": checksum}
