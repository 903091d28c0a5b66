"""Keys of CKAN's extensions and of DKAN: each arrives, or is named with the reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.authoring.report import Report
from generator.importers.ckan import import_ckan
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from tests.importers.keys import unnamed

HARBOUR = {
    "id": "5f7f0a52-9b7e-4d6e-8a0e-3f2a60d0a001",
    "name": "berths",
    "title_translated": {"en": "Berths", "ca": "Amarratges"},
    "title": "Berths",
    "notes_translated": {"en": "The berths of the harbour.", "ca": "Els amarratges del port."},
    "metadata_created": "2024-01-01T00:00:00",
    "metadata_modified": "2024-02-02T00:00:00",
    "tags_translated": {"en": ["boat"], "ca": ["barca"]},
    "tags": [{"name": "boat"}],
    "issued": "2011-03-04",
    "modified": "2016-05-06",
    "identifier": "HB-9",
    "frequency": "http://publications.europa.eu/resource/authority/frequency/WEEKLY",
    "theme": ["http://publications.europa.eu/resource/authority/data-theme/TRAN"],
    "documentation": ["https://harbour.example/guide"],
    "conforms_to": '["https://harbour.example/norm"]',
    "provenance": "Counted at low tide.",
    "version_notes": "Pier two added.",
    "contact": [
        {"name": "Harbour desk", "email": "desk@harbour.example", "identifier": "https://harbour.example/desk"}
    ],
    "publisher": [{"name": "Port works", "type": "http://purl.org/adms/publishertype/LocalAuthority", "rank": 3}],
    "organization": {"name": "port", "title": "The port", "approval_status": "approved", "id": "o-1"},
    "temporal_coverage": [{"start": "2001", "end": "2002"}, {"start": "2008", "end": "2009"}],
    "spatial_coverage": [{"text": "Old harbour", "centroid": {"type": "Point", "coordinates": [2.1, 41.3]}}],
    "groups": [{"name": "sea", "title": "Sea", "image_display_url": "https://harbour.example/sea.png"}],
    "tracking_summary": {"total": 4, "recent": 1},
    "berth_depth": {"unit": "m", "least": [2, 3]},
    "resources": [
        {
            "id": "r1",
            "name": "Berths",
            "url": "https://harbour.example/berths.csv",
            "license": "http://creativecommons.org/licenses/by/4.0/",
            "hash": "sha1:abc",
            "issued": "2011-03-05",
            "created": "2024-01-01",
            "availability": "STABLE",
        }
    ],
}


def brought(folder: Path, content: Any) -> tuple[Report, Path]:
    (folder / "source.json").write_text(json.dumps(content))
    return import_ckan(str(folder / "source.json"), folder / "portal"), folder / "portal"


def test_fields_of_ckanext_dcat_arrive(tmp_path):
    """
    What ckanext-dcat and fluent add to a package is written under our keys; the dataset's own dates win.
    """
    _, portal = brought(tmp_path, HARBOUR)

    assert (
        (portal / "datasets/berths.yaml").read_text()
        == """\
