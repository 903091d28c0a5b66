"""Where readers of an old dataset are led: on its page, and in the series that it is of."""

import re
from html import unescape

import pytest

from tests.conftest import ARBRES

PLAN = ARBRES.replace("fr: Arbres, en: Trees", "fr: {0}, en: {0}")


def plan(name, *more):
    return PLAN.replace("{0}", name) + "".join(f"{line}\n" for line in more)


def notice(site, name):
    """What the head of a dataset's page says of another, and where that is."""
    html = site[f"en/dataset/{name}/index.html"].decode()
    found = re.search(r'<p><strong>([^<]*:)</strong> <a href="([^"]+)"[^>]*>([^<]*)</a>', html)
    return found and (found[1], found[2].rpartition("/dataset/")[2], found[3])


@pytest.mark.parametrize(
    ("old", "middle", "new"),
    [
        ([], ["previousVersion: old"], ["previousVersion: middle"]),
        ([], ["replaces: [old]"], ["replaces: [middle]"]),
        (["isReplacedBy: middle"], ["isReplacedBy: new"], []),
    ],
    ids=["previous version", "replaces", "is replaced by"],
)
def test_an_old_version_leads_to_the_one_of_today(portal, old, middle, new):
    """
    Whichever file says so, each that was replaced leads to the last of the line, which leads nowhere.
    """
    files = {"old": plan("Old", *old), "middle": plan("Middle", *middle), "new": plan("New", *new)}
    site = portal({f"datasets/{name}.yaml": text for name, text in files.items()}).build()

    today = ("There is a newer version:", "new/", "New")
    assert [notice(site, name) for name in files] == [today, today, None]


def test_what_is_withdrawn_says_what_replaced_it(portal):
    """
    The page that remains of a withdrawn dataset leads to its successor, and so do its tombstone in DCAT.
    """
    old = plan("Old", "isReplacedBy: new", "withdrawn: {date: 2026-05-01}")
    site = portal({"datasets/old.yaml": old, "datasets/new.yaml": plan("New")}).build()

    assert notice(site, "old") == ("It was replaced by:", "new/", "New")
    assert b"dct:isReplacedBy <https://exemple.org/portail/dataset/new#dataset>" in site["dataset/old.ttl"]


def test_a_circle_of_successors_ends(portal):
    """
    Two datasets that say that each replaces the other lead to each other, once.
    """
    files = {"datasets/a.yaml": plan("A", "replaces: [b]"), "datasets/b.yaml": plan("B", "replaces: [a]")}
    site = portal(files).build()

    assert [notice(site, name)[2] for name in ("a", "b")] == ["B", "A"]


def test_a_version_leads_to_what_it_is_a_version_of(portal):
    """
    As long as there are data: a dataset that only gathers its versions is no better place to go.
    """
    bare = plan("Whole").partition("distribution:")[0]
    files = {"datasets/part.yaml": plan("Part", "isVersionOf: whole")}
    full = portal({**files, "datasets/whole.yaml": plan("Whole")}).build()
    empty = portal({**files, "datasets/whole.yaml": bare}, name="empty").build()

    assert notice(full, "part") == ("This is a version of:", "whole/", "Whole")
    assert notice(empty, "part") is None


def test_what_was_replaced_is_never_late(portal):
    """
    Nobody owes updates to a dataset whose place another took.
    """
    old = plan("Old", "accrualPeriodicity: monthly", "modified: 2026-03-09")
    small = portal({"datasets/old.yaml": old})
    before = small.build()["en/dataset/old/index.html"]
    small.lay({"datasets/new.yaml": plan("New", "previousVersion: old")})
    after = small.build()["en/dataset/old/index.html"]

    assert (b"data-due" in before, b"data-due" in after) == (True, False)


def test_a_series_lists_its_members_in_columns(portal):
    """
    The latest years first: the years that a member states, never those of publication, its format, size and download.
    """
    member = "inSeries: [series]", "issued: 2026-01-01"
    folder = "datasets/y2024"
    own = plan("Of 2024", *member, "temporal: {start: 2023-09, end: 2024-06}")
    own = own.replace('downloadURL: "https://exemple.org/arbres.csv"', "file: a.csv")
    files = {
        "datasets/series.yaml": plan("Series").partition("distribution:")[0],
        f"{folder}/dataset.yaml": own,
        f"{folder}/a.csv": "a\n1\n",
        "datasets/y2025.yaml": plan("Of 2025", *member, "temporal: {start: 2025, end: 2025-12-31}"),
        "datasets/undated.yaml": plan("Undated", *member).replace(
            "distribution:", "distribution:\n  - {id: x, accessURL: 'https://exemple.org/x'}"
        ),
    }
    html = portal(files).build()["en/dataset/series/index.html"].decode()
    table = re.search(r'<table class="members">(.*?)</table>', html, re.DOTALL)[1]
    rows = [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]

    assert [" ".join(unescape(row).split()) for row in rows] == [
        "Dataset Years Format Size Files and services",
        "Of 2025 2025 CSV Download Of 2025 (CSV)",
        "Of 2024 2023–2024 CSV 4 B Download Of 2024 (CSV)",
        "Undated CSV Download Undated (CSV) One more file – Undated",
    ]
    assert re.findall(r'class="button[^"]*" href="([^"]+)"', table) == [
        "https://exemple.org/arbres.csv",
        "../../../dataset/y2024/a.csv",
        "https://exemple.org/arbres.csv",
    ]
