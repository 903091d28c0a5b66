"""`vitrine validate`: the official judges, and the lines behind what they find."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build.pipeline import read_portal
from generator.cli import cli
from generator.cli.reports import concise
from generator.feeds.validate import validate
from generator.model.diagnostics import sort_diagnostics

STANDARDS = Path(__file__).parents[3] / "shared" / "standards"

pytestmark = pytest.mark.skipif(not STANDARDS.is_dir(), reason="the official schemas are not beside this repository")

ARBRES = """\
title: {fr: Arbres}
description: {fr: Les arbres.}
publisher: ville
contactPoint: {name: Arbres, email: arbres@exemple.org}
license: cc-by-4.0
accrualPeriodicity: monthly
temporal: {start: 2010, end: 2025}
distribution:
  - id: csv
    downloadURL: https://exemple.org/a.csv
"""


def found(folder: Path) -> list[str]:
    diagnostics = validate(read_portal(folder).site.catalog, folder / "site", STANDARDS)
    return [concise(item, "en").splitlines()[0] for item in sort_diagnostics(diagnostics)]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["validate", *arguments])
    return done.exit_code, done.output


def test_a_sound_portal_is_valid(portal):
    """
    What Vitrine builds from sound files is in order, and the command says so.
    """
    small = portal({"datasets/arbres.yaml": ARBRES})
    small.build()

    code, said = run("--portal", str(small.folder), "--standards", str(STANDARDS), "--lang", "en")

    assert (code, said.strip()) == (0, "2 datasets read: the feeds conform.")


def test_a_violation_is_told_where_it_was_written(portal):
    """
    Faults in each feed lead to the file, line and column behind them, whatever stands between: an object, a list, a
    publisher's own file, a term of a vocabulary.
    """
    small = portal({"datasets/arbres.yaml": ARBRES})
    small.build()
    site = small.folder / "site"

    pod = json.loads((site / "data.json").read_text())
    item = next(item for item in pod["dataset"] if item["identifier"] == "arbres")
    item["distribution"][0]["mediaType"] = "text"
    item["contactPoint"]["hasEmail"] = "arbres"
    item["accrualPeriodicity"] = "often"
    item["publisher"]["name"] = ""
    del item["title"]
    (site / "data.json").write_text(json.dumps(pod))

    us_3 = json.loads((site / "dcat-us-3.json").read_text())
    item = next(item for item in us_3["dataset"] if item["@id"].endswith("arbres#dataset"))
    item["temporal"][0]["startDate"] = "in spring"
    (site / "dcat-us-3.json").write_text(json.dumps(us_3))

    graph = (site / "catalog.jsonld").read_text()
    changed = graph.replace('"skos:inScheme":"http://publications.europa.eu/resource/authority/frequency"', '"x":"y"')
    assert changed != graph
    (site / "catalog.jsonld").write_text(changed)

    places = [
        (line.split(": ")[0], line.split("`")[1], line.split("standard: ")[1].split(": ")[0].split(" `")[0])
        for line in found(small.folder)
    ]

    assert places == [
        ("datasets/arbres.yaml:1:8", "data.json", "dataset[0]"),
        ("datasets/arbres.yaml:4:37", "data.json", "dataset[0].contactPoint.hasEmail"),
        ("datasets/arbres.yaml:6:21", "catalog.jsonld", "dct:accrualPeriodicity"),
        ("datasets/arbres.yaml:6:21", "data.json", "dataset[0].accrualPeriodicity"),
        ("datasets/arbres.yaml:7:19", "dcat-us-3.json", "dataset[0].temporal[0].startDate"),
        ("datasets/arbres.yaml:9:5", "data.json", "dataset[0].distribution[0].mediaType"),
        ("datasets/publishers/ville.yaml:1:7", "data.json", "dataset[0].publisher.name"),
    ]


def test_a_violation_of_a_service_leads_to_the_catalogue_file(portal):
    """
    What is wrong with a service, or with a catalogue that is led to, is told at its lines of catalog.yaml.
    """
    catalog = """\
title: Données
description: Données de la ville.
publisher: ville
contactPoint: {name: Équipe, email: donnees@exemple.org}
service:
  - id: geo
    title: Carte
    endpointURL: https://exemple.org/geo/
    servesDataset: arbres
catalog:
  - iri: https://ailleurs.exemple.org/#catalog
    title: Ailleurs
    description: Ce qui est ailleurs.
    publisher: ville
"""
    small = portal({"datasets/arbres.yaml": ARBRES, "datasets/catalog.yaml": catalog})
    small.build()
    graph = small.folder / "site/catalog.jsonld"
    text = graph.read_text()
    assert text.count('"dcat:endpointURL":"https') == 1 and text.count('"dct:title":{"fr":"Ailleurs"}') == 1
    text = text.replace('"dcat:endpointURL":"https://exemple.org/geo/",', "")
    graph.write_text(text.replace('"dct:title":{"fr":"Ailleurs"},', ""))

    assert [line.split(": ")[0] for line in found(small.folder)] == [
        "datasets/catalog.yaml:8:18",
        "datasets/catalog.yaml:12:12",
    ]


def test_violations_are_for_programs_too(portal):
    """
    Violations come in the formats of `vitrine check`, with its exit code.
    """
    small = portal({"datasets/arbres.yaml": ARBRES})
    small.build()
    feed = small.folder / "site/data.json"
    feed.write_text(feed.read_text().replace('"R/P1M"', '"often"'))

    code, said = run("--portal", str(small.folder), "--standards", str(STANDARDS), "--format", "json")

    (row,) = json.loads(said)
    assert code == 1
    assert (row["path"], row["line"], row["code"], row["severity"]) == (
        "datasets/arbres.yaml",
        6,
        "feed-violation",
        "error",
    )


def test_what_validating_takes_is_said(portal, monkeypatch):
    """
    Without the standards, without a built site or without the extra, the command says what to do.
    """
    small = portal()
    here = ["--portal", str(small.folder), "--lang", "en"]

    assert run(*here)[0] == 2 and "--standards" in run(*here)[1]
    assert "vitrine build" in run(*here, "--standards", str(STANDARDS))[1]
    monkeypatch.setattr("generator.feeds.validate.MODULES", ("no_such_judge",))
    code, said = run(*here, "--standards", str(STANDARDS))
    assert (code, said.strip()) == (
        2,
        "`no_such_judge` is missing. Install what judges the feeds: `pip install 'vitrine-opendata[validate]'`",
    )
