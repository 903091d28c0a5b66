"""Links lead nowhere out of a portal's folder, whatever is read, written or deleted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build.destination import output_fault
from generator.build.pipeline import build, read_portal
from generator.cli.reports import SourceLines
from generator.source.guard import delete, is_inside, is_within, make_folder, read_inside, write_inside
from tests.conftest import ARBRES, MINIMAL, read_tree

SECRET = "SECRET"
DATA = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: arbres.csv")
THEME = "parent: default\nscripts: [node_modules/a/a.js]\nfonts: [a.woff2]\n"


@pytest.fixture
def outside(tmp_path):
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.txt").write_text(f"{SECRET}\n")
    (folder / "secret.yaml").write_text(ARBRES.replace("Trees", SECRET))
    return folder


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("portal.yaml", "secret.txt"),
        ("usage.csv", "secret.txt"),
        ("links.csv", "secret.txt"),
        ("datasets/catalog.yaml", "secret.txt"),
        ("datasets/secret.yaml", "secret.yaml"),
        ("datasets/publishers/secret.yaml", "secret.yaml"),
        ("content/secret.md", "secret.txt"),
        ("content/secret.txt", "secret.txt"),
        ("datasets/arbres/arbres.csv", "secret.txt"),
        ("search/synonyms.fr.yaml", "secret.txt"),
        ("themes/ville/theme.yaml", "secret.txt"),
        ("themes/ville/assets/secret.txt", "secret.txt"),
        ("themes/ville/assets/theme.css", "secret.txt"),
        ("themes/ville/templates/macros.html", "secret.txt"),
        ("themes/ville/strings/fr.yaml", "secret.txt"),
    ],
)
def test_a_linked_file_is_not_read(portal, outside, path, target):
    """
    A file that is a link out of the portal is told in its place, and nothing of what it leads to is said or published.
    """
    small = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/ville/theme.yaml": "parent: default\n",
            "datasets/arbres/dataset.yaml": DATA,
            "datasets/arbres/arbres.csv": "a\n1\n",
        }
    )
    file = small.folder / path
    file.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.symlink_to(outside / target)
    found = read_portal(small.folder)
    told = [item for item in found.diagnostics if item.code == "linked-file"]
    place = "datasets/arbres/dataset.yaml" if path.endswith("arbres.csv") else path

    assert [item.place.path for item in told] == [place]
    assert told[0].is_error
    assert SECRET not in repr(found.site.catalog) + repr(found.site.theme) + repr(found.diagnostics)
    assert SourceLines(small.folder).line(path, 1) == ""


@pytest.mark.parametrize("top", ["datasets", "content"])
def test_a_linked_folder_is_not_read(portal, outside, top):
    """
    The portal's own `datasets/` and `content/` are read only where they are.
    """
    small = portal({"content/a.txt": "a"})
    (small.folder / top).rename(small.folder.parent / "aside")
    (small.folder / top).symlink_to(outside)
    report = small.check()

    assert [item.place.path for item in report.diagnostics if item.code == "linked-folder"] == [top]
    assert SECRET not in repr(report.diagnostics)


def test_scripts_and_fonts_of_a_theme_come_from_its_folder(portal, outside):
    """
    What theme.yaml names outside, by a link or by `..`, is missing.
    """
    small = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/ville/theme.yaml": THEME + "stemmers: [../../../outside/secret.txt]\n",
        }
    )
    (small.folder / "themes/ville/node_modules").mkdir()
    (small.folder / "themes/ville/node_modules/a").symlink_to(outside)
    (outside / "a.js").write_text(SECRET)
    (small.folder / "themes/ville/a.woff2").symlink_to(outside / "secret.txt")
    found = read_portal(small.folder)

    assert sorted({item.code for item in found.errors}) == ["missing-font", "missing-script"]
    assert SECRET not in repr(found.site.theme)


def test_a_link_leads_to_nothing_hidden(portal):
    """
    A file of the site can't be a link to `.git/config`, where pipelines keep passwords.
    """
    small = portal({".git/config": SECRET})
    (small.folder / "content").mkdir()
    (small.folder / "content/a.txt").symlink_to("../.git/config")

    assert small.check().codes == ["linked-file"]


def test_links_that_stay_inside_are_followed(portal):
    """
    A dataset's file may be a link to another file of the portal.
    """
    small = portal({"datasets/arbres/dataset.yaml": DATA, "content/a.csv": "a,b\n1,2\n"})
    (small.folder / "datasets/arbres/arbres.csv").symlink_to("../../content/a.csv")

    assert small.check().lines() == []
    assert small.build()["dataset/arbres/arbres.csv"] == b"a,b\n1,2\n"


MAKERS = {
    "fifo": os.mkfifo,
    "socket": lambda path: socket.socket(socket.AF_UNIX).bind(str(path)),
    "device": lambda path: Path(path).symlink_to("/dev/zero"),
    "loop": lambda path: Path(path).symlink_to(path),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has none of them")
@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_no_file_is_told_and_never_waited_for(portal, monkeypatch, kind):
    """
    A FIFO, a socket, a device or a link to itself in place of any file stops no check.
    """
    small = portal({"themes/ville/theme.yaml": "parent: default\n", "content/a/b.txt": ""})
    monkeypatch.chdir(small.folder)  # the name of a socket has a hundred characters at most
    names = ["usage.csv", "datasets/x.yaml", "content/x.md", "content/x.txt", "search/synonyms.fr.yaml"]
    for name in [*names, "themes/ville/assets/x.css", "themes/ville/templates/base.html"]:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        MAKERS[kind](name)
    Path("portal.yaml").write_text(f"{MINIMAL['portal.yaml']}theme: ville\n")
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "check", "--lang", "en", "--format", "json", "--portal", small.folder],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.stdout.count('"code": "linked-file"') == 7, done.stdout + done.stderr


def fill(small, folder):
    """A folder outside, to be emptied or written to through a link at a path of the portal."""
    (folder / "precious.txt").write_text("precious")
    (folder / ("a" * 32)).write_text("precious")
    return read_tree(folder)


@pytest.mark.parametrize("path", [".cache", ".cache/vitrine", ".cache/vitrine/previews.sqlite"])
@pytest.mark.parametrize("inside", [False, True], ids=["outside", "inside"])
def test_a_linked_cache_empties_no_folder(portal, outside, path, inside):
    """
    Nothing is written to, or deleted from, a folder that the cache's path leads to by a link, in the portal or out.
    """
    small = portal({"datasets/arbres/dataset.yaml": DATA, "datasets/arbres/arbres.csv": "a,b\n1,2\n"})
    target = small.folder / "mine" if inside else outside
    target.mkdir(exist_ok=True)
    before = fill(small, target)
    (small.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (small.folder / path).symlink_to(target)
    for _ in range(2):
        small.build()

    assert read_tree(target) == before


def test_files_of_the_cache_that_are_links_are_replaced(portal, outside):
    """
    A link with the name of a file of the cache, or of SQLite's journal beside it, is written over, not written through.
    """
    small = portal({"datasets/arbres/dataset.yaml": DATA, "datasets/arbres/arbres.csv": "a,b\n1,2\n"})
    small.build()
    cache = small.folder / ".cache/vitrine"
    names = [file.relative_to(cache) for file in cache.rglob("*") if file.is_file()]
    names += [Path(f"analyses-fr.sqlite{suffix}") for suffix in ("-journal", "-wal", "-shm")]
    before = read_tree(outside)
    for name in names:
        (cache / name).unlink(missing_ok=True)
        (cache / name).symlink_to(outside / "secret.txt")
    small.lay({"datasets/arbres/arbres.csv": "a,b\n1,3\n"})
    small.build()

    assert read_tree(outside) == before
    assert not [name for name in names if (cache / name).is_symlink() and name.suffix != ""]


def test_files_beside_those_of_the_cache_stay(portal):
    """
    What somebody else has put into the cache's folder is left alone.
    """
    small = portal({"datasets/arbres/dataset.yaml": DATA, "datasets/arbres/arbres.csv": "a,b\n1,2\n"})
    small.lay({".cache/vitrine/notes.txt": "mine", ".cache/vitrine/more/previews.sqlite": "mine too"})
    small.build()

    found = read_tree(small.folder / ".cache/vitrine")
    assert (found["notes.txt"], found["more/previews.sqlite"]) == (b"mine", b"mine too")


def test_a_site_is_not_written_through_a_link_of_the_portal(portal, outside):
    """
    `site` may lead elsewhere by who names the folder on the command line, never by a link in the portal.
    """
    small = portal()
    (small.folder / "site").symlink_to(outside / "new")
    (small.folder / "public").symlink_to(outside)

    assert output_fault(small.folder, small.folder / "site") == "output-linked-out"
    assert output_fault(small.folder, small.folder / "public/a/b") == "output-linked-out"
    assert output_fault(small.folder, outside / "new") == ""
    assert output_fault(small.folder, small.folder / "other/site") == ""


@pytest.mark.parametrize(
    "path", ["content", "content/site", "datasets/a/b", "themes/x", "search/fr", ".git/x", ".cache/x"]
)
def test_a_site_is_not_written_among_its_sources(portal, path):
    """
    `--output` names no folder of those that a portal is made from.
    """
    small = portal()

    assert output_fault(small.folder, small.folder / path) == "output-among-sources"
    assert output_fault(small.folder, small.folder.parent / path) == ""


@pytest.mark.parametrize("what", ["new", "old", "spare", "lock"])
def test_links_beside_the_site_are_deleted_themselves(portal, outside, what):
    """
    A link that has the name of what a build makes beside the site is replaced, and what it leads to is left.
    """
    small = portal()
    before = read_tree(outside)
    (small.folder / f".site.vitrine-{what}").symlink_to(outside)
    found = read_portal(small.folder)
    if what == "lock":
        with pytest.raises(OSError):
            build(found, small.folder / "site")
    else:
        build(found, small.folder / "site")
        assert (small.folder / "site/index.html").is_file()

    assert read_tree(outside) == before


def test_the_guard(tmp_path):
    """
    Reading, writing, making and deleting all stay within a folder.
    """
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir(), out.mkdir()
    (out / "a").write_text("a")
    (folder / "link").symlink_to(out)
    (folder / "file").symlink_to(out / "a")

    assert [is_within(folder, path) for path in ("x", "link/a", "../out", "x/../y")] == [True, False, False, True]
    assert [is_inside(folder, "file"), is_inside(folder, "a" * 300), is_inside(folder, "a\0b")] == [False] * 3
    assert [read_inside(folder, "link/a"), make_folder(folder, "link/b")] == [None, None]
    assert [write_inside(folder, "link/c", b"c"), write_inside(folder, "file", b"c")] == [False, True]
    assert (folder / "file").read_bytes() == b"c"
    delete(folder / "link"), delete(folder / "nothing")
    assert read_tree(out) == {"a": b"a"}


@pytest.mark.parametrize("top", ["content", "datasets", "themes/ville/assets"])
def test_folders_that_lie_too_deep_are_told(portal, top):
    """
    What lies too deep is told, and no reader falls down the well.
    """
    small = portal(
        {"portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n", "themes/ville/theme.yaml": "parent: default\n"}
    )
    (small.folder / top).mkdir(parents=True, exist_ok=True)
    here = os.open(small.folder / top, os.O_RDONLY)
    for _ in range(200):
        os.mkdir("a", dir_fd=here)
        deeper = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    report = small.check()

    assert report.codes == ["unreadable-folder"]
    assert report.lines()[0].startswith(top)


@pytest.mark.parametrize("name", [b"caf\xe9", b"a\\b"])
def test_a_bad_name_has_one_message(portal, name):
    """
    A name that is not in UTF-8, or has a backslash, is told once, wherever the file is.
    """
    small = portal(
        {"portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n", "themes/ville/theme.yaml": "parent: default\n"}
    )
    ends = {"content": ".csv", "content/news": ".md", "themes/ville/assets": ".css", "themes/ville/templates": ".html"}
    for folder, end in ends.items():
        (small.folder / folder).mkdir(parents=True, exist_ok=True)
        (small.folder / folder / os.fsdecode(name + end.encode())).write_bytes(b"a\n")

    assert small.check().codes == ["bad-path"] * len(ends)
