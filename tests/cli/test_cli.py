"""What the command says of itself: of how it was typed, and of how many datasets it read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli, run
from tests.conftest import ARBRES, ROOT


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "check --portl x",
            "Il n’y a pas d’option `--portl`.\nVouliez-vous dire `--portal` ?\n"
            "Ce que la commande accepte : `vitrine check --help`\n",
        ),
        ("vérifier", "Il n’y a pas de commande `vérifier`.\nCe que la commande accepte : `vitrine --help`\n"),
        (
            "check --format xml",
            "`--format` doit être l’un de ces mots : text, json, github, gitlab, sarif.\n"
            "Ce que la commande accepte : `vitrine check --help`\n",
        ),
        (
            "serve --port abc",
            "`--port` doit être un nombre entier, de 0 à 65535.\nCe que la commande accepte : `vitrine serve --help`\n",
        ),
        (
            "build --jobs 0",
            "`--jobs` doit être un nombre entier, 1 au moins.\nCe que la commande accepte : `vitrine build --help`\n",
        ),
        (
            "check --portal nulle-part",
            "`--portal` doit être un dossier qui existe.\nCe que la commande accepte : `vitrine check --help`\n",
        ),
        (
            "build --output fichier",
            "`--output` doit être un dossier, et non un fichier.\n"
            "Ce que la commande accepte : `vitrine build --help`\n",
        ),
        ("check --portal", "`--portal` demande une valeur.\nCe que la commande accepte : `vitrine --help`\n"),
        (
            "import ckan",
            "Il manque `SOURCE`.\nCe que la commande accepte : `vitrine import ckan --help`\n",
        ),
        (
            "check ici",
            "Il y a un mot de trop à la fin de la commande.\nCe que la commande accepte : `vitrine check --help`\n",
        ),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_machine(typed, said, tmp_path, monkeypatch, capsys):
    """
    What was typed wrong is named in French to who works in French, with where to read more, and exits with 2.
    """
    (tmp_path / "fichier").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")

    with pytest.raises(SystemExit) as stopped:
        run(typed.split())

    assert (2, said) == (stopped.value.code, capsys.readouterr().err.replace("\u202f", " "))


def test_help_and_version_are_no_mistakes(capsys):
    """
    They exit with 0, on standard output.
    """
    for typed, said in (("--version", "vitrine, version "), ("check --help", "Usage: vitrine check")):
        with pytest.raises(SystemExit) as stopped:
            run(typed.split())

        assert (stopped.value.code or 0, capsys.readouterr().out.startswith(said)) == (0, True)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "1 jeu de données lu : rien à redire."),
        ({"datasets/arbres.yaml": ARBRES.replace("cc-by-4.0", "")}, "2 jeux de données lus : 1 avertissement."),
        (
            {"datasets/arbres.yaml": ARBRES.replace("transport", "x").replace("cc-by-4.0", "y")},
            "2 jeux de données lus, dont 1 à corriger : 2 erreurs.",
        ),
    ],
    ids=["sound", "warning", "errors"],
)
def test_a_check_counts_what_it_read(portal, files, said):
    """
    Every dataset, and those among them that would not be published; errors and warnings are counted by themselves.
    """
    done = CliRunner().invoke(cli, ["check", "--lang", "fr", "--portal", str(portal(files).folder)])

    assert done.stderr.replace("\u202f", " ").splitlines()[-1] == said


def test_errors_come_last_and_what_is_said_of_several_files_is_said_once(portal):
    """
    The reader of a hundred equal warnings reads one, with the list of its places, and sees the errors above the count.
    """
    bare = ARBRES.replace("license: cc-by-4.0\n", "")
    sick = ARBRES.replace("license: cc-by-4.0", "license: cc-by")
    small = portal({f"datasets/{name}.yaml": bare for name in "cde"} | {"datasets/a.yaml": sick})

    said = CliRunner().invoke(cli, ["check", "--portal", str(small.folder), "--lang", "en"]).stderr

    assert said.splitlines() == [
        "datasets/c.yaml:1:1: warning[no-license] there is no licence",
        "  1 | title: {fr: Arbres, en: Trees}",
        "    | ^",
        "  help: without one nobody may reuse the data; add `license: cc-by-4.0`, or another",
        "  the same in:",
        "    datasets/d.yaml:1:1",
        "    datasets/e.yaml:1:1",
        "datasets/a.yaml:5:10: error[unknown-license] `cc-by` is not a known licence",
        "  5 | license: cc-by",
        "    |          ^",
        "  help: did you mean `cc-by-4.0`?",
        "5 datasets read, 1 of them to mend: 1 error, 3 warnings.",
    ]


def test_what_was_asked_for_is_utf_8(monkeypatch):
    """
    Redirected, it is in UTF-8 whatever the system's encoding, which may lack a letter or a space.
    """
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    command = [sys.executable, "-m", "generator.cli", "schema", "--lang", "fr"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    assert "Jeu de données" == json.loads(done.stdout.decode("utf-8"))["title"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no file that is always full")
def test_a_disk_that_refuses_is_no_fault_of_the_program():
    """
    Where output can't be written, the sentence is about the disk.
    """
    command = [sys.executable, "-m", "generator.cli", "schema", "--lang", "en"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (1, "The disk refuses: [Errno 28] No space left on device.") == (
        done.returncode,
        done.stderr.decode().splitlines()[0],
    )
