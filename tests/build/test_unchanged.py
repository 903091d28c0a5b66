"""That nothing has changed is said at once, and only where it is so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import inputs
from generator.build.inputs import find_inputs
from generator.build.unchanged import Account, LastBuild
from generator.cli import cli
from generator.cli import portal as cli_portal
from generator.model.diagnostics import Diagnostic, Place
from tests.conftest import ARBRES, MINIMAL, ROOT, Files, SmallPortal, read_tree

SOUTH = '{"type": "FeatureCollection", "features": []}'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"></svg>'
PORTAL = "baseURL: https://exemple.org/\nlanguages: [fr, en]\n"
EVERY_KIND: Files = {
    "portal.yaml": f"{PORTAL}theme: ville\nlogo: {{file: logo.svg, alt: Ville}}\n",
    "logo.svg": SVG,
    "redirects.yaml": "/vieux/: /dataset/\n",
    "usage.csv": "dataset,downloads\nautre,12\n",
    "datasets/arbres/dataset.yaml": ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv"),
    "datasets/arbres/arbres.csv": "nom,aire\nA,1\nB,2\n",
    "content/aide.md": "---\ntitle: Aide\n---\n\nVoir [les arbres](dataset/arbres/).\n",
    "content/plan.pdf": b"%PDF",
    "content/news/a.md": "---\ntitle: Un\ndate: 2026-12-30\n---\n",
    "content/news/b.md": "---\ntitle: Deux\ndate: 2027-03-01\n---\n",
    "search/synonyms.fr.yaml": "- arbre, végétal\n",
    "themes/ville/theme.yaml": "parent: default\n",
    "themes/ville/assets/theme.css": ":root { --line: #7a1f3d }\n",
    "themes/ville/strings/fr.yaml": "site: {home: Maison}\n",
}


@dataclass
class Told:
    """What a build said, but for how long it took, and whether it read the portal."""

    said: str
    code: int
    read: bool


Build = Callable[..., Told]


@pytest.fixture(autouse=True)
def no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where these tests run may be one."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """Runs `vitrine build`, and says whether the portal was read."""
    monkeypatch = pytest.MonkeyPatch()
    readings: list[Path] = []
    read = cli_portal.read_portal

    def reading(folder: Path, *arguments: object, **named: object) -> object:
        readings.append(folder)
        return read(folder, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(cli_portal, "read_portal", reading)

    def run(small: SmallPortal, *arguments: str) -> Told:
        before = len(readings)
        command = ["build", "--lang", "en", "--jobs", "1", "--portal", str(small.folder), *arguments]
        done = CliRunner().invoke(cli, command, catch_exceptions=False)
        said = re.sub(r"in [\d.,]+ s\.", "in no time.", done.stderr.replace(str(small.folder), ""))
        return Told(said, done.exit_code, len(readings) > before)

    yield run
    monkeypatch.undo()


@pytest.fixture(params=["by what is in files", "by how they look"])
def settled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Files that were just written, and files that were written long ago."""
    monkeypatch.setattr(inputs, "SETTLED", 10**12 if request.param == "by what is in files" else -(10**12))
    return str(request.param)


def lay_every_kind(folder: Path, build: Build) -> SmallPortal:
    """A portal with every kind of file, built until it is known."""
    made = SmallPortal(folder)
    made.lay({**MINIMAL, **EVERY_KIND})
    assert build(made).code == build(made).code == 0
    assert not build(made).read
    return made


@pytest.fixture
def small(tmp_path: Path, build: Build) -> SmallPortal:
    """A portal of its own for each test."""
    return lay_every_kind(tmp_path / "portal", build)


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory, build: Build) -> SmallPortal:
    """A portal that each test leaves as it found it."""
    return lay_every_kind(tmp_path_factory.mktemp("unchanged") / "portal", build)


def test_the_same_is_said(small: SmallPortal, build: Build, settled: str) -> None:
    """
    A build that finds nothing changed says what a build that has read everything says.
    """
    at_once = build(small)
    for file in (small.folder / ".cache/vitrine").glob("*.last"):
        file.unlink()
    after_reading = build(small)

    assert (at_once.read, after_reading.read) == (False, True)
    assert (at_once.said, at_once.code) == (after_reading.said, after_reading.code)
    assert "nothing to render again" in at_once.said
    assert "1 file waits to be published" in at_once.said


