"""What portals mean by a place, a period, a licence or a language is read the same way by every importer."""

import pytest

from generator.authoring.report import Report
from generator.importers.dates import DayOrder
from generator.importers.languages import own_language, rank_languages, spoken_texts
from generator.importers.licenses import LicenseEntry, find_license
from generator.importers.periods import read_periods
from generator.importers.places import read_areas, take_areas


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("-71.4,46.7,-71.1,46.9", (-71.4, 46.7, -71.1, 46.9)),
        ("-71,4;46,7;-71,1;46,9", (-71.4, 46.7, -71.1, 46.9)),
        ("POLYGON ZM ((-71 46 0 1,-70 46 0 1,-70 47 0 1,-71 46 0 1))", (-71, 46, -70, 47)),
        ("SRID=4326;POINTZ(-71 46 12)", (-71, 46, -71, 46)),
        ("ENVELOPE(-71.4,-71.1,46.9,46.7)", (-71.4, 46.7, -71.1, 46.9)),
        ("BOX(-71.4 46.7,-71.1 46.9)", (-71.4, 46.7, -71.1, 46.9)),
        ({"type": "envelope", "coordinates": [[-71.4, 46.9], [-71.1, 46.7]]}, (-71.4, 46.7, -71.1, 46.9)),
        (
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-71, 46]}, "properties": {}},
            (-71, 46, -71, 46),
        ),
        ({"@type": "Location", "geometry": "POLYGON((-71 46,-70 46,-70 47,-71 46))"}, (-71, 46, -70, 47)),
        ("[[46.7, -71.4], [46.9, -71.1]]", (-71.4, 46.7, -71.1, 46.9)),
        ("46.8 -71.2", (-71.2, 46.8, -71.2, 46.8)),
        ("geo:46.8,-71.2;u=35", (-71.2, 46.8, -71.2, 46.8)),
        ("name=Lévis; east=-71.2; north=46.8", (-71.2, 46.8, -71.2, 46.8)),
        ("<gml:Point srsName='EPSG:4326'><gml:pos>-71.2 46.8</gml:pos></gml:Point>", (-71.2, 46.8, -71.2, 46.8)),
        ({"type": "Polygon", "coordinates": [[[175, -20], [190, -20], [190, -10], [175, -20]]]}, (175, -20, -170, -10)),
        ("178,-20,-178,-10", (178, -20, -178, -10)),
    ],
)
def test_area_is_read_however_it_is_written(text, box):
    """
    One place has one box, in whichever notation and order it comes.
    """
    assert [area.box for area in read_areas(text)] == [box]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("46.7,-71.4,46.9,-71.1", "left-out.doubtful-area"),
        ("48.8, 2.3", "left-out.doubtful-area"),
        ("-71.1,46.7,-71.4,46.9", "left-out.impossible-area"),
        ("-71,146,-70,147", "left-out.impossible-area"),
        ("700000,5100000,720000,5120000", "left-out.impossible-area"),
        ("SRID=32198;POINT(300000 500000)", "left-out.impossible-area"),
        ("0,0,0,0", "left-out.empty-area"),
        ("MULTIPOLYGON EMPTY", "left-out.empty-area"),
        ("NaN NaN", "left-out.empty-area"),
        ({"type": "Point", "coordinates": []}, "left-out.empty-area"),
        ("46°48′N 71°12′O", "left-out.spatial"),
        ("{{extent}}", "left-out.spatial"),
        ('{"type": "Point"', "left-out.spatial"),
        ("[" * 5000, "left-out.spatial"),
        ("https://sws.geonames.org/6325494/", "left-out.place-address"),
    ],
)
def test_what_is_no_place_is_told_and_names_nothing(text, code):
    """
    Coordinates that are none, that could be elsewhere, or that stand for nothing are no box and no name.
    """
    report = Report()

    assert take_areas(report, "a", text) == []
    assert [event.code for event in report.events] == [code]


def test_names_of_places_stay_apart():
    """
    A list of names is as many places.
    """
    assert [area.name for area in read_areas('["Lévis", "Québec"]')] == ["Lévis", "Québec"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2021", [("2021", "2021")]),
        ("1995-07", [("1995-07", "1995-07")]),
        ("2014-03-01 to 2015-02-28", [("2014-03-01", "2015-02-28")]),
        ("du 2014-03-01 au 2015-02-28", [("2014-03-01", "2015-02-28")]),
        ("15/03/2014-20/04/2015", [("2014-03-15", "2015-04-20")]),
        ("2009 - aujourd’hui", [("2009", "")]),
        ("../2010-01-01", [("", "2010-01-01")]),
        ("2010-01-01/P6M", [("2010-01-01", "2010-06-30")]),
        ("P2Y/2010", [("2008", "2010")]),
        ("2010-03-01/04-05", [("2010-03-01", "2010-04-05")]),
        ("2010; 2012/2014", [("2010", "2010"), ("2012", "2014")]),
        ("name=Mandat; start=2010; end=2014", [("2010", "2014")]),
    ],
)
def test_period_has_the_ends_that_it_says(text, periods):
    """
    A year ends with itself, words part two ends, a length gives the other end, and separate periods stay separate.
    """
    found = read_periods(text, DayOrder([]))

    assert [(period.start, period.end) for period in found] == periods
    assert [period.code for period in found if period.code] == []


