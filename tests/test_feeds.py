"""What all feeds share: permanent IRIs, plain text, lines of JSON, and what is added to a dataset."""

import json
import tracemalloc

import pytest

from generator.feeds.complete import FeedError, complete_dataset, find_contact, offered
from generator.feeds.dcat_ap import iter_jsonld, jsonld_catalog
from generator.feeds.iris import distribution_iri
from generator.feeds.lines import collect, iter_json, render_json
from generator.feeds.pod import iter_pod, pod_catalog
from generator.feeds.text import paragraphs
from generator.model import Agent, Catalog, Dataset, Distribution, Kind, LicenseDocument, Portal, Withdrawal

OURS = Kind(name={"fr": "Équipe"}, email="equipe@exemple.org")
THEIRS = Kind(email="ville@exemple.org")
ALL = Kind(name={"fr": "Portail"}, email="portail@exemple.org")


def make(*datasets: Dataset, contact: Kind | None = None, common: Kind | None = None) -> Catalog:
    return Catalog(
        title={"fr": "Données"},
        description={"fr": "Toutes."},
        publisher="ville",
        contact_point=common,
        portal=Portal(base_url="https://donnees.exemple.org/", languages=("fr", "en")),
        publishers={"ville": Agent(id="ville", name={"fr": "Ville"}, contact_point=contact)},
        datasets={dataset.id: dataset for dataset in datasets},
    )


def some(id: str = "arbres", **fields: object) -> Dataset:
    return Dataset(id=id, title={"fr": "Arbres"}, publisher="ville", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contact", "publisher", "catalog", "found"),
    [
        (OURS, THEIRS, ALL, Kind(name={"fr": "Équipe"}, email="equipe@exemple.org")),
        (None, THEIRS, ALL, Kind(name={"fr": "Ville"}, email="ville@exemple.org")),
        (Kind(), None, ALL, Kind(name={"fr": "Portail"}, email="portail@exemple.org")),
        (None, None, None, Kind(name={"fr": "Ville"})),
    ],
)
def test_the_nearest_contact_is_taken(contact, publisher, catalog, found):
    """
    A dataset's contact is its own, else its publisher's, the catalogue's, or the publisher's bare name.
    """
    dataset = some(contact_point=contact)

    assert found == find_contact(make(dataset, contact=publisher, common=catalog), dataset)


def test_nobody_to_write_to_is_no_contact():
    """
    A dataset of an unknown publisher, without any contact, has none: nothing is invented.
    """
    dataset = Dataset(id="arbres")

    assert find_contact(make(dataset), dataset) is None


def test_a_distribution_takes_the_licence_of_its_dataset():
    """
    A distribution without a licence has its dataset's, and a file of the portal has an address.
    """
    ours, theirs = LicenseDocument(iri="https://a.example/"), LicenseDocument(iri="https://b.example/")
    dataset = some(
        license=ours,
        distribution=(Distribution(id="csv", file="a b.csv"), Distribution(id="x", license=theirs)),
    )

    complete = complete_dataset(make(dataset), dataset)

    assert (
        Distribution(
            id="csv",
            file="a b.csv",
            download_url="https://donnees.exemple.org/dataset/arbres/a%20b.csv",
            license=ours,
        ),
        Distribution(id="x", license=theirs),
    ) == complete.distribution


def test_what_is_missing_is_said_with_what_is_there():
    """
    A dataset without description has its title's words, one without title or identifier its id.
    """
    complete = complete_dataset(make(), Dataset(id="arbres", title={"fr": " "}))

    assert (
        complete.title,
        complete.description,
        complete.identifier,
    ) == ({"fr": "arbres"}, {"fr": "arbres"}, "arbres")


def test_a_withdrawn_dataset_is_not_offered():
    """
    Feeds list every dataset but the withdrawn.
    """
    catalog = make(some("a"), some("b", withdrawn=Withdrawal(date="2024-01-01")), some("c"))

    assert [dataset.id for dataset in offered(catalog)] == ["a", "c"]


@pytest.mark.parametrize("feed", [pod_catalog, jsonld_catalog])
def test_an_identifier_twice_fails_the_build(feed):
    """
    Two datasets with one identifier would be one to a harvester, so the feed is refused.
    """
    with pytest.raises(FeedError, match="'a'"):
        feed(make(some("a"), some("b", identifier="a")))


@pytest.mark.parametrize("feed", [pod_catalog, jsonld_catalog])
def test_a_feed_that_lost_a_dataset_fails_the_build(feed, monkeypatch):
    """
    A feed with fewer datasets than the catalogue is refused.
    """
    module = feed.__module__
    monkeypatch.setattr(f"{module}.offered", lambda catalog: iter(list(offered(catalog))[1:]))

    with pytest.raises(FeedError, match="1 datasets of 2"):
        feed(make(some("a"), some("b")))


@pytest.mark.parametrize(("whole", "stream"), [(pod_catalog, iter_pod), (jsonld_catalog, iter_jsonld)])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_streamed_feed_has_the_same_bytes(whole, stream, count):
    """
    A feed is the same, byte for byte, streamed or whole, with a line for each dataset.
    """
    catalog = make(*(some(f"d{number}") for number in range(count)))

    streamed = b"".join(stream(catalog))

    assert streamed == render_json(whole(catalog))
    assert whole(catalog) == json.loads(streamed)
    assert count == sum(b'"dcat:Dataset"' in line for line in streamed.splitlines())
    assert not streamed.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("stream", [iter_pod, iter_jsonld])
def test_streaming_holds_one_dataset_at_a_time(stream):
    """
    The memory that a feed takes does not grow with the number of datasets.
    """

    def peak(count: int) -> int:
        catalog = make(*(some(f"d{number}", identifier=f"d{number}") for number in range(count)))
        tracemalloc.start()
        for _chunk in stream(catalog):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1)
    # The identifiers already seen take some 100 bytes each; a dataset's node takes ten times as much.
    assert peak(2000) - peak(200) < 1800 * 200


def test_an_empty_list_is_written_as_one():
    """
    A document without datasets is still JSON, with an empty list.
    """
    assert b"".join(iter_json({"dataset": iter(())})) == b'{"dataset":[]}\n'
    assert collect({"dataset": iter(())}) == {"dataset": []}


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("![](/carte.png)", ""),
        ("un\ndeux\n\ntrois", "un deux\n\ntrois"),
        ("# Titre\n\nUn <script>alert(1)</script>**mot**", "Titre\n\nUn mot"),
        ("1. un\n2. deux", "- un\n- deux"),
        ("| a | b |\n|---|---|\n| c | d |", "a b\nc d"),
        ("<div>gras<br>maigre</div>", "gras\nmaigre"),
        ("a &lt; b & c", "a < b & c"),
    ],
)
def test_markdown_becomes_plain_paragraphs(markdown, plain):
    """
    A description loses its marks and HTML and keeps its paragraphs.
    """
    assert plain == paragraphs(markdown)


def test_no_distribution_takes_the_iri_of_its_dataset():
    """
    Whatever a distribution is called, its IRI is neither the dataset's nor the contact's nor another's.
    """
    dataset = "https://donnees.exemple.org/dataset/a#dataset"
    ids = ["dataset", "contact", "contactpoint", "dataset-2", "csv"]

    found = [distribution_iri(dataset, id) for id in ids]

    assert [f"https://donnees.exemple.org/dataset/a#{id}" for id in ["dataset_", *ids[1:]]] == found
