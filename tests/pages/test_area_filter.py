"""Where the search narrows by area: what of a catalogue's areas, and of its backdrop, the page offers."""

import re

from generator.pages import lists
from tests.conftest import MINIMAL

AUTRE = MINIMAL["datasets/autre.yaml"]
GROUND = """\
{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"kind": "border"},
   "geometry": {"type": "LineString", "coordinates": [[-80, 40], [-60, 60]]}},
  {"type": "Feature", "properties": {"kind": "place", "name": "Bourg"},
   "geometry": {"type": "Point", "coordinates": [-72, 48.5]}}
]}
"""


def areas(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<option value="([^"]+, [^"]+)"[^>]*>([^<]+)', html)


def page(portal, *spatial: str, files=None, path: str = "dataset/index.html") -> str:
    placed = {f"datasets/d{number}.yaml": f"{AUTRE}spatial: {one}\n" for number, one in enumerate(spatial)}
    return portal({**placed, **(files or {})}).build()[path].decode()


def test_areas_are_offered_by_name(portal):
    """
    Each named area stands once, in alphabetical order, with the extent that most of its datasets give it.
    """
    html = page(
        portal,
        "{bbox: [-74, 47, -70, 50], name: {fr: Québec, en: Quebec}}",
        "{bbox: [-72.5, 48, -72, 48.25], name: {fr: Îles, en: Islands}}",
        "{bbox: [-73, 48, -72, 48.25], name: {fr: Québec, en: Quebec}}",
        "{bbox: [-74, 47, -70, 50], name: {fr: Québec, en: Quebec}}",
        "{bbox: [-74, 47, -70, 50]}",
        "{name: {fr: Ailleurs, en: Elsewhere}}",
    )

    assert areas(html) == [("-72.5, 48, -72, 48.25", "Îles"), ("-74, 47, -70, 50", "Québec")]
    assert "zone-map" not in html


def test_a_catalogue_without_areas_has_no_zone(portal):
    """
    Where no dataset says where it is, nothing is there to narrow by it.
    """
    assert "zone" not in page(portal, "{name: {fr: Ailleurs, en: Elsewhere}}")


def test_areas_without_names_leave_the_numbers(portal):
    """
    Where there is neither a name to choose nor a map to draw on, the four numbers stand open.
    """
    html = page(portal, "{bbox: [-74, 47, -70, 50]}")

    assert '<label for="zone-area" hidden>' in html
    assert '<details class="zone-edges" open>' in html


def test_the_zone_is_on_the_first_page_alone(portal, monkeypatch):
    """
    The areas and the map are not repeated on every page of a long list.
    """
    monkeypatch.setattr(lists, "PAGE_SIZE", 1)
    assert "search-zone" not in page(portal, "{bbox: [-74, 47, -70, 50]}", path="dataset/page/2/index.html")


def test_the_map_is_of_what_datasets_are_about(portal):
    """
    The map shows the part of the backdrop in which the datasets lie, named, with room around.
    """
    backdrop = {"ground.geojson": GROUND, "portal.yaml": MINIMAL["portal.yaml"] + "backdrop: ground.geojson\n"}
    html = page(portal, "{bbox: [-74, 47, -70, 50]}", files=backdrop)

    across, down, west, north = re.search(
        r'transform="scale\(([\d.]+) -([\d.]+)\) translate\(([\d.]+) -([\d.]+)\)"', html
    ).groups()
    edges = [-float(west), float(north) - 600 / float(down), -float(west) + 960 / float(across), float(north)]
    assert [round(edge, 1) for edge in edges] == [-76.3, 46.7, -67.7, 50.3]
    assert re.findall(r"<text [^>]+>([^<]+)", html) == ["Bourg"]
