"""What foreign DCAT says is taken as said: nothing invented, nothing published that is not for the public."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.authoring.report import Report, SourceError
from generator.build.pipeline import read_portal
from generator.importers.dcat import import_dcat
from tests.host import serving

PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def taken(folder: Path, text: str, name: str = "catalog.ttl") -> tuple[Path, Report]:
    file = folder / name
    file.write_text(PREFIXES + text if name.endswith(".ttl") else text, encoding="utf-8")
    return folder / "p", import_dcat(str(file), folder / "p")


def read(portal: Path, path: str) -> Any:
    return yaml.safe_load((portal / path).read_text(encoding="utf-8"))


def told(report: Report, *codes: str) -> list[tuple[str, str, str]]:
    return [tuple(event) for event in report.events if event.code in codes]


def errors(portal: Path) -> list[str]:
    return [str(item) for item in read_portal(portal).diagnostics if item.is_error]


def test_theme_of_another_portal_stays_its_own(tmp_path):
    """
    A theme keeps its name and address; one that nothing describes is called by its address's end, or told; the EU's is
    the EU's, under either scheme; what a theme could match is only proposed.
    """
    portal, report = taken(
        tmp_path,
        """\
<https://a.org/d/x> a dcat:Dataset ; dct:title "Docks"@en ; dct:publisher [ foaf:name "Port"@en ] ;
  dcat:theme <https://a.org/t/Sea-Ice>, <https://a.org/t/h>,
    <https://publications.europa.eu/resource/authority/data-theme/TRAN>,
    <https://a.org/t/0b7cf3a2-6f3c-4a51-8c11-55ad7aa1c001> .
<https://a.org/t/h> a skos:Concept ; skos:prefLabel "Health"@en .
""",
    )

    assert read(portal, "datasets/x.yaml")["theme"] == ["sea-ice", "health", "transport"]
    assert read(portal, "datasets/catalog.yaml")["themeTaxonomy"] == [
        {"id": "transport", "prefLabel": {"en": "Transport"}, "closeMatch": "TRAN"},
        {"id": "health", "prefLabel": {"en": "Health"}, "exactMatch": "https://a.org/t/h"},
        {"id": "sea-ice", "prefLabel": {"en": "Sea Ice"}, "exactMatch": "https://a.org/t/Sea-Ice"},
    ]
    assert told(report, "guessed.theme", "guessed.theme-name", "left-out.theme") == [
        ("guessed.theme-name", "x", "https://a.org/t/Sea-Ice → Sea Ice"),
        ("guessed.theme", "x", "Health → HEAL (Health)"),
        ("left-out.theme", "x", "https://a.org/t/0b7cf3a2-6f3c-4a51-8c11-55ad7aa1c001"),
    ]
    assert errors(portal) == []


def test_what_says_more_than_a_key_takes_is_told(tmp_path):
    """
    A second creator, a state, words for rights, a standard's title, a version beside a version: each is named.
    """
    _, report = taken(
        tmp_path,
        """\
