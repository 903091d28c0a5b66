"""The tree of the build before is brought up to date where nothing is in doubt, in an order that no fault breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import output
from generator.build.output import Output
from tests.build.test_output import IN_A_ROW, NEW, OLD, SPARE, fill, publish, tree

OTHER = {"index.html": b"other", "about/index.html": b"same", "more/index.html": b"more"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published folder with the tree of the build before beside it."""
    folder = tmp_path / "site"
    publish(folder, OLD)
    publish(folder, NEW)
    if not (tmp_path / SPARE).exists():
        pytest.skip("this system cannot exchange folders: no tree is kept for the next build")
    return folder


def reuses(folder: Path, files: dict[str, bytes]) -> bool:
    """Publish files; whether the tree of the build before has become the published one."""
    with Output(folder) as site:
        fill(site, files)
        site.publish()
        reused = site._stage.journal is not None
    assert tree(folder) == files
    return reused


def test_the_tree_of_the_build_before_takes_the_place_of_the_last(folder: Path) -> None:
    """
    Two folders take turns for as long as nothing is in doubt, and share each file that did not change.
    """
    assert [reuses(folder, files) for files in (*IN_A_ROW, OTHER, OTHER, {}, OLD)] == [True] * 9
    assert reuses(folder, {**OLD, "index.html": b"x"})
    assert (folder / "about/index.html").samefile(folder.parent / SPARE / "about/index.html")


def test_only_what_changed_is_touched(folder: Path) -> None:
    """
    A build that changes one file touches that one, and the ones that the build before changed.
    """
    many = {f"{number}/index.html": b"same" for number in range(100)}
    publish(folder, {**many, "a": b"1", "b": b"1"})
    publish(folder, {**many, "a": b"2", "b": b"1"})
    changes = {path: (folder.parent / SPARE / path).parent.stat().st_ctime_ns for path in many}

    assert reuses(folder, {**many, "a": b"2", "b": b"2"})
    assert {path: (folder / path).parent.stat().st_ctime_ns for path in many} == changes


def add_file(folder: Path) -> None:
    (folder / "site/about/mine.html").write_bytes(b"mine")


def delete_file(folder: Path) -> None:
    (folder / "site/dataset/trees/index.html").unlink()


def replace_file(folder: Path) -> None:
    (folder / "new").write_bytes(b"edited")
    (folder / "new").rename(folder / "site/about/index.html")


def add_to_root(folder: Path) -> None:
    (folder / "site/CNAME").write_bytes(b"mine")


def add_folder(folder: Path) -> None:
    (folder / "site/about/deep/er").mkdir(parents=True)


def copy_back(folder: Path) -> None:
    subprocess.run(["cp", "-a", folder / "site", folder / "copy"], check=True)
    shutil.rmtree(folder / "site")
    (folder / "copy").rename(folder / "site")


def link_copy(folder: Path) -> None:
    shutil.copytree(folder / "site", folder / "copy", copy_function=os.link)
    shutil.rmtree(folder / "site")
    (folder / "copy").rename(folder / "site")


def close_folder(folder: Path) -> None:
    (folder / "site/about").chmod(0o700)


def touch_mark(folder: Path) -> None:
    (folder / "site/.vitrine").write_bytes(b'{"format": 1}\n')


def edit_spare(folder: Path) -> None:
    (folder / SPARE / "about/index.html").unlink()


def add_to_spare(folder: Path) -> None:
    (folder / SPARE / "about/more").write_bytes(b"")


def delete_journal(folder: Path) -> None:
    (folder / SPARE / ".vitrine").unlink()


def cut_journal(folder: Path) -> None:
    file = folder / SPARE / ".vitrine"
    file.write_bytes(file.read_bytes()[:-3])


def empty_journal(folder: Path) -> None:
    (folder / SPARE / ".vitrine").write_bytes(b"")


