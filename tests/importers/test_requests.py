"""`vitrine import requests`: issues of GitHub and GitLab as requests for data, and nothing of who asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.authoring.init import request_forms
from generator.authoring.report import SourceError
from generator.cli import cli
from generator.importers.requests import import_requests
from generator.importers.requests.privacy import Cleaner
from generator.importers.requests.words import standard_words
from tests.conftest import read_tree

ASKED = {"number": 21, "title": "Dog parks", "labels": [{"name": "data request"}], "created_at": "2026-09-01T23:00:00Z"}
"""An open issue of GitHub's API."""


def take(portal, tmp_path, content: Any, files=None, name: str = "issues.json", labels: str = ""):
    """The small portal with an export brought in, and the report."""
    small = portal(files)
    return small, again(small, tmp_path, content, name, labels)


def again(small, tmp_path, content: Any, name: str = "issues.json", labels: str = ""):
    source = tmp_path / name
    source.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return import_requests(str(source), small.folder, labels)


def records(small) -> dict[str, str]:
    folder = small.folder / "content/requests"
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*"))} if folder.exists() else {}


def events(report) -> list[tuple[str, str, str]]:
    return [tuple(event) for event in report.events]


def closed(**more: Any) -> dict[str, Any]:
    return {**ASKED, "state": "closed", "closed_at": "2026-10-02T10:00:00Z", **more}


def test_an_issue_of_a_form_becomes_a_request(portal, tmp_path):
    """
    A form's answers are the fields of a request, its label tells the language, and the comment's link the dataset.
    """
    form = dict(request_forms(["en"]))[".github/ISSUE_TEMPLATE/data-request.yml"]
    labels = [part["attributes"]["label"] for part in yaml.safe_load(form)["body"] if part["type"] != "markdown"]
    answers = ["Every dog park.", "City", "Recreation", "_No response_"]
    body = "\r\n\r\n".join(f"### {label}\r\n\r\n{answer}" for label, answer in zip(labels, answers, strict=True))
    answer = {"body": "Here: https://exemple.org/portail/en/dataset/autre/.", "createdAt": "2026-10-01T00:00:00Z"}
    issue = {
        "number": 21,
        "title": "Dog parks",
        "body": body,
        "state": "CLOSED",
        "stateReason": "COMPLETED",
        "createdAt": "2026-09-01T23:00:00Z",
        "closedAt": "2026-10-02T10:00:00Z",
        "url": "https://github.com/v/d/issues/21",
        "labels": [{"name": name} for name in yaml.safe_load(form)["labels"]],
        "author": {"login": "dogs"},
        "comments": [{**answer, "author": {"login": "clerk"}}],
    }
    small, report = take(portal, tmp_path, [issue])

    assert records(small) == {
        "21.yaml": """\
number: "21"
title: {en: Dog parks}
subject: {en: Recreation}
description: {en: Every dog park.}
asked: 2026-09-01
publisher: ville
status: released
answered: 2026-10-02
url: https://github.com/v/d/issues/21
dataset: [autre]
"""
    }
    assert (events(report), small.check().lines()) == ([], [])


@pytest.mark.parametrize(
    ("issue", "status", "told"),
    [
        (ASKED, None, []),
        ({**ASKED, "labels": ["data request", "status: In progress"]}, "under-review", []),
        (closed(state_reason="completed"), "under-review", ["asked.closed"]),
        (closed(state_reason="duplicate"), "withdrawn", []),
        (closed(user={"login": "a"}, closed_by={"login": "a"}), "withdrawn", []),
        (closed(labels=["data request", "refusé"]), "under-review", ["asked.no-reason"]),
        (closed(labels=["data request", "released"]), "under-review", ["asked.no-dataset"]),
        (closed(labels=["data request", "released", "in progress"], body="[A](/dataset/autre/)"), "released",
         ["guessed.status"]),
        (closed(body="https://ailleurs.org/portail/dataset/autre/"), "under-review", ["asked.closed"]),
        ({**ASKED, "labels": ["data request", "released"], "body": "(/dataset/autre/)", "updated_at": "2026-09-09"},
         "released", ["guessed.answered"]),
        (closed(state_reason="not_planned", comments=[{"body": "Bonjour @x, un nom est privé."}]), "refused", []),
    ],
)  # fmt: skip
def test_labels_then_closing_tell_the_state(portal, tmp_path, issue, status, told):
    """
    Labels tell the outcome, else how an issue was closed; what would not stand as it is said stays under review, and
    is told.
    """
    small, report = take(portal, tmp_path, [issue])
    record = yaml.safe_load(records(small)["21.yaml"])

    assert (record.get("status"), [event.code for event in report.events]) == (status, told)
    assert small.check().lines() == []


