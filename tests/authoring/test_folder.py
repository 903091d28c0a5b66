"""Files that are there already are brought up to date with care."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator.authoring.folder import Folder, plain_node
from generator.authoring.merger import Merger
from generator.authoring.report import Report
from generator.authoring.transaction import move_in
from generator.authoring.yaml_style import quoted, render, wrap
from generator.source.nodes import parse_yaml
from generator.text.markdown import render_markdown

WRITTEN = """\
# Vérifié par Ana en mars.
license: cc-by-4.0        # la seule permise
title: {fr: Arbres, en: Trees}
version: 1.10
page: [https://exemple.org/guide]   # ajouté à la main
description: >
  Un texte
  plié.
issued: 2015-02-06
distribution:
  # le fichier principal
  - id: csv
    title: Liste
    downloadURL: https://exemple.org/a.csv
    conformsTo: [https://exemple.org/norme]
  - id: main
    accessURL: https://exemple.org/carte
"""


BEFORE = {
    "title": "Arbres",
    "description": "Un texte plié.",
    "license": "cc-by-4.0",
    "issued": "2015-02-06",
    "distribution": [{"id": "csv", "title": "Liste", "downloadURL": "https://exemple.org/a.csv"}],
}
"""What an earlier import took from the source for what is written."""


def update(
    folder: Path, values: dict[str, object], before: dict[str, object] | None = None, written: str = WRITTEN
) -> tuple[str, Report]:
    (folder / "datasets").mkdir(exist_ok=True)
    file = folder / "datasets/arbres.yaml"
    if not file.exists():
        file.write_text(written)
    report = Report()
    opened = Folder.open(folder, report)
    opened.language = "fr"
    if before is not None:
        earlier = Merger("fr", {}, Report(), "")
        earlier.remember_object(before, "Dataset")
        opened.memory.objects["Dataset arbres"] = earlier.remembered
    opened.write("datasets/arbres.yaml", values, "Dataset", "arbres", {})
    opened.commit()
    return file.read_text(), report


def test_same_values_touch_nothing(tmp_path):
    """
    A file that says the same, in whatever style, keeps its bytes.
    """
    text, report = update(tmp_path, BEFORE, BEFORE)

    assert text == WRITTEN
    assert report.files == {"unchanged": 1}


def test_new_values_keep_comments_order_and_added_keys(tmp_path):
    """
    Only what the source changed changes; translations, comments, the order and what the publisher added stay.
    """
    values = {
        "title": "Arbres publics",
        "publisher": "ville",
        "description": "Un texte plié.",
        "license": "cc-by-4.0",
        "issued": "2016-01-01",
        "distribution": [
            {"id": "csv", "title": "Liste", "downloadURL": "https://exemple.org/b.csv", "format": "CSV"},
            {"id": "xls", "downloadURL": "https://exemple.org/b.xls"},
        ],
    }

    text, report = update(tmp_path, values, BEFORE)

    assert (
        text
        == """\
# Vérifié par Ana en mars.
license: cc-by-4.0        # la seule permise
title: {fr: Arbres publics, en: Trees}
version: 1.10
page: [https://exemple.org/guide]   # ajouté à la main
description: >
  Un texte
  plié.
publisher: ville
issued: 2016-01-01
distribution:
  # le fichier principal
  - id: csv
    title: Liste
    downloadURL: https://exemple.org/b.csv
    format: CSV
    conformsTo: [https://exemple.org/norme]
  - id: xls
    downloadURL: https://exemple.org/b.xls
  - id: main
    accessURL: https://exemple.org/carte
"""
    )
    assert report.totals() == {}
    assert update(tmp_path, values)[1].files == {"unchanged": 1}


def test_what_was_edited_here_stays_until_the_source_changes_and_then_is_asked(tmp_path):
    """
    A value corrected by hand is never reverted: a source that differs is told, one that changes too is asked about.
    """
    edited = WRITTEN.replace("2015-02-06", "2015-02-07")

    text, report = update(tmp_path, BEFORE, BEFORE, edited)
    later, asked = update(tmp_path, {**BEFORE, "issued": "2019-01-01"})

    assert (text, later) == (edited, edited)
    assert report.details == {("kept.edited", "arbres", "issued"): "2015-02-07 ≠ 2015-02-06"}
    assert asked.details == {("asked.changed", "arbres", "issued"): "2015-02-07 ≠ 2019-01-01"}


def test_what_was_deleted_here_is_not_written_again(tmp_path):
    """
    A key or a distribution that somebody took out stays out; what the source no longer says goes, unless edited here.
    """
    written = "title: Arbres\nversion: 2\ndistribution:\n  - {id: b, accessURL: https://exemple.org/b}\n"
    links = [{"id": name, "accessURL": f"https://exemple.org/{name}"} for name in "ab"]
    before = {"title": "Arbres", "license": "cc-by-4.0", "version": "1", "distribution": links}

    text, report = update(
        tmp_path, {"title": "Arbres", "license": "cc-by-4.0", "distribution": links[:1]}, before, written
    )

    assert text == "title: Arbres\nversion: 2\ndistribution: []\n"
    assert report.events == [
        ("kept.edited", "arbres", "license"),
        ("kept.edited", "arbres", "version"),
        ("kept.deleted", "arbres", "distribution/a"),
        ("kept.followed", "arbres", "distribution/b"),
    ]


def test_file_that_no_import_wrote_is_left_alone(tmp_path):
    """
    A dataset written by hand under the same id is not overwritten, and the report says so, once.
    """
    text, report = update(tmp_path, {"title": "Autre chose", "publisher": "ville"})

    assert text == WRITTEN
    assert report.events == [("kept.own-file", "arbres", "datasets/arbres.yaml")]


def test_full_disk_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    """
    When the disk refuses the last of many files, those before it are as they were, and nothing is left beside them.
    """
    (tmp_path / "a.txt").write_text("avant")
    real = Path.replace

    def replace(file: Path, target: Path) -> Path:
        if Path(target).name == "z.txt":
            raise OSError(28, "No space left on device")
        return real(file, target)

    monkeypatch.setattr(Path, "replace", replace)

    with pytest.raises(OSError, match="No space left"):
        move_in(tmp_path, {"a.txt": b"apres", "neuf/b.txt": b"b", "z.txt": b"z"})

    assert [(file.name, file.read_text()) for file in tmp_path.rglob("*")] == [("a.txt", "avant")]


def test_link_out_of_the_folder_is_not_written_through(tmp_path):
    """
    A folder that is a link to elsewhere is refused, and elsewhere stays as it was.
    """
    (tmp_path / "portail").mkdir()
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "portail/datasets").symlink_to(tmp_path / "ailleurs")

    with pytest.raises(OSError, match="leads out"):
        move_in(tmp_path / "portail", {"datasets/a.yaml": b"title: A"})

    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_unreadable_file_is_left_alone(tmp_path):
    """
    A file that Vitrine can't read is no file to mend: it stays, and the report says so.
    """
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets/arbres.yaml").write_text("title: [\n")

    text, report = update(tmp_path, {"title": "Arbres"})

    assert text == "title: [\n"
    assert report.totals() == {"kept.unreadable-file": 1}


def test_dataset_moved_into_a_folder_is_found_there(tmp_path):
    """
    A dataset is known by its id, and by the source's identifier after a new name.
    """
    (tmp_path / "datasets/nature/arbres").mkdir(parents=True)
    (tmp_path / "datasets/nature/arbres/dataset.yaml").write_text("title: Arbres\nidentifier: b2f0\n")

    folder = Folder.open(tmp_path, Report())

    assert folder.datasets == {"arbres": "datasets/nature/arbres/dataset.yaml"}
    assert folder.identifiers == {"b2f0": "arbres"}


def test_words_that_yaml_would_change_are_quoted():
    """
    A text that another tool would take for a truth value, a number or an hour has quotes, and nothing else has.
    """
    assert (
        render(
            {
                "title": "no",
                "keyword": ["été", "1.10", "12:30", "a, b", "311", "d'eau", 'dit "oui"'],
                "issued": 2015,
                "version": "1.10",
            },
            "Dataset",
        )
        == """\
title: "no"
keyword: [été, "1.10", "12:30", "a, b", "311", d'eau, dit "oui"]
issued: 2015
version: "1.10"
"""
    )


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1), min_size=1, max_size=4))
@example(["0:?"])
@example(["12e5"])
@example(["0o17"])
@settings(deadline=None, max_examples=200)
def test_what_is_written_reads_the_same(words):
    """
    Any texts come back as they were, for Vitrine and for other tools.
    """
    words = [" ".join(word.split()) or "x" for word in words]
    text = render({"title": words[0], "keyword": words}, "Dataset")

    node, diagnostics = parse_yaml("a.yaml", text)

    assert diagnostics == []
    assert {"title": words[0], "keyword": words} == plain_node(node)
    assert {"title": words[0], "keyword": words} == YAML(typ="safe").load(text)


@given(
    st.lists(
        st.sampled_from(["mot", "1.", "-", "*gras*", "#", "[un lien](/a)", "`du code`", "(voir", "+", "«", "a|b"]),
        max_size=80,
    )
)
@settings(deadline=None, max_examples=200)
def test_broken_lines_say_the_same(words):
    """
    Breaking the lines of a paragraph does not change what it renders as.
    """
    text = " ".join(["Un", *words])

    assert render_markdown(text).split() == render_markdown(wrap(text)).split()


def test_quotes_are_the_kind_that_needs_no_escape():
    """
    An apostrophe is written within double quotes, a double quote within single ones.
    """
    assert [type(quoted(text)).__name__ for text in ("l'eau: bleue", 'a: "b"', "l'eau")] == [
        "DoubleQuotedScalarString",
        "SingleQuotedScalarString",
        "str",
    ]
