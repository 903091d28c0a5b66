"""Files that a person is about to finish: sound YAML, what is required first, what a data file tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.authoring.described import Described, describe
from generator.build.pipeline import read_portal
from generator.cli import cli
from tests.conftest import SmallPortal

TREES = "essence;planted;longitude;latitude;height\nChêne;2019-05-04;-73.6;45.5;4,5\nOrme;2021-06-01;-73.5;45.6;3,2\n"


def new(portal: SmallPortal, *arguments: str) -> tuple[int, list[str]]:
    done = CliRunner().invoke(cli, ["new", *arguments, "--portal", str(portal.folder), "--lang", "en"])
    return done.exit_code, done.stderr.replace(f"{portal.folder}/", "").splitlines()


def test_a_dataset_is_described_from_its_file(portal, tmp_path: Path) -> None:
    """
    Title, columns with their types, period and area are written, the licence is asked for, and the portal is sound.
    """
    small: SmallPortal = portal({})
    (tmp_path / "Arbres_publics.csv").write_text(TREES, encoding="utf-8")

    assert (
        0,
        [
            "Written: datasets/arbres-publics/Arbres_publics.csv",
            "Written: datasets/arbres-publics/dataset.yaml",
            "Its licence is still to be written.",
        ],
    ) == new(small, "dataset", "--from", str(tmp_path / "Arbres_publics.csv"))

    text = (small.folder / "datasets/arbres-publics/dataset.yaml").read_text(encoding="utf-8").replace("\u202f", " ")
    assert text == (
        """\
# Jeu de données. Ce qui est obligatoire vient d’abord. La référence de Vitrine explique chaque clé.

# --- Obligatoire

# D’après Arbres_publics.csv ; à vérifier.
title: {fr: Arbres publics, en: ""}

# Le nom d’un fichier de `datasets/publishers/`, sans `.yaml`.
publisher: ville

# --- Recommandé : `vitrine check` avertit de ce qui manque.

# Ce que contient le jeu de données, en Markdown.
description:
  fr:
  en:

# À qui écrire au sujet des données.
# contactPoint: {name: Service, email: service@example.org}

# Les codes des thèmes du portail.
# theme: [transport]

# Une question à régler avant de publier : sous quelle licence ? cc-by-4.0, cc-by-sa-4.0, cc-by-nd-4.0, cc-by-nc-4.0…
license:

# Les fichiers à télécharger et les services à appeler.
distribution:
  - id: csv
    file: Arbres_publics.csv
    format: CSV
    columns:
      - name: essence
        type: string
      - name: planted
        type: date
      - name: longitude
        type: number
      - name: latitude
        type: number
      - name: height
        type: number

# D’après Arbres_publics.csv ; à vérifier.
spatial: {bbox: [-73.6, 45.5, -73.5, 45.6]}

# D’après la colonne planted de Arbres_publics.csv ; à vérifier.
temporal: {start: 2019-05-04, end: 2021-06-01}

# --- Facultatif : enlevez le # de ce qui vous sert.

# `true` tant que le jeu de données et ses fichiers ne doivent pas être publiés ; `vitrine serve` les montre.
# draft: true

# À quel rythme les données sont mises à jour.
# accrualPeriodicity: monthly

# Le jour de la première diffusion (année, mois ou date).
# issued: 2015-02-06

# Les langues des données elles-mêmes.
# language: [fr]

# Une page qui présente ces données ailleurs.
# landingPage: https://example.org/