def test_nothing_of_who_asked_is_kept(portal, tmp_path):
    """
    Names of accounts, mentions, addresses, numbers, pictures, attachments, greetings and signatures go, and are
    counted; what publishers are called stays.
    """
    body = (
        "Bonjour Luc,\n\nJe m’appelle Zoé Roy. La Ville a ces cartes, dit @zoe-roy (zoe@exemple.org, 418 555-0199).\n"
        "![moi](https://github.com/user-attachments/assets/1)\n[plan](https://github.com/x/y/files/12/plan.pdf)\n"
        "https://github.com/zoe-roy en a fait une, 046 454 286.\n<!-- caché -->\nMerci d’avance,\nZoé Roy\nAnalyste\n"
    )
    author = {"login": "zoe-roy", "name": "Zoé Roy", "avatar_url": "https://a.exemple/zoe.png"}
    small, report = take(portal, tmp_path, [{**ASKED, "title": "Cartes, pour Zoé Roy", "body": body, "user": author}])

    assert yaml.safe_load(records(small)["21.yaml"])["description"]["en"] == (
        "Je m’appelle …. La Ville a ces cartes, dit … (…, …).\n\nplan\n… en a fait une, ….\n"
    )
    assert dict(report.removed) == {
        "name": 4,
        "email": 1,
        "telephone": 1,
        "insurance": 1,
        "picture": 1,
        "attachment": 1,
        "mention": 2,
    }
    kept = b"".join(read_tree(small.folder).values()).decode().casefold()
    assert [word for word in ("zoé roy", "zoe@", "zoe-roy", "0199", "avatar", "a.exemple") if word in kept] == []


def test_a_second_import_changes_what_changed_there_and_no_edit(portal, tmp_path):
    """
    A second import of the same writes nothing; of more, it brings up to date what nobody edited here.
    """
    small, _ = take(portal, tmp_path, [ASKED])
    first = read_tree(small.folder)
    again(small, tmp_path, [ASKED])
    unchanged = read_tree(small.folder)
    path = "content/requests/21.yaml"
    small.lay({path: first[path].decode().replace("Dog parks", "Where dogs run").replace("n", "# ours\nn", 1)})
    report = again(small, tmp_path, [closed(labels=["data request", "withdrawn"])])

    assert first == unchanged
    assert events(report) == [("kept.edited", "requests/21", "title@en")]
    assert records(small) == {
        "21.yaml": '# ours\nnumber: "21"\ntitle: {en: Where dogs run}\nasked: 2026-09-01\nstatus: withdrawn\n'
        "answered: 2026-10-02\n"
    }


def test_what_stands_elsewhere_or_was_deleted_stays_so(portal, tmp_path):
    """
    A request that a table of the portal holds is left there, and one that was deleted here does not come back.
    """
    table = "number,title_fr,asked\n21,Parcs à chiens,2026-09-01\n"
    small, first = take(portal, tmp_path, [ASKED, {**ASKED, "number": 22}], {"content/requests/a.csv": table})
    (small.folder / "content/requests/22.yaml").unlink()
    second = again(small, tmp_path, [{**ASKED, "number": 22}])

    assert events(first) == [("kept.in-table", "#21", "content/requests/a.csv")]
    assert events(second) == [("kept.deleted", "#22", "content/requests/22.yaml")]
    assert records(small) == {"a.csv": table}


