"""Whatever is edited, and in whatever order, a build over the former site gives what a build from nothing gives."""

import shutil

import pytest

from generator.build.pipeline import build, read_portal
from tests.build.test_determinism import differences
from tests.build.walk import Walk
from tests.conftest import SmallPortal, read_tree

SEEDS = (1, 2, 3)
STEPS = 30
KEPT = shutil.ignore_patterns("site", ".cache")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_walk_ends_where_a_fresh_start_does(portal, seed, tmp_path):
    """
    At each step of a walk of random edits the site is, byte for byte, that of the same files built elsewhere anew.
    """
    small = portal(over={})
    walk = Walk(small, seed)
    built = 0
    for number in range(STEPS):
        said = walk.step()
        preview = walk.chance.random() < 0.1
        found = read_portal(small.folder, noindex=preview)
        if found.fatal:
            walk.undo()
            continue
        build(found, small.folder / "site", jobs=walk.chance.choice((1, 1, 2)))
        fresh = SmallPortal(tmp_path / f"fresh-{number}")
        shutil.copytree(small.folder, fresh.folder, ignore=KEPT)
        build(read_portal(fresh.folder, noindex=preview), fresh.folder / "site")
        built += 1

        assert (said, []) == (said, differences(read_tree(small.folder / "site"), read_tree(fresh.folder / "site")))
        shutil.rmtree(fresh.folder)
    assert built > STEPS // 2
