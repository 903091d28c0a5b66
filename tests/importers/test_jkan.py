"""JKAN's front matter becomes the files of a portal, in both its languages."""

from pathlib import Path

import pytest

from generator.authoring.report import SourceError
from generator.importers.jkan import import_jkan

PUUD = """\
---
schema: default
title: Puud
title_en: Trees
organization: Keskkonnaamet
notes: "Kõik puud.\\r\\n\\r\\n<ul><li>üks</li><li>kaks</li></ul>"
notes_en: ''
category:
  - Piirkonnad ja linnad
category_en: [Regions and Cities]
license: OTHER
update_freq: 'http://purl.org/linked-data/sdmx/2009/code#freq-A'
maintainer_name: Keskkonnaamet
maintainer_email: contact@amet.ee
maintainer_phone: 555 1234
date_issued: 05/01/2020
date_modified: null
resources:
  - name: Puud
    url: www.amet.ee/puud.csv
    format: csv
    interactive: 'True'
  - name: Puud
    url: 'https://amet.ee/puud.php'
    format: CSV
  - name: Vana
    url: /downloads/vana.csv
    format: CSV
---
"""

LINNUD = PUUD.removeprefix("---\n").replace("Puud", "Linnud").replace("05/01/2020", "20/04/2020").replace("\n", "\r\n")

FILES = {
    "_datasets/Puud ja põõsad.md": PUUD,
    "_datasets/linnud.md": LINNUD,
    "_datasets/changes.json": "{}",
    "_data/licenses.yml": "'https://litsents.ee/1': Litsents\n",
    "_organizations/et/keskkonnaamet.md": (
        "---\ntitle: Keskkonnaamet\ntitle_en:\nmaintainer_email: kirjuta\nlogo: a.png\n---\n"
    ),
    "_organizations/en/environmental-board.md": "---\ntitle: Keskkonnaamet (KA)\ntitle_en: Environmental Board\n---\n",
    "_organizations/et/muuseum.md": "---\ntitle: Muuseum\ndescription: Kogub.\n---\n",
    "_organizations/en/museum.md": "---\ntitle: Teine muuseum\ntitle_en: Museum\n---\n",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for path, content in FILES.items():
        file = tmp_path / "jkan" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, newline="")
    return tmp_path / "jkan"


def test_record_becomes_a_dataset_file(source, tmp_path):
    """
    Front matter in two languages is written as one dataset; its file's name stays as identifier.
    """
    import_jkan(source, tmp_path)

    assert (
        (tmp_path / "datasets/puud-ja-poosad.yaml").read_text()
        == """\
title: {et: Puud, en: Trees}
description: |
  Kõik puud.

  - üks
  - kaks
publisher: keskkonnaamet
contactPoint: {name: Keskkonnaamet, email: contact@amet.ee}
theme: [piirkonnad-ja-linnad]
accrualPeriodicity: annual
issued: 2020-01-05
identifier: Puud ja põõsad
distribution:
  - id: puud
    title: Puud
    downloadURL: https://www.amet.ee/puud.csv
    format: CSV
  - id: puud-2
    title: Puud
    accessURL: https://amet.ee/puud.php
    format: CSV
"""
    )


def test_file_without_its_opening_line_is_recovered(source, tmp_path):
    """
    Front matter that lost its first `---` is read, CRLF and all, and told.
    """
    report = import_jkan(source, tmp_path)

    assert (tmp_path / "datasets/linnud.yaml").read_text().splitlines()[0] == "title: {et: Linnud, en: Trees}"
    assert report.totals()["guessed.front-matter"] == 1


def test_organization_files_of_one_body_are_one_publisher(source, tmp_path):
    """
    Files that name the same body, an acronym apart, are joined; others stay apart, with or without datasets.
    """
    import_jkan(source, tmp_path)

    assert {file.name: file.read_text() for file in (tmp_path / "datasets/publishers").iterdir()} == {
        "keskkonnaamet.yaml": "name: {et: Keskkonnaamet, en: Environmental Board}\n",
        "museum.yaml": "name: {et: Teine muuseum, en: Museum}\n",
        "muuseum.yaml": "name: Muuseum\ndescription: Kogub.\n",
    }


def test_category_without_counterpart_becomes_a_theme(source, tmp_path):
    """
    A category is a theme of its own, named in its own language and in the other.
    """
    import_jkan(source, tmp_path)

    text = (tmp_path / "datasets/catalog.yaml").read_text()
    assert (
        text[text.index("themeTaxonomy") :]
        == """\
themeTaxonomy:
  - id: piirkonnad-ja-linnad
    prefLabel: {et: Piirkonnad ja linnad, en: Regions and Cities}
"""
    )


def test_report_tells_every_loss(source, tmp_path):
    """
    What was supposed and left out is counted.
    """
    report = import_jkan(source, tmp_path)

    assert report.objects == {"dataset": 2, "distribution": 4, "publisher": 3, "theme": 1}
    assert report.totals() == {
        "left-out.file": 1,
        "guessed.front-matter": 1,
        "guessed.day-month day/month (1 : 0)": 1,
        "left-out.appearance": 1,
        "left-out.unusable _organizations.maintainer_email": 1,
        "left-out.housekeeping": 4,
        "left-out.email": 1,
        "left-out.license OTHER": 2,
        "left-out.unusable license": 2,
        "guessed.date-order": 1,
        "left-out.relative-url": 2,
        "guessed.scheme": 2,
        "guessed.page": 2,
        "left-out.field maintainer_phone": 2,
        "guessed.base-url": 1,
        "guessed.language et, en": 1,
        "guessed.catalog": 1,
        "guessed.catalog-publisher": 1,
        "guessed.new-theme": 1,
    }


def test_relative_addresses_are_completed_when_the_portal_says_where_it_is(source, tmp_path):
    """
    The address in `_config.yml` completes those of resources that are relative.
    """
    (source / "_config.yml").write_text("title: Avaandmed\nurl: https://vana.ee\nbaseurl: /portaal\n")

    import_jkan(source, tmp_path)

    assert "downloadURL: https://vana.ee/downloads/vana.csv" in (tmp_path / "datasets/linnud.yaml").read_text()
    assert "title: Avaandmed" in (tmp_path / "datasets/catalog.yaml").read_text()


def test_second_import_changes_no_byte(source, tmp_path):
    """
    The same source twice leaves every file as the first time.
    """
    into = tmp_path / "portaal"
    import_jkan(source, into)
    first = {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}

    import_jkan(source, into)

    assert first == {file: file.read_bytes() for file in into.rglob("*") if file.is_file()}


def test_folder_without_datasets_is_no_jkan(tmp_path):
    """
    A folder of something else is refused in one sentence.
    """
    with pytest.raises(SourceError) as error:
        import_jkan(tmp_path, tmp_path / "portaal")

    assert f"`{tmp_path}` has no `_datasets` folder: this is no JKAN portal" == error.value.message("en")
    assert not (tmp_path / "portaal").exists()