def test_other_imports_remember_what_they_wrote(portal, tmp_path):
    """
    What an import of a catalogue remembers is still there after one of requests.
    """
    memory = '{\n"Dataset autre": {"title@fr": "0123456789abcdef"}\n}\n'
    small, _ = take(portal, tmp_path, [ASKED], {"import-memory.json": memory})

    assert list(json.loads((small.folder / "import-memory.json").read_text())) == [
        "Dataset autre",
        "Record requests/21",
    ]


def test_odd_issues_are_told_with_their_place(portal, tmp_path):
    """
    What is no issue, is a change, is confidential, stands twice, has no day, no name or no label of a request is left
    out; so is an unknown organization. Each is told.
    """
    items = [
        4,
        {"number": "x", "title": "a"},
        {**ASKED, "number": 1, "pull_request": {"url": "x"}},
        {**ASKED, "iid": 2, "number": None, "confidential": True},
        {**ASKED, "number": 3, "created_at": "2026-02"},
        {**ASKED, "number": 4, "title": "@zoe"},
        {**ASKED, "number": 5, "labels": ["bug"]},
        {**ASKED, "body": "### Organization\n\nNobody\n", "labels": ["data request", "zzz"]},
        {**ASKED, "title": "again"},
    ]
    small, report = take(portal, tmp_path, items)

    assert list(records(small)) == ["21.yaml"]
    assert events(report) == [
        ("left-out.bad-record", "", "issues.json, 1"),
        ("left-out.bad-record", "", "issues.json, 2"),
        ("left-out.change", "", "issues.json, 3"),
        ("left-out.confidential", "", "issues.json, 4"),
        ("left-out.undated", "", "issues.json, 5"),
        ("left-out.twin-issue", "#21", "issues.json, 9"),
        ("left-out.other-issue", "#5", "issues.json, 7"),
        ("left-out.label", "", "zzz"),
        ("left-out.nameless", "#4", "issues.json, 6"),
        ("left-out.unknown-publisher", "#21", "issues.json, 8"),
    ]


def test_gitlab_writes_the_same_in_its_csv_its_api_and_its_project_export(portal, tmp_path):
    """
    One issue gives the same record from GitLab's table, from its API, and from a project's lines with their notes.
    """
    table = (
        "Title,Description,Issue ID,URL,State,Author,Author Username,Confidential,Created At (UTC),Closed At (UTC)"
        ",Labels\n"
        'Dog parks,"Every one,\nwith hours",21,https://gitlab.com/v/d/-/issues/21,Closed,Zoé Roy,zoe,No,'
        '2026-09-01 23:00:00,2026-10-02 10:00:00,"data request,état::retirée"\n'
    )
    issue = {
        "iid": 21,
        "title": "Dog parks",
        "description": "Every one,\nwith hours",
        "state": "closed",
        "created_at": "2026-09-01T23:00:00Z",
        "closed_at": "2026-10-02T10:00:00Z",
    }
    of_api = {**issue, "labels": ["data request", "état::retirée"], "web_url": "https://gitlab.com/v/d/-/issues/21"}
    links = [{"label": {"title": "data request"}}, {"label": {"title": "état::retirée"}}]
    of_project = {**issue, "label_links": links, "notes": [{"note": "closed", "system": True}]}
    small = portal()
    found = []
    for name, content in (("i.csv", table), ("i.json", json.dumps([of_api])), ("i.ndjson", json.dumps(of_project))):
        again(small, tmp_path, content, name)
        found.append(yaml.safe_load(records(small)["21.yaml"]))
        (small.folder / "import-memory.json").unlink()
        (small.folder / "content/requests/21.yaml").unlink()

    assert found[0] == found[1] == {**found[2], "url": "https://gitlab.com/v/d/-/issues/21"}
    assert found[2] == {
        "number": "21",
        "title": {"en": "Dog parks"},
        "description": {"en": "Every one,\nwith hours\n"},
        "asked": yaml.safe_load("2026-09-01"),
        "status": "withdrawn",
        "answered": yaml.safe_load("2026-10-02"),
    }


