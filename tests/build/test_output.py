import errno
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import pytest

from generator.build import output
from generator.build.output import ForeignFolder, Output, OutputBusy

OLD = {"index.html": b"old", "about/index.html": b"same", "gone/index.html": b"gone"}
NEW = {"index.html": b"new", "about/index.html": b"same", "dataset/trees/index.html": b"trees"}

SPARE = ".site.vitrine-spare"

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the test kills a forked writer, and this system does not fork"
)


def fill(site: Output, files: dict[str, bytes]) -> list[str]:
    return [path for path, content in files.items() if site.write(path, content)]


def publish(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Publish these files and say which have changed."""
    with Output(folder) as site:
        changed = fill(site, files)
        site.publish()
    return changed


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != output.MARKER
    }


def names(folder: Path) -> list[str]:
    """What is in a folder, but for the tree that a build keeps for the next."""
    return sorted(file.name for file in folder.iterdir() if file.name != SPARE)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "site"


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch, tmp_path):
    """Both ways in which a folder takes another's place."""
    if request.param == "two renames":
        monkeypatch.setattr(output, "exchange", lambda one, other: False)
    else:
        one, other = tmp_path / "one", tmp_path / "other"
        one.mkdir()
        other.mkdir()
        able = output.exchange(one, other)
        one.rmdir()
        other.rmdir()
        if not able:
            pytest.skip(
                "this system cannot exchange folders: a site is then published by two renames, the other case here"
            )
    return request.param


def test_a_site_is_replaced_whole(folder, way):
    """
    A published folder holds what the last build wrote, changed or not, and nothing else.
    """
    assert publish(folder, OLD) == ["index.html", "about/index.html", "gone/index.html"]
    assert tree(folder) == OLD

    assert publish(folder, NEW) == ["index.html", "dataset/trees/index.html"]
    assert tree(folder) == NEW
    assert names(folder) == [".vitrine", "about", "dataset", "index.html"]
    assert names(folder.parent) == ["site"]


def test_an_empty_site_is_published(folder):
    """
    A build that writes nothing publishes an empty site, and replaces it.
    """
    publish(folder, {})
    assert (folder / ".vitrine").read_bytes() == b'{"format": 1}\n'

    publish(folder, NEW)
    publish(folder, {})
    assert tree(folder) == {}


@pytest.mark.parametrize("content", [b"", b"same", [], [b"sa", b"", b"me"]], ids=repr)
def test_what_did_not_change_stays_the_same_file(folder, content):
    """
    Equal bytes, whole or in chunks, keep the published file with its time.
    """
    whole = content if isinstance(content, bytes) else b"".join(content)
    publish(folder, {"page/index.html": whole})
    before = (folder / "page/index.html").stat()

    with Output(folder) as site:
        assert not site.write("page/index.html", iter(content) if isinstance(content, list) else content)
        site.publish()

    after = (folder / "page/index.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert after.st_nlink == 1 + (folder.parent / SPARE).exists()


@pytest.mark.parametrize("content", [b"new", [b"n", b"ew"], [b"old and", b" more"], []], ids=repr)
def test_what_changed_is_a_new_file(folder, content):
    """
    A changed file is written anew, so that the published one is never modified in place.
    """
    publish(folder, {"index.html": b"old"})
    published = (folder / "index.html").open("rb")

    with published, Output(folder) as site:
        assert site.write("index.html", content)
        assert (folder / "index.html").read_bytes() == b"old"
        site.publish()
        assert published.read() == b"old"

    assert (content if isinstance(content, bytes) else b"".join(content)) == (folder / "index.html").read_bytes()


def test_large_files_are_compared_to_their_end(folder, tmp_path):
    """
    One byte that differs at the end of a large file of the same size is a change.
    """
    large = b"x" * (2 * output.CHUNK)
    source = tmp_path / "trees.csv"
    source.write_bytes(large)
    publish(folder, {"a": large, "b": large, "trees.csv": large})

    with Output(folder) as site:
        changed = [
            site.write("a", large[:-1] + b"y"),
            site.write("b", iter([large[:-1], b"y"])),
            site.copy("trees.csv", source),
        ]
        site.publish()

    assert changed == [True, True, False]
    assert {"a": large[:-1] + b"y", "b": large[:-1] + b"y", "trees.csv": large} == tree(folder)


def test_what_is_published_now_is_kept(folder):
    """
    A build can keep a file of the published folder without writing it again; what is no file there is not kept.
    """
    with Output(folder) as site:
        assert not site.keep("index.html")
    publish(folder, OLD)
    inode = (folder / "index.html").stat().st_ino

    with Output(folder) as site:
        paths = ("index.html", "about", "absent/index.html", "index.html/absent")
        assert [site.keep(path) for path in paths] == [True, False, False, False]
        site.publish()

    assert names(folder) == [".vitrine", "index.html"]
    assert inode == (folder / "index.html").stat().st_ino


def test_a_file_is_kept_without_hard_links(folder, monkeypatch):
    """
    Where the system has no hard links, a kept file is a copy with the same time.
    """

    def no_links(self, target):
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    publish(folder, OLD)
    os.utime(folder / "index.html", (1, 1))

    with Output(folder) as site:
        assert site.keep("index.html")
        with pytest.raises(FileExistsError):
            site.keep("index.html")
        assert not site.write("about/index.html", b"same")
        site.publish()

    assert tree(folder) == {"index.html": b"old", "about/index.html": b"same"}
    assert (folder / "index.html").stat().st_mtime == 1


def test_a_data_file_is_copied(folder, tmp_path):
    """
    A data file is never linked to its source, whoever goes on editing it, and is kept while both are equal.
    """
    source, link = tmp_path / "trees.csv", tmp_path / "link.csv"
    source.write_bytes(b"oak\n")
    source.chmod(0o600)
    link.symlink_to(source)

    def build():
        with Output(folder) as site:
            changed = [site.copy("dataset/trees/trees.csv", source), site.copy("link.csv", link)]
            site.publish()
        return changed

    assert build() == [True, True]
    inode = (folder / "link.csv").lstat().st_ino
    assert build() == [False, False]
    assert inode == (folder / "link.csv").lstat().st_ino != source.stat().st_ino

    source.write_bytes(b"elm\n")
    assert tree(folder) == {"dataset/trees/trees.csv": b"oak\n", "link.csv": b"oak\n"}
    assert build() == [True, True]
    assert tree(folder) == {"dataset/trees/trees.csv": b"elm\n", "link.csv": b"elm\n"}


def test_a_link_in_the_published_folder_is_replaced(folder, tmp_path):
    """
    A symbolic link that somebody has put into the site counts as no file, and what it leads to is left alone.
    """
    (tmp_path / "secret").write_bytes(b"old")
    publish(folder, OLD)
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(tmp_path / "secret")

    assert publish(folder, OLD) == ["index.html"]
    assert not (folder / "index.html").is_symlink()
    assert (tmp_path / "secret").read_bytes() == b"old"


def test_nothing_happens_until_it_is_published(folder):
    """
    A build that fails leaves the published folder as it was, and nothing beside it.
    """
    with pytest.raises(RuntimeError, match="broken"), Output(folder) as site:
        fill(site, OLD)
        raise RuntimeError("broken")
    assert names(folder.parent) == []

    publish(folder, OLD)
    with pytest.raises(RuntimeError, match="broken"), Output(folder) as site:
        fill(site, NEW)
        raise RuntimeError("broken")
    assert tree(folder) == OLD
    assert names(folder.parent) == ["site"]


def test_half_a_file_is_not_published(folder):
    """
    When the chunks of a file fail, nothing of it is there, even if the build goes on.
    """

    def chunks():
        yield b"half"
        raise RuntimeError("broken")

    with Output(folder) as site:
        with pytest.raises(RuntimeError, match="broken"):
            site.write("half.csv", chunks())
        site.write("index.html", b"new")
        site.publish()

    assert tree(folder) == {"index.html": b"new"}


def test_a_failed_second_rename_is_undone(folder, monkeypatch):
    """
    When the new folder cannot take the place of the one set aside, that one comes back at once.
    """
    publish(folder, OLD)
    rename = Path.rename

    def refuse(self, target):
        if self.name == ".site.vitrine-new":
            raise PermissionError(errno.EACCES, "open in another program")
        return rename(self, target)

    monkeypatch.setattr(output, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refuse)

    with pytest.raises(PermissionError):
        publish(folder, NEW)

    assert tree(folder) == OLD
    assert names(folder.parent) == ["site"]


OPERATIONS = ("open", "os.", "shutil.", "fcntl.", "ctypes.dlsym")
WRITING = ("os.mkdir", "os.link", "os.rename", "open")


def publish_until(step: int, folder: Path, files: dict[str, bytes], fault: str = "kill") -> bool:
    """
    Publish in another process, which is killed before its nth step on the disk, or finds the disk full from there on;
    True when it came to its end.
    """
    child = os.fork()
    if not child:
        steps = count()

        def fail(event: str, arguments: tuple[object, ...]) -> None:
            if not event.startswith(OPERATIONS) or (number := next(steps)) < step:
                return
            if fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            reading = event == "open" and arguments[1] in ("r", "rb")
            if event in WRITING and not reading and (fault == "full" or number == step):
                raise OSError(errno.ENOSPC, "no space left")

        try:
            sys.addaudithook(fail)
            publish(folder, files)
            os._exit(0 if next(steps) <= step else 1)
        finally:
            os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, 1, -signal.SIGKILL)
    return ended == 0


@needs_fork
@pytest.mark.parametrize("before", [OLD, {}], ids=["old site", "empty folder"])
def test_a_killed_build_leaves_the_old_site_or_the_new(folder, way, before):
    """
    Killed at any step, a build leaves the old site or the new one, each whole, once the next has started.
    """
    after = []
    for step in count():
        publish(folder, before)
        ended = publish_until(step, folder, NEW)
        if way == "exchange":
            assert tree(folder) in (before, NEW)
        with Output(folder):
            assert tree(folder) in (before, NEW)
        assert names(folder.parent) == ["site"]
        after.append(tree(folder))
        if ended:
            break

    assert len(after) > 20
    assert [before, NEW] == [after[0], after[-1]]


IN_A_ROW = (
    OLD,
    NEW,
    {"index.html": b"third", "about": b"a file", "dataset/trees/index.html": b"trees", "a/b/c/d": b"deep"},
    {"index.html": b"new", "about/index.html": b"same", "dataset/trees": b"a file", "a/b": b"a file", "e": b"e"},
    {"index.html": b"new", "about/index.html": b"again", "dataset/trees/index.html": b"trees", "e": b"e"},
)


@needs_fork
@pytest.mark.parametrize("fault", ["kill", "once", "full"])
@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_fault_at_any_step_of_three_builds_in_a_row(folder, monkeypatch, failing, fault):
    """
    Killed, or out of disk, at any step of the first, second or third build over a site, that build leaves the old site
    or the new one, and each later build publishes just what a first one would.
    """
    monkeypatch.setattr(output, "_sync", lambda folder: None)  # which takes long, and is no step of its own
    for step in count():
        for file in folder.parent.iterdir():
            shutil.rmtree(file)
        for files in IN_A_ROW[:failing]:
            publish(folder, files)
        ended = publish_until(step, folder, IN_A_ROW[failing], fault)
        assert tree(folder) in IN_A_ROW[failing - 1 : failing + 1]
        for files in (*IN_A_ROW[failing:], *IN_A_ROW[failing - 1 :: -1]):
            publish(folder, files)
            assert (step, files) == (step, tree(folder))
            assert names(folder.parent) == ["site"]
            assert {file.name for file in folder.rglob("*") if file.is_dir() and not any(file.iterdir())} == set()
        if ended:
            break
    assert step > 20


@needs_fork
def test_a_killed_first_build_leaves_nothing_or_the_site(folder, way):
    """
    Killed at any step, the first build leaves no site or a whole one, once the next has started.
    """
    for step in count():
        ended = publish_until(step, folder, NEW)
        with Output(folder):
            pass
        assert names(folder.parent) in ([], ["site"])
        if folder.exists():
            assert tree(folder) == NEW
            publish(folder, {})
            (folder / ".vitrine").unlink()
            folder.rmdir()
        if ended:
            break


@pytest.mark.parametrize("meanwhile", ["nothing", "an empty folder"])
def test_a_folder_that_was_set_aside_comes_back(folder, meanwhile):
    """
    The site that a build set aside before it was killed comes back, also over an empty folder made meanwhile.
    """
    publish(folder, OLD)
    folder.rename(folder.with_name(".site.vitrine-old"))
    if meanwhile == "an empty folder":
        folder.mkdir()

    with Output(folder) as site:
        assert (site.folder / "index.html").read_bytes() == b"old"

    assert tree(folder) == OLD
    assert names(folder.parent) == ["site"]


def test_a_folder_that_was_set_aside_is_not_deleted_for_a_foreign_one(folder):
    """
    When somebody's work stands where the site was set aside, both are left alone.
    """
    publish(folder, OLD)
    folder.rename(folder.with_name(".site.vitrine-old"))
    folder.mkdir()
    (folder / "thesis.odt").write_bytes(b"years")

    with pytest.raises(ForeignFolder):
        publish(folder, NEW)

    assert names(folder.parent) == [".site.vitrine-old", "site"]
    assert tree(folder) == {"thesis.odt": b"years"}
    assert tree(folder.with_name(".site.vitrine-old")) == OLD


def test_two_builds_do_not_write_to_one_folder(folder, tmp_path):
    """
    A second build of a folder is refused at once and disturbs nothing; one of the folder beside it is not.
    """
    (tmp_path / "link").symlink_to(folder)
    with Output(folder) as site:
        fill(site, NEW)
        for same in (folder, tmp_path / "link"):
            with pytest.raises(OutputBusy) as refusal:
                publish(same, OLD)
            assert folder == refusal.value.folder
        publish(tmp_path / "other", OLD)
        site.publish()

    assert tree(folder) == NEW
    assert names(tmp_path) == ["link", "other", "site"]


@needs_fork
def test_workers_do_not_hold_the_lock_of_a_killed_build(folder):
    """
    A worker process that outlives its killed build does not keep the next one from starting.
    """
    ready, tell = os.pipe()
    wait, end = os.pipe()
    build = os.fork()
    if not build:
        with Output(folder):
            if os.fork():
                os.read(ready, 1)
                os.kill(os.getpid(), signal.SIGKILL)
            os.close(end)
            os.write(tell, b"!")
            os.read(wait, 1)  # until the test has closed its end
            os._exit(0)
    os.waitpid(build, 0)

    try:
        publish(folder, NEW)
    finally:
        for descriptor in (ready, tell, wait, end):
            os.close(descriptor)
    assert tree(folder) == NEW


def test_a_lock_that_was_unlinked_meanwhile_does_not_count(folder, monkeypatch):
    """
    A build that locks the file which another has just unlinked locks again, on the file that is there.
    """
    fcntl = pytest.importorskip("fcntl")
    lock_file = folder.with_name(".site.vitrine-lock")
    flock, locked = fcntl.flock, []

    def late(descriptor, operation):
        if not locked:
            lock_file.unlink()
        locked.append(os.fstat(descriptor).st_nlink)
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with Output(folder):
        assert locked == [0, 1]
        with pytest.raises(OutputBusy):
            publish(folder, NEW)


@pytest.mark.parametrize("work", [{"thesis.odt": b"years"}, {".git/HEAD": b"ref"}], ids=["file", "repository"])
def test_a_folder_of_somebody_else_is_refused(folder, work):
    """
    A folder with files and without the mark of a published site is not touched.
    """
    for path, content in work.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)

    with pytest.raises(ForeignFolder) as refusal, Output(folder):
        pass

    assert folder == refusal.value.folder
    assert work == tree(folder)
    assert names(folder.parent) == ["site"]