<https://a.org/d/x> a dcat:Dataset ; dct:title "Docks"@en ; dct:publisher [ foaf:name "Port"@en ] ;
  dct:creator [ foaf:name "Survey office"@en ] ; adms:status <http://purl.org/adms/status/Deprecated> ;
  dct:accessRights [ rdfs:label "Ask the desk"@en ] ; dct:conformsTo [ dct:title "EPSG:32198"@en ] ;
  dcat:contactPoint [ vcard:fn "Desk" ; vcard:organization-name "Charts" ] ;
  dcat:version "3" ; owl:versionInfo "2.9" ; foaf:page [ dct:title "Manual"@en ] ;
  dcat:distribution [ dcat:accessURL <https://a.org/x> ; adms:status <http://purl.org/adms/status/Withdrawn> ] .
""",
    )

    assert sorted(told(report, "left-out.more", "left-out.unused", "left-out.status", "left-out.access-rights")) == [
        ("left-out.access-rights", "x", "Ask the desk"),
        ("left-out.more", "x", "dct:creator Survey office"),
        ("left-out.more", "x", "owl:versionInfo 2.9"),
        ("left-out.more", "x", "vcard:organization-name Charts"),
        ("left-out.status", "x", "Distribution.adms:status Withdrawn"),
        ("left-out.status", "x", "adms:status Deprecated"),
        ("left-out.unused", "x", "dct:conformsTo EPSG:32198"),
        ("left-out.unused", "x", "foaf:page Manual"),
    ]


EMPTIES = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
 <dcat:Dataset rdf:about="https://a.org/d/x"><dct:title xml:lang="en">Docks</dct:title>
  <dct:publisher><foaf:Agent><foaf:name>Port</foaf:name><foaf:homepage rdf:resource=""/></foaf:Agent></dct:publisher>
  <dct:license rdf:resource=""/><dcat:landingPage rdf:resource=""/><dcat:theme rdf:resource=""/>
  <foaf:page rdf:resource="manual.pdf"/>
  <dcat:distribution><dcat:Distribution><dcat:accessURL rdf:resource="https://a.org/x.csv"/>
  <dct:license rdf:resource=""/></dcat:Distribution></dcat:distribution></dcat:Dataset></rdf:RDF>
"""


def test_empty_reference_says_nothing(tmp_path):
    """
    Over the web as from a file: an empty reference is no licence and no page, and a relative one is what it is beside.
    """
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "c.rdf").write_text(EMPTIES)
    with serving(tmp_path / "feed") as base:
        import_dcat(f"{base}c.rdf", tmp_path / "web")
        address = base
    report = import_dcat(str(tmp_path / "feed" / "c.rdf"), tmp_path / "file")

    over_web, from_file = (read(tmp_path / name, "datasets/x.yaml") for name in ("web", "file"))

    assert over_web.pop("page") == [f"{address}manual.pdf"]
    assert over_web == from_file
    assert from_file.keys() == {"title", "publisher", "identifier", "distribution"}
    assert told(report, "left-out.relative-url") == [("left-out.relative-url", "x", "manual.pdf")]
    assert all(f"{address}c.rdf" not in file.read_text() for file in (tmp_path / "web/datasets").rglob("*.yaml"))


def test_lookalike_is_not_ours(tmp_path):
    """
    A foreign `…/dataset/x#dataset` is read as any other: HTML is Markdown, nothing is withdrawn on an invented date.
    """
    portal, _ = taken(
        tmp_path,
        """\
<https://a.org/dataset/x#dataset> a dcat:Dataset ; dct:title "Kais"@de ; dct:description "<p>Die <b>Kais</b>.</p>"@de ;
  adms:status <http://publications.europa.eu/resource/authority/dataset-status/WITHDRAWN> ; dct:modified "2019-01-01" ;
  dct:publisher [ foaf:name "Hafen"@de ] ;
  dcat:distribution [ dcat:accessURL <https://a.org/k.csv> ;
    dct:license <http://dcat-ap.de/def/licenses/dl-zero-de/2.0> ] .
""",
    )

    dataset = read(portal, "datasets/x.yaml")

    assert (dataset["description"], dataset["license"]) == ("Die **Kais**.", "dl-de-zero-2.0")
    assert "withdrawn" not in dataset


def test_top_catalogue_names_the_portal(tmp_path):
    """
    Of several catalogues the one that holds the others is the portal's; the others are told, their datasets brought in.
    """
    portal, report = taken(
        tmp_path,
        """\
<https://r.org/#c> a dcat:Catalog ; dct:title "Region"@en ; dct:publisher <https://r.org/o> ;
  dcat:catalog <https://t.org/#c> .
<https://t.org/#c> a dcat:Catalog ; dct:title "Town"@en ; dct:publisher <https://t.org/o> ;
  dcat:dataset <https://t.org/d/wells>, <https://t.org/d/lanes> .
<https://r.org/o> foaf:name "Region office"@en . <https://t.org/o> foaf:name "Town hall"@en .
<https://t.org/d/wells> a dcat:Dataset ; dct:title "Wells"@en .
<https://t.org/d/lanes> a dcat:Dataset ; dct:title "Lanes"@en .
""",
    )

    assert read(portal, "datasets/catalog.yaml")["title"] == "Region"
    assert read(portal, "datasets/wells.yaml")["publisher"] == "town-hall"
    assert told(report, "left-out.catalog", "kept.catalog") == [("kept.catalog", "", "Town")]


