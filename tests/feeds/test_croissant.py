"""`croissant.jsonld`, loaded by MLCommons' own `mlcroissant`, which reads the files too."""

import csv
import json
from pathlib import Path

import mlcroissant
import pytest

from generator.build.pipeline import read_portal

ROOT = Path(__file__).parents[2]
BASE = "https://exemple.org/portail/dataset/arbres"

ARBRES = """\
title: {fr: Arbres, en: Trees}
description: {fr: "Les arbres de la ville, leur essence et leur diamètre, relevés chaque année.", en: Trees.}
publisher: ville
license: cc-by-4.0
distribution:
  - id: csv
    title: {fr: Tableau, en: Table}
    file: arbres.csv
    columns:
      - {name: essence, title: {fr: Essence, en: Species}, description: {fr: Le nom français.}}
      - {name: relevé, type: number}
  - {id: ailleurs, downloadURL: "https://exemple.org/arbres.zip"}
"""

TABLE = 'essence,relevé,prix,abattu,planté\nÉrable,3,"1,5",oui,2001-05-06\nTilleul,4,2,non,2010-09-30\n'


def test_the_demonstration_portal_s_files_are_loaded_and_read(demonstration):
    """
    Every dataset with files of its own has a Croissant file without errors; each of its tables is read whole, after
    its checksum was compared.
    """
    datasets = read_portal(ROOT).site.catalog.datasets.values()
    own = [data for data in datasets if data.offered and any(item.file for item in data.distribution)]
    folders = sorted(file.parent for file in demonstration.glob("dataset/*/croissant.jsonld"))
    assert [folder.name for folder in folders] == sorted(data.id for data in own)
    tables = []
    for folder in folders:
        known = json.loads((folder / "croissant.jsonld").read_bytes())
        local = {item["@id"]: folder / item["name"] for item in known["distribution"]}
        loaded = mlcroissant.Dataset(folder / "croissant.jsonld", mapping=local)
        assert not loaded.metadata.ctx.issues.errors
        for record_set in loaded.metadata.record_sets:
            file = next(iter(local[field.source.file_object] for field in record_set.fields))
            with file.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.reader(lines, delimiter="\t" if file.suffix == ".tsv" else ","))
            tables.append(f"{folder.name}/{file.name}")
            assert [field.source.extract.column for field in record_set.fields] == rows[0]
            assert sum(1 for _ in loaded.records(record_set.uuid)) == len(rows) - 1

    assert len(tables) > 20
    assert "wifi-public/bornes-wifi.tsv" in tables


@pytest.fixture
def croissant(portal):
    """The Croissant file of a dataset with one table."""

    def make(dataset: str = ARBRES, table: str | bytes = TABLE) -> dict:
        made = portal({"datasets/arbres/dataset.yaml": dataset, "datasets/arbres/arbres.csv": table})
        return json.loads(made.build()["dataset/arbres/croissant.jsonld"])

    return make


def test_a_file_has_its_address_size_and_checksum(croissant):
    """
    A file of the portal is told with all that one needs to fetch and verify it; one from elsewhere, whose checksum is
    unknown, is not among them.
    """
    assert croissant()["distribution"] == [
        {
            "@type": "cr:FileObject",
            "@id": f"{BASE}#csv",
            "name": "arbres.csv",
            "contentUrl": f"{BASE}/arbres.csv",
            "encodingFormat": "text/csv",
            "contentSize": "94 B",
            "sha256": "685f220f2af78a3da0f19c45a9b9fd8d2c8e88f8a0eb90bd5c17a51ad9671030",
        }
    ]


def test_texts_are_in_each_language_in_which_they_were_written(croissant):
    """
    Names and descriptions are maps of languages; what is too short to be found is followed by whose dataset it is.
    """
    found = croissant()

    assert found["name"] == {"fr": "Arbres", "en": "Trees"}
    assert found["description"] == {
        "fr": "Les arbres de la ville, leur essence et leur diamètre, relevés chaque année.",
        "en": "Trees. Dataset “Trees”, published by City in the catalogue “City data”.",
    }
    assert found["recordSet"][0]["name"] == {"fr": "Tableau", "en": "Table"}
    assert found["recordSet"][0]["field"][0]["description"] == {"fr": "Essence. Le nom français", "en": "Species"}


def test_columns_have_the_types_in_which_they_can_be_read(croissant):
    """
    A type is the dictionary's, else the one that was found; cells in a manner of their own, `1,5` or `oui`, are texts.
    """
    types = {field["@id"]: field["dataType"] for field in croissant()["recordSet"][0]["field"]}

    assert types == {
        "csv/essence": "sc:Text",
        "csv/relev%C3%A9": "sc:Float",
        "csv/prix": "sc:Text",
        "csv/abattu": "sc:Text",
        "csv/plant%C3%A9": "sc:Date",
    }


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(TABLE.replace(",", ";"), id="semicolons"),
        pytest.param(TABLE.encode("cp1252"), id="another encoding"),
        pytest.param(TABLE.replace("relevé", "essence"), id="a name twice"),
        pytest.param(TABLE.replace("non,", ""), id="a row too short"),
    ],
)
def test_a_table_that_takes_knowledge_to_read_has_no_record_set(croissant, table):
    """
    Croissant can't say how a file departs from plain CSV: such a file is told without its columns.
    """
    found = croissant(table=table)

    assert [item["name"] for item in found["distribution"]] == ["arbres.csv"]
    assert "recordSet" not in found


def test_pages_lead_to_what_there_is(portal, arbres):
    """
    A dataset with files of its own names its Croissant file in the head and among its forms; another has none.
    """
    files = portal(
        {
            "datasets/arbres/dataset.yaml": ARBRES,
            "datasets/arbres/arbres.csv": TABLE,
            "datasets/parcs/dataset.yaml": ARBRES + "withdrawn: {date: 2026-01-01}\n",
            "datasets/parcs/arbres.csv": TABLE,
        }
    ).build()
    page = files["dataset/arbres/index.html"].decode()

    media_type = "application/ld+json; profile=&#34;http://mlcommons.org/croissant/1.1&#34;"
    assert (
        f'<link rel="alternate" type="{media_type}" title="Croissant 1.1" href="../../dataset/arbres/croissant.jsonld">'
        in page
    )
    assert f'<a href="../../dataset/arbres/croissant.jsonld" type="{media_type}">Croissant 1.1</a>' in page
    assert [path for path in files if path.endswith("croissant.jsonld")] == ["dataset/arbres/croissant.jsonld"]
    assert b"croissant" not in files["dataset/autre/index.html"] + files["dataset/parcs/index.html"]
