"""`data.json`, judged by the non-federal schema of Project Open Data v1.1."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from generator.feeds.dcat_us_1 import pod_dataset, pod_document
from generator.feeds.json_lines import with_lists
from generator.feeds.records import Records
from generator.model import (
    Agent,
    Catalog,
    Concept,
    Dataset,
    Distribution,
    Kind,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Portal,
    Withdrawal,
)
from generator.standards import properties, vocabulary

SCHEMAS = Path(__file__).parents[3] / "shared" / "standards" / "dcat-us-1.1"

CC_BY = LicenseDocument(code="cc-by-4.0", iri="https://creativecommons.org/licenses/by/4.0/")

FULL = Dataset(
    id="casernes",
    folder="datasets/casernes",
    title={"fr": "Casernes d’incendie", "en": "Fire stations"},
    description={"fr": "Emplacement des **casernes**.\n\n- une\n- deux", "en": "Where they are."},
    publisher="incendie",
    contact_point=Kind(name={"fr": "Équipe données"}, email="donnees@exemple.org"),
    theme=("securite", "ville"),
    keyword={"en": ("fire station",), "fr": ("caserne", "incendie")},
    license=CC_BY,
    access_rights="restricted",
    accrual_periodicity="monthly",
    issued="2015-02-06",
    modified="2026-03-09T10:00:00-05:00",
    spatial=(Location(bbox=(-73.98, 45.4, -73.47, 45.7), name={"fr": "Montréal"}),),
    temporal=(PeriodOfTime(start="2010", end="2025-02"),),
    language=("fr",),
    landing_page="https://ville.exemple.org/casernes",
    page=("https://ville.exemple.org/é",),
    conforms_to=("https://www.w3.org/TR/tabular-data-primer/",),
    identifier="2b2a9a6e",
    distribution=(
        Distribution(
            id="csv",
            title={"fr": "Casernes (CSV)"},
            description={"fr": "Le *tableau*."},
            file="casernes d’été.csv",
            format="CSV",
            media_type="text/csv",
            byte_size=12,
        ),
        Distribution(id="wfs", access_url="https://ville.exemple.org/wfs", format="WFS"),
    ),
)


def make(*datasets: Dataset, **fields: object) -> Catalog:
    fields = {
        "title": {"fr": "Données", "en": "Data"},
        "description": {"fr": "Toutes."},
        "publisher": "ville",
        "portal": Portal(base_url="https://donnees.exemple.org/p/", languages=("fr", "en")),
        "publishers": {
            "ville": Agent(id="ville", name={"fr": "Ville", "en": "City"}),
            "incendie": Agent(id="incendie", name={"fr": "Service d’incendie"}, parent="ville"),
        },
        "theme_taxonomy": (
            Concept(id="securite", pref_label={"fr": "Sécurité", "en": "Safety"}, close_match="JUST"),
            Concept(id="ville", pref_label={"fr": "Ville"}),
        ),
        "datasets": {dataset.id: dataset for dataset in datasets},
        **fields,
    }
    return Catalog(**fields)  # type: ignore[arg-type]


def some(**fields: object) -> Dataset:
    return Dataset(**{"id": "a", "title": {"fr": "Titre"}, "publisher": "ville", **fields})  # type: ignore[arg-type]


def pod_catalog(catalog: Catalog) -> dict[str, Any]:
    records = Records(catalog)
    return with_lists(pod_document(catalog, "data.json", map(records.pod, records.whole.ids)))


def faults(catalog: Catalog) -> list[str]:
    return schema_faults(pod_catalog(catalog))


def schema_faults(document: dict[str, Any]) -> list[str]:
    """What the official schema refuses."""
    if not SCHEMAS.is_dir():
        pytest.skip("the official schemas are not beside this repository")
    whole, dataset = (
        json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
        for name in ("catalog.json", "dataset-non-federal.json")
    )
    registry = Registry().with_resources(
        (schema["id"].removesuffix("#"), DRAFT4.create_resource(schema)) for schema in (whole, dataset)
    )
    validator = Draft4Validator(whole, registry=registry, format_checker=Draft4Validator.FORMAT_CHECKER)
    errors = validator.iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in errors]


def test_what_the_schema_asks_of_a_dataset_is_what_the_table_says():
    """
    The reference calls mandatory what the non-federal schema does, but for the access level, which each dataset has.
    """
    if not SCHEMAS.is_dir():
        pytest.skip("the official schemas are not beside this repository")
    schema = json.loads((SCHEMAS / "dataset-non-federal.json").read_text(encoding="utf-8"))
    mandatory = {row.name for row in properties()["Dataset"].values() if row.obliges("dcat-us") == "mandatory"}

    assert mandatory | {"accessLevel"} == {*schema["required"]}


def test_a_full_dataset_is_written_as_project_open_data_has_it():
    """
    Every property that DCAT-US 1.1 knows is there, in the default language.
    """
    assert pod_dataset(make(FULL), FULL) == {
        "@type": "dcat:Dataset",
        "identifier": "2b2a9a6e",
        "title": "Casernes d’incendie",
        "description": "Emplacement des casernes.\n\n- une\n- deux",
        "keyword": ["caserne", "incendie"],
        "issued": "2015-02-06",
        "modified": "2026-03-09T10:00:00-05:00",
        "publisher": {
            "@type": "org:Organization",
            "name": "Service d’incendie",
            "subOrganizationOf": {"@type": "org:Organization", "name": "Ville"},
        },
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": "Équipe données",
            "hasEmail": "mailto:donnees@exemple.org",
        },
        "accessLevel": "restricted public",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "spatial": "-73.98,45.4,-73.47,45.7",
        "temporal": "2010-01-01/2025-02-28",
        "accrualPeriodicity": "R/P1M",
        "language": ["fr"],
        "theme": ["Sécurité", "Ville"],
        "conformsTo": "https://www.w3.org/TR/tabular-data-primer/",
        "landingPage": "https://donnees.exemple.org/p/dataset/casernes/",
        "references": ["https://ville.exemple.org/casernes", "https://ville.exemple.org/%C3%A9"],
        "distribution": [
            {
                "@type": "dcat:Distribution",
                "title": "Casernes (CSV)",
                "description": "Le tableau.",
                "downloadURL": (
                    "https://donnees.exemple.org/p/dataset/casernes/casernes%20d%E2%80%99%C3%A9t%C3%A9.csv"
                ),
                "mediaType": "text/csv",
                "format": "CSV",
            },
            {"@type": "dcat:Distribution", "accessURL": "https://ville.exemple.org/wfs", "format": "WFS"},
        ],
    }
    assert faults(make(FULL)) == []


def test_an_empty_catalogue_is_a_valid_feed():
    """
    A portal without datasets publishes a valid feed without datasets.
    """
    assert pod_catalog(make()) == {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": "https://donnees.exemple.org/p/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": [],
    }
    assert faults(make()) == []


def test_the_barest_dataset_is_valid():
    """
    A dataset with a title and a publisher fills every member that the schema demands, and no other.
    """
    bare = some()

    assert pod_dataset(make(bare), bare) == {
        "@type": "dcat:Dataset",
        "identifier": "a",
        "title": "Titre",
        "description": "Titre",
        "publisher": {"@type": "org:Organization", "name": "Ville"},
        "contactPoint": {"@type": "vcard:Contact", "fn": "Ville"},
        "accessLevel": "public",
        "landingPage": "https://donnees.exemple.org/p/dataset/a/",
    }
    assert faults(make(bare)) == []


@pytest.mark.parametrize(
    ("fields", "member", "value"),
    [
        ({"title": {"en": "Trees"}}, "title", "Trees"),
        (
            {"description": {"fr": "<p onclick='x()'>Un <b>mot</b> &amp; fin</p>"}},
            "description",
            "Un mot & fin",
        ),
        ({"description": {"fr": "![](/carte.png)"}}, "description", "Titre"),
        ({"keyword": {"fr": (), "en": ("tree", "", "tree")}}, "keyword", ["tree"]),
        ({"keyword": {"fr": ("",)}}, "keyword", None),
        ({"modified": "2010"}, "modified", "2010"),
        ({"modified": "2010-05-01T10:00+0200"}, "modified", "2010-05-01T10:00+0200"),
        ({"temporal": (PeriodOfTime(start="2010"),)}, "temporal", None),
        ({"temporal": (PeriodOfTime(end="2010"),)}, "temporal", None),
        ({"temporal": (PeriodOfTime(start="2010-03", end="2010-03"),)}, "temporal", "2010-03-01/2010-03-31"),
        (
            {"temporal": (PeriodOfTime(start="2015", end="2016"), PeriodOfTime(start="2010", end="2011"))},
            "temporal",
            "2010-01-01/2016-12-31",
        ),
        (
            {"spatial": (Location(name={"fr": "Laval"}), Location(name={"fr": "Lévis"}))},
            "spatial",
            "Laval, Lévis",
        ),
        ({"spatial": (Location(),)}, "spatial", None),
        ({"accrual_periodicity": "asNeeded"}, "accrualPeriodicity", None),
        ({"accrual_periodicity": "irregular"}, "accrualPeriodicity", "irregular"),
        (
            {"license": LicenseDocument(iri="https://é.example/l", name={"fr": "L"})},
            "license",
            "https://xn--9ca.example/l",
        ),
        ({"license": LicenseDocument(code="notspecified")}, "license", None),
        ({"theme": ("inconnu",)}, "theme", None),
        ({"page": ("https://a.example/", "https://a.example/")}, "references", ["https://a.example/"]),
        (
            {"contact_point": Kind(email="a@b.ca")},
            "contactPoint",
            {"fn": "Ville", "hasEmail": "mailto:a@b.ca"},
        ),
        ({"contact_point": Kind(email="é@b.ca")}, "contactPoint", {"fn": "Ville"}),
        ({"publisher": "inconnu"}, "publisher", {"@type": "org:Organization", "name": "inconnu"}),
    ],
)
def test_what_the_schema_refuses_is_mended_or_left_out(fields, member, value):
    """
    Each oddity of a dataset is published in the form that the schema takes, or not at all.
    """
    dataset = some(**fields)
    if member == "contactPoint":
        value = {"@type": "vcard:Contact", **value}

    assert value == pod_dataset(make(dataset), dataset).get(member)
    assert faults(make(dataset)) == []


@pytest.mark.parametrize(
    ("item", "members"),
    [
        (Distribution(id="x"), {"accessURL": "https://donnees.exemple.org/p/dataset/a/"}),
        (
            Distribution(id="x", download_url="https://a.example/été"),
            {"downloadURL": "https://a.example/%C3%A9t%C3%A9", "mediaType": "application/octet-stream"},
        ),
        (
            Distribution(id="x", download_url="https://a.example/a", media_type="text/csv; charset=utf-8"),
            {"downloadURL": "https://a.example/a", "mediaType": "application/octet-stream"},
        ),
        (
            Distribution(id="x", access_url="https://a.example/", format="dossier papier"),
            {"accessURL": "https://a.example/", "format": "dossier papier"},
        ),
    ],
)
def test_a_distribution_always_leads_somewhere(item, members):
    """
    A distribution has an address, and a downloadURL a media type, whatever was written.
    """
    dataset = some(distribution=(item,))

    assert [{"@type": "dcat:Distribution", **members}] == pod_dataset(make(dataset), dataset)["distribution"]
    assert faults(make(dataset)) == []


def test_every_term_of_our_vocabularies_is_valid():
    """
    No frequency, access right, language, format or media type that we offer makes the feed invalid.
    """
    media_types = [*vocabulary("media-types").terms]
    datasets = [
        *(some(id=f"f-{n}", accrual_periodicity=code) for n, code in enumerate(vocabulary("frequencies").terms)),
        *(some(id=f"r-{n}", access_rights=code) for n, code in enumerate(vocabulary("access-rights").terms)),
        *(some(id=f"l-{n}", language=(code,)) for n, code in enumerate(vocabulary("languages").terms)),
        *(
            some(
                id=f"m-{n}",
                distribution=(Distribution(id="x", download_url="https://a.example/", media_type=code),),
            )
            for n, code in enumerate(media_types)
        ),
    ]

    catalog = make(*datasets)

    assert faults(catalog) == []
    assert {*media_types} == {
        item["mediaType"] for dataset in pod_catalog(catalog)["dataset"] for item in dataset.get("distribution", ())
    }


def test_a_withdrawn_dataset_is_not_listed():
    """
    The feed holds the datasets that are offered, in their order, and no other.
    """
    catalog = make(some(id="a"), some(id="b", withdrawn=Withdrawal(date="2024-01-01")), some(id="c"))

    assert [dataset["identifier"] for dataset in pod_catalog(catalog)["dataset"]] == ["a", "c"]


def test_a_circle_of_parents_is_cut():
    """
    Two publishers that are each other's parent are written once each.
    """
    publishers = {
        "ville": Agent(id="ville", name={"fr": "Ville"}, parent="mrc"),
        "mrc": Agent(id="mrc", name={"fr": "MRC"}, parent="ville"),
    }
    dataset = some()

    assert pod_dataset(make(dataset, publishers=publishers), dataset)["publisher"] == {
        "@type": "org:Organization",
        "name": "Ville",
        "subOrganizationOf": {"@type": "org:Organization", "name": "MRC"},
    }
    assert faults(make(dataset, publishers=publishers)) == []