# D’où viennent les données, et par quelles mains elles sont passées.
# provenance: {fr: Relevés sur le terrain par la Ville., en: Surveyed in the field by the City.}
"""
    )
    found = read_portal(small.folder)
    assert ([], "arbres-publics" in found.site.catalog.datasets) == (found.errors, True)


@pytest.mark.parametrize(
    "uncommented", ["", "draft", "accrualPeriodicity", "issued", "language", "landingPage", "provenance", "theme"]
)
def test_every_key_that_is_proposed_is_sound(uncommented: str, portal) -> None:
    """
    Taking the sign away from any key of a new file gives no error.
    """
    small: SmallPortal = portal({})
    assert 0 == new(small, "dataset", "Parcs")[0]
    file = small.folder / "datasets/parcs.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"# {uncommented}:", f"{uncommented}:") if uncommented else text, encoding="utf-8")

    assert [] == read_portal(small.folder).errors


def test_what_is_begun_is_a_draft(portal) -> None:
    """
    A dataset without a file, and pages, wait until somebody has finished them; a publisher's file is one at once.
    """
    small: SmallPortal = portal({"portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr, en]\n"})

    assert (0, "Written: datasets/parcs.yaml") == (lambda code, said: (code, said[0]))(*new(small, "dataset", "Parcs"))
    new(small, "page", "news/Ouverture")
    new(small, "page", "équipe")
    new(small, "publisher", "Service des parcs")

    found = read_portal(small.folder)
    assert [] == found.errors
    assert [
        "content/equipe.en.md",
        "content/equipe.md",
        "content/news/ouverture.en.md",
        "content/news/ouverture.md",
        "datasets/parcs.yaml",
    ] == [item.source for item in found.waiting]
    assert {"fr": "Service des parcs"} == found.site.catalog.publishers["service-des-parcs"].name
    assert "date: 2026-12-31\n" in (small.folder / "content/news/ouverture.md").read_text(encoding="utf-8")


def test_nothing_is_replaced(portal, tmp_path: Path) -> None:
    """
    A name that is taken, or gives none, a file that is none, and an unknown publisher are wrong usage.
    """
    small: SmallPortal = portal({})
    (tmp_path / ".cachee.csv").write_text("a\n1\n")
    (tmp_path / "autre.csv").write_text("a\n1\n")

    assert [
        (2, ["There is already datasets/autre.yaml. Choose another name."]),
        (2, ["There is already datasets/autre.yaml. Choose another name."]),
        (2, ["There is already catalog. Choose another name."]),
        (2, ["`!?` gives no name for a file. Use a few letters or digits."]),
        (2, [f"{tmp_path} is not a file that can be read."]),
        (2, ["`.cachee.csv` can't be the name of a published file: it may not begin with a dot or hold a backslash."]),
        (2, ["Say what it is called, or name a file with `--from`."]),
        (2, ["No publisher is called `x`. There are: ministere, ville."]),
        (2, ["There is already datasets/publishers/ville.yaml. Choose another name."]),
    ] == [
        new(small, "dataset", "Autre"),
        new(small, "dataset", "--from", str(tmp_path / "autre.csv")),
        new(small, "dataset", "catalog"),
        new(small, "dataset", "!?"),
        new(small, "dataset", "--from", str(tmp_path)),
        new(small, "dataset", "--from", str(tmp_path / ".cachee.csv")),
        new(small, "dataset"),
        new(small, "dataset", "x", "--publisher", "x"),
        new(small, "publisher", "ville"),
    ]
    assert [] == [file.name for file in (small.folder / "datasets").iterdir() if file.is_dir() and file.name == "autre"]


def test_a_file_in_its_place_stays_there(portal) -> None:
    """
    A data file that lies in the dataset's folder already is described where it is.
    """
    small: SmallPortal = portal({"datasets/rues/rues.csv": "nom\nMain\n"})

    code, said = new(small, "dataset", "--from", str(small.folder / "datasets/rues/rues.csv"))

    assert (0, ["Written: datasets/rues/dataset.yaml"]) == (code, said[:1])


def test_an_area_is_that_of_the_features(tmp_path: Path) -> None:
    """
    A GeoJSON's box is the one around its features, without the margin of its map.
    """
    file = tmp_path / "lieux.geojson"
    points = [[-73.6, 45.5], [-73.25, 45.75]]
    features = [
        {"type": "Feature", "properties": {"nom": "a"}, "geometry": {"type": "Point", "coordinates": point}}
        for point in points
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    assert {"bbox": ["-73.6", "45.5", "-73.25", "45.75"]} == describe(file).spatial


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "de,a\n2019-01-01,2020-01-01\n", {}),
        ("a.csv", "nom,annee\nA,2019\nB,2021\n", {"start": "2019", "end": "2021"}),
        ("a.csv", "mois,n\n2019-01,1\n2019-03,2\n", {"start": "2019-01", "end": "2019-03"}),
        ("a.xyz", "?", {}),
    ],
)
def test_a_period_is_that_of_the_only_dates(name: str, content: str, told: dict[str, str], tmp_path: Path) -> None:
    """
    One column of dates, months or years gives the period; of two, nobody knows which.
    """
    (tmp_path / name).write_text(content)

    assert told == describe(tmp_path / name).temporal


def test_a_broken_file_is_described_by_its_format_alone(tmp_path: Path) -> None:
    """
    What can't be read gives its format, and what is wrong with it.
    """
    (tmp_path / "a.geojson").write_text("{")

    told = describe(tmp_path / "a.geojson")

    assert Described(format="GeoJSON", problems=told.problems) == told
    assert ["data-file-syntax"] == [problem.code for problem in told.problems]


REGISTER = """\
shape: register
title: {fr: Contrats, en: Contracts}
singular: {fr: Contrat, en: Contract}
key: [number]
heading: subject
fields:
  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}, help: {fr: Celui du greffe.}}
  - {name: subject, required: true, label: {fr: Objet, en: Subject}}
  - {name: amount, range: money, label: {fr: Montant, en: Amount}, example: 48250.00}
"""


def test_a_record_of_any_type_is_begun(portal) -> None:
    """
    A register has a table with a column a field and a language, or a file a record; a page type has a page a language.
    """
    small: SmallPortal = portal({"content/types/contrats.yaml": REGISTER})

    assert [
        (0, ["Written: content/contrats/contrats.csv"]),
        (0, ["Written: content/contrats/c-1.yaml"]),
        (2, ["There is already content/contrats/contrats.csv. Choose another name."]),
        (2, ["`` gives no name for a file. Use a few letters or digits."]),
    ] == [
        new(small, "record", "contrats"),
        new(small, "record", "contrats", "C-1"),
        new(small, "record", "contrats"),
        new(small, "record", "reuses"),
    ]
    assert new(small, "record", "reuses", "carte")[1][:2] == [
        "Written: content/reuses/carte.md",
        "Written: content/reuses/carte.en.md",
    ]
    assert new(small, "record", "contrat")[0] == 2
    assert (small.folder / "content/contrats/contrats.csv").read_text() == "number,subject_fr,subject_en,amount\n"
    assert (small.folder / "content/contrats/c-1.yaml").read_text() == (
        "# --- Obligatoire\n\n# Celui du greffe.\nnumber:\n\n# Objet\nsubject:\n  fr:\n  en:\n\n"
        "# --- Facultatif : enlevez le # de ce qui vous sert.\n\n# Montant\n# amount: 48250.00\n"
    )
