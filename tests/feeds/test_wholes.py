"""Files that hold a piece of every dataset: only what changed is made anew, and nobody can tell."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build.pipeline import build, read_portal
from generator.feeds import plan_feeds, wholes
from generator.feeds.spool import Spool
from generator.feeds.wholes import Pieces, add_pieces, index_name, pieces, whole_feeds
from generator.site.site import Left, Site
from tests.conftest import ARBRES, SmallPortal, read_tree

NAMES = ("a", "b", "c", "d")
WHOLES = [
    "catalog.jsonld",
    "catalog.ttl",
    "catalog.rdf",
    "data.json",
    "dcat-us-3.json",
    "api/3/action/package_search",
]


def dataset(name: str, title: str = "") -> str:
    return ARBRES.replace("Arbres", title or f"Titre {name}")


def several(portal) -> SmallPortal:
    return portal({f"datasets/{name}.yaml": dataset(name) for name in NAMES})


@pytest.fixture
def described(monkeypatch) -> list[str]:
    """The datasets of which all pieces are made, in their order."""
    found: list[str] = []

    def make(site: Site, id: str) -> Pieces:
        found.append(id)
        return pieces(site, id)

    monkeypatch.setattr(wholes, "pieces", make)
    return found


def rebuild(small: SmallPortal) -> dict[str, bytes]:
    build(read_portal(small.folder), small.folder / "site")
    return read_tree(small.folder / "site")


def from_nothing(small: SmallPortal, tmp_path: Path) -> dict[str, bytes]:
    fresh = SmallPortal(tmp_path / "fresh")
    shutil.copytree(small.folder, fresh.folder, ignore=shutil.ignore_patterns("site", ".cache"))
    return rebuild(fresh)


def test_a_change_makes_the_pieces_of_its_dataset_alone(portal, described, tmp_path):
    """
    After a change of one dataset its pieces are made once for all files, the others are copied.
    """
    small = several(portal)
    rebuild(small)
    described.clear()
    small.lay({"datasets/c.yaml": dataset("c", "Autre chose")})
    changed = rebuild(small)

    assert described == ["c"]
    assert changed == from_nothing(small, tmp_path)


@pytest.mark.parametrize(
    "over",
    [
        {"datasets/b.yaml": None},
        {"datasets/bb.yaml": dataset("bb")},
        {"datasets/a.yaml": None, "datasets/d.yaml": None},
        {f"datasets/{name}.yaml": None for name in (*NAMES, "arbres", "autre")},
    ],
    ids=["one gone", "one more", "both ends gone", "none left"],
)
def test_datasets_come_and_go(portal, tmp_path, over):
    """
    Whatever comes or goes at either end or in between, each file is as if it had been made from nothing.
    """
    small = several(portal)
    rebuild(small)
    for name, content in over.items():
        if content is None:
            (small.folder / name).unlink(missing_ok=True)
        else:
            small.lay({name: content})

    assert rebuild(small) == from_nothing(small, tmp_path)


@pytest.mark.parametrize("path", [*WHOLES, "nodes"])
@pytest.mark.parametrize("damage", ["gone", "cut", "another", "flipped"])
def test_a_damaged_index_costs_time_alone(portal, tmp_path, path, damage):
    """
    An index that is lost, cut short, of another file or changed in a single bit gives the same files.
    """
    small = several(portal)
    rebuild(small)
    index = small.folder / ".cache/vitrine" / index_name(path)
    content = bytearray(index.read_bytes())
    if damage == "gone":
        index.unlink()
    elif damage == "another":
        other = small.folder / ".cache/vitrine" / index_name("catalog.ttl" if path == "data.json" else "data.json")
        index.write_bytes(other.read_bytes())
    else:
        content[-9] ^= 1
        index.write_bytes(content[:-5] if damage == "cut" else content)
    small.lay({"datasets/c.yaml": dataset("c", "Autre chose, plus longue")})

    assert rebuild(small) == from_nothing(small, tmp_path)


@pytest.mark.parametrize("path", WHOLES)
def test_what_was_edited_in_the_site_is_not_copied(portal, tmp_path, path):
    """
    A published file that somebody has edited since is made anew from the first byte to the last.
    """
    small = several(portal)
    rebuild(small)
    published = small.folder / "site" / path
    published.write_bytes(published.read_bytes().replace(b"Titre a", b"Tromper"))
    small.lay({"datasets/c.yaml": dataset("c", "Autre chose")})

    assert rebuild(small) == from_nothing(small, tmp_path)


def test_a_file_that_is_cut_while_it_is_copied_is_made_all_the_same(portal, tmp_path):
    """
    What can't be read of a published file any more is made, in the midst of copying.
    """
    small = several(portal)
    rebuild(small)
    small.lay({"datasets/c.yaml": dataset("c", "Autre chose")})
    expected = from_nothing(small, tmp_path)
    found = read_portal(small.folder)
    before = small.folder / "site/catalog.ttl"
    digests = {task.path: task.digest for task in plan_feeds(found.site)}
    kept = tmp_path / "kept"
    kept.write_bytes(before.read_bytes()[:3000])
    index = small.folder / ".cache/vitrine" / index_name("catalog.ttl")
    made_from = index.read_text().partition("\n")[2].split('"')[1]

    site = found.site.after(lambda path: None, {"catalog.ttl": Left(kept, made_from)}.get)
    content = b"".join(wholes.render_whole(site, "catalog.ttl", digests["catalog.ttl"]))

    assert content == expected["catalog.ttl"]


def test_pieces_may_come_from_elsewhere(portal, described):
    """
    Files are joined from pieces that others have made, in whatever order they came, and nothing is described again.
    """
    site = read_portal(several(portal).folder).site
    expected = {path: b"".join(joined) for path, joined in whole_feeds(site).items()}
    elsewhere, here = replace(site), replace(site)
    for id in reversed(site.catalog.datasets):
        add_pieces(here, id, pieces(elsewhere, id))

    assert sorted(expected) == sorted(WHOLES)
    assert {path: b"".join(wholes.render_whole(here, path, "")) for path in expected} == expected
    assert described == []


def test_pieces_past_the_room_for_them_are_as_they_were(tmp_path):
    """
    A spool gives back what was put in, from memory or from the file in which many are.
    """
    many = {str(number): {"x": b"x" * number, "y": b"y%d" % number} for number in range(50)}
    for room in (10**6, 10):
        spool = Spool(tmp_path / "made", room)
        for id, forms in many.items():
            spool.add(id, forms)

        assert many == {id: {path: spool.read(id, path) for path in ("x", "y")} for id in many if id in spool}
        assert "50" not in spool
