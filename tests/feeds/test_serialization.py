"""Turtle and RDF/XML: the statements of the JSON-LD, in the same order in every run."""

import subprocess
import sys

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from generator.feeds.dcat_ap.serialization import iter_turtle, iter_xml
from generator.feeds.documents import flat_nodes, serialize_dataset_turtle, serialize_dataset_xml
from generator.feeds.records import Records
from generator.model import Catalog, Dataset
from tests.feeds.test_dcat_ap import FULL, ODD, jsonld_catalog, jsonld_dataset, make, parse, some, violations

TURTLE = """\
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://donnees.exemple.org/p/dataset/casernes#dataset> a dcat:Dataset ;
	dct:title "Casernes d’incendie"@fr , "Fire stations"@en ;
	dct:description "Emplacement des casernes."@fr ;
	dct:publisher <https://donnees.exemple.org/p/publisher/incendie#agent> ;
	dcat:contactPoint <https://donnees.exemple.org/p/dataset/casernes#contactPoint> ;
"""

XML = """\
  xmlns:xsd="http://www.w3.org/2001/XMLSchema#">
	<dcat:Dataset rdf:about="https://donnees.exemple.org/p/dataset/casernes#dataset">
		<dct:title xml:lang="fr">Casernes d’incendie</dct:title>
		<dct:title xml:lang="en">Fire stations</dct:title>
"""


def odd() -> Catalog:
    return make(FULL, *(some(**{"id": id, **fields}) for id, fields in ODD.items()))


def turtle(catalog: Catalog) -> bytes:
    records = Records(catalog)
    return b"".join(iter_turtle(flat_nodes(records, records.whole)))


def xml(catalog: Catalog) -> bytes:
    records = Records(catalog)
    return b"".join(iter_xml(flat_nodes(records, records.whole)))


@pytest.mark.parametrize("catalog", [make(), odd()], ids=["empty", "odd"])
def test_the_three_forms_say_the_same(catalog):
    """
    JSON-LD, Turtle and RDF/XML of a catalogue are one graph, however strange its datasets.
    """
    json = parse(jsonld_catalog(catalog))

    assert isomorphic(json, Graph().parse(data=turtle(catalog), format="turtle"))
    assert isomorphic(json, Graph().parse(data=xml(catalog), format="xml"))


def test_a_dataset_says_the_same_in_its_three_files():
    """
    The files of one dataset are one graph too, and conform to DCAT-AP.
    """
    catalog = odd()
    for id in catalog.datasets:
        json = parse(jsonld_dataset(catalog, id))
        records = Records(catalog)

        assert isomorphic(json, Graph().parse(data=b"".join(serialize_dataset_turtle(records, id)), format="turtle"))
        assert isomorphic(json, Graph().parse(data=b"".join(serialize_dataset_xml(records, id)), format="xml"))
    assert violations(jsonld_dataset(catalog, "casernes")) == []


def test_they_can_be_read_by_people():
    """
    Prefixes are short and sorted, types come first, languages are tagged, and a line holds one dataset of the list.
    """
    records = Records(odd())
    found = b"".join(serialize_dataset_turtle(records, "casernes")).decode()

    assert TURTLE in found
    assert sorted(found.split("\n\n")[0].splitlines()) == found.split("\n\n")[0].splitlines()
    assert XML in b"".join(serialize_dataset_xml(records, "casernes")).decode()
    lines = turtle(make(some(id="a"), some(id="b"))).decode().splitlines()
    assert [line for line in lines if "dcat:dataset" in line] == [
        "<https://donnees.exemple.org/p/#catalog> dcat:dataset <https://donnees.exemple.org/p/dataset/a#dataset> ,"
    ]
    assert "\t\t<https://donnees.exemple.org/p/dataset/b#dataset> ." in lines


WRITE = "import sys; from tests.feeds.test_serialization import *; sys.stdout.buffer.write(turtle(odd()) + xml(odd()))"


def test_every_run_writes_the_same():
    """
    Neither blank labels nor the order of prefixes change from one run to the next.
    """
    runs = {
        subprocess.run(
            [sys.executable, "-c", WRITE], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }

    assert runs == {turtle(odd()) + xml(odd())}


@pytest.mark.parametrize(
    "words",
    ["a <b> & \"c\" 'd'", "</dct:title>]]>", 'x"""y\\z', "> , <\tdcat:dataset a , b", " été\u2028\u202f\U0001f333"],
)
def test_any_words_arrive_whole(words):
    """
    What has a meaning in Turtle or XML has none in a text.
    """
    catalog = make(Dataset(id="a", title={"fr": words}, identifier=words, publisher="ville"))
    json = parse(jsonld_catalog(catalog))

    assert isomorphic(json, Graph().parse(data=turtle(catalog), format="turtle"))
    assert isomorphic(json, Graph().parse(data=xml(catalog), format="xml"))


def test_a_control_character_does_not_break_xml():
    """
    YAML can write characters that XML can't hold; a reader is spared them.
    """
    catalog = make(some(title={"fr": "A\x0bB\ufffe"}))

    assert "AB" in {str(value) for value in Graph().parse(data=xml(catalog), format="xml").objects()}
