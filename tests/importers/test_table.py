"""A catalogue kept as a table becomes a portal, by a column map that is guessed and may be corrected."""

from pathlib import Path

import pytest

from generator.authoring.report import SourceError
from generator.importers.table import import_csv

ROWS = [
    ["Titre", "Résumé", "Organisme", "Courriel", "Thème", "Mots-clés", "Licence", "Fréquence", "Date de publication",
     "Lien", "Format", "Étage"],
    ["Quais", "Les quais du port, un par ligne.", "Port d'Exemple", "quais@port.example", "Mer, rives", "quai; bateau",
     "CC BY 4.0", "Mensuelle", "2020-03-04", "https://port.example/quais.csv", "CSV", "2"],
    ["Quais", "Les quais du port, un par ligne.", "Port d'Exemple", "", "", "", "", "", "", "https://port.example/q.json",
     "JSON", ""],
    ["Marées", "Les marées et les courants.", "Port d'Exemple", "", "", "marée", "", "", "", "", "", ""],
]  # fmt: skip


def write(folder: Path, separator: str = ";", encoding: str = "utf-8") -> Path:
    file = folder / "inventaire.csv"
    lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in ROWS]
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "utf-8"), (",", "cp1252"), (";", "utf-16"), ("\t", "utf-8-sig"), ("|", "utf-16-le")],
)
def test_table_becomes_a_portal_in_any_encoding(tmp_path, separator, encoding):
    """
    Rows of one title are one dataset with several files; headings are understood, whatever parts the cells.
    """
    report = import_csv(write(tmp_path, separator, encoding), tmp_path / "p")

    assert (
        (tmp_path / "p/datasets/quais.yaml").read_text()
        == """\
title: Quais
description: "Les quais du port, un par ligne."
publisher: port-d-exemple
contactPoint: {email: quais@port.example}
theme: [mer-rives]
keyword: [quai, bateau]
license: cc-by-4.0
accrualPeriodicity: monthly
issued: 2020-03-04
distribution:
  - id: csv
    downloadURL: https://port.example/quais.csv
    format: CSV
  - id: json
    downloadURL: https://port.example/q.json
    format: JSON
"""
    )
    assert report.objects["dataset"] == 2
    assert [event for event in report.events if event.code == "left-out.field"] == [
        ("left-out.field", "quais", "Étage")
    ]


def test_column_map_may_be_corrected(tmp_path):
    """
    The map is written beside the portal; corrected, it is what the next import reads, and it is not written over.
    """
    source, into = write(tmp_path), tmp_path / "p"
    import_csv(source, into)
    file = into / "import-columns.yaml"
    corrected = file.read_text().replace("Étage:\n", "Étage: version\n")
    file.write_text(corrected)

    report = import_csv(source, into)

    assert "Titre: title\n" in corrected
    assert file.read_text() == corrected
    assert 'version: "2"\n' in (into / "datasets/quais.yaml").read_text()
    assert [event for event in report.events if event.code == "guessed.map"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "not-csv"), ("a\n1\n", "not-csv"), ("lieu;hauteur\nx;2\n", "no-title-column")],
)
def test_what_is_no_catalogue_is_said_and_nothing_written(tmp_path, text, code):
    """
    A file without rows, or without a column of titles, is refused in one sentence.
    """
    (tmp_path / "a.csv").write_text(text)

    with pytest.raises(SourceError) as error:
        import_csv(tmp_path / "a.csv", tmp_path / "p")

    assert error.value.code == code
    assert not (tmp_path / "p").exists()
