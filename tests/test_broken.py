"""
Every diagnostic once, as a publisher meets it: `broken/<code>/` is laid over the small portal of conftest.py, and
`broken/<code>/expected.txt` is all that is then said.
"""

import re
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.diagnostics import Place, severities
from generator.feeds import size_warnings
from generator.pipeline import build, read_portal
from generator.validate import violation
from tests.conftest import ARBRES, Report, SmallPortal, read_tree

BROKEN = Path(__file__).parent / "broken"
CODES = sorted(folder.name for folder in BROKEN.iterdir())


def delete(path: str) -> Callable[[SmallPortal], None]:
    return lambda small: small.lay({path: None})


def write(path: str, text: str) -> Callable[[SmallPortal], None]:
    return lambda small: small.lay({path: text})


def delete_later(small: SmallPortal) -> None:
    small.commit("2024-03-01", {"datasets/arbres.yaml": ARBRES})
    small.commit("2025-06-30", {"datasets/arbres.yaml": None})


def cut_short(small: SmallPortal) -> None:
    small.commit("2024-03-01", {})
    small.commit("2025-03-01", {})
    (small.folder / ".git/shallow").write_bytes((small.folder / ".git/refs/heads/main").read_bytes())


def uninstalled(small: SmallPortal) -> Report:
    with patch("generator.previews.worker.has_tables", return_value=False):
        return small.check()


def hurried(small: SmallPortal) -> Report:
    with patch("generator.previews.reading.SECONDS", 0):
        return small.check()


# What only a build shows: the report of one that made such files.
BUILDS: dict[str, Callable[[SmallPortal], Report]] = {
    "data-file-too-slow": hurried,
    "preview-unavailable": uninstalled,
    "feed-violation": lambda small: Report(
        (violation(Place("datasets/autre.yaml", 1, 8), "data.json", "title: wrong"),)
    ),
    "feed-too-large": lambda small: Report(tuple(size_warnings({"data.json": 12_345_678, "catalog.ttl": 12_345_678}))),
}

# What no file shows: one that is missing, one too large to be kept, what git remembers.
MAKERS: dict[str, Callable[[SmallPortal], None]] = {
    "data-file-too-large": write("datasets/arbres/arbres.json", '["' + "x" * 20_000_000 + '"]'),
    "deleted-dataset": delete_later,
    "empty-catalog": delete("datasets/autre.yaml"),
    "file-too-large": write("datasets/arbres.yaml", "title: " + "x" * 1_000_000),
    "missing-file": delete("datasets/catalog.yaml"),
    "shallow-history": cut_short,
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
    The whole report is the expected one, about what the folder is named after; it has French words of its own.
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
    A dataset with an error is left out whole, whenever the error was found, and links to it are not also reported.
    """
    small = portal({**files, "content/aide.md": "---\ntitle: Aide\n---\n[Arbres](/dataset/arbres/)\n"})
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
