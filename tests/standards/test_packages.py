"""Importers, feeds and rules of a package that is installed beside the program, whole or broken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, read_tree
from tests.test_recipes import recipe, run

FILES = recipe("Adding from a package of your own")


def install(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """What installing a package leaves in a folder that Python looks into."""
    project = tomllib.loads(files["pyproject.toml"])["project"]
    groups = project["entry-points"]
    entries = (f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in items.items()) for group, items in groups.items())
    lay(folder, {path: text for path, text in files.items() if path != "pyproject.toml"})
    info = f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    lay(folder, {f"{info}/METADATA": metadata, f"{info}/entry_points.txt": "\n".join(entries)})
    return folder


def lay(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def changed(path: str, old: str, new: str) -> Mapping[str, str]:
    """The package with other words in one of its files."""
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


LOUD = "title: {fr: ARBRES, en: Trees}\n"


def test_a_feed_of_a_package_is_published(tmp_path: Path, portal) -> None:
    """
    It is rendered, by several processes too, listed for harvesters and given its media type.
    """
    package, small = install(tmp_path / "packages"), portal()

    built = run(package, "build", "--portal", str(small.folder), "--jobs", "2")
    site = read_tree(small.folder / "site")

    assert built.returncode == 0, built.stderr
    assert [json.loads(line) for line in site["bulletin.ndjson"].splitlines()] == [
        {"id": "autre", "title": {"fr": "Autre", "en": "Other"}}
    ]
    assert "Les titres, un par ligne" in site["harvest/index.html"].decode()
    assert "Each line is JSON." in site["en/harvest/index.html"].decode()
    assert "/portail/*.ndjson\n  Content-Type: application/x-ndjson\n" in site["_headers"].decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "le titre `ARBRES` est tout en capitales\n  aide : écrivez-le en minuscules"),
        ("en", "the title `ARBRES` is all in capitals\n  help: write it in small letters"),
    ],
)
def test_a_rule_of_a_package_is_held(tmp_path: Path, portal, arbres: str, language: str, said: str) -> None:
    """
    What it finds is told as it says, with its severity, where it was written.
    """
    loud = arbres.replace("title: {fr: Arbres, en: Trees}\n", LOUD, 1)
    package, small = install(tmp_path / "packages"), portal({"datasets/arbres.yaml": loud})

    checked = run(package, "check", "--portal", str(small.folder), "--format", "json", "--lang", language)

    message, _, remedy = said.partition("\n")
    assert json.loads(checked.stdout) == [
        {
            "path": "datasets/arbres.yaml",
            "line": 1,
            "column": 8,
            "severity": "warning",
            "code": "loud-title",
            "message": message,
            "help": remedy.partition(": ")[2],
        }
    ], checked.stderr


def test_an_importer_of_a_package_is_a_command(tmp_path: Path) -> None:
    """
    It stands among the others in its own words, and fills a folder.
    """
    package, into = install(tmp_path / "packages"), tmp_path / "portail"
    (tmp_path / "titres.txt").write_text("Arbres\nParcs\n")

    told = run(package, "import", "--help", language="fr").stdout
    done = run(package, "import", "titles", str(tmp_path / "titres.txt"), "--into", str(into))

    assert re.search(r"titles +Reprendre une liste de titres\.", told)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (into / "datasets").glob("titre-*")) == ["titre-1.yaml", "titre-2.yaml"]


def test_a_new_version_of_a_package_renders_anew(tmp_path: Path, portal) -> None:
    """
    What the last build rendered stands as long as the packages are the same, and no longer.
    """
    small, before = portal(), install(tmp_path / "before")
    after = install(tmp_path / "after", changed("pyproject.toml", 'version = "1.0"', 'version = "1.1"'))
    build = ("build", "--portal", str(small.folder))

    said = [run(package, *build).stderr for package in (before, before, after)]

    assert ["nothing to render again" in text for text in said] == [False, True, False], said


FAULTS = {
    "raises": (
        changed("vitrine_bulletin/feed.py", "import json\n", "import no_such_thing\n"),
        "error[package-fails] the package `vitrine-bulletin` can't be loaded for `vitrine.feeds: bulletin`:"
        " ModuleNotFoundError: No module named 'no_such_thing'",
    ),
    "ends the program": (
        changed("vitrine_bulletin/feed.py", "import json\n", "raise SystemExit(0)\n"),
        "error[package-fails] the package `vitrine-bulletin` can't be loaded for `vitrine.feeds: bulletin`:"
        " SystemExit: 0",
    ),
    "no entry at all": (
        changed("pyproject.toml", '"vitrine_bulletin.feed"', '""'),
        "error[package-fails] the package `vitrine-bulletin` can't be loaded for `vitrine.feeds: bulletin`:",
    ),
    "no words": (
        changed("vitrine_bulletin/feed.py", '"en": "The titles, one a line"', ""),
        "error[package-shape] `vitrine.feeds: bulletin`, of the package `vitrine-bulletin`, has no `FEED['title']`",
    ),
    "unknown fact": (
        changed("vitrine_bulletin/feed.py", '"scope"', '"scoop": 1, "scope"'),
        "error[package-shape] `vitrine.feeds: bulletin`, of the package `vitrine-bulletin`, has no `FEED['scoop']`",
    ),
    "outside the site": (
        changed("vitrine_bulletin/feed.py", "bulletin.ndjson", "../bulletin.ndjson"),
        "error[package-shape] `vitrine.feeds: bulletin`, of the package `vitrine-bulletin`, has no `FEED['path']`",
    ),
    "no function": (
        changed("vitrine_bulletin/loud_title.py", "def check", "def test"),
        "error[package-shape] `vitrine.rules: loud-title`, of the package `vitrine-bulletin`, has no `check`",
    ),
    "a path of ours": (
        changed("vitrine_bulletin/feed.py", "bulletin.ndjson", "data.json"),
        "error[package-clash] `vitrine.feeds: bulletin`, of the package `vitrine-bulletin`, would take `data.json`",
    ),
    "a code of ours": (
        changed("pyproject.toml", "loud-title", "no-theme"),
        "error[package-clash] `vitrine.rules: no-theme`, of the package `vitrine-bulletin`, would take `no-theme`",
    ),
    "a page of ours": (
        changed("vitrine_bulletin/feed.py", "bulletin.ndjson", "index.html"),
        "vitrine-bulletin: error[path-collision] the address `/` is already taken by `Vitrine`",
    ),
}


@pytest.mark.parametrize(("files", "said"), FAULTS.values(), ids=FAULTS)
def test_what_a_package_breaks_is_told(tmp_path: Path, portal, files: Mapping[str, str], said: str) -> None:
    """
    A feed or a rule that can't be used is an error that names its package, and nothing is published without it.
    """
    package, small = install(tmp_path / "packages", files), portal()

    checked = run(package, "check", "--portal", str(small.folder))
    built = run(package, "build", "--portal", str(small.folder))

    assert (checked.returncode, built.returncode) == (1, 1)
    assert said in " ".join(checked.stderr.split())
    assert "vitrine-bulletin" in built.stderr
    assert "Traceback" not in checked.stderr + built.stderr
    assert not (small.folder / "site").exists()


def test_an_importer_that_can_not_be_used_leaves_the_others(tmp_path: Path) -> None:
    """
    It is told before what the command does; an importer of ours is not replaced.
    """
    package = install(tmp_path, changed("vitrine_bulletin/titles.py", 'name="titles"', 'name="ckan"'))

    told = run(package, "import", "--help", language="fr")

    assert told.returncode == 0
    assert "`vitrine.importers: titles`, du paquet `vitrine-bulletin`, prendrait `ckan`" in told.stderr
    assert "Reprendre une liste" not in told.stdout


@pytest.mark.parametrize(
    ("files", "arguments", "problem"),
    [
        (
            changed("vitrine_bulletin/feed.py", "for id in part.ids:", "for id in part.no:"),
            ("build",),
            "AttributeError",
        ),
        (changed("vitrine_bulletin/feed.py", "yield json", "yield str() or json.no"), ("build",), "AttributeError"),
        (changed("vitrine_bulletin/loud_title.py", "title.isupper()", "title.no"), ("check",), "AttributeError"),
        (changed("vitrine_bulletin/loud_title.py", "title.isupper()", "True"), ("check",), ""),
    ],
    ids=["feed", "feed, later", "rule", "nothing wrong"],
)
def test_what_stops_while_it_runs_is_the_package_s(
    tmp_path: Path, portal, files: Mapping[str, str], arguments: tuple[str, ...], problem: str
) -> None:
    """
    One sentence names the package and what went wrong, and the trace is for whoever asks.
    """
    package, small = install(tmp_path / "packages", files), portal()

    plain = run(package, *arguments, "--portal", str(small.folder))
    traced = run(package, "--debug", *arguments, "--portal", str(small.folder))

    assert (plain.returncode == 1) == bool(problem)
    assert ("The package `vitrine-bulletin` went wrong: " + problem in plain.stderr) == bool(problem)
    assert ("Traceback" in traced.stderr, "Traceback" in plain.stderr) == (bool(problem), False)


def test_entry_points_that_can_not_be_read_are_told(tmp_path: Path, portal) -> None:
    """
    A file of entry points in no known form is an error that names its package.
    """
    package, small = install(tmp_path / "packages"), portal()
    (package / "vitrine_bulletin-1.0.dist-info/entry_points.txt").write_text("[vitrine.feeds]\nbulletin\n")

    checked = run(package, "check", "--portal", str(small.folder))

    assert checked.returncode == 1
    assert "vitrine-bulletin: error[package-fails]" in checked.stderr
    assert "Traceback" not in checked.stderr


def test_a_portal_s_folder_is_no_package(portal) -> None:
    """
    What lies in a portal as if it were installed there is not run, even by whoever works in its folder.
    """
    small = portal()
    install(small.folder, changed("vitrine_bulletin/feed.py", "import json\n", "raise SystemExit('run')\n"))

    checked = run(ROOT, "check", cwd=small.folder)

    assert (checked.returncode, "run" in checked.stderr) == (0, False), checked.stderr
