"""What all feeds share: permanent IRIs, plain text, lines of JSON, and what is added to a dataset."""

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.cli.reports import concise
from generator.feeds import catalogs, size_warnings
from generator.feeds.complete import FeedError, complete_dataset, distinct_offered
from generator.feeds.json_lines import iter_json, with_lists
from generator.feeds.plain_text import paragraphs, without_tags
from generator.feeds.records import Records, records_of
from generator.model import Agent, Catalog, Dataset, Distribution, LicenseDocument, Portal, Withdrawal
from generator.site.iris import distribution_iri
from generator.site.site import Site
from generator.text.markdown import render_markdown
from generator.theme.theme import Theme

THEME = Theme(name="none", templates={}, assets={}, strings={})


def make(*datasets: Dataset) -> Catalog:
    return Catalog(
        title={"fr": "Données"},
        description={"fr": "Toutes."},
        publisher="ville",
        portal=Portal(base_url="https://donnees.exemple.org/", languages=("fr", "en")),
        publishers={"ville": Agent(id="ville", name={"fr": "Ville"})},
        datasets={dataset.id: dataset for dataset in datasets},
    )


def some(id: str = "arbres", **fields: object) -> Dataset:
    return Dataset(id=id, title={"fr": "Arbres"}, publisher="ville", **fields)  # type: ignore[arg-type]


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

    assert [dataset.id for dataset in distinct_offered(catalog)] == ["a", "c"]


FEEDS = ["catalog.jsonld", "catalog.ttl", "catalog.rdf", "data.json", "dcat-us-3.json"]


def stream(feed: str, catalog: Catalog) -> Iterator[bytes]:
    site = Site(catalog, THEME)
    return catalogs.function_of(feed)(site, records_of(site).whole)


@pytest.mark.parametrize("feed", FEEDS)
def test_an_identifier_twice_fails_the_build(feed):
    """
    Two datasets with one identifier would be one to a harvester, so the feed is refused.
    """
    with pytest.raises(FeedError, match="'a'"):
        stream(feed, make(some("a"), some("b", identifier="a")))


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_lost_a_dataset_fails_the_build(feed, monkeypatch):
    """
    A feed with fewer datasets than the catalogue is refused.
    """
    monkeypatch.setattr(
        "generator.feeds.parts.distinct_offered", lambda catalog: iter(list(distinct_offered(catalog))[1:])
    )

    with pytest.raises(FeedError, match="1 datasets of 2"):
        stream(feed, make(some("a"), some("b")))


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_feed_holds_every_dataset_once(feed, count):
    """
    Each feed has every dataset, in UTF-8 without a mark, and JSON has a line for each.
    """
    streamed = b"".join(stream(feed, make(*(some(f"d{number}") for number in range(count)))))

    said = {
        "catalog.ttl": b" a dcat:Dataset",
        "catalog.rdf": b"<dcat:Dataset ",
        "dcat-us-3.json": b'"@type":"Dataset"',
    }.get(feed, b'"@type":"dcat:Dataset"')
    assert count == sum(said in line for line in streamed.splitlines())
    assert not streamed.startswith(b"\xef\xbb\xbf")
    if feed.endswith("json"):
        assert count == len(json.loads(streamed)["dataset"])


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_is_the_same_whatever_was_kept(feed):
    """
    With room for every dataset's record or for none, made first or second, a feed has the same bytes.
    """
    catalog = make(*(some(f"d{number}", license=LicenseDocument(iri="https://a.example/")) for number in range(3)))
    kept, not_kept = Site(catalog, THEME), Site(catalog, THEME)
    write = catalogs.function_of(feed)
    made = [b"".join(write(kept, records_of(kept).whole)) for _ in range(2)]
    records_of(not_kept).room = 0

    assert {b"".join(write(not_kept, records_of(not_kept).whole))} == set(made)


@pytest.mark.parametrize("feed", ["catalog.jsonld", "data.json", "dcat-us-3.json", "catalog.rdf"])
def test_streaming_holds_one_dataset_at_a_time(feed):
    """
    Beyond the records that there is room for, the memory that a feed takes does not grow with the datasets.
    """

    def peak(count: int) -> int:
        site = Site(make(*(some(f"d{number}", identifier=f"d{number}") for number in range(count))), THEME)
        records_of(site).room = 0
        tracemalloc.start()
        for _chunk in catalogs.function_of(feed)(site, records_of(site).whole):
            pass
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1)
    # The identifiers already seen, and the links to datasets, take some hundred bytes each; a node takes thousands.
    assert peak(2000) - peak(200) < 1800 * 1000


def test_no_more_is_kept_than_there_is_room_for():
    """
    Records are kept until the room is full, and those that came first stay.
    """
    catalog = make(*(some(f"d{number}") for number in range(4)))
    size = len(Records(catalog).find("d0").line)
    records = Records(catalog, room=2 * size + 10)

    found = [records.find(id) for id in catalog.datasets]

    assert list(records.records) == ["d0", "d1"]
    assert [records.find(id) is record for id, record in zip(catalog.datasets, found, strict=True)] == [
        True,
        True,
        False,
        False,
    ]


def test_too_large_feeds_are_told():
    """
    Above 10 MB data.gov's validator stops, above 50 MB ckanext-dcat; no other file has a limit.
    """
    sizes = {
        "catalog.jsonld": 50_000_001,
        "catalog.rdf": 50_000_000,
        "data.json": 10_000_000,
        "dcat-us-3.json": 10_400_000,
        "index.html": 10**9,
        "publisher/ville/data.json": 25_000_000,
    }

    assert [concise(item, "en").splitlines()[0] for item in size_warnings(sizes)] == [
        "catalog.jsonld: warning[feed-too-large] the feed holds 51 MB; ckanext-dcat takes 50 MB at most",
        "dcat-us-3.json: warning[feed-too-large] the feed holds 11 MB; data.gov takes 10 MB at most",
        "publisher/ville/data.json: warning[feed-too-large] the feed holds 25 MB; data.gov takes 10 MB at most",
    ]


def test_an_empty_list_is_written_as_one():
    """
    A document without datasets is still JSON, with an empty list.
    """
    assert b"".join(iter_json({"dataset": iter(())})) == b'{"dataset":[]}\n'
    assert with_lists({"dataset": iter(())}) == {"dataset": []}


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


@given(st.text(alphabet="aÉ1 \n\t\u00a0\u202f.,;:!?'\"()/-’«»%$\r\x0b", max_size=60))
@example("un  deux\n\n\u00a0\n\ntrois\n quatre")
def test_plain_paragraphs_are_what_a_parser_makes_of_them(text):
    """
    Text without marks is read without Markdown and HTML, and comes out as it does with both.
    """
    assert paragraphs(text) == without_tags(render_markdown(text))
