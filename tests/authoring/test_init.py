"""A portal from nothing: whole, sound, in its languages, and of which nothing is ever overwritten."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator import __version__
from generator.authoring.init import PLACE, TEXTS, Beginning, new_portal
from generator.build.pipeline import build, read_portal
from generator.cli import cli
from generator.cli.reports import concise
from generator.text.strings import LANGUAGES
from tests.conftest import ROOT, read_tree


def init(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    done = CliRunner().invoke(cli, ["init", str(folder), *arguments])
    return done.exit_code, done.stderr.splitlines()


@pytest.mark.parametrize(
    ("languages", "lang", "pages"),
    [
        (
            "fr,en",
            "fr",
            ["a-propos.en.md", "a-propos.md", "contact.en.md", "contact.md", "licence.en.md", "licence.md"],
        ),
        ("en", "en", ["about.md", "contact.md", "licence.md"]),
        ("en,fr", "en", ["about.fr.md", "about.md", "contact.fr.md", "contact.md", "licence.fr.md", "licence.md"]),
    ],
)
def test_a_new_portal_is_sound_and_builds(languages: str, lang: str, pages: list[str], tmp_path: Path) -> None:
    """
    What `vitrine init` writes has nothing to mend but a way to write to its publisher, and its site has all its pages.
    """
    assert 0 == init(tmp_path, "--languages", languages, "--lang", lang)[0]

    found = read_portal(tmp_path)
    build(found, tmp_path / "site")
    site = read_tree(tmp_path / "site")
    assert ["no-contact"] == [item.code for item in found.diagnostics]
    assert pages == sorted(file.name for file in (tmp_path / "content").iterdir())
    about = pages[-5 if len(pages) == 6 else 0].partition(".")[0]
    assert {f"{about}/index.html", "contact/index.html", "licence/index.html"} <= site.keys()


def test_answers_go_where_they_belong(tmp_path: Path) -> None:
    """
    Title, publisher, address, e-mail and licence are in the files that hold them, and then nothing is to be mended.
    """
    given = ["--title", "Données", "--publisher", "Ville d’Été", "--languages", "fr", "--license", "CC0"]
    given += ["--base-url", "https://donnees.example.org/portail", "--email", "a@example.org", "--lang", "fr"]

    assert 0 == init(tmp_path / "p", *given)[0]

    root = tmp_path / "p"
    assert (
        "title: Données\n"
        "description: Les données ouvertes publiées par Ville d’Été.\n"
        "publisher: ville-d-ete\n"
        "license: cc0-1.0\n"
        "contactPoint: {email: a@example.org}\n"
    ) == (root / "datasets/catalog.yaml").read_text(encoding="utf-8")
    assert "name: Ville d’Été\n" == (root / "datasets/publishers/ville-d-ete.yaml").read_text(encoding="utf-8")
    assert (
        (root / "portal.yaml")
        .read_text(encoding="utf-8")
        .startswith("baseURL: https://donnees.example.org/portail/\nlanguages: [fr]\nmenu:\n")
    )
    assert f"vitrine-opendata[preview]=={__version__}\n" == (root / "requirements.txt").read_text(encoding="utf-8")
    assert "[a@example.org](mailto:a@example.org)" in (root / "content/contact.md").read_text(encoding="utf-8")
    assert [] == [concise(item, "en") for item in read_portal(root).diagnostics]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--languages", "fr,xx", "`fr,xx` is not a list of language codes, such as `fr, en`."),
        ("--base-url", "example.org", "`example.org` is not an address that begins with https:// or http://."),
        ("--email", "nobody", "`nobody` is not an e-mail address."),
        ("--title", " ", "A text is expected."),
    ],
)
def test_a_wrong_answer_is_told(option: str, value: str, said: str, tmp_path: Path) -> None:
    """
    An option that can't be used is wrong usage, and nothing is written.
    """
    assert (2, [said]) == init(tmp_path / "p", option, value, "--lang", "en")
    assert not (tmp_path / "p").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """
    A file that is there already stays and is named, a link stays a link, and a portal is not begun twice.
    """
    (tmp_path / "README.md").write_text("Mine\n")
    (tmp_path / ".gitlab-ci.yml").symlink_to("nowhere.yml")

    code, said = init(tmp_path, "--lang", "en")

    assert (0, "Mine\n") == (code, (tmp_path / "README.md").read_text())
    assert (tmp_path / ".gitlab-ci.yml").is_symlink()
    kept = [line for line in said if line.startswith("Left as it was")]
    assert [f"Left as it was: {tmp_path}/README.md", f"Left as it was: {tmp_path}/.gitlab-ci.yml"] == kept
    assert (
        2,
        [f"{tmp_path} holds a portal already (`portal.yaml`). Choose another folder, or add to it with `vitrine new`."],
    ) == init(tmp_path, "--lang", "en")


def test_the_texts_of_both_languages_are_twins() -> None:
    """
    Every text of the frame is there in each language, with the same places to fill in.
    """
    texts = {
        language: {file.name: sorted(PLACE.findall(file.read_text())) for file in (TEXTS / language).iterdir()}
        for language in LANGUAGES
    }

    assert texts["fr"] == texts["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pipelines_check_build_and_publish(language: str) -> None:
    """
    Both pipelines are YAML, check with annotations before they build, and publish from the main branch alone.
    """
    files = new_portal(Beginning(languages=[language], title={language: "T"}, publisher={language: "P"}))
    github = yaml.safe_load(files[".github/workflows/portal.yaml"])
    gitlab = yaml.safe_load(files[".gitlab-ci.yml"])

    assert {"contents": "read"} == github["permissions"]
    assert [
        "pip install --requirement requirements.txt",
        f"vitrine check --format github --lang {language}",
        f"vitrine build --lang {language}",
    ] == [step["run"] for step in github["jobs"]["build"]["steps"] if "run" in step]
    assert "github.ref == 'refs/heads/main'" == github["jobs"]["publish"]["if"]
    assert [f"vitrine check --format gitlab --lang {language} > check.json"] == gitlab["check"]["script"]
    assert [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}] == gitlab["pages"]["rules"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pipelines_ask_addresses_once_a_week(language: str) -> None:
    """
    Both have a job that asks on a schedule of its own, never for a pull request, and commits `links.csv` alone.
    """
    files = new_portal(Beginning(languages=[language], title={language: "T"}, publisher={language: "P"}))
    github = yaml.safe_load(files[".github/workflows/links.yaml"])
    gitlab = yaml.safe_load(files[".gitlab-ci.yml"])["links"]
    *_, asked, committed = [step["run"] for step in github["jobs"]["links"]["steps"] if "run" in step]

    assert ["schedule", "workflow_dispatch"] == list(github[True])  # YAML 1.1 reads `on` as true
    assert {"contents": "write"} == github["permissions"]
    assert [f"vitrine links --lang {language}"] * 2 == [asked, gitlab["script"][0]]
    assert ["git add links.csv"] * 2 == [
        line for line in (*committed.splitlines(), *gitlab["script"]) if line.startswith("git add")
    ]
    assert [{"if": '$CI_PIPELINE_SOURCE == "schedule" && $LINKS == "weekly"'}] == gitlab["rules"]


def test_gitlab_is_told_each_problem_on_its_line(portal) -> None:
    """
    GitLab's report has a row a problem, each with a fingerprint of its own.
    """
    small = portal({"datasets/autre.yaml": "title: {fr: A, en: A}\npublisher: vile\n"})
    done = CliRunner().invoke(cli, ["check", "--portal", str(small.folder), "--format", "gitlab", "--lang", "en"])
    rows = json.loads(done.stdout)

    assert ("unknown-publisher", "major", {"path": "datasets/autre.yaml", "lines": {"begin": 2}}) in [
        (row["check_name"], row["severity"], row["location"]) for row in rows
    ]
    assert len(rows) == len({row["fingerprint"] for row in rows}) > 1


def converse(command: list[str], answers: list[str], folder: Path, language: str) -> str:
    """All that a command says on a terminal of its own, on which each of its questions gets an answer."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env={**os.environ, "LANG": language}
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # how Linux says that nobody is left at the other end
        pass
    process.wait()
    os.close(ours)
    return said.decode()


