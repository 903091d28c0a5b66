"""
Every diagnostic once, as a publisher meets it: `broken/<code>/` is laid over the small portal of conftest.py, and
`broken/<code>/expected.txt` is all that is then said.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.build.pipeline import build, read_portal
from generator.feeds import size_warnings
from generator.feeds.validate import violation
from generator.model.diagnostics import Place, severities
from generator.rules.packages import diagnose
from generator.standards.packages import Fault
from generator.theme.strings import form
from tests.conftest import ARBRES, MINIMAL, Report, SmallPortal, read_tree

BROKEN = Path(__file__).parents[1] / "broken"
CODES = sorted(folder.name for folder in BROKEN.iterdir())


FILES = ARBRES.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: parcs.csv")


def delete(path: str) -> Callable[[SmallPortal], None]:
    return lambda small: small.lay({path: None})


def write(path: str, text: str | bytes) -> Callable[[SmallPortal], None]:
    return lambda small: small.lay({path: text})


def link_files(small: SmallPortal) -> None:
    outside = small.folder.parent / "dehors.csv"
    outside.write_text("a,b\n1,2\n")
    folder = small.folder / "datasets/arbres"
    for name, target in (("dehors", outside), ("nulle-part", folder / "rien.csv"), ("dedans", folder / "arbres.csv")):
        (folder / f"{name}.csv").symlink_to(target)
    (small.folder / "content").mkdir(exist_ok=True)
    (small.folder / "content/secret.txt").symlink_to(outside)
    os.mkfifo(small.folder / "content/tuyau.md")


def link_folders(small: SmallPortal) -> None:
    small.lay({"ailleurs/arbres.yaml": ARBRES})
    for top in ("datasets", "content"):
        (small.folder / top).mkdir(exist_ok=True)
        (small.folder / top / "ailleurs").symlink_to("../ailleurs")
    (small.folder / "datasets/fichier.yaml").symlink_to("../ailleurs/arbres.yaml")


def link_cache(small: SmallPortal) -> None:
    (small.folder.parent / "ailleurs").mkdir()
    (small.folder / ".cache").symlink_to("../ailleurs")


def commit_cache(small: SmallPortal) -> None:
    small.commit("2025-03-01", {".cache/vitrine/previews/x": "x"})


def name_badly(small: SmallPortal) -> None:
    small.lay({"content/a\\b.txt": "a", "content/a\x1b[2J.md": "a"})
    Path(os.fsdecode(bytes(small.folder) + b"/content/\xe9t\xe9.txt")).write_text("a")


def speak_spanish(small: SmallPortal) -> None:
    """All that pages say, but for two texts."""
    said = re.sub(r"(?m)^( *[^ #].*?):(?:  # .*)$", r"\1: Palabras", form("es", {}))
    small.lay({"themes/sur/strings/es.yaml": re.sub(r"(?m)^  (skip|home): .*$", r"  \1:", said)})


def delete_later(small: SmallPortal) -> None:
    small.commit("2024-03-01", {"datasets/arbres.yaml": ARBRES})
    small.commit("2025-06-30", {"datasets/arbres.yaml": None})


def cut_short(small: SmallPortal) -> None:
    small.commit("2024-03-01", {})
    small.commit("2025-03-01", {})
    (small.folder / ".git/shallow").write_bytes((small.folder / ".git/refs/heads/main").read_bytes())


def uninstalled(small: SmallPortal) -> Report:
    with patch("generator.previews.formats.installed_version", return_value=""):
        return small.check()


def hurried(small: SmallPortal) -> Report:
    silent = "import sys; sys.stdin.read()"
    with patch("generator.previews.process_pool.SECONDS", 0), patch("generator.previews.process_pool.MAIN", silent):
        return small.check()


def faulty(**values: str) -> Callable[[SmallPortal], Report]:
    """What `tests/standards/test_packages.py` sees of packages that are installed."""
    code = {"problem": "package-fails", "member": "package-shape", "value": "package-clash"}[[*values][-1]]
    return lambda small: Report((diagnose(Fault("bulletin-municipal", code, values)),))


def unlistable(small: SmallPortal) -> Report:
    """Whoever runs as root may read any folder: the system is made to say that it can't be."""
    small.lay({"datasets/secrets/arbres.yaml": ARBRES, "content/secrets/a.md": "---\ntitle: A\n---\n"})
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("secrets"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    with patch("os.scandir", refuse):
        return small.check()


def another_owner(small: SmallPortal) -> Report:
    small.commit("2025-03-01", {})
    with patch.dict(os.environ, {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}):
        report = small.check()
    place = str(small.folder)
    return Report(
        tuple(
            replace(item, values={key: text.replace(place, "/portal") for key, text in item.values.items()})
            for item in report.diagnostics
        )
    )


def unknown_format(small: SmallPortal) -> None:
    small.commit("2025-03-01", {})
    small.lay({".git/config": "[core]\n\trepositoryformatversion = 99\n"})


# What only a build shows: the report of one that made such files.
BUILDS: dict[str, Callable[[SmallPortal], Report]] = {
    "data-file-too-slow": hurried,
    "unreadable-folder": unlistable,
    "foreign-repository": another_owner,
    "preview-unavailable": uninstalled,
    "feed-violation": lambda small: Report(
        (violation(Place("datasets/autre.yaml", 1, 8), "data.json", "title: wrong"),)
    ),
    "package-fails": faulty(entry="vitrine.feeds: bulletin", problem="ImportError: no such thing"),
    "package-shape": faulty(entry="vitrine.feeds: bulletin", member="FEED['title']"),
    "package-clash": faulty(entry="vitrine.rules: no-theme", value="no-theme"),
    "feed-too-large": lambda small: Report(tuple(size_warnings({"data.json": 12_345_678, "catalog.ttl": 12_345_678}))),
}

# What no file shows: one that is missing, one too large to be kept, what git remembers.
MAKERS: dict[str, Callable[[SmallPortal], None]] = {
    "data-file-too-large": write("datasets/arbres/arbres.json", '["' + "x" * 20_000_000 + '"]'),
    "deleted-dataset": delete_later,
    "empty-catalog": delete("datasets/autre.yaml"),
    "linked-file": link_files,
    "linked-cache": link_cache,
    "bad-path": name_badly,
    "cache-in-repository": commit_cache,
    "unread-history": unknown_format,
    "missing-strings": speak_spanish,
    "linked-folder": link_folders,
    "register-too-large": write("content/disclosures/2026.csv", "reference,subject\n" + "x" * 100_000_000),
    "file-too-large": write("datasets/arbres.yaml", "title: " + "x" * 1_000_000),
    "misnamed-file": delete("datasets/catalog.yaml"),
    "missing-file": delete("datasets/catalog.yaml"),
    "shallow-history": cut_short,
    "utf-16": write("datasets/arbres.yaml", ARBRES.encode("utf-16")),
    "too-many-values": write("datasets/arbres.yaml", "keyword:\n" + "- x\n" * 50_000),
}


def test_every_diagnostic_has_its_broken_portal():
    """
    No diagnostic goes unseen, and no folder outlives its code.
    """
    assert sorted(severities()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_broken_portal_is_told_what_is_wrong(code, portal, expected):
    """
    The whole report is the expected one, about what the folder is named after; it has French words of its own. It is
    the same when files are read that were read before.
    """
    small = portal({path: content for path, content in read_tree(BROKEN / code).items() if path != "expected.txt"})
    MAKERS.get(code, lambda small: None)(small)
    report = BUILDS.get(code, SmallPortal.check)(small)
    english, french = report.lines("en"), report.lines("fr")
    found = "".join(f"{line}\n" for line in english)

    assert {code} == set(report.codes)
    assert expected(BROKEN / code / "expected.txt", found) == found
    assert [line.split(": ")[0] for line in english] == [line.split(": ")[0] for line in french]
    assert not set(words(english)) & set(words(french))
    assert code in BUILDS or small.check().lines("en") == english


def words(lines: list[str]) -> list[str]:
    """What follows `error[code]` on the first line, and the help on the second."""
    return [re.split(r"] |: ", line, maxsplit=2)[-1] for line in lines]


@pytest.mark.parametrize(
    "files",
    [
        {"datasets/arbres.yaml": "title: 'Arbres\n"},
        {
            "datasets/arbres.yaml": ARBRES.replace("Les arbres de la ville.", "Voir /dataset/autre/", 1)
            + "issued: hier\n"
        },
        {"datasets/arbres.yaml": ARBRES + "formerly: [autre]\n"},
        {"datasets/arbres.yaml": ARBRES.replace("The city's trees.", "'See [this](/nothing/)'")},
        {
            "datasets/arbres/dataset.yaml": ARBRES.replace(
                'downloadURL: "https://exemple.org/arbres.csv"', "file: index.html"
            ),
            "datasets/arbres/index.html": "<p>Arbres",
        },
    ],
    ids=["unreadable", "bad value", "rule", "dead link", "collision"],
)
def test_the_rest_of_a_broken_portal_can_be_published(portal, files):
    """
    A dataset with an error is left out whole, whenever the error was found; links to it become words, and are no error.
    """
    aide = "[Arbres](/dataset/arbres/), [trees](/en/dataset/arbres/), [Autre](/dataset/autre/)"
    menu = "menu: [{title: Arbres, url: /dataset/arbres/}, {title: Autre, url: /dataset/autre/}]\n"
    small = portal(
        {**files, "content/aide.md": f"---\ntitle: Aide\n---\n{aide}", "portal.yaml": f"{MINIMAL['portal.yaml']}{menu}"}
    )
    found = read_portal(small.folder)
    summary = build(found, small.folder / "site")

    assert len(found.errors) == 1
    assert summary.datasets == 1
    assert summary.left_out == [found.errors[0].place.path]
    assert [path for path in read_tree(small.folder / "site") if path.startswith(("dataset/arbres", "format/"))] == [
        "format/csv/feed.atom",
        "format/csv/index.html",
        "format/index.html",
    ]
    page = (small.folder / "site/aide/index.html").read_text(encoding="utf-8")
    assert '<p><a>Arbres</a>, <a>trees</a>, <a href="../dataset/autre/">Autre</a></p>' in page
    assert page.count("dataset/autre/") == 2
    assert "dataset/arbres" not in page


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"portal.yaml": ""}, "portal.yaml: error[empty-file] the file is empty"),
        (
            {"datasets/parcs.yaml": FILES, "datasets/parcs/dataset.yaml": FILES, "datasets/parcs/parcs.csv": "a\n1\n"},
            "datasets/parcs/dataset.yaml:1:1: error[duplicate-id] the identifier `parcs` is taken by"
            " `datasets/parcs.yaml`",
        ),
        (
            {"datasets/Nos Parcs.yaml": FILES},
            "datasets/Nos Parcs.yaml:7:21: error[file-without-folder] only a dataset that has its own folder publishes"
            " files",
        ),
        (
            {"datasets/parcs.yaml": ARBRES.replace("{fr: Arbres, en: Trees}", "{de: Bäume}")},
            "datasets/parcs.yaml:1:8: warning[missing-translation] no translation into `fr`, `en` of `title`",
        ),
    ],
    ids=["empty portal", "file beside folder", "name and files", "another language"],
)
def test_one_mistake_is_told_once(portal, files, line):
    """
    What follows from a mistake is not told beside it.
    """
    assert [found.partition("\n")[0] for found in portal(files).check().lines()] == [line]


def test_files_without_a_folder_are_told_where_they_belong(portal):
    """
    All of them together, with a folder's name that is an identifier.
    """
    small = portal({"datasets/Nos Parcs.yaml": FILES + "  - {id: json, file: parcs.json}\n"})

    assert [found.partition("\n")[2] for found in small.check().lines()] == [
        "  help: move this dataset to `datasets/nos-parcs/dataset.yaml`, and put `parcs.csv`, `parcs.json` beside it"
    ]


def test_what_no_file_can_be_called_is_missing(portal):
    """
    A name that the system refuses, as it is too long, is that of a file that is not there.
    """
    long = "a" * 300
    small = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\nbackdrop: {long}\nlogo: {long}.svg\n",
            "themes/ville/theme.yaml": f"parent: {long}\nscripts: [{long}]\nfonts: [{long}]\n",
            "datasets/arbres/dataset.yaml": FILES.replace("parcs.csv", long),
        }
    )

    assert [
        "missing-data-file",
        "missing-file",
        "missing-logo",
        "unknown-portal-theme",
        "missing-script",
        "missing-font",
    ] == small.check().codes
