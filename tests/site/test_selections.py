"""The parts of a list: each value of a filter has a folder of its own, whatever is in it."""

import json

DECLARED = """\
shape: register
title: {fr: Dossiers, en: Files}
singular: {fr: Dossier, en: File}
key: [number]
heading: number
fields:
  - {name: number, range: token, required: true, label: {fr: Numéro, en: Number}}
  - {name: series, range: token, label: {fr: Série, en: Series}}
  - {name: subject, many: true, label: {fr: Sujets, en: Subjects}}
filters: [series, subject]
"""
ROWS = """\
number,series,subject_fr
A-1,../../secret,Eau
A-2,A/B,Eau
A-3,C01.1,Neige
"""


def test_no_value_leads_out_of_its_folder(portal):
    """
    A word with slashes or dots is a step of an address all the same, and is shown as it is written.
    """
    files = portal({"content/types/dossiers.yaml": DECLARED, "content/types/dossiers.csv": ROWS}).build()
    head = "dossiers/series/"
    folders = {path.removeprefix(head).partition("/")[0] for path in files if path.startswith(head)}

    assert folders == {"secret", "a-b", "C01.1"}
    titles = [json.loads(files[f"dossiers/series/{folder}/index.json"])["title"]["fr"] for folder in sorted(folders)]
    assert titles == ["C01.1", "A/B", "../../secret"]


def test_a_list_of_texts_narrows_by_each(portal):
    """
    A record with several texts is in the part of each of them, and the part has the words of its own text.
    """
    files = portal(
        {
            "content/types/dossiers.yaml": DECLARED,
            "content/dossiers/a.yaml": "number: A-1\nsubject: [{fr: Eau, en: Water}, {fr: Neige, en: Snow}]\n",
        }
    ).build()
    found = {key: json.loads(files[f"dossiers/subject/{key}/index.json"]) for key in ("eau", "neige")}

    assert {key: (part["title"], part["count"]) for key, part in found.items()} == {
        "eau": ({"fr": "Eau", "en": "Water"}, 1),
        "neige": ({"fr": "Neige", "en": "Snow"}, 1),
    }
