"""DCAT catalogues of other portals become the files of a portal, whatever their syntax and their oddities."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from generator.authoring.report import Report, SourceError
from generator.feeds.dcat_ap.graph import CLASSES
from generator.importers import web
from generator.importers.dcat import import_dcat, readers, sources, syntax
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from generator.standards import properties
from tests.host import answering

# As ckanext-dcat's euro_dcat_ap_2 profile writes a package: addresses as IRIs, the licence on distributions alone,
# accessURL for files, `mailto:` as an IRI, a publisher by its CKAN address, moments for days.
CKAN_XML = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY xsd "http://www.w3.org/2001/XMLSchema#">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
  xmlns:dct="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:adms="http://www.w3.org/ns/adms#"
  xmlns:vcard="http://www.w3.org/2006/vcard/ns#" xmlns:locn="http://www.w3.org/ns/locn#"
  xmlns:schema="http://schema.org/" xmlns:owl="http://www.w3.org/2002/07/owl#">
<dcat:Catalog rdf:about="https://ckan.exemple.org">
  <dct:title>Ouvert !</dct:title>
  <dct:language>fr</dct:language>
  <dcat:dataset>
    <dcat:Dataset rdf:about="https://ckan.exemple.org/dataset/b2f0c9a4-0f0e-4a4e-9d2c-1c1d6a6f3a01">
      <dct:identifier>https://ckan.exemple.org/dataset/arbres</dct:identifier>
      <dct:title>Arbres</dct:title>
      <dct:description>&lt;p&gt;Voir
        &lt;a href="https://ckan.exemple.org/dataset/parcs"&gt;les parcs&lt;/a&gt;.&lt;/p&gt;</dct:description>
      <dcat:keyword>arbre</dcat:keyword>
      <dcat:keyword>Arbre</dcat:keyword>
      <dcat:theme rdf:resource="http://publications.europa.eu/resource/authority/data-theme/ENVI"/>
      <dct:issued rdf:datatype="&xsd;dateTime">2018-04-30T15:18:44.679061</dct:issued>
      <dct:modified rdf:datatype="&xsd;dateTime">2026-03-09T00:00:00</dct:modified>
      <dct:accrualPeriodicity>http://publications.europa.eu/resource/authority/frequency/MONTHLY</dct:accrualPeriodicity>
      <dct:language>fra</dct:language>
      <owl:versionInfo>1.10</owl:versionInfo>
      <dct:provenance><dct:ProvenanceStatement rdf:nodeID="p1"/></dct:provenance>
      <dcat:landingPage rdf:resource="https://ckan.exemple.org/dataset/arbres"/>
      <dct:publisher>
        <foaf:Organization rdf:about="https://ckan.exemple.org/organization/9f">
          <foaf:name>Ville d'Exemple</foaf:name>
          <foaf:homepage rdf:resource="https://exemple.org"/>
          <dct:type rdf:resource="http://purl.org/adms/publishertype/LocalAuthority"/>
        </foaf:Organization>
      </dct:publisher>
      <dcat:contactPoint>
        <vcard:Organization rdf:nodeID="c1">
          <vcard:fn>Équipe</vcard:fn><vcard:hasEmail rdf:resource="mailto:donnees@exemple.org"/>
        </vcard:Organization>
      </dcat:contactPoint>
      <dct:spatial>
        <dct:Location rdf:nodeID="s1">
          <locn:geometry rdf:datatype="https://www.iana.org/assignments/media-types/application/vnd.geo+json">
            {"type": "Polygon", "coordinates": [[[-74, 45.4], [-73, 45.4], [-73, 46], [-74, 45.4]]]}</locn:geometry>
          <locn:geometry rdf:datatype="http://www.opengis.net/ont/geosparql#wktLiteral">
            POLYGON ((-74 45.4, -73 45.4, -73 46, -74 45.4))</locn:geometry>
        </dct:Location>
      </dct:spatial>
      <dct:temporal>
        <dct:PeriodOfTime rdf:nodeID="t1">
          <schema:startDate rdf:datatype="http://www.w3.org/2001/XMLSchema#gYear">2010</schema:startDate>
          <schema:endDate rdf:datatype="http://www.w3.org/2001/XMLSchema#date">2024-12-31</schema:endDate>
        </dct:PeriodOfTime>
      </dct:temporal>
      <dcat:distribution>
        <dcat:Distribution rdf:about="https://ckan.exemple.org/dataset/b2/resource/1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910">
          <dct:title>Liste</dct:title>
          <dct:format>CSV</dct:format>
          <dcat:mediaType>text/csv; charset=utf-8</dcat:mediaType>
          <dcat:accessURL rdf:resource="https://ckan.exemple.org/arbres été.csv"/>
          <dcat:byteSize rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">512.0</dcat:byteSize>
          <dct:license rdf:resource="https://creativecommons.org/licenses/by/4.0"/>
        </dcat:Distribution>
      </dcat:distribution>
    </dcat:Dataset>
  </dcat:dataset>
  <dcat:dataset rdf:resource="https://ckan.exemple.org/dataset/parcs"/>
</dcat:Catalog>
<dcat:Dataset rdf:about="https://ckan.exemple.org/dataset/parcs">
  <dct:title>Parcs</dct:title>
</dcat:Dataset>
</rdf:RDF>
"""


