"""
Each property beyond the basics, from the YAML that a publisher writes to every feed, and back.

Fields of a row: the YAML, what DCAT-AP's JSON-LD says, what DCAT-US 3 says, and the words on the dataset's page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from generator.feeds import documents
from generator.feeds.dcat_ap.serialization import iter_turtle, iter_xml
from generator.feeds.dcat_us_1 import pod_dataset
from generator.feeds.dcat_us_3 import dcat_us_catalog as us_3_catalog
from generator.feeds.dcat_us_3 import dcat_us_dataset as us_3_dataset
from generator.feeds.json_lines import render_json, with_lists
from generator.feeds.parts import Part
from generator.feeds.records import Records
from generator.importers.dcat import import_dcat
from generator.model import Catalog
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from tests.conftest import ARBRES
from tests.feeds.test_dcat_ap import violations
from tests.feeds.test_dcat_us_1 import faults as pod_faults
from tests.feeds.test_dcat_us_3 import us_3_faults

BASE = "https://exemple.org/portail/"
OTHER = f"{BASE}dataset/autre#dataset"
EU = "http://publications.europa.eu/resource/authority/"


class Form(NamedTuple):
    """A property in all its forms; `us` and `shown` are empty where DCAT-US 3 and the page have none."""

    written: Any
    iri: str
    linked: Any
    us: Any
    shown: list[str]


def blank(name: str, **members: Any) -> dict[str, Any]:
    return {"@id": f"_:dataset__arbres__dataset__{name}__1", **members}


POLYGON = "POLYGON((-74 45,-73 45,-73 46,-74 45))"
BOX = {
    "@type": "GeographicBoundingBox",
    "westBoundingLongitude": "-74",
    "southBoundingLatitude": "45",
    "eastBoundingLongitude": "-73",
    "northBoundingLatitude": "46",
}

FORMS = {
    "versionNotes": Form(
        {"fr": "Sans les arbres abattus.", "en": "Without felled trees."},
        "adms:versionNotes",
        {"fr": "Sans les arbres abattus.", "en": "Without felled trees."},
        "Sans les arbres abattus.",
        ["Notes de version", "Sans les arbres abattus."],
    ),
    "hasVersion": Form(["autre"], "dcat:hasVersion", [OTHER], [OTHER], ["Versions", "Autre"]),
    "isVersionOf": Form("autre", "dcat:isVersionOf", OTHER, None, ["Version de", "Autre"]),
    "previousVersion": Form("autre", "dcat:previousVersion", OTHER, OTHER, ["Version précédente", "Autre"]),
    "replaces": Form(["autre"], "dct:replaces", [OTHER], [OTHER], ["Remplace", "Autre"]),
    "isReplacedBy": Form("autre", "dct:isReplacedBy", OTHER, None, ["Remplacé par", "Autre"]),
    "inSeries": Form(["autre"], "dcat:inSeries", [OTHER], [OTHER], ["Série", "Autre"]),
    "isReferencedBy": Form(
        ["https://doi.org/10.5555/1"],
        "dct:isReferencedBy",
        ["https://doi.org/10.5555/1"],
        ["https://doi.org/10.5555/1"],
        ["Cité par", "https://doi.org/10.5555/1"],
    ),
    "provenance": Form(
        {"fr": "Relevés à pied.", "en": "Surveyed on foot."},
        "dct:provenance",
        blank(
            "provenance",
            **{
                "@type": "dct:ProvenanceStatement",
                "rdfs:label": {"fr": "Relevés à pied.", "en": "Surveyed on foot."},
            },
        ),
        [
            {
                "@type": "ProvenanceStatement",
                "label": "Relevés à pied.",
                "labelMap": {"fr": "Relevés à pied.", "en": "Surveyed on foot."},
            }
        ],
        ["Provenance", "Relevés à pied."],
    ),
    "hasQualityAnnotation": Form(
        "À deux mètres près.",
        "dqv:hasQualityAnnotation",
        blank(
            "hasQualityAnnotation",
            **{
                "@type": "dqv:QualityAnnotation",
                "oa:motivatedBy": "http://www.w3.org/ns/dqv#qualityAssessment",
                "oa:hasTarget": f"{BASE}dataset/arbres#dataset",
                "oa:hasBody": {
                    "@id": "_:dataset__arbres__dataset__hasQualityAnnotation__1__body",
                    "@type": "oa:TextualBody",
                    "rdf:value": {"fr": "À deux mètres près."},
                },
            },
        ),
        None,
        ["Qualité", "À deux mètres près."],
    ),
    "temporalResolution": Form("PT15M", "dcat:temporalResolution", "PT15M", "PT15M", ["Pas de temps", "15 minutes"]),
    "spatialResolutionInMeters": Form(
        "0.5", "dcat:spatialResolutionInMeters", "0.5", "0.5", ["Résolution spatiale en mètres", "0,5"]
    ),
    "applicableLegislation": Form(
        ["http://data.europa.eu/eli/reg_impl/2023/138/oj"],
        "dcatap:applicableLegislation",
        [{"@id": "http://data.europa.eu/eli/reg_impl/2023/138/oj", "@type": "eli:LegalResource"}],
        None,
        ["Textes applicables", "http://data.europa.eu/eli/reg_impl/2023/138/oj"],
    ),
    "hvdCategory": Form(
        ["geospatial"],
        "dcatap:hvdCategory",
        ["http://data.europa.eu/bna/c_ac64a52d"],
        None,
        ["Données de forte valeur", "Géospatial"],
    ),
    "bureauCode": Form(["015:11"], "pod:bureauCode", ["015:11"], ["015:11"], []),
    "programCode": Form(["015:001"], "pod:programCode", ["015:001"], ["015:001"], []),
    "accessRights": Form(
        "restricted",
        "dct:accessRights",
        f"{EU}access-right/RESTRICTED",
        f"{EU}access-right/RESTRICTED",
        ["Droits d’accès", "Accès restreint"],
    ),
    "conformsTo": Form(
        ["https://exemple.org/norme"],
        "dct:conformsTo",
        [{"@id": "https://exemple.org/norme", "@type": "dct:Standard"}],
        ["https://exemple.org/norme"],
        ["Conforme à", "https://exemple.org/norme"],
    ),
    "version": Form("1.10", "dcat:version", "1.10", "1.10", ["Version", "1.10"]),
    "spatial": Form(
        {"geometry": POLYGON, "centroid": [-73.5, 45.5], "name": "Île"},
        "dct:spatial",
        [
            blank(
                "spatial",
                **{
                    "@type": "dct:Location",
                    "dcat:bbox": "POLYGON((-74 45,-73 45,-73 46,-74 46,-74 45))",
                    "dcat:centroid": "POINT(-73.5 45.5)",
                    "locn:geometry": {"@type": "geosparql:wktLiteral", "@value": POLYGON},
                    "skos:prefLabel": {"fr": "Île"},
                },
            )
        ],
        [{"@type": "Location", "prefLabel": "Île", "prefLabelMap": {"fr": "Île"}}],
        ["Territoire", "Île"],
    ),
}


def catalog_of(folder: Path) -> Catalog:
    catalog, diagnostics = structure_catalog(read_source(folder))
    assert [str(item) for item in diagnostics if item.is_error] == []
    return catalog


def whole(catalog: Catalog) -> tuple[Records, Part]:
    records = Records(catalog)
    return records, records.whole


def written(name: str) -> str:
    return ARBRES + yaml.safe_dump({name: FORMS[name].written}, allow_unicode=True)


@pytest.mark.parametrize("name", FORMS)
def test_a_property_is_stated_in_every_profile(portal, name):
    """
    Every profile says the property under its own name, and a profile that lacks it says nothing.
    """
    form = FORMS[name]
    records = Records(catalog_of(portal({"datasets/arbres.yaml": written(name)}).folder))

    linked = with_lists(documents.dataset_document(records, "arbres"))["@graph"][0]
    us = with_lists(us_3_dataset(records, "arbres"))

    assert linked[form.iri] == form.linked
    assert us.get(name) == form.us


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.shown])
def test_a_property_is_on_the_page(portal, name):
    """
    The metadata table has the property's label and its value in words.
    """
    page = portal({"datasets/arbres.yaml": written(name)}).build()["dataset/arbres/index.html"].decode()
    table = re.search(r'<dl class="facts">(.*?)</dl>', page, re.DOTALL)
    assert table
    rows = [re.sub(r"<[^>]*>|\s+", " ", row).split() for row in table[1].split("<dt>")]

    assert " ".join(FORMS[name].shown).split() in rows


def test_codes_of_american_agencies_are_for_harvesters(portal, tmp_path):
    """
    Bureau and program codes are in both feeds of DCAT-US, come back from them, and say nothing to who reads the page.
    """
    codes = {"bureauCode": ["015:11", "015:12"], "programCode": ["015:001"]}
    small = portal({"datasets/arbres.yaml": ARBRES + yaml.safe_dump(codes)})
    files = small.build()

    for feed in ("data.json", "dcat-us-3.json"):
        (tmp_path / feed).write_bytes(files[feed])
        arbres = next(item for item in json.loads(files[feed])["dataset"] if "bureauCode" in item)
        assert {key: arbres[key] for key in codes} == codes
        report = import_dcat(str(tmp_path / feed), tmp_path / f"back-{feed}")
        back = yaml.load((tmp_path / f"back-{feed}/datasets/arbres.yaml").read_text(), Loader=yaml.BaseLoader)
        assert {key: back[key] for key in codes} == codes
        assert [event for event in report.events if "Code" in str(event)] == []
    assert "015:1" not in files["dataset/arbres/index.html"].decode()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("syntax", ["jsonld", "ttl", "rdf"])
def test_a_property_comes_back(portal, tmp_path, name, syntax):
    """
    Each serialisation, imported, gives the YAML that was written.
    """
    records, part = whole(catalog_of(portal({"datasets/arbres.yaml": written(name)}).folder))
    file = tmp_path / f"catalog.{syntax}"
    if syntax == "jsonld":
        file.write_bytes(render_json(documents.catalog_document(records, part)))
    else:
        nodes = documents.flat_nodes(records, part)
        file.write_bytes(b"".join(iter_turtle(nodes) if syntax == "ttl" else iter_xml(nodes)))

    import_dcat(str(file), tmp_path / "back")

    back = yaml.load((tmp_path / "back/datasets/arbres.yaml").read_text(), Loader=yaml.BaseLoader)
    expected = yaml.load(yaml.safe_dump(FORMS[name].written), Loader=yaml.BaseLoader)
    assert back[name] == expected


def test_all_of_them_are_valid(portal):
    """
    A dataset with every property, and the catalogue that it is in, have no violation of any official shape or schema.
    """
    several = [name for name in FORMS if name not in ("isVersionOf", "previousVersion", "isReplacedBy")]
    text = ARBRES + "".join(yaml.safe_dump({name: FORMS[name].written}, allow_unicode=True) for name in several)
    records, part = whole(catalog_of(portal({"datasets/arbres.yaml": text}).folder))

    assert violations(with_lists(documents.dataset_document(records, "arbres"))) == []
    assert violations(with_lists(documents.catalog_document(records, part))) == []
    assert us_3_faults(with_lists(us_3_catalog(records, part))) == []
    assert pod_faults(records.catalog) == []


GEOJSON = '{"type":"Polygon","coordinates":[[[-74.0,45.0],[-73.0,45.0],[-73.0,46.0],[-74.0,45.0]]]}'


@pytest.mark.parametrize(
    "yaml_text",
    [
        "{type: Polygon, coordinates: [[[-74, 45], [-73, 45], [-73, 46], [-74, 45]]]}",
        f"'{GEOJSON}'",
    ],
)
def test_a_geometry_may_be_geojson(portal, yaml_text):
    """
    GeoJSON, as YAML or as a text, is published as GeoJSON, and the box around it is known to every profile.
    """
    text = f"{ARBRES}spatial:\n  geometry: {yaml_text}\n"
    catalog = catalog_of(portal({"datasets/arbres.yaml": text}).folder)
    records = Records(catalog)

    area = with_lists(documents.dataset_document(records, "arbres"))["@graph"][0]["dct:spatial"][0]

    assert area["locn:geometry"] == {"@type": "geosparql:geoJSONLiteral", "@value": GEOJSON}
    assert with_lists(us_3_dataset(records, "arbres"))["geographicBoundingBox"] == [BOX]
    assert pod_dataset(catalog, catalog.datasets["arbres"])["spatial"] == "-74.0,45.0,-73.0,46.0"


SERIES = {
    "datasets/comptages.yaml": """\
