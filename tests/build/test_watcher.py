"""The preview behind `vitrine serve`, without a server: what it shows after saves and whole readings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

from generator.build.live.watcher import Preview
from generator.site.site import Site
from tests.build.test_reread import DATASET, FILES, OWN, TREES, contents, lay


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a sound portal that was read and checked."""
    lay(tmp_path, FILES)
    preview = Preview(tmp_path)
    preview.read_whole(0)
    check(preview)
    yield preview
    gc.unfreeze()


def check(preview: Preview) -> None:
    """What is done behind, once."""
    preview.check_now(preview.edits)


def save(preview: Preview, path: str, text: str) -> None:
    lay(preview.folder, {path: text})
    preview.take([path])


def test_pages_are_loaded_again_only_where_they_could_differ(preview):
    """
    A description that is saved is another version, which the whole reading confirms; a file saved as it was is none.
    """
    first = preview.state.version
    save(preview, DATASET, TREES.replace("Les arbres", "Tous les arbres"))
    second = preview.state.version
    check(preview)
    third = preview.state.version
    save(preview, DATASET, f"{TREES.replace('Les arbres', 'Tous les arbres')}# Revu\n")

    assert first != second == third == preview.state.version


def test_a_reading_that_a_save_overtook_is_not_shown(preview):
    """
    What was read before the latest save takes the place of nothing.
    """
    edits = preview.edits
    found = preview.read_whole(edits)
    save(preview, DATASET, TREES.replace("fr: Arbres", "fr: Les arbres"))
    state = preview.state
    preview.check_whole(found, edits)

    assert preview.state is state

    check(preview)

    assert preview.state.checked
    assert b"<title>Les arbres" in contents(preview.state.artifacts, OWN)[OWN[0]]


def test_sites_that_are_shown_no_more_are_let_go(preview):
    """
    However often files are saved, no more than the sites shown last are held in memory.
    """
    sites: list[ref[Site]] = []
    for number in range(4):
        save(preview, DATASET, TREES.replace("fr: Arbres", f"fr: Arbres {number}"))
        contents(preview.state.artifacts, (*OWN, "index.html", "data.json"))
        sites.append(ref(preview.state.artifacts.site))
        check(preview)
        contents(preview.state.artifacts, (*OWN, "index.html", "data.json"))
        preview.untold.clear()

    assert [site() is None for site in sites[:2]] == [True, True]