def later_version(folder: Path) -> None:
    from generator.build.spare import seal, unseal

    file = folder / SPARE / ".vitrine"
    written = unseal(file.read_bytes()) or b""
    file.write_bytes(seal(written.replace(b'"version": "', b'"version": "1')))


DOUBTS: tuple[Callable[[Path], None], ...] = (
    add_file,
    delete_file,
    replace_file,
    add_to_root,
    add_folder,
    copy_back,
    link_copy,
    close_folder,
    touch_mark,
    edit_spare,
    add_to_spare,
    delete_journal,
    cut_journal,
    empty_journal,
    later_version,
)


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: doubt.__name__)
def test_any_doubt_costs_time_only(folder: Path, doubt: Callable[[Path], None]) -> None:
    """
    Whatever somebody does to either tree, the next builds publish what they are given and nothing else.
    """
    doubt(folder.parent)

    assert not reuses(folder, OTHER)
    assert [reuses(folder, files) for files in (NEW, OTHER, NEW)] == [True] * 3


def test_every_flipped_bit_of_the_journal_is_seen(folder: Path) -> None:
    """
    A journal that is not as it was written counts for nothing.
    """
    file = folder.parent / SPARE / ".vitrine"
    for eighth in range(8):
        damaged = bytearray(file.read_bytes())
        damaged[len(damaged) * eighth // 8] ^= 1 << eighth
        file.write_bytes(bytes(damaged))
        assert not reuses(folder, OTHER)


def test_the_spare_tree_may_be_deleted(folder: Path) -> None:
    """
    Without the tree of the build before, a build publishes as the first one over a site does.
    """
    shutil.rmtree(folder.parent / SPARE)
    publish(folder, OTHER)
    assert tree(folder) == OTHER


def test_the_published_folder_may_go(folder: Path) -> None:
    """
    A spare tree of a site that is not there any more is not taken for it.
    """
    shutil.rmtree(folder)
    publish(folder, OTHER)
    assert tree(folder) == OTHER
    assert not (folder.parent / SPARE).exists()


def test_git_leaves_the_spare_tree_out(folder: Path) -> None:
    """
    A repository in which the site stands does not take the spare tree in, and no site holds what keeps it out.
    """
    subprocess.run(["git", "init", "--quiet", folder.parent], check=True)
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=folder.parent, check=True, capture_output=True, text=True
    )
    assert [line for line in seen.stdout.splitlines() if SPARE in line] == []
    publish(folder, OTHER)
    assert not (folder / ".gitignore").exists()


def test_a_failed_build_keeps_the_spare_tree(folder: Path) -> None:
    """
    A build that stops leaves the spare tree for the next, whatever it had put there.
    """
    with pytest.raises(RuntimeError), Output(folder) as site:
        site.write("index.html", b"half")
        site.write("half/way/index.html", b"half")
        raise RuntimeError

    assert reuses(folder, OTHER)


def test_the_journal_is_gone_from_disk_before_anything_is_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A power failure never leaves a journal beside a tree that is not as it says: it is deleted, and the disk told,
    before the tree changes; it is written after both trees are on disk in their places.
    """
    done: list[str] = []
    from generator.build import spare, stage

    def watch(module: object, name: str) -> None:
        function = getattr(module, name)

        def watched(*arguments: object) -> object:
            done.append(name.strip("_"))
            return function(*arguments)

        monkeypatch.setattr(module, name, watched)

    for module, name in (
        (spare, "sync_folder"),
        (stage.Stage, "take_away"),
        (stage.Stage, "target"),
        (output, "_sync"),
        (output, "exchange"),
        (output, "write_journal"),
    ):
        watch(module, name)
    assert reuses(folder, OTHER)

    steps = [name for name, before in zip(done, [None, *done], strict=False) if name != before]
    assert steps[0] == "sync_folder"
    assert steps[-4:] == ["sync", "exchange", "sync", "write_journal"]
    assert set(steps[1:-4]) == {"take_away", "target"}