def test_identifiers_are_unique_and_can_be_read(tmp_path):
    """
    As much of an address as tells datasets apart names them; no digest, no number, no escape; the same at a second run.
    """
    text = "".join(
        f'<{address}> a dcat:Dataset ; dct:title "T {number}"@en ; dct:publisher [ foaf:name "Port"@en ] .\n'
        for number, address in enumerate(
            ("https://a.org/d/wells", "https://b.org/d/wells", "https://a.org/d/7/this", "https://a.org/d/8/this")
        )
    )
    text += '<https://a.org/d/%E2%80%93> a dcat:Dataset ; dct:title "Quays – north"@en .'
    portal, _ = taken(tmp_path, text)
    names = sorted(file.name for file in (portal / "datasets").glob("*.yaml"))

    import_dcat(str(tmp_path / "catalog.ttl"), portal)

    assert names == ["7.yaml", "8.yaml", "a-org-wells.yaml", "b-org-wells.yaml", "catalog.yaml", "d.yaml"]
    assert names == sorted(file.name for file in (portal / "datasets").glob("*.yaml"))


def test_distributions_of_one_ending_stay_apart(tmp_path):
    """
    An ending that several distributions share names none of them.
    """
    portal, _ = taken(
        tmp_path,
        """\
<https://a.org/d/x> a dcat:Dataset ; dct:title "Docks"@en ; dct:publisher [ foaf:name "Port"@en ] ;
  dcat:distribution <https://a.org/resource/1#file>, <https://a.org/resource/2#file> .
<https://a.org/resource/1#file> dct:title "2023"@en ; dcat:accessURL <https://a.org/1.csv> .
<https://a.org/resource/2#file> dct:title "2024"@en ; dcat:accessURL <https://a.org/2.csv> .
""",
    )

    assert [item["id"] for item in read(portal, "datasets/x.yaml")["distribution"]] == ["2023", "2024"]


def test_dates_are_the_datasets_own_else_the_records(tmp_path):
    """
    What a dataset does not say of its dates, the catalogue's record of it may.
    """
    portal, _ = taken(
        tmp_path,
        """\
<https://a.org/d/x> a dcat:Dataset ; dct:title "Docks"@en ; dct:issued "2020-01-02" .
<https://a.org/r/x> a dcat:CatalogRecord ; foaf:primaryTopic <https://a.org/d/x> ;
  dct:issued "2021-03-04" ; dct:modified "2022-05-06" .
""",
    )

    dataset = read(portal, "datasets/x.yaml")

    assert (str(dataset["issued"]), str(dataset["modified"])) == ("2020-01-02", "2022-05-06")


def test_odd_publishers_are_told_and_harmless(tmp_path):
    """
    A publisher that is its own parent, one without a name, and a record that says nothing stop no build.
    """
    portal, report = taken(
        tmp_path,
        """\
<https://a.org/d/x> a dcat:Dataset ; dct:title "Docks"@en ; dct:publisher <https://a.org/o/1> .
<https://a.org/d/y> a dcat:Dataset ; dct:title "Quays"@en ; dct:publisher <https://a.org/o/2> .
<https://a.org/o/1> foaf:name "Port"@en ; org:subOrganizationOf <https://a.org/o/3> .
<https://a.org/o/3> foaf:name "Region"@en ; org:subOrganizationOf <https://a.org/o/1> .
<https://a.org/o/2> a foaf:Agent ; foaf:homepage <https://a.org/> .
[] a dcat:Dataset .
""",
    )

    assert told(report, "left-out.own-parent", "left-out.nameless", "left-out.circle") != []
    assert errors(portal) == []


def pod(*records: Any) -> str:
    schema = "https://project-open-data.cio.gov/v1.1/schema"
    return json.dumps({"conformsTo": schema, "dataset": list(records)})


def record(**more: Any) -> dict[str, Any]:
    return {"identifier": "x", "title": "Docks of the port", "publisher": {"name": "Port"}, **more}


