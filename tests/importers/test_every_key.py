"""Every key of every record of the real catalogues arrives, or is named in the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.authoring.report import Report
from generator.build.pipeline import read_portal
from generator.importers.ckan import import_ckan
from generator.importers.jkan import import_jkan
from generator.importers.jkan.records import is_draft, map_of, read_records, read_yaml
from tests.catalogues import FOLDER
from tests.importers.keys import unnamed

REAL = FOLDER.parent / "real" / "jkan"
JKANS = [FOLDER / "estonia-jkan", FOLDER / "jkan-upstream", REAL / "libraries", REAL / "geocat", REAL / "datahub"]
COLLECTIONS = {"_datasets": "", "_organizations": "_organizations.", "_applications": "_applications."}
CKAN = FOLDER / "montreal-ckan" / "package_search.json"

needed = pytest.mark.skipif(
    not (FOLDER.is_dir() and REAL.is_dir()),
    reason=f"the real catalogues are not part of the project: {REAL} does not exist",
)


def jkan_keys(source: Path, report: Report) -> list[str]:
    """The keys of a JKAN portal that its report does not name."""
    config = map_of(read_yaml(source, "_config.yml"))
    missing = unnamed([config], report, "_config.")
    for folder, prefix in (*COLLECTIONS.items(), ("_dataset_categories", "_dataset_categories.")):
        records = [record.values for record in read_records(source, folder, Report())]
        missing += unnamed([values for values in records if not is_draft(values)], report, prefix)
    return missing


@needed
@pytest.mark.parametrize("source", JKANS, ids=lambda source: source.name)
def test_every_key_of_a_jkan_is_named(source, tmp_path):
    """
    Records, organizations, categories, configuration: no key says something in silence; what is written has no error.
    """
    report = import_jkan(source, tmp_path / "portal")

    assert jkan_keys(source, report) == []
    assert [str(item.place) for item in read_portal(tmp_path / "portal").diagnostics if item.is_error] == []


@needed
def test_every_key_of_a_ckan_is_named(tmp_path):
    """
    Packages, resources, groups, tags and organizations: no key says something in silence; what is written has no error.
    """
    report = import_ckan(str(CKAN), tmp_path / "portal")
    packages = json.loads(CKAN.read_text())["result"]["results"]

    assert unnamed(packages, report) == []
    assert [str(item.place) for item in read_portal(tmp_path / "portal").diagnostics if item.is_error] == []
