"""What CONTRIBUTING.md tells contributors to do, done to the letter in a copy of the program."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from tests.conftest import ARBRES, MINIMAL, ROOT, read_tree

FENCE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def recipe(title: str) -> Mapping[str, str]:
    """The files that a section of CONTRIBUTING.md shows, by path."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section, title
    return dict(FENCE.findall(section[1]))


@dataclass(frozen=True)
class House:
    """A copy of the program, to be changed and run."""

    folder: Path

    def follow(self, files: Mapping[str, str]) -> None:
        """Lay files over the copy; of one that is there already, rows are added to its end."""
        for path, text in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text(encoding="utf-8") + "\n" if file.is_file() else ""
            file.write_text(before + text, encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command, as the copy has it."""
        return run(self.folder, *arguments, cwd=self.folder.parent)


def run(path: Path, *arguments: str, cwd: Path = ROOT, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with a folder that Python looks into first."""
    environment = {**os.environ, "PYTHONPATH": str(path), "LC_ALL": language, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "generator.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A copy of the program, with the themes where the program looks for them."""
    folder = tmp_path / "house"
    copytree(ROOT / "generator", folder / "generator", ignore=ignore_patterns("__pycache__"))
    copytree(ROOT / "themes/default", folder / "themes/default")
    return House(folder)


def test_a_home_block_is_a_row_a_module_and_a_template(house: House, portal) -> None:
    """
    Whoever follows the recipe has a block that portal.yaml may name, under its title in the page's language.
    """
    files = recipe("Adding a block to the home page")
    made = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}home: [oldest, themes]\n",
            "datasets/arbres.yaml": f"{ARBRES}issued: 2015-02-06\n",
        }
    )
    house.follow(files)

    built = house.run("build", "--portal", str(made.folder))
    english = (made.folder / "site/en/index.html").read_text(encoding="utf-8")

    assert list(files) == [
        "generator/standards/blocks.yaml",
        "generator/pages/blocks/oldest.py",
        "themes/default/templates/blocks/oldest.html",
    ]
    assert built.returncode == 0, built.stderr
    assert re.findall(r'<h2 id="oldest">([^<]*)</h2>', english) == ["The oldest"]
    assert 'href="../en/dataset/arbres/"' in english


def test_a_feed_is_a_row_and_a_module(house: House, portal) -> None:
    """
    Whoever follows the recipe has a feed that is published, listed for harvesters and given its media type.
    """
    files = recipe("Adding a feed")
    made = portal()
    house.follow(files)

    built = house.run("build", "--portal", str(made.folder))
    site = read_tree(made.folder / "site")

    assert list(files) == ["generator/standards/feeds.yaml", "generator/feeds/page_outline.py"]
    assert (built.returncode, built.stderr.count("Traceback")) == (0, 0), built.stderr
    assert site["datasets.opml"].decode() == (
        '<opml version="2.0"><body>'
        '<outline type="link" text="Autre" url="https://exemple.org/portail/dataset/autre/"/>'
        "</body></opml>\n"
    )
    assert '<a href="../../datasets.opml" type="text/x-opml">' in site["en/harvest/index.html"].decode()
    assert "Any reader of OPML 2.0 opens it." in site["en/harvest/index.html"].decode()
    assert "/portail/*.opml\n  Content-Type: text/x-opml; charset=utf-8\n" in site["_headers"].decode()


def test_a_page_pays_for_no_content_type_that_its_portal_has_not(house: House, portal) -> None:
    """
    A dataset's page is the same, byte for byte, whether the program has content types or none; so is one that no
    record names in a portal which has some.
    """
    made = portal()
    page = made.build()["dataset/autre/index.html"]
    for file in (house.folder / "generator/standards/types").glob("*.yaml"):
        file.unlink()

    built = house.run("build", "--portal", str(made.folder), "--output", str(made.folder / "bare"))
    table = "reference,subject_fr,subject_en,publisher,received\nA,Un,One,ville,2026-01-05\n"

    assert built.returncode == 0, built.stderr
    assert (made.folder / "bare/dataset/autre/index.html").read_bytes() == page
    assert portal({"content/disclosures/2026.csv": table}, name="other").build()["dataset/autre/index.html"] == page
    assert [name for name in (b"records.css", b"states.js", b"dashboard") if name in page] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_type_of_content_is_declared_as_the_guide_says(language: str, portal) -> None:
    """
    Whoever follows the guide has a register and pages, with lists, parts, files and a drawing, and nothing to mend.
    """
    text = (ROOT / f"docs/guide.{language}.md").read_text(encoding="utf-8")
    files = {
        path: said for path, said in FENCE.findall(text) if path.startswith(("content/types/", "content/chantiers"))
    }
    publisher = {"datasets/publishers/ville-exemple.yaml": "name: {fr: Ville-Exemple, en: City of Exemple}\n"}
    made = portal({**files, **publisher})
    site = made.build()
    listed = json.loads(site["contrats/index.json"])
    page = site["en/chantiers/pont-du-moulin/index.html"].decode()

    assert len(files) == 6
    assert [record["id"] for record in listed["records"]] == ["c-2026-2", "c-2026-1"]
    assert [record["state"] for record in listed["records"]] == ["current", "ended"]
    lists = ("contrats/", "contrats/state/ended/", "contrats/publisher/ville-exemple/")
    wanted = {f"{folder}{file}" for folder in lists for file in ("index.html", "index.csv", "index.json", "feed.atom")}
    assert wanted - set(site) == set()
    assert re.findall(r'<h2 id="([^"]*)"', page) == ["_spent", "_feeds"]
    assert re.findall(r"<text [^>]*>([^<]*)</text>", page) == ["100,000\u00a0CAD", "2025", "2026"]
    assert re.findall(r'<tr id="([^"]*)">', page) == ["depenses-pont-du-moulin-2025", "depenses-pont-du-moulin-2026"]
