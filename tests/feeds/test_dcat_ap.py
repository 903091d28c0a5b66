"""`catalog.jsonld`, judged by DCAT-AP 3.0.1's official SHACL shapes and read by rdflib."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, ORG, SH, SKOS, XSD

from generator.feeds import documents
from generator.feeds.dcat_ap import graph, nodes
from generator.feeds.documents import catalog_document, dataset_document
from generator.feeds.json_lines import render_json, with_lists
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
from generator.standards import Property, properties, vocabulary

SHAPES = Path(__file__).parents[3] / "shared" / "standards" / "dcat-ap-3.0.1" / "shacl"

BASE = "https://donnees.exemple.org/p/"
OURS = Namespace(BASE)
LISTS = "http://publications.europa.eu/resource/authority/"
EU = Namespace(LISTS)
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")

CC_BY = LicenseDocument(code="cc-by-4.0", iri="https://creativecommons.org/licenses/by/4.0/", name={"fr": "CC BY 4.0"})

FULL = Dataset(
    id="casernes",
    folder="datasets/casernes",
    title={"fr": "Casernes d’incendie", "en": "Fire stations"},
    description={"fr": "Emplacement des **casernes**."},
    publisher="incendie",
    contact_point=Kind(name={"fr": "Équipe"}, email="donnees@exemple.org", url="https://exemple.org/formulaire"),
    theme=("securite", "ville"),
    keyword={"fr": ("caserne", "incendie"), "en": ("fire station",)},
    license=CC_BY,
    access_rights="public",
    accrual_periodicity="monthly",
    issued="2015",
    modified="2026-03-09",
    spatial=(Location(bbox=(-73.98, 45.4, -73.47, 45.7), name={"fr": "Montréal"}),),
    temporal=(PeriodOfTime(start="2010-05"),),
    language=("fr",),
    landing_page="https://ville.exemple.org/casernes",
    page=("https://ville.exemple.org/é",),
    conforms_to=("https://exemple.org/norme",),
    identifier="2b2a9a6e",
    version="1.10",
    distribution=(
        Distribution(
            id="csv",
            title={"fr": "Casernes (CSV)"},
            file="été.csv",
            format="CSV",
            media_type="text/csv",
            language=("fr", "en"),
            modified="2026-03-09T10:00-05:00",
            byte_size=0,
            checksum="ab" * 32,
        ),
    ),
)


def make(*datasets: Dataset, **fields: object) -> Catalog:
    fields = {
        "title": {"fr": "Données", "en": "Data"},
        "description": {"fr": "Toutes les **données**."},
        "publisher": "ville",
        "license": CC_BY,
        "issued": "2010",
        "spatial": (Location(name={"fr": "Québec"}),),
        "portal": Portal(base_url=BASE, languages=("fr", "en")),
        "publishers": {
            "ville": Agent(id="ville", name={"fr": "Ville", "en": "City"}, kind="municipality"),
            "incendie": Agent(
                id="incendie",
                name={"fr": "Incendie"},
                kind="ministry",
                parent="ville",
                homepage="https://i.example/",
            ),
            "autre": Agent(id="autre", name={"fr": "Autre"}, kind="other"),
        },
        "theme_taxonomy": (
            Concept(id="securite", pref_label={"fr": "Sécurité"}, close_match="JUST"),
            Concept(id="ville", pref_label={"fr": "Ville"}),
        ),
        "datasets": {dataset.id: dataset for dataset in datasets},
        **fields,
    }
    return Catalog(**fields)  # type: ignore[arg-type]


def some(**fields: object) -> Dataset:
    return Dataset(**{"id": "a", "title": {"fr": "Titre"}, "publisher": "ville", **fields})  # type: ignore[arg-type]


def jsonld_catalog(catalog: Catalog) -> dict:
    records = Records(catalog)
    return with_lists(catalog_document(records, records.whole))


def jsonld_dataset(catalog: Catalog, id: str) -> dict:
    return with_lists(dataset_document(Records(catalog), id))


def parse(document: dict) -> Graph:
    return Graph().parse(data=render_json(document), format="json-ld")


def parse_one(dataset: Dataset) -> tuple[Graph, URIRef]:
    """The graph of a catalogue of one dataset, and the dataset's IRI."""
    return parse(jsonld_catalog(make(dataset))), OURS[f"dataset/{dataset.id}#dataset"]