@pytest.mark.parametrize(
    ("text", "frequency", "start"),
    [("R/P1Y", "annual", ""), ("R/2000-01-01/P1M", "monthly", "2000-01-01"), ("R5/P1W", "weekly", "")],
)
def test_what_repeats_is_a_frequency(text, frequency, start):
    """
    A repetition says how often, and has no end.
    """
    assert [(found.frequency, found.start, found.end) for found in read_periods(text, DayOrder([]))] == [
        (frequency, start, "")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("vers 2010", "left-out.date"), ("2021-01-01/2020-01-01", "left-out.reversed-period"), ("P1Y", "left-out.date")],
)
def test_what_is_no_period_is_told(text, code):
    """
    A period that nobody can read, or that ends before it begins, is no period.
    """
    assert [(found.values, found.code) for found in read_periods(text, DayOrder([]))] == [({}, code)]


TABLE = {
    "42": LicenseEntry("Licence ouverte", "https://www.etalab.gouv.fr/licence-ouverte-open-licence"),
    "7": LicenseEntry("Maison", ""),
}


@pytest.mark.parametrize(
    ("identifier", "url", "title", "license_"),
    [
        ("", "http://www.creativecommons.org/licenses/by/4.0/deed.de", "", "cc-by-4.0"),
        ("", "//creativecommons.org/licenses/by-sa/4.0/legalcode.fr?x=1#y", "", "cc-by-sa-4.0"),
        ("", "http://dcat-ap.de/def/licenses/cc-by/4.0", "", "cc-by-4.0"),
        ("", "https://opendefinition.org/licenses/odc-odbl/", "", "odbl-1.0"),
        ("", "https://publications.europa.eu/resource/authority/licence/CC0", "", "cc0-1.0"),
        ("", "https://w3id.org/italia/controlled-vocabulary/licences/A31_CCBYSA40", "", "cc-by-sa-4.0"),
        ("", "", "https://www.govdata.de/dl-de/zero-2-0", "dl-de-zero-2.0"),
        ("", "", "Published under CC BY-NC 4.0, with thanks", "cc-by-nc-4.0"),
        ("42", "", "", "etalab-2.0"),
        ("7", "", "", {"name": "Maison"}),
        ("", "https://exemple.org/l", "Nôtre", {"iri": "https://exemple.org/l", "name": "Nôtre"}),
        ("", "http://dcat-ap.de/def/licenses/geonutz/20130319", "", {
            "iri": "http://dcat-ap.de/def/licenses/geonutz/20130319",
            "name": "Nutzungsbestimmungen für die Bereitstellung von Geodaten des Bundes (GeoNutzV)",
        }),
        ("", "", "CC BY 2.0 DE", {"name": "CC BY 2.0 DE"}),
        ("notspecified", "", "License not specified", None),
    ],
)  # fmt: skip
def test_license_is_found_by_whatever_it_is_called(identifier, url, title, license_):
    """
    An address in any form, a list's entry, the portal's table or words: a licence that is stated is never lost.
    """
    assert find_license(Report(), "a", identifier, url, title, TABLE) == license_


def test_rare_language_does_not_make_a_portal_bilingual():
    """
    The most used language comes first; one record among many that is tagged otherwise is no second language.
    """
    assert rank_languages([{"fr"}] * 9 + [{"ca"}], ["fr"]) == (["fr"], ["ca"])
    assert rank_languages([{"en", "de"}] * 3 + [{"en"}] * 2, ["de", "en"]) == (["en", "de"], [])


def test_words_tell_the_language_before_records_do():
    """
    Texts without a tag are in the language of their words, else of what records state, else in English.
    """
    assert own_language(["The list of the routes of the buses that are in the town"], ["fr"], []) == "en"
    assert (own_language(["Bus"], ["fr", "fr"], []), own_language(["Bus"], [], [])) == ("fr", "en")


def test_unlisted_language_displaces_none():
    """
    A text in a language that we do not list is told, and shown only where there is no other.
    """
    report = Report()

    assert spoken_texts(report, "a", [("moh", "Ohné:ka"), ("fr", "Eau")]) == {"fr": "Eau"}
    assert spoken_texts(report, "b", [("moh", "Ohné:ka")]) == {"": "Ohné:ka"}
    assert [tuple(event) for event in report.events] == [
        ("left-out.language", "a", "moh"),
        ("left-out.language", "b", "moh"),
    ]