def test_a_repository_in_the_published_folder_is_not_deleted(folder):
    """
    A published folder in which somebody has made a git repository since is somebody's work.
    """
    publish(folder, OLD)
    (folder / ".git").mkdir()

    with pytest.raises(ForeignFolder):
        publish(folder, NEW)
    assert tree(folder) == OLD


def test_a_folder_that_fills_during_the_build_is_refused(folder):
    """
    Files that somebody puts into an empty folder while the site is being built are not deleted.
    """
    folder.mkdir()
    with pytest.raises(ForeignFolder), Output(folder) as site:
        fill(site, NEW)
        (folder / "thesis.odt").write_bytes(b"years")
        site.publish()
    assert tree(folder) == {"thesis.odt": b"years"}
    assert names(folder.parent) == ["site"]


def test_an_empty_folder_is_taken(folder):
    """
    An empty folder may be published into, and so may one whose parents are yet to be made.
    """
    folder.mkdir()
    publish(folder, NEW)
    publish(folder / "deeper/still", NEW)
    assert tree(folder / "deeper/still") == NEW


def test_a_file_is_no_folder(folder):
    """
    A file that stands where the site should go is refused and kept.
    """
    folder.write_bytes(b"years")
    with pytest.raises(NotADirectoryError):
        publish(folder, NEW)
    assert folder.read_bytes() == b"years"
    assert names(folder.parent) == ["site"]