def put(folder: Path, text: str, name: str = "catalog.rdf") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def told(report: Report, section: str = "left-out") -> list[tuple[str, str, str]]:
    return [tuple(event) for event in report.events if event.code.startswith(section)]


def test_ckan_in_rdf_xml(tmp_path):
    """
    A dataset of ckanext-dcat is written under the name that its page has, as a careful publisher would write it.
    """
    report = import_dcat(put(tmp_path, CKAN_XML), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/arbres.yaml").read_text()
        == """\
title: Arbres
description: |
  Voir
  [les parcs](/dataset/parcs/).
publisher: ville-d-exemple
contactPoint: {name: Équipe, email: donnees@exemple.org}
theme: [environnement]
keyword: [arbre]
license: cc-by-4.0
accrualPeriodicity: monthly
issued: 2018-04-30T15:18:44
modified: 2026-03-09
spatial:
  geometry: '{"type": "Polygon", "coordinates": [[[-74, 45.4], [-73, 45.4], [-73, 46], [-74, 45.4]]]}'
temporal: {start: 2010, end: 2024-12-31}
language: [fr]
landingPage: https://ckan.exemple.org/dataset/arbres
identifier: https://ckan.exemple.org/dataset/arbres
version: "1.10"
distribution:
  - id: 1b00ea3f-92a4-4ed3-adcf-3fb12a2d0910
    title: Liste
    downloadURL: https://ckan.exemple.org/arbres%20%C3%A9t%C3%A9.csv
    format: CSV
    byteSize: 512
"""
    )
    assert (
        (tmp_path / "p/datasets/publishers/ville-d-exemple.yaml").read_text()
        == """\
name: Ville d'Exemple
kind: municipality
homepage: https://exemple.org
identifier: https://ckan.exemple.org/organization/9f
"""
    )
    assert told(report) == [("left-out.undescribed", "arbres", "dct:provenance")]