title: {en: Berths, ca: Amarratges}
description: {en: The berths of the harbour., ca: Els amarratges del port.}
publisher: port-works
contactPoint: {name: Harbour desk, email: desk@harbour.example, url: https://harbour.example/desk}
theme: [sea, transport]
keyword: {en: [boat], ca: [barca]}
accrualPeriodicity: weekly
issued: 2011-03-04
modified: 2016-05-06
spatial: {bbox: [2.1, 41.3, 2.1, 41.3], name: Old harbour}
temporal:
  - start: 2001
    end: 2002
  - start: 2008
    end: 2009
page: [https://harbour.example/guide]
conformsTo: [https://harbour.example/norm]
identifier: HB-9
versionNotes: Pier two added.
provenance: Counted at low tide.
distribution:
  - id: r1
    title: Berths
    downloadURL: https://harbour.example/berths.csv
    license: cc-by-4.0
    issued: 2011-03-05
"""
    )
    assert (portal / "datasets/publishers/port-works.yaml").read_text() == "name: Port works\nkind: municipality\n"
    assert "languages: [en, ca]" in (portal / "portal.yaml").read_text()


def test_every_key_is_mapped_or_named_with_its_reason(tmp_path):
    """
    However deep a key lies, it was taken or the report names it, with what it said.
    """
    report, portal = brought(tmp_path, HARBOUR)

    assert unnamed([HARBOUR], report) == []
    assert [event for event in report.events if event.code in ("left-out.field", "left-out.unusable")] == [
        ("left-out.field", "berths", "publisher.rank"),
        ("left-out.unusable", "berths", "resources.hash"),
        ("left-out.field", "berths", "resources.availability"),
        ("left-out.field", "berths", "berth_depth.unit"),
        ("left-out.field", "berths", "berth_depth.least"),
        ("left-out.field", "berths", "berth_depth.least"),
    ]
    assert "- key without counterpart: `berth_depth.unit` — `m`" in (portal / "import-details.md").read_text()


def test_states_are_read_in_any_case_and_only_public_records_come(tmp_path):
    """
    DKAN's Active is active; drafts, deleted and private records are told and never written.
    """
    packages = [
        {"name": f"p{number}", "title": "P", "state": state} for number, state in enumerate(("Active", "Draft"))
    ]
    packages += [{"name": "p2", "title": "P", "private": "True"}, {"name": "p3", "title": "P", "state": "DELETED"}]

    report, portal = brought(tmp_path, packages)

    assert sorted(file.name for file in (portal / "datasets").glob("p*.yaml")) == ["p0.yaml"]
    assert [event for event in report.events if event.code == "left-out.dataset-state"] == [
        ("left-out.dataset-state", "p1", "draft"),
        ("left-out.dataset-state", "p2", "private"),
        ("left-out.dataset-state", "p3", "deleted"),
    ]


def test_dkan_writes_dates_and_sizes_in_its_own_words(tmp_path):
    """
    A weekday before a date and a unit after a size are no reason to lose them; the day comes first where others say so.
    """
    package = {
        "name": "quais",
        "title": "Quais",
        "metadata_created": "lun, 03/02/2020 - 09:23",
        "license_title": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "resources": [
            {
                "id": "a",
                "url": "https://port.example/a.csv",
                "size": "42 octets",
                "state": "Active",
                "last_modified": "Date changed  jeu, 19/12/2019 - 03:00",
            }
        ],
    }

    _, portal = brought(tmp_path, {"success": True, "result": [package]})
    text = (portal / "datasets/quais.yaml").read_text()

    assert [line for line in text.splitlines() if "issued" in line or "modified" in line or "byteSize" in line] == [
        "issued: 2020-02-03",
        "    modified: 2019-12-19",
        "    byteSize: 42",
    ]
    assert "license:" in text


@pytest.mark.parametrize("name", ["dataset", "publisher", "catalog", "group"])
def test_organization_of_any_name_hides_no_publisher(tmp_path, name):
    """
    Names that the portal's folders keep for themselves are no trouble for an organization.
    """
    packages = [
        {"name": "a", "title": "A", "organization": {"name": name, "title": "One"}},
        {"name": "b", "title": "B", "organization": {"name": "other", "title": "Two"}},
    ]

    _, portal = brought(tmp_path, packages)

    catalog, diagnostics = structure_catalog(read_source(portal))
    assert [item for item in diagnostics if item.is_error] == []
    assert sorted(agent.name["en"] for agent in catalog.publishers.values()) == ["One", "Two"]


def test_codes_of_american_agencies_arrive(tmp_path):
    """
    A harvested federal catalogue has bureau and program codes as extras, lists in a text; what is no code is told.
    """
    extras = [{"key": "bureauCode", "value": '["015:11"]'}, {"key": "programCode", "value": '["015:001", "soon"]'}]
    package = {"name": "berths", "title": "Berths", "extras": extras}
    (tmp_path / "package_search.json").write_text(json.dumps({"result": {"count": 1, "results": [package]}}))

    report = import_ckan(str(tmp_path / "package_search.json"), tmp_path / "portal")

    catalog, _ = structure_catalog(read_source(tmp_path / "portal"))
    dataset = catalog.datasets["berths"]
    assert (dataset.bureau_code, dataset.program_code) == (("015:11",), ("015:001",))
    assert [event for event in report.events if event.code == "left-out.code"] == [
        ("left-out.code", "berths", "programCode soon")
    ]
