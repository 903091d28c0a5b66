"""What is kept from one build to the next is believed where it is this program's and this user's; it holds no code."""

import os
import pickle

import pytest

from generator.model import Agent, Origin
from generator.model.diagnostics import Diagnostic, Place
from generator.source import store
from generator.source.files import read_source
from generator.source.nodes import parse_yaml
from generator.source.store import Shelf, open_shelf, pack, unpack
from generator.source.structure import documents
from generator.source.structure.catalog import structure_catalog
from tests.conftest import ARBRES


@pytest.fixture
def parsed(monkeypatch):
    """The paths of the files that were parsed, in order."""
    paths = []
    monkeypatch.setattr(
        "generator.source.files.parse_yaml",
        lambda path, *rest, **named: paths.append(path) or parse_yaml(path, *rest, **named),
    )
    return paths


def test_only_what_changed_is_parsed_again(portal, parsed):
    """
    A second reading parses what a portal has one of, and the file that changed; it says the same as the first.
    """
    small = portal({"datasets/rues.yaml": ARBRES + "colour: green\n"})
    before = small.check()
    assert {"datasets/autre.yaml", "datasets/rues.yaml", "datasets/publishers/ville.yaml"} <= {*parsed}
    parsed.clear()

    again = small.check()
    assert again.diagnostics == before.diagnostics
    assert "unknown-property" in again.codes
    assert set(parsed) <= {"portal.yaml", "datasets/catalog.yaml", "redirects.yaml"}
    parsed.clear()

    small.lay({"datasets/rues.yaml": ARBRES})
    assert "unknown-property" not in small.check().codes
    assert "datasets/rues.yaml" in parsed and "datasets/autre.yaml" not in parsed


def test_what_is_kept_depends_on_the_default_language(portal):
    """
    A text without a language is in the portal's: when that changes, files are read anew.
    """
    small = portal({"portal.yaml": "baseURL: https://exemple.org/\nlanguages: [fr]\n", "datasets/rues.yaml": ARBRES})
    small.check()
    small.lay({"portal.yaml": "baseURL: https://exemple.org/\nlanguages: [en]\n"})
    catalog, _ = structure_catalog(read_source(small.folder))
    fresh = read_source(small.folder)
    fresh.kept = Shelf(None)
    assert catalog.datasets == structure_catalog(fresh)[0].datasets


def test_what_nobody_needs_is_forgotten(portal):
    """
    The store grows with the portal, not with its changes.
    """
    small = portal()
    small.check()
    size = len(open_shelf(small.folder, "structure"))
    for number in range(3):
        small.lay({"datasets/rues.yaml": ARBRES + f"# {number}\n"})
        small.check()
    assert len(open_shelf(small.folder, "structure")) == size + 1


class Runs:
    """A value that a pickle would have made by a program."""

    def __reduce__(self):
        return os.mkdir, ("made-by-a-cache",)


@pytest.mark.parametrize("value", [Runs(), os.system, pickle.loads, unpack, Diagnostic.at, print])
def test_what_is_kept_holds_no_code(value, tmp_path, monkeypatch):
    """
    Only values of the model's classes come out of the store: nothing else is called, nor even named.
    """
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="not a packed value"):
        unpack(pickle.dumps(value, protocol=5))
    assert list(tmp_path.iterdir()) == []


def test_values_of_the_model_come_out_as_they_went_in():
    """
    Values, with the places where they were written, and diagnostics.
    """
    agent = Agent(
        id="ville", name={"fr": "Ville"}, origin=Origin("datasets/publishers/ville.yaml", 1, 1, {"name": (1, 1)})
    )
    told = Diagnostic.at(Place("a.yaml", 1, 2), "unknown-property", value="x")
    found, diagnostics = unpack(pack((agent, [told])))
    assert (found, found.origin, diagnostics) == (agent, agent.origin, [told])


@pytest.mark.parametrize("damage", ["other", "cut", "flipped", "table", "unsealed"])
def test_a_damaged_store_only_costs_time(damage, portal, parsed):
    """
    Whatever stands in the file's place, the portal is read as if there were none, and the store is whole again.
    """
    small = portal({"datasets/rues.yaml": ARBRES})
    before = small.check().diagnostics
    file = small.folder / ".cache/vitrine/structure.sqlite"
    content = file.read_bytes()
    if damage == "table":
        file.unlink()
        rows = store.sqlite3.connect(file)
        with rows:
            rows.execute("CREATE TABLE entries (key, value, more)")
        rows.close()
    elif damage == "unsealed":
        rows = store.sqlite3.connect(file)
        with rows:
            rows.execute("UPDATE entries SET value = substr(value, 1, 32) || x'80054e2e'")
        rows.close()
    else:
        middle = content.rindex(b"Arbre") if b"Arbre" in content else len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        file.write_bytes({"other": b"x" * 9000, "cut": content[: len(content) // 2], "flipped": flipped}[damage])
    parsed.clear()
    assert small.check().diagnostics == before
    assert "datasets/rues.yaml" in parsed
    parsed.clear()
    small.check()
    assert "datasets/rues.yaml" not in parsed


def test_another_users_store_is_not_read(portal, parsed, monkeypatch):
    """
    What another user can write is not believed.
    """
    small = portal({"datasets/rues.yaml": ARBRES})
    small.check()
    parsed.clear()
    monkeypatch.setattr(store.os, "getuid", lambda: 12345)
    small.check()
    assert "datasets/rues.yaml" in parsed


def test_another_version_reads_anew(portal, parsed, monkeypatch):
    """
    What another version of the program found is not what this one finds.
    """
    small = portal({"datasets/rues.yaml": ARBRES})
    small.check()
    parsed.clear()
    monkeypatch.setattr(documents, "program_digest", lambda: "another")
    small.check()
    assert "datasets/rues.yaml" in parsed


def test_a_store_in_the_repository_is_not_read(portal, parsed):
    """
    A pull request could bring a store that says other things than its files.
    """
    small = portal({"datasets/rues.yaml": ARBRES})
    small.check()
    small.git("init", "-q")
    small.git("add", "-f", ".")
    small.git("commit", "-q", "-m", "all")
    parsed.clear()
    assert "cache-in-repository" in small.check().codes
    assert "datasets/rues.yaml" in parsed


def test_a_folder_that_cannot_be_written_only_costs_time(portal):
    """
    A cache's folder in whose place there is a file.
    """
    small = portal({".cache": "a file"})
    assert small.check().diagnostics == small.check().diagnostics


def test_a_place_is_kept_with_what_it_is_the_place_of(portal):
    """
    A file that moved says where it is now, not where it was read first.
    """
    small = portal({"datasets/rues.yaml": ARBRES + "colour: green\n"})
    small.check()
    small.lay({"datasets/rues.yaml": None, "datasets/voies.yaml": ARBRES + "colour: green\n"})
    places = [item.place.path for item in small.check().diagnostics if item.code == "unknown-property"]
    assert places == ["datasets/voies.yaml"]
