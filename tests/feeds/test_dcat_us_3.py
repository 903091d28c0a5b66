"""`dcat-us-3.json` and `dataset/<id>.json`, judged by the expanded schema of DCAT-US 3.0."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker
from jsonschema.exceptions import FormatError
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rfc3986_validator import validate_rfc3986

from generator.feeds.dcat_ap.graph import CLASSES
from generator.feeds.dcat_us_3 import DEMANDED, LEFT_OUT, LISTS, RENAMED, dcat_us_catalog, dcat_us_dataset
from generator.feeds.json_lines import render_json, with_lists
from generator.feeds.records import Records
from generator.model import Agent, Catalog, Distribution, Kind, Location, Withdrawal
from generator.standards import properties, vocabulary
from tests.feeds.test_dcat_ap import FULL, ODD, make, some

SCHEMA = (
    Path(__file__).parents[3] / "shared" / "standards" / "dcat-us-3" / "jsonschema" / "dcat-us3.0-expanded-schema.json"
)
BASE = "https://donnees.exemple.org/p/"
EU = "http://publications.europa.eu/resource/authority/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")


@cache
def validator() -> Draft7Validator:
    if not SCHEMA.is_file():
        pytest.skip(f"the official schema is not part of the project: {SCHEMA} does not exist")
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=Remembering())


class Remembering(FormatChecker):
    """The official formats, each text judged once; a URI is an IRI, and is known in a hundredth of the time."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: dict[tuple[str, str], bool] = {}

    def check(self, instance: object, format: str) -> None:
        if not isinstance(instance, str):
            return
        if (format, instance) not in self.judged:
            known = format == "iri" and validate_rfc3986(instance, rule="URI")
            self.judged[format, instance] = known or Draft7Validator.FORMAT_CHECKER.conforms(instance, format)
        if not self.judged[format, instance]:
            raise FormatError(f"{instance!r} is not a {format!r}")


def us_3_faults(document: dict[str, Any]) -> list[str]:
    """What the official schema refuses."""
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(document)]


def us_3_catalog(catalog: Catalog) -> dict[str, Any]:
    records = Records(catalog)
    return with_lists(dcat_us_catalog(records, records.whole))


def us_3_dataset(catalog: Catalog, id: str) -> dict[str, Any]:
    return with_lists(dcat_us_dataset(Records(catalog), id))


def faults(*datasets: Any) -> list[str]:
    return us_3_faults(us_3_catalog(make(*datasets)))