@pytest.mark.parametrize(
    "state", [{"private": True}, {"state": "Draft"}, {"published": "false"}, {"status": "DELETED"}]
)
def test_unpublished_record_is_not_published(state, tmp_path):
    """
    A draft or private record is told, and in no file.
    """
    portal, report = taken(tmp_path, pod(record(), record(identifier="y", title="Secret", **state)), "data.json")

    assert [event.subject for event in report.events if event.code == "left-out.dataset-state"] == ["y"]
    assert not (portal / "datasets/y.yaml").exists()


def nested(depth: int) -> Any:
    value: Any = "a"
    for _ in range(depth):
        value = {"a": [value]}
    return value


@pytest.mark.parametrize(
    "bad",
    [
        "text", 7, None, [], {},
        record(identifier="bad", title=None),
        record(identifier="bad", deep=nested(100)),
        record(identifier="http://[", landingPage="http://[", distribution=["http://["]),
        record(identifier="bad\x00\x02", title="\x02\x0e", description="a\x0fb", keyword=["\x00"]),
        record(identifier="bad", **{"@context": {"title": None}, "@id": "::", "@graph": [1]}),
        record(identifier={"a": 1}, title=["Docks", ["Quays"]], publisher=[{"name": "Port"}, {"name": "Town"}]),
        record(identifier="bad", distribution={"downloadURL": ["https://a.org/x.csv"], "title": 3}),
        record(identifier="bad", spatial=[[[]]], temporal={"a": 1}, modified=[2020], keyword={"a": "b"}, license=[[]]),
    ],
)  # fmt: skip
def test_bad_record_takes_no_other_with_it(bad, tmp_path):
    """
    Whatever stands in one record, the others arrive, and the portal is sound.
    """
    portal, _ = taken(tmp_path, pod(record(), bad, record(identifier="z", title="Quays")), "data.json")

    assert {"x.yaml", "z.yaml"} <= {file.name for file in (portal / "datasets").iterdir()}
    assert errors(portal) == []


@pytest.mark.parametrize("bad", [{"@id": 5}, {"@id": "a", "@type": [["b"]]}, {"@id": "a", "b": nested(100)}])
def test_bad_node_takes_no_other_with_it(bad, tmp_path):
    """
    In JSON-LD too, a node that can't be read is left out alone, and told.
    """
    context = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
    nodes = [{"@id": f"https://a.org/d/{id}", "@type": "dcat:Dataset", "dct:title": "Docks"} for id in ("x", "z")]
    portal, report = taken(tmp_path, json.dumps({"@context": context, "@graph": [nodes[0], bad, nodes[1]]}), "c.jsonld")

    assert {"x.yaml", "z.yaml"} <= {file.name for file in (portal / "datasets").iterdir()}
    assert len(told(report, "left-out.bad-record")) == 1


def test_project_open_data_of_1_0(tmp_path):
    """
    The first version's file, contact and dictionary, which stood beside each other, arrive where they belong.
    """
    old = record(
        accessURL="https://a.org/x.csv", format="text/csv", person="Desk", mbox="desk@a.org",
        dataDictionary="https://a.org/dict.html", webService="https://a.org/api", keyword="docks, quays",
        accessLevel="public", bureauCode=["015:11", "A-11"], dataQuality=True, rights="Cite the port.",
    )  # fmt: skip
    portal, report = taken(tmp_path, json.dumps([old]), "data.json")

    dataset = read(portal, "datasets/x.yaml")

    assert dataset["contactPoint"] == {"name": "Desk", "email": "desk@a.org"}
    assert dataset["page"] == ["https://a.org/dict.html"]
    assert dataset["bureauCode"] == ["015:11"]
    assert told(report, "left-out.code") == [("left-out.code", "x", "bureauCode A-11")]
    assert [item.get("downloadURL") or item.get("accessURL") for item in dataset["distribution"]] == [
        "https://a.org/x.csv",
        "https://a.org/api",
    ]
    assert told(report, "kept.words") == [
        ("kept.words", "x", "pod:dataQuality true"),
        ("kept.words", "x", "dct:rights Cite the port."),
    ]


