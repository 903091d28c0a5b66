"""Places: coordinates by their usual names where they are degrees, and features as GeoJSON allows them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.previews.conftest import Look, codes, ranges, table_of


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("stop_lon", "stop_lat"),
        ("shape_pt_lon", "shape_pt_lat"),
        ("decimalLongitude", "decimalLatitude"),
        ("Xlongitude", "Ylatitude"),
        ("consolidated_longitude", "consolidated_latitude"),
        ("Longitude (WGS84)", "Latitude (WGS84)"),
        ("LONGITUDE", "LATITUDE"),
        ("lng", "lat"),
        ("coord_x", "coord_y"),
        ("X", "Y"),
    ],
)
def test_coordinates_are_found_by_their_names(x: str, y: str, look: Look) -> None:
    """
    The columns of GTFS, IRVE, Darwin Core and of French and Québec exports make a map where they hold degrees.
    """
    made = look(f"nom,{x},{y}\nA,-73.5878,45.5088\nB,-71.2082,46.8139\n").profile.map
    assert made
    assert made.counts == (("point", 2),)
    west, south, east, north = made.bbox
    assert west < -73.5878 < -71.2082 < east and south < 45.5088 < 46.8139 < north


@pytest.mark.parametrize(
    "content",
    [
        'nom,coordonneesXY\nA,"[-73.5878,45.5088]"\nB,"[-71.2082, 46.8139]"\n',
        'nom,geo_point_2d\nA,"45.5088, -73.5878"\nB,"46.8139,-71.2082"\n',
    ],
)
def test_one_column_may_hold_a_place(content: str, look: Look) -> None:
    """
    Longitude and latitude in one cell are read in the order that the column's name promises.
    """
    made = look(content).profile.map
    assert made
    assert made.bbox[0] < -73.5878 and made.bbox[3] > 46.8139


@pytest.mark.parametrize(
    "content",
    [
        "nom,x,y\nA,250000,5200000\nB,250100,5200100\n",
        "nom,x,y\nA,12,40\nB,13,41\n",
        "nom,x,y\nA,0.25,0.5\nB,0.75,0.1\n",
        "nom,longitude,latitude\nA,299000.5,5041000.2\nB,300000.1,5042000.9\n",
        "nom,lon,lat\nA,texte,45\nB,-73,46\n",
    ],
)
def test_what_is_no_degree_makes_no_map(content: str, look: Look) -> None:
    """
    Metres, shares of a picture and texts under the names of coordinates are no places.
    """
    assert look(content).profile.map is None


def collection(*geometries: Any, **more: Any) -> str:
    features = [
        {"type": "Feature", "geometry": geometry, "properties": {"nom": f"n{n}", "n": n}}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", **more, "features": features})


def test_features_without_geometry_keep_their_table(look: Look) -> None:
    """
    Features may be nowhere (RFC 7946, 3.2): they are a table, and nothing is wrong with them.
    """
    found = look(collection(None, None), "GeoJSON")
    assert (found.problems, found.profile.map, table_of(found).rows) == ((), None, (("n0", "0"), ("n1", "1")))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("urn:ogc:def:crs:EPSG::2950", "EPSG:2950"),
        ("urn:ogc:def:crs:EPSG:6.9:32198", "EPSG:32198"),
        ("EPSG:2154", "EPSG:2154"),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:3857"),
    ],
)
def test_features_in_another_projection_keep_their_table(name: str, said: str, look: Look) -> None:
    """
    A file that names a projection is told by that name, has no map, and keeps its table.
    """
    point = {"type": "Point", "coordinates": [299000.5, 5041000.2]}
    found = look(collection(point, point, crs={"type": "name", "properties": {"name": name}}), "GeoJSON")
    assert codes(found) == [("data-file-projection", {"projection": said})]
    assert (found.profile.map, table_of(found).row_count) == (None, 2)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_degrees_by_name_are_degrees(name: str, look: Look) -> None:
    """
    A file that says what GeoJSON takes for granted has its map.
    """
    found = look(collection({"type": "Point", "coordinates": [-72, 48]}, crs={"properties": {"name": name}}), "GeoJSON")
    assert found.problems == ()
    assert found.profile.map


def test_metres_without_a_name_are_told(look: Look) -> None:
    """
    Coordinates that are no degrees, in a file that names no projection, cost the map and not the table.
    """
    found = look(collection({"type": "Point", "coordinates": [299000.5, 5041000.2]}), "GeoJSON")
    assert (codes(found), table_of(found).row_count) == ([("bad-coordinates", {})], 1)


def test_several_points_of_one_feature_are_points(look: Look) -> None:
    """
    The points of a MultiPoint are counted, and drawn as dots that no line joins.
    """
    made = look(
        collection({"type": "MultiPoint", "coordinates": [[-72, 48], [-71, 48], [-71, 49]]}), "GeoJSON"
    ).profile.map
    assert made
    assert (made.counts, made.shown) == ((("point", 3),), 3)
    [shape] = made.shapes
    assert (shape.path.count("M"), shape.path.count("h0"), "l" in shape.path) == (3, 3, False)


@pytest.mark.parametrize(
    "geometries",
    [
        [{"type": "Point", "coordinates": [179.5, -17]}, {"type": "Point", "coordinates": [-179.5, -18]}],
        [{"type": "LineString", "coordinates": [[178, -17], [-178, -17.5]]}],
        [{"type": "Polygon", "coordinates": [[[177, -16], [-179, -16], [-179, -19], [177, -16]]]}],
    ],
)
def test_the_antimeridian_parts_nothing(geometries: list[Any], look: Look) -> None:
    """
    What lies on both sides of the 180th meridian is shown together, in a window a few degrees wide.
    """
    made = look(collection(*geometries), "GeoJSON").profile.map
    assert made
    assert made.bbox[2] - made.bbox[0] < 20


def test_a_world_is_not_turned(look: Look) -> None:
    """
    Places all around the globe stay where they are.
    """
    made = look("nom,lon,lat\nA,-170,10\nB,-60,11\nC,10,12\nD,100,13\nE,170,14\n").profile.map
    assert made
    assert made.bbox[0] < -170 and made.bbox[2] > 170 and made.bbox[2] - made.bbox[0] < 400


def test_coordinates_have_bounds(look: Look) -> None:
    """
    Latitudes with a decimal comma are numbers with a lowest and a highest.
    """
    found = look("nom;latitude;longitude\nA;45,5088;-73,5878\nB;45,6;-73,7\n")
    assert ranges(found)["latitude"] == ("number", 0, "45.5088", "45.6")
