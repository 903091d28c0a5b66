"""Whatever is edited, and in whatever order, a build over the former site gives what a build from nothing gives."""

import os
import shutil

import pytest

from generator.build.day import today
from generator.build.pipeline import build, read_portal
from generator.build.unchanged import LastBuild
from generator.cli.publishing import account_of, named_files
from tests.build.test_determinism import differences
from tests.build.walk import Walk
from tests.conftest import SmallPortal, read_tree

SEEDS = (1, 2, 3)
STEPS = 60
KEPT = shutil.ignore_patterns("site", ".cache", ".site.vitrine-*")


def publish(folder, preview, jobs):
    """What `vitrine build --verify` does, unless something is fatal: the site's files, or nothing."""
    last = LastBuild(folder, folder / "site", (today(os.environ), False, preview))
    if last.account(verify=True) is None:
        found = read_portal(folder, noindex=preview)
        if found.fatal:
            return None
        summary = build(found, folder / "site", jobs=jobs)
        if not found.errors:
            last.remember(account_of(found, summary), summary.left, named_files(found))
    return read_tree(folder / "site")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_walk_ends_where_a_fresh_start_does(portal, seed, tmp_path):
    """
    At each step of a walk of random edits, over damaged caches too, the site is, byte for byte, that of the same files
    built elsewhere anew.
    """
    small = portal(over={})
    walk = Walk(small, seed)
    built = 0
    for number in range(STEPS):
        said = walk.step()
        preview = walk.chance.random() < 0.1
        site = publish(small.folder, preview, walk.chance.choice((1, 1, 2)))
        if site is None:
            walk.undo()
            continue
        fresh = SmallPortal(tmp_path / f"fresh-{number}")
        shutil.copytree(small.folder, fresh.folder, ignore=KEPT)
        expected = publish(fresh.folder, preview, jobs=1)
        built += 1

        assert (said, []) == (said, differences(site, expected))
        shutil.rmtree(fresh.folder)
    assert built > STEPS // 2