@cache
def shapes() -> Graph:
    if not SHAPES.is_dir():
        pytest.skip(f"the official shapes are not part of the project: {SHAPES} does not exist")
    found = Graph()
    for name in ("shapes", "range", "mdr-vocabularies.shape"):
        found.parse(SHAPES / f"{name}.ttl")
    return found


def violations(document: dict) -> list[str]:
    """
    The results of severity Violation. Warnings are advice, and come with every publisher outside the EU's lists; what
    led to a warning is in its details.
    """
    _, report, _ = pyshacl.validate(parse(document), shacl_graph=shapes())
    found = []
    for result in report.objects(None, SH.result):
        if report.value(result, SH.resultSeverity) != SH.Violation:
            continue
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        # The one waiver: the shape's pattern wants https://spdx.org/…, while SPDX's own terms begin http.
        if (path, value) == (SPDX.algorithm, SPDX.checksumAlgorithm_sha256):
            continue
        found.append(f"{report.value(result, SH.focusNode)} {path} {value}")
    return sorted(found)


def test_a_full_catalogue_is_valid():
    """
    A dataset with every property conforms to DCAT-AP 3.0.1, in the catalogue and alone.
    """
    assert violations(jsonld_catalog(make(FULL))) == []
    assert violations(jsonld_dataset(make(FULL), "casernes")) == []


def test_the_shapes_see_what_is_wrong():
    """
    A frequency outside its list is a violation, so that the silence of the shapes means something.
    """
    document = jsonld_dataset(make(FULL), "casernes")
    for node in document["@graph"]:
        if node["@id"] == f"{LISTS}frequency/MONTHLY":
            del node["skos:inScheme"]

    assert violations(document) == [
        f"{BASE}dataset/casernes#dataset http://purl.org/dc/terms/accrualPeriodicity {LISTS}frequency/MONTHLY"
    ]


def test_an_empty_catalogue_is_valid():
    """
    A portal without datasets publishes a catalogue with all that is said of it, and no dataset.
    """
    document = jsonld_catalog(make())

    assert violations(document) == []
    assert document["@graph"][0] == {
        "@id": f"{BASE}#catalog",
        "@type": "dcat:Catalog",
        "dct:title": {"fr": "Données", "en": "Data"},
        "dct:description": {"fr": "Toutes les données."},
        "dct:publisher": f"{BASE}publisher/ville#agent",
        "dct:license": "https://creativecommons.org/licenses/by/4.0/",
        "foaf:homepage": {"@id": BASE, "@type": "foaf:Document"},
        "dct:language": [f"{LISTS}language/FRA", f"{LISTS}language/ENG"],
        "dct:issued": {"@type": "xsd:gYear", "@value": "2010"},
        "dct:spatial": [{"@id": "_:catalog__spatial__1", "@type": "dct:Location", "skos:prefLabel": {"fr": "Québec"}}],
        "dcat:themeTaxonomy": [f"{LISTS}data-theme", f"{BASE}theme/#scheme"],
        "dcat:dataset": [],
    }


