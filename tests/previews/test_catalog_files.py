"""Previews on the way through the house: from files to pages, remembered, bounded, never in the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.build.pipeline import read_portal
from generator.pages.dataset import plan
from generator.previews import catalog_files
from generator.previews.limits import PREVIEWS
from generator.site.tasks import Task
from generator.source.store import open_shelf
from tests.conftest import SmallPortal

DATASET = """\
title: {fr: Arbres, en: Trees}
description: {fr: Les arbres de la ville., en: The city's trees.}
publisher: ville
theme: [transport]
license: cc-by-4.0
language: [fr]
distribution:
  - {id: csv, file: arbres.csv}
"""
CSV = "essence,hauteur,lat,lon\nÉrable,12.5,48.7,-72\n<script>alert(1)</script>,8,48.8,-72.1\n"
FOLDER = "datasets/arbres/"
FILES = {f"{FOLDER}dataset.yaml": DATASET, f"{FOLDER}arbres.csv": CSV}
PAGE = "dataset/arbres/index.html"

Make = Callable[..., SmallPortal]


def digests(folder: Path) -> list[str]:
    """The digests of the pages of the dataset `arbres`."""
    tasks = [item for item in plan(read_portal(folder).site) if isinstance(item, Task)]
    return [task.digest for task in tasks if "arbres" in task.path]


def test_a_page_shows_what_is_in_a_file(portal: Make) -> None:
    """
    The page of a dataset has the table, the columns and the map, in its own language; cells are never markup.
    """
    site = portal(FILES).build()
    french, english = site[PAGE].decode(), site[f"en/{PAGE}"].decode()
    assert "2 lignes, 4 colonnes" in french
    assert "2 rows, 4 columns" in english
    assert "&lt;script&gt;alert(1)" in french
    assert "<script>alert" not in french
    assert 'class="map-point"' in french
    assert "12,5" in french
    assert 'lang="fr"' in english[english.index('class="scroll preview-rows"') :][:200]
    assert "preview." in french and "preview." not in site["dataset/autre/index.html"].decode()
    ids = re.findall(r'\bid="([^"]*)"', french)
    assert sorted(ids) == sorted(set(ids))
    assert "style=" not in french


def test_what_was_found_is_remembered(portal: Make) -> None:
    """
    A file is read once, whatever is built next; a changed file, or another chart, is read again, and the old forgotten.
    """
    small = portal(FILES)
    with patch.object(catalog_files, "ask_all", wraps=catalog_files.ask_all) as ask:
        small.check()
        small.check()
        small.lay({f"{FOLDER}dataset.yaml": DATASET.replace("license:", "issued: 2020-01-01\nlicense:")})
        small.check()
        assert [len(call.args[0]) for call in ask.call_args_list] == [1, 0, 0]
        small.lay({f"{FOLDER}arbres.csv": CSV + "Pin,3,48,-72\n"})
        small.check()
        chart = "  - {id: csv, file: arbres.csv, chart: {kind: bar, x: essence, y: hauteur}}\n"
        small.lay({f"{FOLDER}dataset.yaml": DATASET.replace("  - {id: csv, file: arbres.csv}\n", chart)})
        small.check()
        assert [len(call.args[0]) for call in ask.call_args_list] == [1, 0, 0, 1, 1]
    assert len(open_shelf(small.folder, "previews")) == 1


@pytest.mark.parametrize("damage", [b"", b"x\ny\nz", b"\xff"])
def test_a_damaged_memory_is_no_memory(damage: bytes, portal: Make) -> None:
    """
    What the cache holds is believed only when it is what was put there.
    """
    small = portal(FILES)
    before = small.build()
    file = small.folder / ".cache/vitrine/previews.sqlite"
    file.write_bytes(damage + file.read_bytes()[len(damage) + 3 :])
    assert small.build("again")[PAGE] == before[PAGE]


def test_two_builds_give_the_same_bytes(portal: Make) -> None:
    """
    Neither the folder, nor what is remembered, nor the number of workers shows in a page.
    """
    assert portal(FILES).build() == portal(FILES, name="other").build(jobs=2)


def test_the_digest_covers_the_preview(portal: Make) -> None:
    """
    The page is rendered anew when what it previews, or the backdrop of its maps, is another.
    """
    small = portal(FILES)
    with patch("generator.previews.formats.installed_version", return_value=""):
        without = digests(small.folder)
    first = digests(small.folder)
    line = '{"type": "LineString", "coordinates": [[-73, 48], [-71, 49]]}'
    river = f'{{"type": "Feature", "properties": {{"kind": "river"}}, "geometry": {line}}}'
    small.lay({"content/fond.geojson": f'{{"type": "FeatureCollection", "features": [{river}]}}'})
    small.lay({"portal.yaml": (small.folder / "portal.yaml").read_text() + "backdrop: content/fond.geojson\n"})
    second = digests(small.folder)
    assert len({*without, *first, *second}) == 3 * len(first)
    assert 'class="ground-river"' in small.build()[PAGE].decode()


@pytest.mark.parametrize(
    ("named", "content", "code"),
    [
        ("content/none.geojson", None, "missing-file"),
        ("../fond.geojson", None, "missing-file"),
        ("content/fond.geojson", "[", "data-file-syntax"),
        ("content/fond.geojson", '{"type": "FeatureCollection", "features": [3, {}]}', "data-file-broken"),
    ],
)
def test_a_bad_backdrop_is_told(named: str, content: str | None, code: str, portal: Make) -> None:
    """
    A backdrop that is not there, or is none, is told where portal.yaml names it.
    """
    small = portal({"content/fond.geojson": content} if content else {})
    (small.folder.parent / "fond.geojson").write_text("{}")
    small.lay({"portal.yaml": (small.folder / "portal.yaml").read_text() + f"backdrop: {named}\n"})
    found = small.check().diagnostics
    assert [(item.code, item.place.path, item.place.line) for item in found] == [(code, "portal.yaml", 3)]


def test_without_the_extra_there_is_one_warning(portal: Make) -> None:
    """
    Where the reader of tables is not installed, maps and structures remain, and one line says what is missing.
    """
    more = "  - {id: json, file: arbres.json}\n  - {id: bis, file: bis.csv}\n"
    small = portal(
        {**FILES, f"{FOLDER}dataset.yaml": DATASET + more, f"{FOLDER}arbres.json": '{"a": 1}', f"{FOLDER}bis.csv": CSV}
    )
    with patch("generator.previews.formats.installed_version", return_value=""):
        assert small.check().codes == ["preview-unavailable"]
        assert list(read_portal(small.folder).site.profiles) == [("arbres", "json")]


def test_nothing_is_started_for_a_portal_without_files(portal: Make) -> None:
    """
    A catalogue of links alone pays nothing for previews.
    """
    small = portal()
    with patch.object(catalog_files, "ask_all") as ask, patch.object(catalog_files, "version") as version:
        small.check()
    assert not ask.called and not version.called
    assert not (small.folder / ".cache/vitrine/previews.sqlite").exists()


def test_a_page_has_so_many_previews(portal: Make) -> None:
    """
    A dataset of many files shows the first ones, of which one stands open, and says how many it does not show.
    """
    names = [f"f{n}.csv" for n in range(PREVIEWS + 5)]
    small = portal(
        {
            f"{FOLDER}dataset.yaml": DATASET.replace("  - {id: csv, file: arbres.csv}\n", "")
            + "".join(f"  - {{file: {name}}}\n" for name in names),
            **{f"{FOLDER}{name}": CSV for name in names},
        }
    )
    page = small.build()[PAGE].decode()
    assert page.count('<details class="preview-more"') == PREVIEWS
    assert page.count('<details class="preview-more" open') == 1
    assert "5 autres fichiers n’ont pas d’aperçu" in page


CHARTS = {
    "bar": ("essence", "[hauteur]", "fill-1"),
    "line": ("hauteur", "[lat]", "stroke-1"),
    "area": ("essence", "[hauteur, lat]", "fill-2"),
    "scatter": ("lat", "[lon]", "stroke-1"),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_is_drawn(kind: str, portal: Make) -> None:
    """
    Each kind is drawn for both widths, with its title, its description and its data in a table.
    """
    x, y, mark = CHARTS[kind]
    chart = f"  - {{id: csv, file: arbres.csv, chart: {{kind: {kind}, x: {x}, y: {y}, title: Mon titre}}}}\n"
    small = portal(FILES)
    small.lay({f"{FOLDER}dataset.yaml": DATASET.replace("  - {id: csv, file: arbres.csv}\n", chart)})
    page = small.build()[PAGE].decode()
    figure = page[page.index('<figure class="chart">') : page.index("</figure>")]
    assert figure.count('role="img"') == 2
    assert figure.count("Mon titre</title>") == 2
    assert mark in figure
    assert "<table" in figure
    assert "nan" not in figure.lower().replace("nance", "")