title: {fr: Comptages, en: Counts}
description: {fr: Un jeu par année., en: One dataset a year.}
publisher: ville
theme: [transport]
license: cc-by-4.0
""",
    **{
        f"datasets/comptages-{year}.yaml": f"""\
title: {{fr: Comptages {year}, en: Counts {year}}}
description: {{fr: Les comptages., en: The counts.}}
publisher: ville
theme: [transport]
license: cc-by-4.0
inSeries: comptages
distribution:
  - {{id: csv, downloadURL: "https://exemple.org/{year}.csv"}}
"""
        for year in (2024, 2025)
    },
}


def test_a_series_is_a_dataset_that_others_name(portal):
    """
    A dataset that others name as their series needs no file; it is one in every profile, and its page lists them.
    """
    small = portal(SERIES)
    site = small.build()
    catalog = catalog_of(small.folder)
    records, part = whole(catalog)

    nodes = {
        node["@id"]: node for node in with_lists(documents.catalog_document(records, part))["@graph"][0]["dcat:dataset"]
    }
    page = site["dataset/comptages/index.html"].decode()
    listed = re.search(r'<h2 id="_members">(.*?)</section>', page, re.DOTALL)
    pod = pod_dataset(catalog, catalog.datasets["comptages-2024"])

    assert small.check().lines() == []
    assert nodes[f"{BASE}dataset/comptages#dataset"]["@type"] == ["dcat:Dataset", "dcat:DatasetSeries"]
    assert nodes[f"{BASE}dataset/comptages-2024#dataset"]["dcat:inSeries"] == [f"{BASE}dataset/comptages#dataset"]
    assert with_lists(us_3_dataset(records, "comptages"))["@type"] == "DatasetSeries"
    assert pod["isPartOf"] == "comptages"
    assert listed and re.findall(r'<a href="([^"]*)"', listed[1]) == [
        "../../dataset/comptages-2024/",
        "../../dataset/comptages-2025/",
    ]


def test_a_series_is_described_wherever_it_is_named(portal):
    """
    A file, a page or a part that holds a member without its series says what the series is, and not that it is a
    dataset of that part.
    """
    records, _ = whole(catalog_of(portal(SERIES).folder))
    expected = {
        "@id": f"{BASE}dataset/comptages#dataset",
        "@type": "dcat:DatasetSeries",
        "dct:title": {"fr": "Comptages", "en": "Counts"},
        "dct:description": {"fr": "Un jeu par année.", "en": "One dataset a year."},
    }

    one = with_lists(documents.dataset_document(records, "comptages-2024"))["@graph"]
    part = with_lists(documents.catalog_document(records, Part(path="theme/t/", ids=["comptages-2025"])))["@graph"]
    all_ = with_lists(documents.catalog_document(records, records.whole))["@graph"]

    assert expected in one and expected in part and expected not in all_
    assert violations(with_lists(documents.dataset_document(records, "comptages-2024"))) == []


def test_a_series_comes_back(portal, tmp_path):
    """
    A series and its members, imported from the catalogue, from DCAT-US or from a page that only names it, are the same.
    """
    records, part = whole(catalog_of(portal(SERIES).folder))
    (tmp_path / "catalog.jsonld").write_bytes(render_json(documents.catalog_document(records, part)))

    import_dcat(str(tmp_path / "catalog.jsonld"), tmp_path / "back")

    after = catalog_of(tmp_path / "back")
    assert after.datasets["comptages"].members == ("comptages-2024", "comptages-2025")


def test_versions_are_told_from_both_sides(portal):
    """
    The page of a dataset lists the versions that name it, and the one that follows it.
    """
    site = portal({"datasets/arbres.yaml": ARBRES + "isVersionOf: autre\npreviousVersion: autre\n"}).build()
    facts = re.sub(r"<[^>]*>|\s+", " ", site["dataset/autre/index.html"].decode())

    assert site["dataset/autre.ttl"].count(b"dcat:hasVersion <https://exemple.org/portail/dataset/arbres#dataset>") == 1
    assert "Versions Arbres" in re.sub(r" +", " ", facts)
    assert "Version suivante Arbres" in re.sub(r" +", " ", facts)


def test_a_withdrawn_dataset_is_not_named(portal):
    """
    No feed and no page leads to a dataset that was withdrawn, whatever names it.
    """
    gone = ARBRES.replace("distribution:", "withdrawn: {date: 2024-01-01}\ndistribution:")
    text = ARBRES + "inSeries: parti\nhasVersion: [parti]\n"
    small = portal({"datasets/arbres.yaml": text, "datasets/parti.yaml": gone})
    records = Records(catalog_of(small.folder))
    node = with_lists(documents.dataset_document(records, "arbres"))["@graph"][0]

    assert {"dcat:inSeries", "dcat:hasVersion"} & node.keys() == set()
    assert "dataset/parti" not in small.build()["dataset/arbres/index.html"].decode()


SERVED = {
    "datasets/catalog.yaml": """\
