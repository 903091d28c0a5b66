"""The real catalogues, whole: nothing is lost without a word, and what is written is sound."""

import time
from pathlib import Path

import pytest

from generator.authoring.report import Report
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from tests.catalogues import IMPORTS, needed

pytestmark = needed


@pytest.fixture(scope="module", params=IMPORTS)
def imported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Report, float]:
    into = tmp_path_factory.mktemp(request.param)
    start = time.process_time()
    report = IMPORTS[request.param](into)
    return request.param, into, report, time.process_time() - start


def test_every_record_is_a_dataset(imported):
    """
    Datasets and distributions are as many as the source has, less those that the report names.
    """
    name, into, report, _ = imported
    catalog, diagnostics = structure_catalog(read_source(into))

    assert [str(item.place) for item in diagnostics if item.is_error] == []
    assert (
        {"montreal-ckan": 390, "estonia-jkan": 788, "jkan-upstream": 2}[name]
        == len(catalog.datasets)
        == report.objects["dataset"]
    )
    resources = {"montreal-ckan": 2555, "estonia-jkan": 3704, "jkan-upstream": 6}[name]
    left_out = ("left-out.no-url", "left-out.relative-url", "left-out.bad-url")
    assert resources == report.objects["distribution"] + sum(report.totals().get(code, 0) for code in left_out)
    assert report.objects["distribution"] == sum(len(item.distribution) for item in catalog.datasets.values())


def test_known_difficulties_are_told(imported):
    """
    What is known to hurt in each catalogue is in its report.
    """
    name, _, report, _ = imported
    known = {
        "montreal-ckan": {"left-out.no-url": 4, "links.rewritten": 164},
        "estonia-jkan": {
            "guessed.front-matter": 1,
            "guessed.new-theme": 12,
            "kept.issued-after-modified": 35,
            "left-out.file": 1,
            "left-out.license OTHER": 168,
            "left-out.relative-url": 8,
        },
        "jkan-upstream": {"left-out.appearance": 39},
    }[name]

    totals = report.totals()

    assert known == {code: totals.get(code, 0) for code in known}
    if name == "estonia-jkan":
        assert report.fields["file name", "identifier"] == 112


def test_second_import_changes_no_byte(imported):
    """
    The same source again finds nothing to do.
    """
    name, into, _, _ = imported
    first = {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}

    IMPORTS[name](into)

    assert first == {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}


def test_comments_and_added_keys_survive(imported):
    """
    A publisher's comments, key and corrected value stay at the next import, which tells of the value.
    """
    name, into, _, _ = imported
    file = min(file for file in (into / "datasets").glob("*.yaml") if file.name != "catalog.yaml")
    before = file.read_text()
    publisher = next(line for line in before.splitlines() if line.startswith("publisher:"))
    file.write_text("# Relu.\n" + before.replace(publisher, "# À voir.\npublisher: ailleurs") + "version: 1.10\n")

    written = file.read_text()

    report = IMPORTS[name](into)

    try:
        assert written == file.read_text()
        assert [event for event in report.events if event.code == "kept.edited"] == [
            ("kept.edited", file.stem, "publisher")
        ]
    finally:
        file.write_text(before)


def test_import_takes_seconds(imported):
    """
    A catalogue of a thousand files is imported in less time than a coffee takes.
    """
    *_, seconds = imported

    assert seconds < 30
