"""Whole portals with the whole site each makes: `pytest --update-expected` rewrites it, and its diff is the review."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import SmallPortal, read_tree

PORTALS = Path(__file__).parents[1] / "portals"

# These have tests of their own: the theme's styles and scripts, the search index, and what else is no text.
ELSEWHERE = ("assets/", "search/", ".vitrine")

HASHED = re.compile(r"(assets/[\w/-]+(?:\.min)?\.)[0-9a-f]{10}(?=\.)")


def mask(text: str) -> str:
    """Names without the digests that they hold, which change with the program."""
    return HASHED.sub(r"\g<1>0", text)


@pytest.fixture(params=sorted(folder.name for folder in PORTALS.iterdir()))
def example(request, tmp_path):
    """A portal's folder of expected files, and the portal built where there is no git."""
    folder = PORTALS / request.param
    shutil.copytree(folder, tmp_path / "portal", ignore=shutil.ignore_patterns("expected"))
    return folder / "expected", SmallPortal(tmp_path / "portal").build("site")


def test_a_portal_gives_the_expected_site(example, request):
    """
    Every page and feed is the expected one, to the character.
    """
    folder, site = example
    made = {mask(path): mask(content.decode()) for path, content in site.items() if not path.startswith(ELSEWHERE)}
    if request.config.getoption("--update-expected"):
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="")
    expected = {path: content.decode() for path, content in read_tree(folder).items()}

    assert sorted(expected) == sorted(made)
    for path, text in expected.items():
        assert text == made[path], path


def test_a_distribution_may_be_called_dataset(portal, arbres):
    """
    Its fragment stays apart from the dataset's own, on the page as in the feeds.
    """
    site = portal({"datasets/arbres.yaml": arbres.replace("id: csv", "id: dataset")}).build()

    assert re.findall(r'id="(dataset_?)"', site["dataset/arbres/index.html"].decode()) == ["dataset", "dataset_"]
    assert b'"https://exemple.org/portail/dataset/arbres#dataset_"' in site["catalog.jsonld"]


def test_a_format_is_told_by_the_address_of_a_file(portal, arbres):
    """
    The extension counts, not what follows it.
    """
    site = portal({"datasets/arbres.yaml": arbres.replace("arbres.csv", "arbres.geojson?v=1.2#a")}).build()

    assert "format/geojson/index.html" in site