def test_a_full_dataset_is_written_as_dcat_has_it():
    """
    Every property of a dataset is there, under DCAT's name, and its distributions within it.
    """
    page = f"{BASE}dataset/casernes/"
    file = f"{page}%C3%A9t%C3%A9.csv"

    assert jsonld_dataset(make(FULL), "casernes")["@graph"][0] == {
        "@id": f"{BASE}dataset/casernes#dataset",
        "@type": "dcat:Dataset",
        "dct:title": {"fr": "Casernes d’incendie", "en": "Fire stations"},
        "dct:description": {"fr": "Emplacement des casernes."},
        "dct:publisher": f"{BASE}publisher/incendie#agent",
        "dcat:contactPoint": {
            "@id": f"{BASE}dataset/casernes#contactPoint",
            "@type": "vcard:Kind",
            "vcard:fn": {"fr": "Équipe"},
            "vcard:hasEmail": "mailto:donnees@exemple.org",
            "vcard:hasURL": "https://exemple.org/formulaire",
        },
        "dcat:theme": [f"{LISTS}data-theme/JUST", f"{BASE}theme/securite#concept", f"{BASE}theme/ville#concept"],
        "dcat:keyword": {"fr": ["caserne", "incendie"], "en": ["fire station"]},
        "dct:license": "https://creativecommons.org/licenses/by/4.0/",
        "dct:accessRights": f"{LISTS}access-right/PUBLIC",
        "dct:accrualPeriodicity": f"{LISTS}frequency/MONTHLY",
        "dct:issued": {"@type": "xsd:gYear", "@value": "2015"},
        "dct:modified": {"@type": "xsd:date", "@value": "2026-03-09"},
        "dct:spatial": [
            {
                "@id": "_:dataset__casernes__dataset__spatial__1",
                "@type": "dct:Location",
                "dcat:bbox": "POLYGON((-73.98 45.4,-73.47 45.4,-73.47 45.7,-73.98 45.7,-73.98 45.4))",
                "skos:prefLabel": {"fr": "Montréal"},
            }
        ],
        "dct:temporal": [
            {
                "@id": "_:dataset__casernes__dataset__temporal__1",
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": {"@type": "xsd:gYearMonth", "@value": "2010-05"},
            }
        ],
        "dct:language": [f"{LISTS}language/FRA"],
        "dcat:landingPage": [
            {"@id": page, "@type": "foaf:Document"},
            {"@id": "https://ville.exemple.org/casernes", "@type": "foaf:Document"},
        ],
        "foaf:page": [{"@id": "https://ville.exemple.org/%C3%A9", "@type": "foaf:Document"}],
        "dct:conformsTo": [{"@id": "https://exemple.org/norme", "@type": "dct:Standard"}],
        "dct:identifier": "2b2a9a6e",
        "dcat:version": "1.10",
        "dcat:distribution": [
            {
                "@id": f"{BASE}dataset/casernes#csv",
                "@type": "dcat:Distribution",
                "dct:title": {"fr": "Casernes (CSV)"},
                "dcat:accessURL": file,
                "dcat:downloadURL": file,
                "dct:format": f"{LISTS}file-type/CSV",
                "dcat:mediaType": "https://www.iana.org/assignments/media-types/text/csv",
                "dct:license": "https://creativecommons.org/licenses/by/4.0/",
                "dct:language": [f"{LISTS}language/FRA", f"{LISTS}language/ENG"],
                "dct:modified": {"@type": "xsd:dateTime", "@value": "2026-03-09T10:00:00-05:00"},
                "dcat:byteSize": 0,
                "spdx:checksum": {
                    "@id": "_:dataset__casernes__csv__checksum__1",
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
                    "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": "ab" * 32},
                },
            }
        ],
    }


