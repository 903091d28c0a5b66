"""What git tells of a folder, and that no repository has it run anything."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.source.git import read_history


def leave_mark(folder: Path, mark: Path) -> Path:
    """A program that leaves a mark where it ran, and says nothing."""
    program = folder / "evil.sh"
    program.write_text(f"#!/bin/sh\necho ran >> {mark}\ncat >/dev/null\nexit 1\n")
    program.chmod(0o755)
    return program


SIGNED = """\
tree {tree}
author A <a@exemple.org> 1735732800 +0000
committer A <a@exemple.org> 1735732800 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 
 iQ==
 -----END PGP SIGNATURE-----

x
"""


@pytest.fixture
def repository(portal):
    """A portal whose last commit bears a signature."""
    small = portal()
    small.commit("2024-03-01", {})
    tree = subprocess.run(
        ["git", "rev-parse", "HEAD^{tree}"], cwd=small.folder, capture_output=True, text=True, check=True
    ).stdout.strip()
    (small.folder / "commit.txt").write_text(SIGNED.format(tree=tree))
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "commit.txt"], cwd=small.folder, capture_output=True, text=True
    )
    (small.folder / "commit.txt").unlink()
    small.git("update-ref", "refs/heads/main", made.stdout.strip())
    return small


ATTACKS = {
    "signatures": (
        '[log]\n showSignature = true\n[gpg]\n program = {program}\n[gpg "openpgp"]\n program = {program}\n',
        ["log"],
    ),
    "monitor": ("[core]\n fsmonitor = {program}\n", ["status"]),
    "external": ("[diff]\n external = {program}\n", ["log", "-p", "--ext-diff"]),
    "textconv": ('[diff "x"]\n textconv = {program}\n', ["log", "-p"]),
    "filter": ('[filter "x"]\n clean = {program}\n smudge = {program}\n required = true\n', ["add", "--all"]),
    "pager": ("[pager]\n log = {program}\n", None),
    "alias": ("[alias]\n log = !{program}\n rev-parse = !{program}\n", None),
}
"""What a configuration names, and the command of git's that would run it; for the last two, none without a terminal."""


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_that_a_repository_names_runs(repository, tmp_path, name):
    """
    No program that `.git/config` names runs while a portal is checked, and the dates are read; git itself would run it.
    """
    settings, command = ATTACKS[name]
    mark = tmp_path / "ran.txt"
    program = leave_mark(tmp_path, mark)
    repository.lay({".gitattributes": "* diff=x filter=x\n"})
    with (repository.folder / ".git/config").open("a") as stream:
        stream.write(settings.format(program=program))
    history = read_history(repository.folder)
    repository.check()

    assert history.dates["portal.yaml"] == "2025-01-01"
    assert not mark.exists()
    if command:
        subprocess.run(["git", *command], cwd=repository.folder, capture_output=True, timeout=60)
        assert mark.exists()


def test_nothing_is_fetched_that_a_partial_clone_lacks(repository, tmp_path):
    """
    The program that a partial clone names to send what it lacks does not run, by whatever protocol it is named.
    """
    mark = tmp_path / "ran.txt"
    program = leave_mark(tmp_path, mark)
    (tmp_path / "far").mkdir()
    settings = (
        '[core]\n repositoryformatversion = 1\n[extensions]\n partialClone = far\n[protocol]\n allow = always\n'
        '[protocol "ext"]\n allow = always\n[protocol "file"]\n allow = always\n[remote "far"]\n promisor = true\n'
        f" url = {{url}}\n uploadpack = {program}\n"
    )  # fmt: skip
    for url in (str(tmp_path / "far"), f"file://{tmp_path / 'far'}", f"ext::{program}"):
        (repository.folder / ".git/config").write_text(settings.format(url=url))
        for file in (repository.folder / ".git/objects").glob("??/*"):
            kind = ["git", "cat-file", "-t", f"{file.parent.name}{file.name}"]
            if subprocess.run(kind, cwd=repository.folder, capture_output=True, text=True).stdout == "tree\n":
                file.unlink()
        assert dict(read_history(repository.folder).dates) == {}
        assert not mark.exists()


def test_a_repository_among_the_files_is_not_read(portal, tmp_path):
    """
    A folder laid out as a bare repository, which any clone delivers, is no repository: its configuration counts for
    nothing.
    """
    mark = tmp_path / "ran.txt"
    program = leave_mark(tmp_path, mark)
    small = portal()
    small.commit("2024-03-01", {})
    subprocess.run(["git", "clone", "--bare", "-q", small.folder, tmp_path / "bare"], check=True, capture_output=True)
    for name in ("HEAD", "config", "objects", "refs", "packed-refs"):
        if (tmp_path / "bare" / name).exists():
            (tmp_path / "bare" / name).rename(small.folder / name)
    with (small.folder / "config").open("a") as stream:
        stream.write(f"[core]\n fsmonitor = {program}\n[log]\n showSignature = true\n[gpg]\n program = {program}\n")
    (small.folder / ".git").rename(tmp_path / "aside")

    assert dict(read_history(small.folder).dates) == {}
    assert not mark.exists()


def test_paths_are_read_as_they_are(portal):
    """
    A name with a backslash, a quote or a tab has its date like any other.
    """
    small = portal()
    names = ["a\\b.txt", 'a"b.txt', "a\tb.txt", "é.txt"]
    small.commit("2024-03-01", {f"content/{name}": "x" for name in names})

    assert [read_history(small.folder).dates.get(f"content/{name}") for name in names] == ["2024-03-01"] * 4


def test_an_import_gives_no_date(portal):
    """
    The commit that an import made is no change of a dataset; one after it is.
    """
    small = portal()
    small.commit("2024-03-01", {"datasets/arbres.yaml": "title: A\n", "import-memory.json": "{}\n"})
    before = read_history(small.folder)
    small.commit("2024-04-02", {"datasets/arbres.yaml": "title: B\n"})
    after = read_history(small.folder)

    assert (before.dates["datasets/arbres.yaml"], before.changes.get("datasets/arbres.yaml")) == ("", None)
    assert after.dates["datasets/arbres.yaml"] == "2024-04-02"
    assert [touch.commit.date for touch in after.changes["datasets/arbres.yaml"]] == ["2024-04-02"]