def test_warnings_are_counted_again(small: SmallPortal, build: Build) -> None:
    """
    What was advised is advised again; under `--strict` the build stops at it as ever.
    """
    small.lay({"datasets/sans.yaml": ARBRES.replace("license: cc-by-4.0\n", "")})
    first = build(small)
    again = build(small)

    assert (first.read, again.read) == (True, False)
    assert first.said.splitlines()[1:] == again.said.splitlines()[1:]
    assert any("`vitrine check` shows them" in line for line in again.said.splitlines())
    strict = build(small, "--strict")
    assert (strict.read, strict.code) == (True, 1)
    assert not build(small).read


CHANGES: dict[str, Files] = {
    "dataset": {"datasets/autre.yaml": ARBRES},
    "new dataset": {"datasets/neuf.yaml": ARBRES},
    "no dataset": {"datasets/autre.yaml": None, "usage.csv": None},
    "catalogue": {"datasets/catalog.yaml": "title: Tout\ndescription: Tout.\npublisher: ville\n"},
    "publisher": {"datasets/publishers/ville.yaml": "name: {fr: La Ville, en: The City}\n"},
    "data file": {"datasets/arbres/arbres.csv": "nom,aire\nA,1\nB,3\n"},
    "page": {"content/aide.md": "---\ntitle: Aide\n---\n\nVoir.\n"},
    "file of pages": {"content/plan.pdf": b"%PDG"},
    "theme’s sheet": {"themes/ville/assets/theme.css": ":root { --line: #7a1f3e }\n"},
    "theme’s words": {"themes/ville/strings/fr.yaml": "site: {home: Retour}\n"},
    "theme’s template": {"themes/ville/templates/text.html": '{% extends "default:text.html" %}'},
    "portal": {"portal.yaml": f"{PORTAL}theme: ville\nlogo: {{file: logo.svg, alt: La Ville}}\n"},
    "logo elsewhere": {"logo.svg": SVG.replace("10 10", "20 10")},
    "redirects": {"redirects.yaml": "/ancien/: /dataset/\n"},
    "usage": {"usage.csv": "dataset,downloads\nautre,13\n"},
    "answers": {"links.csv": "address,first,last,status\n"},
    "synonyms": {"search/synonyms.fr.yaml": "- arbre => parc\n"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_is_noticed(restored: SmallPortal, build: Build, settled: str, change: str) -> None:
    """
    Whatever kind of file changes, were its former time put back, it is built, and so it is once it is as it was.
    """
    files = CHANGES[change]
    paths = {path: restored.folder / path for path in files}
    former = {path: file.read_bytes() if file.exists() else None for path, file in paths.items()}
    assert not build(restored).read
    for path, file in paths.items():
        time = file.stat().st_mtime_ns if file.exists() else 0
        restored.lay({path: files[path]})
        if time and file.exists():
            os.utime(file, ns=(time, time))
    assert [build(restored).read, build(restored).read] == [True, False]
    restored.lay(former)
    assert [build(restored).read, build(restored).read] == [True, False]


def test_the_commit_the_day_and_the_options_are_looked_at(small: SmallPortal, build: Build, settled: str) -> None:
    """
    A commit, another day and what is asked for decide too; the same as before is known again.
    """
    small.commit("2025-01-01", {".gitignore": "/site\n/.cache\n"})
    assert [build(small).read, build(small).read] == [True, False]
    small.commit("2025-02-02", {})
    assert [build(small).read, build(small).read] == [True, False]
    for options in (["--date", "2027-03-02"], ["--drafts"], ["--preview"], []):
        assert [build(small, *options).read, build(small, *options).read] == [True, False]


def test_the_program_and_its_packages_are_looked_at(
    small: SmallPortal, build: Build, settled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A file of the program that changes, and a package that is installed, count as a change.
    """
    (tmp_path / "program").mkdir()
    (tmp_path / "program/a.py").write_text("1")
    (tmp_path / "packages/a-1.dist-info").mkdir(parents=True)
    monkeypatch.setattr(inputs, "PACKAGE", tmp_path / "program")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    assert [build(small).read, build(small).read] == [True, False]
    (tmp_path / "program/a.py").write_text("2")
    assert [build(small).read, build(small).read] == [True, False]
    (tmp_path / "packages/a-1.dist-info").rename(tmp_path / "packages/a-2.dist-info")
    assert [build(small).read, build(small).read] == [True, False]


def test_a_file_that_is_as_it_was_is_no_change(small: SmallPortal, build: Build) -> None:
    """
    A file that was written anew with the same words, as a clone of a repository is, changes nothing.
    """
    for path in ("content/aide.md", "datasets/autre.yaml"):
        content = (small.folder / path).read_bytes()
        (small.folder / path).unlink()
        small.lay({path: content})

    assert not build(small).read


def put_file(site: Path) -> None:
    (site / "mine.html").write_bytes(b"mine")


def put_mark(site: Path) -> None:
    (site / ".vitrine").write_bytes(b'{"format": 1}\n')


def put_copy(site: Path) -> None:
    site.rename(site.with_name("former"))
    shutil.copytree(site.with_name("former"), site)


def put_nothing(site: Path) -> None:
    shutil.rmtree(site)


def put_back(site: Path) -> None:
    subprocess.run([sys.executable, "-m", "generator.cli", "build", "--drafts", "--portal", site.parent], check=True)


@pytest.mark.parametrize("put", [put_file, put_mark, put_copy, put_nothing, put_back])
def test_another_published_folder_is_noticed(small: SmallPortal, build: Build, put: Callable[[Path], None]) -> None:
    """
    A published folder that is not the one which the build has left is looked at, and built again where it must be.
    """
    put(small.folder / "site")

    assert build(small).read


def edit(site: Path) -> None:
    file = site / "fr/index.html" if (site / "fr").exists() else site / "index.html"
    with file.open("r+b") as stream:
        stream.write(b"<!-- edited")


def edit_data(site: Path) -> None:
    with (site / "dataset/arbres/arbres.csv").open("ab") as stream:
        stream.write(b"x")


def remove(site: Path) -> None:
    (site / "dataset/arbres/index.html").unlink()


def add(site: Path) -> None:
    (site / "dataset/arbres/mine.html").write_bytes(b"mine")


@pytest.mark.parametrize(("damage", "ci"), [(edit, ""), (edit_data, "true"), (remove, "woodpecker"), (add, "")])
def test_what_was_done_to_published_files_is_seen_by_looking(
    small: SmallPortal, build: Build, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], ci: str
) -> None:
    """
    `--verify`, which goes without saying in a pipeline, looks at each published file, and the build mends it.
    """
    if ci:
        monkeypatch.setenv("CI", ci)
    options = [] if ci else ["--verify"]
    before = read_tree(small.folder / "site")
    assert not build(small, *options).read
    damage(small.folder / "site")

    assert not build(small, "--no-verify").read
    assert build(small, *options).read
    expected = before if damage is not add else {**before, "dataset/arbres/mine.html": b"mine"}
    assert read_tree(small.folder / "site") == expected


def test_a_pipeline_is_what_says_so(small: SmallPortal, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where CI is set to no, nothing is a pipeline.
    """
    edit_data(small.folder / "site")
    for value in ("", "0", "False"):
        monkeypatch.setenv("CI", value)
        assert not build(small).read


def test_a_portal_with_a_linked_folder_is_always_read(small: SmallPortal, build: Build) -> None:
    """
    A portal with a link to a folder, of which not all can be seen, is read each time.
    """
    (small.folder / "elsewhere").mkdir()
    (small.folder / "content/elsewhere").symlink_to(small.folder / "elsewhere")

    assert [build(small).read, build(small).read] == [True, True]


def test_a_linked_file_is_looked_at_where_it_is(small: SmallPortal, build: Build) -> None:
    """
    What a link inside the portal leads to is looked at, and where it leads.
    """
    small.lay({"notes/a.md": "---\ntitle: A\n---\n", "notes/b.md": "---\ntitle: B\n---\n"})
    link = small.folder / "content/note.md"
    link.symlink_to("../notes/a.md")
    assert [build(small).read, build(small).read] == [True, False]
    small.lay({"notes/a.md": "---\ntitle: C\n---\n"})
    assert [build(small).read, build(small).read] == [True, False]
    link.unlink()
    link.symlink_to("../notes/b.md")
    assert [build(small).read, build(small).read] == [True, False]


def test_errors_are_told_each_time(small: SmallPortal, build: Build) -> None:
    """
    A portal with errors, published without its faulty datasets, is read each time.
    """
    small.lay({"datasets/faux.yaml": ARBRES.replace("cc-by-4.0", "cc-by-9")})

    told = [build(small, "--keep-going") for _ in range(2)]
    assert [(item.read, item.code) for item in told] == [(True, 1), (True, 1)]
    assert told[0].said.splitlines()[:-4] == told[1].said.splitlines()[:-4]


def test_what_changes_during_a_build_is_built_next(
    small: SmallPortal, build: Build, settled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A file that is saved while a build runs, and saved again as it was, is never taken for built.
    """
    from generator.cli import publishing

    make = publishing.build
    former = (small.folder / "content/aide.md").read_bytes()

    def meanwhile(*arguments: object) -> object:
        small.lay({"content/aide.md": former})
        return make(*arguments)  # type: ignore[arg-type]

    small.lay({"content/aide.md": "---\ntitle: Autre\n---\n"})
    monkeypatch.setattr(publishing, "build", meanwhile)
    assert build(small).read
    monkeypatch.setattr(publishing, "build", make)
    small.lay({"content/aide.md": "---\ntitle: Autre\n---\n"})
    assert [build(small).read, build(small).read] == [True, False]


def test_damage_to_what_is_remembered_costs_time(small: SmallPortal, build: Build) -> None:
    """
    What the last build has left counts only as it was written.
    """
    [file] = (small.folder / ".cache/vitrine").glob("*.last")
    for eighth in range(8):
        damaged = bytearray(file.read_bytes())
        damaged[len(damaged) * eighth // 8] ^= 1 << eighth
        file.write_bytes(bytes(damaged) if eighth else b"")
        assert [build(small).read, build(small).read, build(small).read] == [True, True, False]


def test_what_is_told_survives(tmp_path: Path) -> None:
    """
    All that a build tells is told again, feeds that are too large among it.
    """
    (tmp_path / "portal.yaml").write_text("")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.vitrine").write_bytes(b"")
    large = [Diagnostic.at(Place("data.json"), "feed-too-large", size=13, limit=10, reader="A")]
    account = Account(datasets=3, pages=4, languages=["fr"], held=1, warnings=2, large=large)
    from generator.build.spare import generation

    LastBuild(tmp_path, tmp_path / "site", ["2026-01-01"]).remember(account, generation(tmp_path / "site"), [])

    assert LastBuild(tmp_path, tmp_path / "site", ["2026-01-01"]).account(verify=False) == account


WATCHED = """\
import json, os, sys
opened, portal = set(), os.path.realpath(sys.argv[1])
sys.addaudithook(lambda event, given: event == "open" and isinstance(given[0], (str, bytes)) and opened.add(
    os.path.realpath(os.fsdecode(given[0]))))
from generator.cli import cli
try:
    cli(["build", "--jobs", "1", "--portal", portal])
except SystemExit:
    pass
print(json.dumps([sorted(opened), sorted(sys.modules)]))
"""


def watched(portal: Path) -> tuple[set[str], set[str]]:
    """The files that a build opens, and the modules that it loads."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    command = [sys.executable, "-c", WATCHED, str(portal)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    opened, modules = json.loads(done.stdout)
    return set(opened), set(modules)


def test_every_file_that_a_build_opens_is_looked_at(tmp_path: Path) -> None:
    """
    Of the portal and of the program, a build opens no file that is not among those by which it is known.
    """
    small = SmallPortal(tmp_path / "portal")
    small.lay({**MINIMAL, **EVERY_KIND})
    opened, _ = watched(small.folder)

    known = {os.path.realpath(file) for file in find_inputs(small.folder, ["logo.svg"]).files.values()}
    own = (str(small.folder), str(ROOT / "generator"), str(ROOT / "themes"))
    made = (str(small.folder / "site"), str(small.folder / ".site."), str(small.folder / ".cache"))
    read = {file for file in opened if file.startswith(own) and not file.startswith(made) and Path(file).is_file()}
    assert len(read) > 100
    assert {file for file in read - known if "__pycache__" not in file} == set()


def test_nothing_heavy_is_loaded_to_say_so(small: SmallPortal) -> None:
    """
    A build that finds nothing changed opens none of the portal's files of datasets, once they have settled, and loads
    neither the pipeline nor what it renders with.
    """
    _, modules = watched(small.folder)

    heavy = ("generator.build.pipeline", "generator.pages", "generator.feeds", "generator.search", "jinja2", "markdown")
    assert sorted(modules.intersection(heavy)) == []