title: {fr: Données de la ville, en: City data}
description: {fr: Tout ce que la ville publie., en: All that the city publishes.}
publisher: ville
contactPoint: {name: Équipe, email: donnees@exemple.org}
service:
  - id: geo
    title: {fr: Carte, en: Map}
    description: {fr: Des tuiles., en: Tiles.}
    endpointURL: https://exemple.org/geo/
    endpointDescription: https://exemple.org/geo/openapi.json
    servesDataset: autre
    license: cc-by-4.0
    conformsTo: https://exemple.org/norme
    applicableLegislation: http://data.europa.eu/eli/reg_impl/2023/138/oj
catalog:
  - iri: https://ailleurs.exemple.org/#catalog
    title: {fr: Ailleurs, en: Elsewhere}
    description: {fr: Ce qui est ailleurs., en: What is elsewhere.}
    publisher: ministere
    homepage: https://ailleurs.exemple.org/
""",
    "datasets/arbres.yaml": ARBRES + "  - {id: api, accessService: geo}\n",
}

SERVICE = {
    "@id": f"{BASE}service/geo#service",
    "@type": "dcat:DataService",
    "dct:title": {"fr": "Carte", "en": "Map"},
    "dct:description": {"fr": "Des tuiles.", "en": "Tiles."},
    "dcat:endpointURL": "https://exemple.org/geo/",
    "dcat:endpointDescription": ["https://exemple.org/geo/openapi.json"],
    "dcat:servesDataset": [OTHER, f"{BASE}dataset/arbres#dataset"],
    "dct:publisher": f"{BASE}publisher/ville#agent",
    "dcat:contactPoint": {
        "@id": f"{BASE}#contactPoint",
        "@type": "vcard:Kind",
        "vcard:fn": {"fr": "Équipe"},
        "vcard:hasEmail": "mailto:donnees@exemple.org",
    },
    "dct:license": "https://creativecommons.org/licenses/by/4.0/",
    "dct:conformsTo": [{"@id": "https://exemple.org/norme", "@type": "dct:Standard"}],
    "dcatap:applicableLegislation": [
        {"@id": "http://data.europa.eu/eli/reg_impl/2023/138/oj", "@type": "eli:LegalResource"}
    ],
}


def test_a_service_is_stated_with_what_it_serves(portal):
    """
    The catalogue describes the service with all datasets that it serves, a dataset's file with that dataset alone, and
    each of them has a distribution that leads to it, whether it or the service says so.
    """
    small = portal(SERVED)
    records, part = whole(catalog_of(small.folder))

    graph = with_lists(documents.catalog_document(records, part))["@graph"]
    one = with_lists(documents.dataset_document(records, "autre"))["@graph"]
    through = {
        "@id": f"{BASE}dataset/autre#geo",
        "@type": "dcat:Distribution",
        "dct:title": {"fr": "Carte", "en": "Map"},
        "dct:description": {"fr": "Des tuiles.", "en": "Tiles."},
        "dcat:accessURL": "https://exemple.org/geo/",
        "dcat:accessService": [SERVICE["@id"]],
        "dct:license": "https://creativecommons.org/licenses/by/4.0/",
    }

    assert small.check().lines() == []
    assert graph[0]["dcat:service"] == [SERVICE["@id"]]
    assert [node for node in graph if node["@id"] == SERVICE["@id"]] == [SERVICE]
    assert one[0]["dcat:distribution"][-1] == through
    assert [node for node in one if node["@id"] == SERVICE["@id"]] == [{**SERVICE, "dcat:servesDataset": [OTHER]}]


def test_a_catalogue_leads_to_others(portal):
    """
    The other catalogues of catalog.yaml are described in the whole catalogue, named in DCAT-US 3, and on the home page.
    """
    small = portal(SERVED)
    records, part = whole(catalog_of(small.folder))

    node = with_lists(documents.catalog_document(records, part))["@graph"][0]
    page = small.build()["index.html"].decode()

    assert node["dcat:catalog"] == [
        {
            "@id": "https://ailleurs.exemple.org/#catalog",
            "@type": "dcat:Catalog",
            "dct:title": {"fr": "Ailleurs", "en": "Elsewhere"},
            "dct:description": {"fr": "Ce qui est ailleurs.", "en": "What is elsewhere."},
            "dct:publisher": f"{BASE}publisher/ministere#agent",
            "foaf:homepage": {"@id": "https://ailleurs.exemple.org/", "@type": "foaf:Document"},
        }
    ]
    assert with_lists(us_3_catalog(records, part))["catalog"] == ["https://ailleurs.exemple.org/#catalog"]
    assert '<a href="https://ailleurs.exemple.org/">Ailleurs</a>' in page


def test_services_and_catalogues_are_valid(portal):
    """
    Whole, in a part that a service only half serves, and a dataset at a time: no violation of any shape or schema.
    """
    records, part = whole(catalog_of(portal(SERVED).folder))
    half = with_lists(documents.catalog_document(records, Part(path="publisher/ville/", ids=["arbres"])))
    us = with_lists(us_3_catalog(records, part))

    assert violations(with_lists(documents.catalog_document(records, part))) == []
    assert violations(half) == []
    assert violations(with_lists(documents.dataset_document(records, "autre"))) == []
    assert (us_3_faults(us), pod_faults(records.catalog)) == ([], [])
    assert [service["@type"] for service in us["service"]] == ["DataService"]


@pytest.mark.parametrize("syntax", ["jsonld", "ttl", "rdf"])
def test_services_and_catalogues_come_back(portal, tmp_path, syntax):
    """
    Services, what they serve, and the other catalogues are the same after an import.
    """
    before = catalog_of(portal(SERVED).folder)
    records, part = whole(before)
    file = tmp_path / f"catalog.{syntax}"
    if syntax == "jsonld":
        file.write_bytes(render_json(documents.catalog_document(records, part)))
    else:
        nodes = documents.flat_nodes(records, part)
        file.write_bytes(b"".join(iter_turtle(nodes) if syntax == "ttl" else iter_xml(nodes)))

    report = import_dcat(str(file), tmp_path / "back")
    after = catalog_of(tmp_path / "back")

    assert (after.service, after.catalog) == (before.service, before.catalog)
    assert [dataset.distribution for dataset in after.datasets.values()] == [
        dataset.distribution for dataset in before.datasets.values()
    ]
    assert [event for event in report.events if event.code.startswith("left-out")] == []


def test_a_service_is_among_the_files(portal):
    """
    The page of a dataset lists the service with a link to call it and one to its description.
    """
    page = portal(SERVED).build()["dataset/autre/index.html"].decode()

    assert '<a class="button button-quiet" href="https://exemple.org/geo/">' in page
    assert '<a href="https://exemple.org/geo/openapi.json">Description du service</a>' in page


def test_a_service_without_an_address_is_left_out(tmp_path):
    """
    A service of another portal that can't be called is told, and nothing names it.
    """
    source = tmp_path / "catalog.ttl"
    source.write_text("""\
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://a.org/d> a dcat:Dataset ; dct:title "D" ; dcat:distribution <https://a.org/d#f> .
<https://a.org/d#f> a dcat:Distribution ; dcat:accessURL <https://a.org/x> ; dcat:accessService <https://a.org/s> .
<https://a.org/s> a dcat:DataService ; dct:title "S" .
""")
    report = import_dcat(str(source), tmp_path / "back")

    assert [event for event in report.events if event.code.startswith("left-out")] == [
        ("left-out.class", "", "dcat:DataService S"),
        ("left-out.unused", "d", "dcat:accessService S"),
    ]
    assert catalog_of(tmp_path / "back").datasets["d"].distribution[0].access_service == ()


def test_the_json_api_says_them_too(portal):
    """
    A dataset's file in the JSON API has a member of each name; a series has its members.
    """
    names = [name for name in FORMS if name not in ("accessRights", "version", "spatial")]
    text = ARBRES + "".join(yaml.safe_dump({name: FORMS[name].written}, allow_unicode=True) for name in names)
    site = portal({"datasets/arbres.yaml": text}).build()
    found = json.loads(site["api/datasets/arbres.json"])

    plain = {**{name: FORMS[name].written for name in names}, "hasQualityAnnotation": {"fr": "À deux mètres près."}}
    assert {name: found[name] for name in names} == plain
    assert json.loads(site["api/datasets/autre.json"])["members"] == ["arbres"]


def test_a_series_on_a_later_page_comes_back_whole(portal, tmp_path):
    """
    A page that only tells what a series is does not stand in the way of the page that holds it.
    """
    before = catalog_of(portal(SERIES).folder)
    records = Records(before)
    (tmp_path / "pages").mkdir()
    for number, ids in enumerate((["comptages-2024"], ["comptages", "comptages-2025", "autre"])):
        document = documents.catalog_document(records, Part(ids=ids))
        (tmp_path / f"pages/{number}.jsonld").write_bytes(render_json(document))

    import_dcat(str(tmp_path / "pages"), tmp_path / "back")

    assert catalog_of(tmp_path / "back").datasets == before.datasets