def test_untagged_english_is_english(tmp_path):
    """
    A feed without tags whose texts are in English makes a portal in English alone.
    """
    portal, _ = taken(
        tmp_path, pod(record(description="All of the docks that are in the port.", language=["en-US"])), "data.json"
    )

    assert (read(portal, "portal.yaml")["languages"], read(portal, "datasets/catalog.yaml")["language"]) == (
        ["en"],
        ["en"],
    )


def test_declared_encoding_is_read(tmp_path):
    """
    XML in the encoding that it declares is read as it is written.
    """
    text = EMPTIES.replace("Docks", "Été").replace(
        "<rdf:RDF", '<?xml version="1.0" encoding="windows-1252"?>\n<rdf:RDF', 1
    )
    (tmp_path / "c.rdf").write_bytes(text.encode("windows-1252"))

    import_dcat(str(tmp_path / "c.rdf"), tmp_path / "p")

    assert read(tmp_path / "p", "datasets/x.yaml")["title"] == "Été"


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        (EMPTIES.replace(">Docks<", ">The <b>docks</b> of<"), "not-rdf", "3: "),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\n" + "<rdf:li>" * 100_000, "too-deep", "2"),
    ],
)
def test_markup_that_is_no_catalogue_is_placed(body, code, place, tmp_path):
    """
    HTML among RDF's elements is told with its line; what nests without end is refused before it is taken in.
    """
    (tmp_path / "c.rdf").write_text(body)
    with pytest.raises(SourceError) as refused:
        import_dcat(str(tmp_path / "c.rdf"), tmp_path / "p")

    assert refused.value.code == code
    assert (refused.value.values.get("line") or refused.value.values["problem"]).startswith(place)
    assert not (tmp_path / "p").exists()


def test_key_in_the_address_is_written_nowhere(tmp_path):
    """
    A password and a key in the source's address are in no file, not even where the feed repeats them.
    """
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "c.rdf").write_text(EMPTIES.replace("manual.pdf", "https://a.org/m?key=opensesame"))
    with serving(tmp_path / "feed") as base:
        address = base.replace("http://", "http://me:tr0ub4dor@") + "c.rdf?key=opensesame"
        import_dcat(address, tmp_path / "p")

    written = b"".join(file.read_bytes() for file in sorted((tmp_path / "p").rglob("*")) if file.is_file())

    assert [word for word in (b"tr0ub4dor", b"opensesame") if word in written] == []


NAMED = {
    "CC-BY-4.0": "cc-by-4.0",
    "Published under Creative Commons Attribution 4.0 International": "cc-by-4.0",
    "https://creativecommons.org/licenses/by/4.0/deed.en": "cc-by-4.0",
    "{title}": {"title": "CC BY 4.0"},
    "{prefLabel}": {"prefLabel": "Creative Commons Zero v1.0 Universal"},
    "{label}": {"label": "CC BY 4.0"},
    "{identifier}": {"identifier": "CC-BY-4.0"},
    "{licenseText}": {"licenseText": "Everything is under CC BY 4.0, of all of us."},
    "{@id, title}": {"@id": "https://a.gov/terms", "title": "ODbL 1.0"},
}
CODES = {"{prefLabel}": "cc0-1.0", "{@id, title}": "odbl-1.0"}


@pytest.mark.parametrize("written", NAMED)
def test_licence_of_dcat_us_3_is_known_by_its_name(written, tmp_path):
    """
    A licence of a DCAT-US 3 record is matched by its name as in every other source: a text, or a document with a name.
    """
    said = NAMED[written] if written.startswith("{") else written
    license_ = said if isinstance(said, str) else {"@type": "LicenseDocument", **said}
    item = {"@id": "https://a.gov/d/x", "@type": "Dataset", "title": "Docks", "license": license_, "distribution": []}
    feed = {"@context": "https://resources.data.gov/dcat-us/3.0/context.jsonld", "@type": "Catalog", "dataset": [item]}

    portal, report = taken(tmp_path, json.dumps(feed), "data.json")

    assert read(portal, "datasets/x.yaml")["license"] == CODES.get(written, "cc-by-4.0")
    assert told(report, "left-out.field", "left-out.undescribed") == []