def test_rdf_readers_find_what_was_written():
    """
    Read by rdflib, the context turns every key into the statement that DCAT-AP means.
    """
    found, dataset = parse_one(FULL)
    csv = OURS["dataset/casernes#csv"]
    area, period, checksum = (
        found.value(dataset, DCTERMS.spatial),
        found.value(dataset, DCTERMS.temporal),
        found.value(csv, SPDX.checksum),
    )

    expected = [
        (OURS["#catalog"], DCAT.dataset, dataset),
        (OURS["#catalog"], FOAF.homepage, URIRef(BASE)),
        (OURS["#catalog"], DCTERMS.modified, Literal("2026-03-09", datatype=XSD.date)),
        (dataset, RDF.type, DCAT.Dataset),
        (dataset, DCTERMS.title, Literal("Casernes d’incendie", lang="fr")),
        (dataset, DCTERMS.title, Literal("Fire stations", lang="en")),
        (dataset, DCAT.keyword, Literal("incendie", lang="fr")),
        (dataset, DCTERMS.identifier, Literal("2b2a9a6e")),
        (dataset, DCAT.version, Literal("1.10")),
        (dataset, DCTERMS.issued, Literal("2015", datatype=XSD.gYear)),
        (dataset, DCTERMS.publisher, OURS["publisher/incendie#agent"]),
        (dataset, DCAT.landingPage, OURS["dataset/casernes/"]),
        (dataset, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")),
        (dataset, DCAT.distribution, csv),
        (OURS["dataset/casernes/"], RDF.type, FOAF.Document),
        (OURS["dataset/casernes#contactPoint"], VCARD.hasEmail, URIRef("mailto:donnees@exemple.org")),
        (OURS["publisher/incendie#agent"], RDF.type, FOAF.Agent),
        (OURS["publisher/incendie#agent"], ORG.subOrganizationOf, OURS["publisher/ville#agent"]),
        (OURS["publisher/incendie#agent"], FOAF.homepage, URIRef("https://i.example/")),
        (OURS["publisher/ville#agent"], FOAF.name, Literal("City", lang="en")),
        (EU["data-theme/JUST"], SKOS.inScheme, EU["data-theme"]),
        (OURS["theme/securite#concept"], SKOS.closeMatch, EU["data-theme/JUST"]),
        (OURS["theme/securite#concept"], SKOS.inScheme, OURS["theme/#scheme"]),
        (EU["frequency/MONTHLY"], RDF.type, DCTERMS.Frequency),
        (EU["frequency/MONTHLY"], SKOS.prefLabel, Literal("Mensuelle", lang="fr")),
        (EU["frequency/MONTHLY"], SKOS.inScheme, EU["frequency"]),
        (EU["language/FRA"], RDF.type, DCTERMS.LinguisticSystem),
        (
            area,
            DCAT.bbox,
            Literal("POLYGON((-73.98 45.4,-73.47 45.4,-73.47 45.7,-73.98 45.7,-73.98 45.4))", datatype=WKT),
        ),
        (period, DCAT.startDate, Literal("2010-05", datatype=XSD.gYearMonth)),
        (csv, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")),
        (csv, DCAT.downloadURL, OURS["dataset/casernes/%C3%A9t%C3%A9.csv"]),
        (csv, DCAT.byteSize, Literal("0", datatype=XSD.nonNegativeInteger)),
        (csv, DCTERMS.modified, Literal("2026-03-09T10:00:00-05:00", datatype=XSD.dateTime)),
        (checksum, SPDX.checksumValue, Literal("ab" * 32, datatype=XSD.hexBinary)),
        (URIRef("https://creativecommons.org/licenses/by/4.0/"), RDF.type, DCTERMS.LicenseDocument),
    ]

    assert [triple for triple in expected if triple not in found] == []
    assert isinstance(period, BNode)
    relative = re.compile(r"(?!https?:|mailto:)")
    assert [node for node in found.all_nodes() if isinstance(node, URIRef) and relative.match(node)] == []


def test_no_key_is_lost_on_the_way():
    """
    The context names every key of the document, so that no JSON-LD reader drops a statement.
    """

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()

    document = jsonld_catalog(make(FULL))
    prefixes = {name for name, said in document["@context"].items() if isinstance(said, str)}

    unknown = {key for key in keys(document["@graph"]) if key.partition(":")[0] not in prefixes}
    assert unknown == {"@id", "@type", "@value", "fr", "en"}


def test_a_catalogue_is_the_sum_of_its_datasets():
    """
    Each dataset's own file says what the catalogue says of it, under the same blank labels.
    """
    catalog = make(FULL, some(id="b", theme=("ville",)))
    whole = jsonld_catalog(catalog)
    head, *shared = whole["@graph"]

    alone = {id: jsonld_dataset(catalog, id)["@graph"] for id in catalog.datasets}

    assert [nodes[0] for nodes in alone.values()] == head["dcat:dataset"]
    assert [node for nodes in alone.values() for node in nodes[1:] if node not in shared] == []
    assert isomorphic(parse(whole), parse(jsonld_catalog(catalog)))


@pytest.fixture
def more_rows(monkeypatch):
    """Adds rows to the property table for one test."""

    def add(row: Property) -> None:
        rows = dict(properties())
        rows[row.of] = {**rows[row.of], row.name: row}
        monkeypatch.setattr(graph, "properties", lambda: rows)
        forget()

    def forget() -> None:
        graph.stated_rows.cache_clear()
        graph.json_ld_context.cache_clear()
        documents.context_line.cache_clear()

    yield add
    forget()


def test_a_new_property_is_published_without_code(more_rows):
    """
    A row of properties.yaml with an IRI and a known range becomes a statement of the feed, and its context.
    """
    more_rows(Property(name="folder", of="Dataset", range="url", label={}, help={}, iri="dct:source"))
    dataset = replace(FULL, folder="https://exemple.org/source")

    document = jsonld_dataset(make(dataset), "casernes")

    assert document["@graph"][0]["dct:source"] == "https://exemple.org/source"
    assert document["@context"]["dct:source"] == {"@id": "dct:source", "@type": "@id"}


def test_two_readings_of_one_iri_are_refused(more_rows):
    """
    JSON-LD reads a property in one way, so two rows can't write it in two.
    """
    more_rows(Property(name="folder", of="Dataset", range="url", label={}, help={}, iri="dct:title"))

    with pytest.raises(ValueError, match="read dct:title differently"):
        graph.json_ld_context()


def test_every_row_with_an_iri_has_a_writer_and_a_prefix():
    """
    The property table holds no range that feeds can't write, and no prefix that they can't expand.
    """
    rows = [row for kind in graph.CLASSES for row in properties()[kind].values() if row.iri]

    assert [row.name for row in rows if row.iri.partition(":")[0] not in nodes.PREFIXES] == []
    assert [row.name for row in rows if not graph.range_of(row.range).write] == []
    assert [
        row.name for kind in properties().values() for row in kind.values() if row.iri and row.of not in graph.CLASSES
    ] == []


ODD = {
    "no-title": {"title": {}},
    "one-language": {"title": {"en": "Trees"}, "description": {"en": "All of them."}},
    "html": {"description": {"fr": "<p onclick='x()'>Un <b>mot</b></p><script>alert(1)</script>"}},
    "picture": {"description": {"fr": "![](/carte.png)"}},
    "no-kind": {"publisher": "autre"},
    "nobody": {"publisher": "inconnu"},
    "no-name": {"contact_point": Kind(email="é@exemple.org")},
    "keyword": {"keyword": {"fr": (), "en": ("",)}},
    "theme": {"theme": ("inconnu", "ville")},
    "year": {"issued": "2010", "modified": "2010-05-01T10:00"},
    "open": {"temporal": (PeriodOfTime(end="2010"), PeriodOfTime())},
    "periods": {"temporal": (PeriodOfTime(start="2010", end="2011"), PeriodOfTime(start="2015-02", end="2016-01-01"))},
    "areas": {"spatial": (Location(), Location(name={"fr": "Laval"}), Location(bbox=(170, -20, -170, -10)))},
    "licence": {"license": LicenseDocument(iri="https://é.example/l été", name={"en": "Ours"})},
    "no-licence": {"license": LicenseDocument(code="notspecified")},
    "urls": {
        "page": ("https://a.example/é|à", "https://a.example/é|à"),
        "landing_page": "https://a.example/<x>",
    },
    "bare": {"distribution": (Distribution(id="dataset"), Distribution(id="x", format="dossier papier"))},
    "2024": {"distribution": (Distribution(id="1", download_url="https://a.example/a b", checksum="AB" * 32),)},
}


def test_odd_datasets_are_valid_all_the_same():
    """
    Whatever a publisher left out or wrote strangely, the feed has no violation and holds every dataset.
    """
    catalog = make(*(some(**{"id": id, **fields}) for id, fields in ODD.items()))
    document = jsonld_catalog(catalog)

    assert violations(document) == []
    assert {OURS[f"dataset/{id}#dataset"] for id in ODD} == {*parse(document).subjects(RDF.type, DCAT.Dataset)}


@pytest.mark.parametrize(
    ("id", "statement", "values"),
    [
        ("no-title", DCTERMS.title, [Literal("no-title", lang="fr")]),
        ("one-language", DCTERMS.title, [Literal("Trees", lang="en")]),
        ("html", DCTERMS.description, [Literal("Un mot", lang="fr")]),
        ("picture", DCTERMS.description, [Literal("Titre", lang="fr")]),
        ("nobody", DCTERMS.publisher, []),
        ("nobody", DCAT.contactPoint, []),
        ("keyword", DCAT.keyword, []),
        ("theme", DCAT.theme, [OURS["theme/ville#concept"]]),
        ("year", DCTERMS.issued, [Literal("2010", datatype=XSD.gYear)]),
        ("year", DCTERMS.modified, [Literal("2010-05-01T10:00:00", datatype=XSD.dateTime)]),
        ("licence", DCTERMS.license, [URIRef("https://xn--9ca.example/l%20%C3%A9t%C3%A9")]),
        ("no-licence", DCTERMS.license, []),
        ("urls", FOAF.page, [URIRef("https://a.example/%C3%A9%7C%C3%A0")]),
        ("bare", DCAT.distribution, [OURS["dataset/bare#dataset_"], OURS["dataset/bare#x"]]),
    ],
)
def test_each_oddity_is_published_as_it_should_be(id, statement, values):
    """
    What is missing is filled with what is there or left out, and never invented.
    """
    found, dataset = parse_one(some(**{"id": id, **ODD[id]}))

    assert sorted(found.objects(dataset, statement)) == values


def test_an_unknown_format_is_left_out_and_leads_to_the_page():
    """
    DCAT-AP refuses a dct:format outside the EU's list, and wants an address of every distribution.
    """
    found, _ = parse_one(some(**ODD["bare"]))

    assert sorted(found.predicate_objects(OURS["dataset/a#x"])) == [
        (URIRef("http://schema.org/encodingFormat"), Literal("dossier papier")),
        (RDF.type, DCAT.Distribution),
        (DCAT.accessURL, OURS["dataset/a/"]),
    ]


def test_the_name_of_a_kind_that_several_of_ours_share():
    """
    A ministry and an agency are both the ADMS list's NationalAuthority, which is named as that list has it.
    """
    found, _ = parse_one(FULL)
    kind = URIRef("http://purl.org/adms/publishertype/NationalAuthority")

    assert [*found.objects(kind, SKOS.prefLabel)] == [Literal("National Authority", lang="en")]
    assert [*found.objects(kind, SKOS.inScheme)] == [URIRef("http://purl.org/adms/publishertype/1.0")]


def test_every_term_of_our_vocabularies_is_valid():
    """
    No frequency, access right, language, format, media type, licence or kind that we offer makes a violation.
    """
    licenses = vocabulary("licenses")
    datasets = [
        *(some(id=f"f-{n}", accrual_periodicity=code) for n, code in enumerate(vocabulary("frequencies").terms)),
        *(some(id=f"r-{n}", access_rights=code) for n, code in enumerate(vocabulary("access-rights").terms)),
        some(id="languages", language=tuple(vocabulary("languages").terms)),
        some(
            id="files",
            distribution=(
                *(Distribution(id=f"f-{n}", format=code) for n, code in enumerate(vocabulary("formats").terms)),
                *(Distribution(id=f"m-{n}", media_type=code) for n, code in enumerate(vocabulary("media-types").terms)),
                *(
                    Distribution(id=f"l-{n}", license=LicenseDocument(iri=licenses.iri(code), name=term.title))
                    for n, (code, term) in enumerate(licenses.terms.items())
                ),
            ),
        ),
    ]
    publishers = {
        "ville": Agent(id="ville", name={"fr": "Ville"}),
        **{kind: Agent(id=kind, name={"fr": kind}, kind=kind) for kind in vocabulary("publisher-kinds").terms},
    }
    themes = tuple(
        Concept(id=code.lower(), pref_label=term.title, close_match=code)
        for code, term in vocabulary("data-themes").terms.items()
    )
    datasets += [some(id=f"k-{kind}", publisher=kind) for kind in publishers]
    datasets.append(some(id="themes", theme=tuple(theme.id for theme in themes)))

    document = jsonld_catalog(make(*datasets, publishers=publishers, theme_taxonomy=themes))

    assert violations(document) == []
    assert {EU[f"data-theme/{code}"] for code in vocabulary("data-themes").terms} <= {
        *parse(document).objects(OURS["dataset/themes#dataset"], DCAT.theme)
    }


def test_a_withdrawn_dataset_leaves_a_tombstone():
    """
    A withdrawn dataset is in no catalogue; its own file has its title, the date, the status and the reason.
    """
    gone = some(
        license=CC_BY,
        modified="2020-01-01",
        distribution=(Distribution(id="csv", file="a.csv"),),
        withdrawn=Withdrawal(date="2024-01-01", reason={"fr": "Remplacé."}),
    )

    document = jsonld_dataset(make(gone), "a")
    found = parse(document)
    dataset = OURS["dataset/a#dataset"]

    assert [*parse(jsonld_catalog(make(gone))).objects(None, DCAT.dataset)] == []
    assert violations(document) == []
    assert {(predicate, value) for predicate, value in found.predicate_objects(dataset)} == {
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal("Titre", lang="fr")),
        (DCTERMS.description, Literal("Titre", lang="fr")),
        (DCTERMS.identifier, Literal("a")),
        (DCTERMS.publisher, OURS["publisher/ville#agent"]),
        (DCAT.contactPoint, OURS["publisher/ville#contactPoint"]),
        (DCAT.landingPage, OURS["dataset/a/"]),
        (DCTERMS.modified, Literal("2024-01-01", datatype=XSD.date)),
        (ADMS.status, EU["dataset-status/WITHDRAWN"]),
        (SKOS.changeNote, Literal("Remplacé.", lang="fr")),
    }


def test_the_catalogue_is_as_new_as_its_latest_change():
    """
    The catalogue's date comes from the data: the latest dataset's, or the day of a withdrawal.
    """
    datasets = [some(id="a", modified="2020-05-01"), some(id="b", issued="2019")]
    gone = some(id="c", modified="2018", withdrawn=Withdrawal(date="2024-01-01"))

    assert [
        jsonld_catalog(make(*listed))["@graph"][0].get("dct:modified", {}).get("@value")
        for listed in ([], datasets, [*datasets, gone])
    ] == [None, "2020-05-01", "2024-01-01"]


def test_a_circle_of_parents_ends():
    """
    Two publishers that are each other's parent are described once each.
    """
    publishers = {
        "ville": Agent(id="ville", name={"fr": "Ville"}, parent="mrc"),
        "mrc": Agent(id="mrc", name={"fr": "MRC"}, parent="ville"),
    }

    nodes = jsonld_dataset(make(some(), publishers=publishers), "a")["@graph"][1:]

    assert [(node["@id"], node["org:subOrganizationOf"]) for node in nodes] == [
        (f"{BASE}publisher/ville#agent", f"{BASE}publisher/mrc#agent"),
        (f"{BASE}publisher/mrc#agent", f"{BASE}publisher/ville#agent"),
    ]