def test_a_mount_point_is_refused_before_anything_is_written():
    """
    A mount point, which nothing can take the place of, is refused before the build rather than after it.
    """
    with pytest.raises(OSError, match="mount point"):
        publish(Path("/"), NEW)


def test_a_link_to_the_folder_stays_a_link(folder, tmp_path):
    """
    When the folder is a symbolic link, what it leads to is replaced.
    """
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere/site")
    publish(link, OLD)
    publish(link, NEW)
    assert link.is_symlink()
    assert tree(tmp_path / "elsewhere/site") == NEW
    assert names(tmp_path / "elsewhere") == ["site"]


@pytest.mark.parametrize(
    "path",
    ["", ".", "/etc/passwd", "../site2/a", "a/../../b", "a//b", "a/", "./a", "..\\a", "a\0b"],
    ids=repr,
)
def test_no_path_leads_out_of_the_site(folder, tmp_path, path):
    """
    A path that is absolute, climbs or is not in its plain form is refused by everything that takes one.
    """
    source = tmp_path / "source"
    source.write_bytes(b"")
    with Output(folder) as site:
        for use in (
            lambda: site.keep(path),
            lambda: site.write(path, b""),
            lambda: site.write(path, []),
            lambda: site.copy(path, source),
        ):
            with pytest.raises(ValueError, match="is not a path in a site"):
                use()
    assert names(tmp_path) == ["source"]


def test_a_path_is_written_once(folder):
    """
    A second content for one path is an error, and so is one for the mark of a published folder.
    """
    publish(folder, OLD)
    with Output(folder) as site:
        fill(site, OLD)
        with pytest.raises(FileExistsError):
            site.write("index.html", b"new")
        with pytest.raises(FileExistsError):
            site.write("index.html", b"old")
        with pytest.raises(ValueError, match="mark of a published folder"):
            site.write(".vitrine", b"")
        site.publish()
    assert tree(folder) == OLD


@pytest.mark.skipif(os.name == "nt", reason="Windows gives files no modes")
@pytest.mark.parametrize(("umask", "modes"), [(0o022, ["755", "755", "644"]), (0o027, ["750", "750", "640"])])
def test_a_web_server_may_read_the_site(folder, umask, modes):
    """
    Folders and files have the modes that the umask gives, as those of any other program.
    """
    before = os.umask(umask)
    try:
        publish(folder, OLD)
    finally:
        os.umask(before)
    paths = [folder, folder / "about", folder / "about/index.html"]
    assert modes == [f"{path.stat().st_mode & 0o7777:o}" for path in paths]