def test_a_full_dataset_is_written_as_dcat_us_3_has_it():
    """
    Every property that DCAT-US 3 knows is there: texts in the default language and, in maps, in all.
    """
    found = us_3_dataset(make(FULL), "casernes")
    found.pop("@context")

    def concept(iri: str, label: dict[str, str], scheme: str) -> dict[str, Any]:
        said = {"prefLabel": label["fr"], "prefLabelMap": label}
        return {"@id": iri, "@type": "Concept", **said, "inScheme": scheme}

    justice = vocabulary("data-themes")["JUST"].title
    file = f"{BASE}dataset/casernes/%C3%A9t%C3%A9.csv"
    assert found == {
        "@id": f"{BASE}dataset/casernes#dataset",
        "@type": "Dataset",
        "title": "Casernes d’incendie",
        "titleMap": {"fr": "Casernes d’incendie", "en": "Fire stations"},
        "description": "Emplacement des casernes.",
        "descriptionMap": {"fr": "Emplacement des casernes."},
        "publisher": {
            "@id": f"{BASE}publisher/incendie#agent",
            "@type": "Organization",
            "name": "Incendie",
            "prefLabel": "Incendie",
            "prefLabelMap": {"fr": "Incendie"},
            "subOrganizationOf": [
                {
                    "@id": f"{BASE}publisher/ville#agent",
                    "@type": "Organization",
                    "name": "Ville",
                    "prefLabel": "Ville",
                    "prefLabelMap": {"fr": "Ville", "en": "City"},
                }
            ],
        },
        "contactPoint": [
            {
                "@id": f"{BASE}dataset/casernes#contactPoint",
                "@type": "Kind",
                "fn": "Équipe",
                "hasEmail": "mailto:donnees@exemple.org",
            }
        ],
        "theme": [
            concept(f"{EU}data-theme/JUST", {"fr": justice["fr"], "en": justice["en"]}, f"{EU}data-theme"),
            concept(f"{BASE}theme/securite#concept", {"fr": "Sécurité"}, f"{BASE}theme/#scheme"),
            concept(f"{BASE}theme/ville#concept", {"fr": "Ville"}, f"{BASE}theme/#scheme"),
        ],
        "keyword": "caserne, incendie",
        "keywordMap": {"fr": ["caserne", "incendie"], "en": ["fire station"]},
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "accessRights": f"{EU}access-right/PUBLIC",
        "accrualPeriodicity": f"{EU}frequency/MONTHLY",
        "issued": "2015",
        "modified": "2026-03-09",
        "spatial": [{"@type": "Location", "prefLabel": "Montréal", "prefLabelMap": {"fr": "Montréal"}}],
        "geographicBoundingBox": [
            {
                "@type": "GeographicBoundingBox",
                "westBoundingLongitude": "-73.98",
                "southBoundingLatitude": "45.4",
                "eastBoundingLongitude": "-73.47",
                "northBoundingLatitude": "45.7",
            }
        ],
        "temporal": [{"@type": "PeriodOfTime", "startDate": "2010-05"}],
        "language": [f"{EU}language/FRA"],
        "landingPage": f"{BASE}dataset/casernes/",
        "page": ["https://ville.exemple.org/%C3%A9"],
        "conformsTo": ["https://exemple.org/norme"],
        "identifier": ["2b2a9a6e"],
        "version": "1.10",
        "distribution": [
            {
                "@id": f"{BASE}dataset/casernes#csv",
                "@type": "Distribution",
                "title": "Casernes (CSV)",
                "titleMap": {"fr": "Casernes (CSV)"},
                "accessURL": file,
                "downloadURL": file,
                "format": f"{EU}file-type/CSV",
                "mediaType": "https://www.iana.org/assignments/media-types/text/csv",
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "language": [f"{EU}language/FRA", f"{EU}language/ENG"],
                "modified": "2026-03-09T10:00:00-05:00",
                "byteSize": "0",
                "checksum": {
                    "@type": "Checksum",
                    "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
                    "checksumValue": "ab" * 32,
                },
            }
        ],
    }
    assert faults(FULL) == []


def test_an_empty_catalogue_is_valid():
    """
    A portal without datasets publishes what is said of the catalogue, with its themes, and an empty list.
    """
    found = us_3_catalog(make())

    assert us_3_faults(found) == []
    assert (found["title"], found["titleMap"]["en"], found["dataset"]) == ("Données", "Data", [])
    assert [scheme["title"] for scheme in found["themeTaxonomy"]] == ["Data theme", "Thèmes"]


def test_the_schema_sees_what_is_wrong():
    """
    A date that is none is refused, so that the silence of the schema means something.
    """
    document = us_3_catalog(make(FULL))
    document["dataset"][0]["issued"] = "hier"

    assert [fault.split(":")[0] for fault in us_3_faults(document)] == ["$.dataset[0]"]


def test_odd_datasets_are_valid_all_the_same():
    """
    Whatever a publisher left out or wrote strangely, the feed is valid and holds every dataset.
    """
    catalog = make(*(some(**{"id": id, **fields}) for id, fields in ODD.items() if id != "nobody"))
    found = us_3_catalog(catalog)

    assert us_3_faults(found) == []
    assert [dataset["@id"] for dataset in found["dataset"]] == [
        f"{BASE}dataset/{id}#dataset" for id in catalog.datasets
    ]


