"""Frictionless data packages become datasets, with the files that lie beside them."""

import json
from pathlib import Path

import pytest

from generator.authoring.report import SourceError
from generator.build.pipeline import read_portal
from generator.importers.datapackage import import_datapackage

TIDES = {
    "name": "tides",
    "title": "Tides of the old harbour",
    "description": "The tides, an hour a line.",
    "homepage": "https://harbour.example/tides",
    "version": "1.2",
    "created": "2021-02-03T04:05:06Z",
    "keywords": ["tide", "sea"],
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}, {"name": "ODbL-1.0"}],
    "contributors": [
        {"title": "Harbour office", "role": "publisher", "path": "https://harbour.example/"},
        {"title": "Ada", "role": "author", "email": "ada@harbour.example"},
        {"title": "Bo", "role": "wrangler"},
    ],
    "sources": [{"title": "Gauge", "path": "https://gauge.example/"}],
    "resources": [
        {
            "name": "hours",
            "path": "data/hours.csv",
            "mediatype": "text/csv",
            "schema": {
                "fields": [{"name": "at", "type": "datetime"}, {"name": "level", "type": "number", "title": "Level"}],
                "primaryKey": "at",
            },
        },
        {"name": "map", "title": "Map", "path": "https://harbour.example/map.geojson", "format": "geojson"},
        {"name": "secret", "path": "../../secret.csv"},
    ],
}


def write(folder: Path) -> Path:
    (folder / "tides/data").mkdir(parents=True)
    (folder / "tides/datapackage.json").write_text(json.dumps(TIDES))
    (folder / "tides/data/hours.csv").write_text("at,level\n2021-01-01T00:00:00,1.5\n")
    (folder.parent / "secret.csv").write_text("a\n1\n")
    return folder


def test_package_becomes_a_dataset_with_its_files(tmp_path):
    """
    What a descriptor says is written under our keys; its file comes along, one that leads out of its folder does not.
    """
    report = import_datapackage(str(write(tmp_path / "source")), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/tides/dataset.yaml").read_text()
        == """\
title: Tides of the old harbour
description: "The tides, an hour a line."
publisher: harbour-office
contactPoint: {name: Ada, email: ada@harbour.example}
keyword: [tide, sea]
license: cc-by-4.0
issued: 2021-02-03
landingPage: https://harbour.example/tides
version: "1.2"
distribution:
  - id: hours
    title: hours
    file: hours.csv
    mediaType: text/csv
    columns:
      - name: at
        type: datetime
      - name: level
        title: Level
        type: number
  - id: map
    title: Map
    downloadURL: https://harbour.example/map.geojson
    format: GeoJSON
"""
    )
    assert (tmp_path / "p/datasets/tides/hours.csv").read_text() == "at,level\n2021-01-01T00:00:00,1.5\n"
    named = {event.value for event in report.events}
    assert {"sources.title", "sources.path", "contributors.title", "licenses.name", "../../secret.csv"} <= named
    assert [str(item.place) for item in read_portal(tmp_path / "p").diagnostics if item.is_error] == []


def test_second_import_changes_no_byte(tmp_path):
    """
    The same packages again find nothing to do, the files included.
    """
    source, into = write(tmp_path / "source"), tmp_path / "p"
    import_datapackage(str(source), into)
    first = {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}

    import_datapackage(str(source), into)

    assert first == {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}


@pytest.mark.parametrize(("text", "code"), [("{", "not-json"), ('{"name": "x"}', "no-package"), (None, "no-package")])
def test_what_is_no_package_is_said(tmp_path, text, code):
    """
    A folder without a descriptor, or one without resources, is refused in one sentence, and nothing is written.
    """
    (tmp_path / "s").mkdir()
    if text is not None:
        (tmp_path / "s/datapackage.json").write_text(text)

    with pytest.raises(SourceError) as error:
        import_datapackage(str(tmp_path / "s"), tmp_path / "p")

    assert error.value.code == code
    assert not (tmp_path / "p").exists()