# The same catalogue as ckanext-dcat's Turtle, with what portals get wrong: blank publishers, no identifier, literals
# for addresses, a language that is a word, a licence with a name alone, two languages, a bare year.
CKAN_TURTLE = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://ckan.exemple.org/dataset/eau> a dcat:Dataset ;
  dct:title "L’eau"@fr-CA, "Water"@en ;
  dct:description "Des *mesures*."@fr ;
  dct:publisher [ a foaf:Agent ; foaf:name "Ministère"@fr, "Ministry"@en ] ;
  dcat:contactPoint [ vcard:fn "Info" ; vcard:hasEmail [ vcard:value "mailto:info@exemple.org" ] ] ;
  dcat:theme "Santé"@fr, <https://ckan.exemple.org/group/lacs> ;
  dct:license "CC-BY 4.0" ;
  dct:language "français" ;
  dct:issued "2015"^^xsd:gYear ;
  dct:modified "hier" ;
  dct:spatial "Québec"@fr, <https://sws.geonames.org/6115047/> ;
  dct:temporal "2010/2012-06" ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  foaf:page [ a foaf:Document ; foaf:page <https://exemple.org/doc> ], "https://exemple.org/doc2" ;
  dcat:landingPage "/dataset/eau" ;
  dcat:distribution
    [ a dcat:Distribution ; dct:title "Eau" ; dcat:accessURL "https://exemple.org/eau" ;
      dct:format [ rdfs:label "XLS" ] ; dct:license [ rdfs:label "Licence maison" ] ; dcat:byteSize "1,2 Mo" ],
    [ a dcat:Distribution ; dct:title "Eau" ; dcat:downloadURL <https://exemple.org/eau.json> ;
      dcat:mediaType <https://www.iana.org/assignments/media-types/application/geo+json> ;
      dct:license <https://exemple.org/licence> ],
    [ a dcat:Distribution ; dct:title "Vide" ] .
<https://ckan.exemple.org/group/lacs> rdfs:label "Lacs et rivières"@fr .

<https://autre.exemple.org/dataset/eau> a dcat:Dataset ;
  dct:title "Autre eau"@fr ;
  dct:publisher [ foaf:name "Ministère"@fr, "Ministry"@en ] .
<https://autre.exemple.org/dataset/sans> a dcat:Dataset ; dct:publisher "Ville" .
[] a dcat:DataService ; dct:title "Service" .
"""


def test_oddities_in_turtle(tmp_path):
    """
    Blank publishers of one name are one; a literal is taken for the address, code or name that it stands for.
    """
    report = import_dcat(put(tmp_path, CKAN_TURTLE, "catalog.ttl"), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/ckan-exemple-org-eau.yaml").read_text()
        == """\
title: {fr: L’eau, en: Water}
description: Des *mesures*.
publisher: ministere
contactPoint: {name: Info, email: info@exemple.org}
theme: [sante, lacs-et-rivieres]
license: cc-by-4.0
accessRights: public
issued: 2015
spatial: {name: Québec}
temporal: {start: 2010, end: 2012-06}
language: [fr]
page: [https://exemple.org/doc, https://exemple.org/doc2]
identifier: https://ckan.exemple.org/dataset/eau
distribution:
  - id: eau
    title: Eau
    accessURL: https://exemple.org/eau
    format: XLS
    license: {name: Licence maison}
  - id: eau-2
    title: Eau
    downloadURL: https://exemple.org/eau.json
    format: GeoJSON
    license: {iri: https://exemple.org/licence, name: https://exemple.org/licence}
"""
    )
    assert sorted(file.name for file in (tmp_path / "p/datasets").rglob("*.yaml")) == [
        "autre-exemple-org-eau.yaml",
        "catalog.yaml",
        "ckan-exemple-org-eau.yaml",
        "ministere.yaml",
        "sans.yaml",
        "ville.yaml",
    ]
    assert sorted(told(report)) == [
        ("left-out.class", "", "dcat:DataService Service"),
        ("left-out.date", "ckan-exemple-org-eau", "hier"),
        ("left-out.no-url", "ckan-exemple-org-eau", "Vide"),
        ("left-out.number", "ckan-exemple-org-eau", "dcat:byteSize 1,2 Mo"),
        ("left-out.place-address", "ckan-exemple-org-eau", "https://sws.geonames.org/6115047/"),
        ("left-out.relative-url", "ckan-exemple-org-eau", "/dataset/eau"),
    ]


# As udata writes JSON-LD: contexts inline, the concept of a tag, checksum nodes, moments with microseconds, the licence
# as an address with a name, an @id of a blank spatial, SKOS frequencies.
UDATA = {
    "@context": {
        "@vocab": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "spdx": "http://spdx.org/rdf/terms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    },
    "@graph": [
        {
            "@id": "https://udata.exemple.org/datasets/5de8f397634f4164071119c5/",
            "@type": "Dataset",
            "dct:identifier": "5de8f397634f4164071119c5",
            "dct:title": "Base adresses",
            "dct:description": "La **base**, sous `licence`.",
            "dct:issued": {"@type": "xsd:dateTime", "@value": "2019-12-05T13:10:31.101000+00:00"},
            "dct:accrualPeriodicity": {"@id": "http://purl.org/cld/freq/weekly"},
            "dct:publisher": {
                "@id": "https://udata.exemple.org/organizations/ign/",
                "@type": "foaf:Organization",
                "foaf:name": "IGN",
            },
            "keyword": ["adresse", "voie"],
            "landingPage": {"@id": "https://udata.exemple.org/datasets/base-adresses/"},
            "distribution": {
                "@id": "https://udata.exemple.org/datasets/base-adresses/#/resources/f9d01f4e-9f0d-4f8d-9a9b-3e4e5c6d7e8f",
                "@type": "Distribution",
                "dct:title": "adresses.csv.gz",
                "dct:format": "csv.gz",
                "dct:license": {"@id": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"},
                "downloadURL": {"@id": "https://udata.exemple.org/adresses.csv.gz"},
                "accessURL": {"@id": "https://udata.exemple.org/adresses.csv.gz"},
                "byteSize": 12,
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha1"},
                    "spdx:checksumValue": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                },
            },
        }
    ],
}


def test_udata_in_jsonld(tmp_path):
    """
    udata's catalogue keeps its identifiers, and its licence becomes the dataset's.
    """
    report = import_dcat(put(tmp_path, json.dumps(UDATA), "catalog.jsonld"), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/5de8f397634f4164071119c5.yaml").read_text()
        == """\
title: Base adresses
description: "La **base**, sous `licence`."
publisher: ign
keyword: [adresse, voie]
license: etalab-2.0
accrualPeriodicity: weekly
issued: 2019-12-05T13:10:31+00:00
landingPage: https://udata.exemple.org/datasets/base-adresses/
distribution:
  - id: adresses-csv-gz
    title: adresses.csv.gz
    downloadURL: https://udata.exemple.org/adresses.csv.gz
    format: csv.gz
    byteSize: 12
"""
    )
    assert told(report) == [("left-out.checksum", "5de8f397634f4164071119c5", "checksumAlgorithm_sha1")]
    assert told(report, "kept") == [("kept.format", "5de8f397634f4164071119c5", "csv.gz")]


POD = {
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "@type": "dcat:Catalog",
    "dataset": [
        {
            "@type": "dcat:Dataset",
            "identifier": "https://data.example.gov/api/views/abcd-1234",
            "title": "Fire stations of the county",
            "description": "The stations of the county, and what is in them, by the year.",
            "keyword": ["fire, station; safety"],
            "modified": "R/P1Y",
            "issued": "2015-02-06",
            "publisher": {"name": "Fire Department", "subOrganizationOf": {"name": "County"}},
            "contactPoint": {"fn": "Data Team", "hasEmail": "mailto:data@example.gov"},
            "accessLevel": "restricted public",
            "bureauCode": ["015:11"],
            "license": "http://creativecommons.org/publicdomain/zero/1.0/",
            "spatial": "-80.1,35.2,-78,36",
            "temporal": "2000-01-15T00:45:00Z/2010-01-15T00:06:00Z",
            "accrualPeriodicity": "R/P1M",
            "language": ["en-US"],
            "theme": ["Health"],
            "references": ["https://example.gov/doc.pdf"],
            "distribution": [
                {"downloadURL": "https://example.gov/a.csv", "mediaType": "text/csv", "title": "A"},
                {"accessURL": "https://example.gov/api", "format": "API", "title": "API", "describedBy": ""},
            ],
        },
        {
            "identifier": "https://data.example.gov/api/views/abcd-1234",
            "title": "The same again",
            "publisher": "Fire Department",
        },
        {"title": "No identifier", "publisher": "Fire Department", "contactPoint": "help@example.gov", "keyword": "x"},
    ],
}


def test_project_open_data(tmp_path):
    """
    data.gov's `data.json` is read without fetching its context; an identifier met twice is one dataset.
    """
    report = import_dcat(put(tmp_path, json.dumps(POD), "data.json"), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/abcd-1234.yaml").read_text()
        == """\
title: Fire stations of the county
description: "The stations of the county, and what is in them, by the year."
publisher: fire-department
contactPoint: {name: Data Team, email: data@example.gov}
theme: [health]
keyword: [fire, station, safety]
license: cc0-1.0
accessRights: restricted
accrualPeriodicity: monthly
issued: 2015-02-06
spatial: {bbox: [-80.1, 35.2, -78, 36]}
temporal: {start: 2000-01-15T00:45:00Z, end: 2010-01-15T00:06:00Z}
language: [en]
page: [https://example.gov/doc.pdf]
identifier: https://data.example.gov/api/views/abcd-1234
bureauCode: [015:11]
distribution:
  - id: a
    title: A
    downloadURL: https://example.gov/a.csv
    format: CSV
  - id: api
    title: API
    accessURL: https://example.gov/api
    format: API
"""
    )
    assert (
        (tmp_path / "p/datasets/no-identifier.yaml").read_text()
        == """\
title: No identifier
publisher: fire-department
contactPoint: {email: help@example.gov}
keyword: [x]
"""
    )
    assert (
        (tmp_path / "p/datasets/publishers/fire-department.yaml").read_text()
        == """\
name: Fire Department
parent: county
"""
    )
    assert told(report) == [
        ("left-out.twin", "", "https://data.example.gov/api/views/abcd-1234"),
        ("left-out.date", "abcd-1234", "R/P1Y"),
    ]


# As ArcGIS Hub writes DCAT-US: templates that were not filled, HTML, addresses with queries, empty texts.
ARCGIS = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [
        {
            "@type": "dcat:Dataset",
            "identifier": "https://www.arcgis.com/home/item.html?id=0f1b&sublayer=3",
            "landingPage": "https://hub.exemple.org/datasets/exemple::arbres",
            "title": "Arbres &amp; haies",
            "description": "<div style='text-align:Left;'><p><span>Les arbres.</span></p></div>",
            "keyword": ["arbres", "Arbres"],
            "issued": "2020-06-02T19:13:33.000Z",
            "modified": "2023-05-31T00:00:00.000Z",
            "publisher": {"name": "{{orgTitle}}"},
            "contactPoint": {"@type": "vcard:Contact", "fn": "sig", "hasEmail": "mailto:sig@exemple.org"},
            "accessLevel": "public",
            "license": "",
            "spatial": "-73.98,45.4,-73.47,45.7",
            "theme": ["geospatial"],
            "distribution": [
                {"title": "ArcGIS Hub Dataset", "format": "Web Page", "mediaType": "text/html",
                 "accessURL": "https://hub.exemple.org/datasets/exemple::arbres"},
                {"title": "GeoJSON", "format": "GeoJSON", "mediaType": "application/vnd.geo+json",
                 "accessURL": "https://hub.exemple.org/datasets/exemple::arbres.geojson?where=1=1"},
            ],
        }
    ],
}  # fmt: skip


def test_arcgis_hub(tmp_path):
    """
    ArcGIS Hub's items are named by their id; a template that was never filled says nothing.
    """
    report = import_dcat(put(tmp_path, json.dumps(ARCGIS), "dcat.json"), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/0f1b-3.yaml").read_text()
        == """\
title: Arbres & haies
description: Les arbres.
publisher: publisher-to-be-named
contactPoint: {name: sig, email: sig@exemple.org}
theme: [geospatial]
keyword: [arbres]
accessRights: public
issued: 2020-06-02T19:13:33Z
modified: 2023-05-31
spatial: {bbox: [-73.98, 45.4, -73.47, 45.7]}
landingPage: https://hub.exemple.org/datasets/exemple::arbres
identifier: https://www.arcgis.com/home/item.html?id=0f1b&sublayer=3
distribution:
  - id: arcgis-hub-dataset
    title: ArcGIS Hub Dataset
    accessURL: https://hub.exemple.org/datasets/exemple::arbres
    format: HTML
  - id: geojson
    title: GeoJSON
    downloadURL: https://hub.exemple.org/datasets/exemple::arbres.geojson?where=1=1
    format: GeoJSON
"""
    )
    assert told(report) == [("left-out.media-type", "0f1b-3", "application/vnd.geo+json")]


@pytest.mark.parametrize("name", ["rdf", "ttl", "jsonld", "data.json"])
def test_what_is_imported_is_sound(tmp_path, name):
    """
    What an import writes has no error, and the same source again changes no byte.
    """
    text = {"rdf": CKAN_XML, "ttl": CKAN_TURTLE, "jsonld": json.dumps(UDATA), "data.json": json.dumps(POD)}[name]
    source = put(tmp_path, text, f"catalog.{name}")

    import_dcat(source, tmp_path / "p")

    _, diagnostics = structure_catalog(read_source(tmp_path / "p"))
    assert [str(item) for item in diagnostics if item.is_error] == []
    first = {file: file.read_bytes() for file in (tmp_path / "p").rglob("*") if file.is_file()}
    report = import_dcat(source, tmp_path / "p")
    assert report.files["new"] == report.files["updated"] == 0
    assert first == {file: file.read_bytes() for file in (tmp_path / "p").rglob("*") if file.is_file()}


def test_every_range_has_a_reader():
    """
    A row of the table that has an IRI is imported, whatever its range.
    """
    rows = [row for kind in CLASSES if kind in properties() for row in properties()[kind].values() if row.iri]
    lacking = {row.range for row in rows if row.range not in readers.WHOLE and not has_reader(row.range)}

    assert lacking == set()


def has_reader(range_: str) -> bool:
    try:
        return callable(readers.reader_of(range_))
    except KeyError:
        return False


MINIMAL = "@prefix d: <http://www.w3.org/ns/dcat#> . @prefix t: <http://purl.org/dc/terms/> .\n"


def test_empty_catalogue_is_said(tmp_path):
    """
    A catalogue without datasets, and one that is no linked data, are named; nothing is written.
    """
    for name, text, code in (
        ("a.ttl", MINIMAL + "<https://a.org> a d:Catalog .", "no-datasets"),
        ("a.html", "<!DOCTYPE html><html><body>Bonjour", "not-rdf"),
        ("a.txt", "Bonjour", "not-rdf"),
        ("a.json", "{", "not-json"),
        ("b.json", "[" * 100_000, "not-json"),
        ("c.json", '{"a": 1}', "no-datasets"),
    ):
        with pytest.raises(SourceError) as error:
            import_dcat(put(tmp_path, text, name), tmp_path / "p")
        assert (name, code) == (name, error.value.code)
        assert error.value.message("fr") and error.value.message("en")
    with pytest.raises(SourceError) as error:
        import_dcat(str(tmp_path / "rien.ttl"), tmp_path / "p")
    assert error.value.code == "no-source"
    assert not (tmp_path / "p").exists()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "declarations",
    [
        f'<!ENTITY a0 "lol">{LAUGHS}',
        '<!ENTITY a8 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p "x"><!ENTITY a8 "x">',
        f'<!ENTITY a8 "{"x" * 100_000}">',
    ],
)
def test_entities_that_grow_are_refused(tmp_path, declarations, monkeypatch):
    """
    Entities that nest, point outside or would swell the document are refused before it is parsed.
    """
    monkeypatch.setattr(syntax, "LIMIT", 400_000)
    text = CKAN_XML.replace('<!ENTITY xsd "http://www.w3.org/2001/XMLSchema#">', declarations)
    text = text.replace("&xsd;", "http://www.w3.org/2001/XMLSchema#").replace("Ouvert !", "&a8;" * 5)

    with pytest.raises(SourceError) as error:
        import_dcat(put(tmp_path, text), tmp_path / "p")

    assert error.value.code == "entities"


def test_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    """
    A document larger than the limit is not read.
    """
    monkeypatch.setattr(sources, "LIMIT", 1000)

    with pytest.raises(SourceError) as error:
        import_dcat(put(tmp_path, CKAN_XML), tmp_path / "p")

    assert error.value.code == "too-large"


def test_remote_context_is_not_fetched(tmp_path):
    """
    A context that stands elsewhere is told, and DCAT's own names are read in its stead.
    """
    document = {
        "@context": ["http://127.0.0.1:9/context.jsonld", {"titre": "http://purl.org/dc/terms/title"}],
        "@id": "https://exemple.org/dataset/a",
        "@type": "Dataset",
        "titre": "A",
        "description": "Un jeu.",
        "distribution": {"@type": "Distribution", "downloadURL": "https://exemple.org/a.csv"},
    }

    report = import_dcat(put(tmp_path, json.dumps(document), "a.jsonld"), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/a.yaml").read_text()
        == """\
title: A
description: Un jeu.
publisher: publisher-to-be-named
identifier: https://exemple.org/dataset/a
distribution:
  - id: file
    downloadURL: https://exemple.org/a.csv
"""
    )
    assert ("guessed.context", "", "http://127.0.0.1:9/context.jsonld") in told(report, "guessed")


def test_xml_without_its_usual_root_is_read(tmp_path):
    """
    RDF/XML may open with a dataset itself, and its first letters are then no sign of it.
    """
    text = (
        '<d:Dataset xmlns:d="http://www.w3.org/ns/dcat#" xmlns:t="http://purl.org/dc/terms/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="https://a.org/d/x"><t:title>X</t:title>'
        "</d:Dataset>"
    )

    assert import_dcat(put(tmp_path, text, "x.rdf"), tmp_path / "p").objects["dataset"] == 1


def test_folder_of_documents(tmp_path):
    """
    Every document of a folder is read, each dataset once, and a file that is no linked data is told.
    """
    folder = tmp_path / "source"
    (folder / "sous").mkdir(parents=True)
    put(folder, CKAN_XML)
    put(folder, CKAN_TURTLE, "sous/autre.ttl")
    put(folder, CKAN_XML, "sous/encore.rdf")
    put(folder, "[1, 2", "index.json")

    report = import_dcat(str(folder), tmp_path / "p")

    assert report.objects["dataset"] == 5
    assert ("left-out.file", "", "index.json") in told(report)


def test_themes_of_the_portal_come_first(tmp_path):
    """
    An EU theme becomes the portal's own theme that maps to it; while it has none, a new one that does.
    """
    theme = "http://publications.europa.eu/resource/authority/data-theme/"
    text = MINIMAL + f'<https://a.org/d/x> a d:Dataset ; t:title "X"@fr ; d:theme <{theme}ENVI>, <{theme}INTR> .'
    source = put(tmp_path, text, "a.ttl")
    (tmp_path / "p/datasets").mkdir(parents=True)
    (tmp_path / "p/datasets/catalog.yaml").write_text(
        "title: T\ndescription: D\npublisher: a\nthemeTaxonomy: [{id: nature, prefLabel: Nature, closeMatch: ENVI}]\n"
    )

    told_ = told(import_dcat(source, tmp_path / "p"))
    import_dcat(source, tmp_path / "q")

    assert "theme: [nature]\n" in (tmp_path / "p/datasets/x.yaml").read_text()
    assert told_ == [("left-out.theme", "x", "INTR")]
    assert "theme: [environnement, questions-internationales]\n" in ((tmp_path / "q/datasets/x.yaml").read_text())
    assert "id: questions-internationales" in (tmp_path / "q/datasets/catalog.yaml").read_text()
    assert "closeMatch: INTR" in (tmp_path / "q/datasets/catalog.yaml").read_text()


HYDRA = "@prefix h: <http://www.w3.org/ns/hydra/core#> .\n"


class Server(BaseHTTPRequestHandler):
    """Paged catalogues, some of which never end, and answers that go wrong."""

    asked: list[str]
    following: dict[str, str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        host = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/stumble" and len(self.asked) == 1:
            self.send_error(503)
            return
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/3")
            self.end_headers()
            return
        if self.path == "/none":
            self.send_error(404)
            return
        number = self.path.strip("/") or "1"
        text = MINIMAL + HYDRA
        for name in dict.fromkeys((number, "1")):
            text += (
                f'<https://a.org/d/{name}> a d:Dataset ; t:title "{name}"@fr ; t:temporal [ d:startDate "2010" ] .\n'
            )
        if target := self.following.get(self.path):
            text += f'<{host}{self.path}> a h:PagedCollection ; h:nextPage "{target}" ; h:next <{target}> .\n'
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Server, "asked", [], raising=False)
    monkeypatch.setattr(Server, "following", {}, raising=False)
    with answering(Server) as address:
        yield address


def test_pages_are_followed_each_once(tmp_path, address):
    """
    Each page is asked for once, its datasets are there once, and pages that lead in a circle end.
    """
    Server.following |= {"/1": "/2", "/2": f"{address}/3#x", "/3": "/1"}

    report = import_dcat(f"{address}/1", tmp_path)

    assert Server.asked == ["/1", "/2", "/3"]
    assert report.objects["dataset"] == 3
    assert (tmp_path / "datasets/1.yaml").read_text().count("2010") == 1


def test_pages_without_end_end(tmp_path, address, monkeypatch):
    """
    A page that brings nothing new is the last, and there are only so many.
    """
    Server.following |= {f"/{number}": f"/{number + 1}" for number in range(1, 50)} | {"/3": "/1?x=1"}
    Server.following |= {"/1?x=1": "/1?x=2", "/1?x=2": "/1?x=3"}

    with pytest.raises(SourceError) as error:
        monkeypatch.setattr(sources, "PAGES", 2)
        import_dcat(f"{address}/1", tmp_path)

    assert error.value.code == "too-many-pages"


def test_page_on_another_host_is_not_followed(tmp_path, address):
    """
    A next page elsewhere is an error: half a catalogue would be worse than none.
    """
    Server.following |= {"/1": "http://elsewhere.invalid/2"}

    with pytest.raises(SourceError) as error:
        import_dcat(f"{address}/1", tmp_path / "p")

    assert error.value.code == "foreign-page"
    assert not (tmp_path / "p").exists()


def test_answers_that_go_wrong(tmp_path, address, monkeypatch):
    """
    A stumble is asked again, a redirect followed, a refusal and an answer without end are said.
    """
    assert import_dcat(f"{address}/stumble", tmp_path / "a").objects["dataset"] == 2
    assert import_dcat(f"{address}/moved", tmp_path / "b").objects["dataset"] == 2
    for url, code in ((f"{address}/none", "http-status"), ("http://127.0.0.1:9/", "unreachable")):
        with pytest.raises(SourceError) as error:
            import_dcat(url, tmp_path / "c")
        assert error.value.code == code
    monkeypatch.setattr(web, "LIMIT", 100)
    with pytest.raises(SourceError) as error:
        import_dcat(f"{address}/1", tmp_path / "c")
    assert error.value.code == "too-large"


def test_first_page_alone_says_that_there_are_more(tmp_path):
    """
    A file that is one page of several names the next one; nothing is fetched for it.
    """
    text = (
        MINIMAL
        + HYDRA
        + '<https://a.org/d/1> a d:Dataset ; t:title "A" . <https://a.org/p1> h:next <https://a.org/p2> .'
    )

    report = import_dcat(put(tmp_path, text, "page.ttl"), tmp_path / "p")

    assert told(report) == [("left-out.page", "", "https://a.org/p2")]