@pytest.mark.parametrize(
    ("fields", "member", "value"),
    [
        ({"title": {"en": "Trees"}}, "title", "Trees"),
        ({"contact_point": Kind(name={"fr": "Équipe"})}, "contactPoint", None),
        ({"modified": "2010-05-01T10:00"}, "modified", "2010-05-01"),
        ({"modified": "2010-05"}, "modified", "2010-05"),
        ({"keyword": {"fr": ("",)}}, "keyword", None),
        ({"keyword": {"en": ("tree", "wood")}}, "keyword", "tree, wood"),
        ({"spatial": (Location(bbox=(1, 2, 3, 4)),)}, "spatial", None),
        ({"distribution": ()}, "distribution", None),
        ({"landing_page": "https://a.example/"}, "landingPage", f"{BASE}dataset/a/"),
    ],
)
def test_what_the_schema_refuses_is_mended_or_left_out(fields, member, value):
    """
    Each oddity of a dataset is published in the form that the schema takes, or not at all.
    """
    dataset = some(**fields)

    assert us_3_dataset(make(dataset), "a").get(member) == value
    assert faults(dataset) == []


def test_forty_thousand_keywords_are_one_string():
    """
    A dataset with more keywords than anyone reads is published whole, and valid.
    """
    words = tuple(f"mot {number}" for number in range(40_000))

    assert len(us_3_dataset(make(some(keyword={"fr": words})), "a")["keyword"].split(", ")) == 40_000
    assert faults(some(keyword={"fr": words})) == []


def test_a_withdrawn_dataset_says_so():
    """
    A withdrawn dataset is in no catalogue; its own file has its status and the reason in each language.
    """
    gone = some(
        spatial=(Location(bbox=(1, 2, 3, 4)),),
        distribution=(Distribution(id="csv", file="a.csv"),),
        withdrawn=Withdrawal(date="2024-01-01", reason={"fr": "Remplacé.", "en": "Replaced."}),
    )
    found = us_3_dataset(make(gone), "a")

    assert us_3_catalog(make(gone))["dataset"] == []
    assert found["status"] == f"{EU}dataset-status/WITHDRAWN"
    assert found["scopeNoteMap"] == {"fr": "Remplacé.", "en": "Replaced."}
    assert not {"distribution", "geographicBoundingBox"} & found.keys()
    assert us_3_faults({**us_3_catalog(make()), "dataset": [found]}) == []


def test_a_circle_of_parents_is_cut():
    """
    Two publishers that are each other's parent are written once each.
    """
    publishers = {
        "ville": Agent(id="ville", name={"fr": "Ville"}, parent="mrc"),
        "mrc": Agent(id="mrc", name={"fr": "MRC"}, parent="ville"),
    }
    publisher = us_3_dataset(make(some(), publishers=publishers), "a")["publisher"]

    assert [parent["name"] for parent in publisher["subOrganizationOf"]] == ["MRC"]
    assert "subOrganizationOf" not in publisher["subOrganizationOf"][0]


def test_it_is_linked_data_too():
    """
    Its own context makes the statements of DCAT of it: each text in its language, none without.
    """
    found = Graph().parse(data=render_json(us_3_catalog(make(FULL))), format="json-ld")
    dataset = URIRef(f"{BASE}dataset/casernes#dataset")

    assert set(found.objects(dataset, DCTERMS.title)) == {
        Literal("Casernes d’incendie", lang="fr"),
        Literal("Fire stations", lang="en"),
    }
    assert {str(word) for word in found.objects(dataset, DCAT.keyword)} == {"caserne", "incendie", "fire station"}
    assert (URIRef(f"{BASE}#catalog"), DCAT.dataset, dataset) in found
    assert (dataset, DCTERMS.publisher, URIRef(f"{BASE}publisher/incendie#agent")) in found
    assert (URIRef(f"{BASE}dataset/casernes#csv"), DCAT.byteSize, None) in found


def test_the_tables_name_rows():
    """
    What is renamed or left out are rows of the property table, and lists are those of the schema.
    """
    named = set(RENAMED) | set(LEFT_OUT)
    classes = validator().schema["$defs"]

    for kind, names in LISTS.items():
        members = classes[kind]["properties"].items()
        assert {name for name, schema in members if '"array"' in json.dumps(schema)} == names - {"language"}

    assert {(kind, name) for kind, name in named if name not in properties()[kind]} == set()
    assert set(DEMANDED) <= set(CLASSES)