@pytest.mark.parametrize(
    ("language", "answers", "questions", "written"),
    [
        (
            "fr_CA.UTF-8",
            ["fr, en", "Données de Val", "Val Open Data", "Ville de Val", "", "pas une adresse", "", "", "cc0"],
            ["Langues du portail", "Titre du portail (français)", "Titre du portail (English)", "Courriel", "Licence"],
            "title: {fr: Données de Val, en: Val Open Data}",
        ),
        (
            "en_CA.UTF-8",
            ["", "Val Open Data", "City of Val", "https://data.example.org", "data@example.org", ""],
            ["Languages of the portal", "Title of the portal (English)", "Who publishes the data", "E-mail", "Licence"],
            "title: Val Open Data",
        ),
    ],
)
def test_questions_on_a_terminal(language, answers, questions, written, tmp_path: Path) -> None:
    """
    On a terminal, each thing is asked for in the language of whoever types, again after a wrong answer.
    """
    command = [sys.executable, "-c", "from generator.cli import main; main()", "init", str(tmp_path / "p")]
    said = converse(command, answers, ROOT, language)

    assert [] == [question for question in questions if question not in said], said
    assert written in (tmp_path / "p/datasets/catalog.yaml").read_text(encoding="utf-8")
    assert ("n’est pas une adresse qui commence par" in said) == ("pas une adresse" in answers)