def test_pages_of_issues_and_of_comments_may_follow_one_another(portal, tmp_path):
    """
    The lists that an API gives page after page, and those of comments, are read as one.
    """
    comment = {
        "issue_url": "https://api.github.com/repos/v/d/issues/21",
        "body": "Un nom est privé.",
        "user": {"login": "c"},
    }
    pages = "".join(json.dumps(page) for page in ([closed(state_reason="not_planned", comments=1)], [comment]))
    small, _ = take(portal, tmp_path, pages)

    assert yaml.safe_load(records(small)["21.yaml"])["reason"] == {"en": "Un nom est privé."}


def test_a_portal_says_what_its_own_labels_mean(portal, tmp_path):
    """
    `--labels` gives labels a state, makes them those of requests, or has them ignored; what is no state is told at its
    line.
    """
    small = portal()
    table, source = tmp_path / "labels.yaml", tmp_path / "issues.json"
    table.write_text("quoi: request\nlivré: ignored\nen file: under-review\n", encoding="utf-8")
    source.write_text(json.dumps([{**ASKED, "labels": ["quoi", "livré", "en file"]}]), encoding="utf-8")
    command = ["import", "requests", str(source), "--into", str(small.folder), "--lang", "en", "--labels", str(table)]
    done = CliRunner().invoke(cli, command)
    table.write_text("a: request\nb: fini\n", encoding="utf-8")
    refused = CliRunner().invoke(cli, command)

    assert (done.exit_code, done.stdout.splitlines()[:2]) == (
        0,
        ["1 request, Under review: 1.", "Files: 1 created, 0 updated, 0 unchanged."],
    )
    assert yaml.safe_load(records(small)["21.yaml"])["title"] == "Dog parks"
    assert (refused.exit_code, " ".join(refused.stderr.split())) == (
        1,
        "`labels.yaml:2:4`: `fini` is no state of a request: write each label, a colon, and one of asked, under-review,"
        " released, refused, withdrawn, request, ignored",
    )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", "[{", "not-json"),
        ("a.json", "[" * 100_000, "not-json"),
        ("a.json", "[]", "no-issues"),
        ("a.csv", "a,b\n1,2\n", "no-issues"),
        ("a.csv", "", "no-issues"),
        ("a.csv", f'title,issue id\n"{"x" * 200_000}",1\n', "unreadable-source"),
        ("a.json", "[{}]" * 50_001, "too-many-issues"),
    ],
)
def test_what_is_no_export_is_refused(portal, tmp_path, name, content, code):
    """
    A file that is no export, or too much of one, leaves the portal as it was and says why.
    """
    small = portal()
    before = read_tree(small.folder)
    with pytest.raises(SourceError) as refused:
        again(small, tmp_path, content, name)

    assert (refused.value.code, read_tree(small.folder)) == (code, before)
    assert refused.value.message("fr") != refused.value.message("en")


@pytest.mark.parametrize(
    ("letter", "left"),
    [
        ("Bonjour, je cherche les parcs.", "Je cherche les parcs."),
        (
            "Bonjour et bienvenue aux données qui manquent encore",
            "Bonjour et bienvenue aux données qui manquent encore",
        ),
        ("Les parcs.\n\nCordialement\nA. Roy", "Les parcs."),
        ("Merci de publier les parcs.", "Merci de publier les parcs."),
        ("Les parcs.\nOn Mon, 2 Nov 2026, Zoé wrote:\n> avant", "Les parcs."),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_letters_lose_greetings_and_signatures_alone(letter, left):
    """
    A greeting goes up to its comma, a signature with all below it; a sentence that begins like one stays.
    """
    assert Cleaner(standard_words(), ()).letter(letter) == left
