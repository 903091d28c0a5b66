"""`catalog/<n>.jsonld`: the catalogue in pages, walked over HTTP; the catalogues of publishers and themes."""

import functools
import json
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS

from generator.feeds import plan_feeds
from generator.feeds.parts import PAGE_SIZE
from generator.model import Catalog, Portal, Withdrawal
from generator.site.site import Site
from generator.site.tasks import Task
from generator.theme.theme import Theme
from tests.feeds.test_dcat_ap import FULL, make, some, violations
from tests.feeds.test_dcat_us_1 import schema_faults
from tests.host import answering

DCAT = Namespace("http://www.w3.org/ns/dcat#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where `tmp_path` is served."""
    with answering(functools.partial(Quiet, directory=str(tmp_path))) as address:
        yield f"{address}/"


def feeds(catalog: Catalog) -> dict[str, bytes]:
    site = Site(catalog, Theme(name="none"))
    return {task.path: content(site, task) for task in plan_feeds(site)}


def content(site: Site, task: Task) -> bytes:
    found = task.render(site, *task.arguments)
    return found if isinstance(found, bytes) else b"".join(found)


def lay(folder: Path, files: dict[str, bytes]) -> None:
    for path, written in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(written)


def walk(first: str, kind: URIRef, link: URIRef) -> Iterator[Graph]:
    """The pages, as ckanext-dcat (PagedCollection, nextPage) and udata (PartialCollectionView, next) see them."""
    url: str | None = first
    while url:
        graph = Graph().parse(url, format="json-ld")
        yield graph
        view = graph.value(None, RDF.type, kind)
        assert view == URIRef(url)
        url = graph.value(view, link)


@pytest.mark.parametrize(("kind", "link"), [("PartialCollectionView", "next"), ("PagedCollection", "nextPage")])
@pytest.mark.parametrize(("count", "pages"), [(0, 1), (PAGE_SIZE, 1), (2 * PAGE_SIZE + 1, 3)])
def test_following_next_yields_every_dataset_once(tmp_path, address, kind, link, count, pages):
    """
    A harvester that starts at the first page and follows the links has each dataset once, and comes to an end.
    """
    gone = some(id="gone", withdrawn=Withdrawal(date="2024-01-01"))
    catalog = make(*(some(id=f"d{n}") for n in range(count)), gone, portal=Portal(base_url=address, languages=("fr",)))
    lay(tmp_path, {path: written for path, written in feeds(catalog).items() if path.startswith("catalog/")})

    found = list(walk(f"{address}catalog/1.jsonld", HYDRA[kind], HYDRA[link]))

    assert len(found) == pages
    listed = [str(dataset) for graph in found for dataset in graph.objects(URIRef(f"{address}#catalog"), DCAT.dataset)]
    assert sorted(listed) == sorted(f"{address}dataset/d{n}#dataset" for n in range(count))
    described = [str(dataset) for graph in found for dataset in graph.subjects(RDF.type, DCAT.Dataset)]
    assert sorted(described) == sorted(listed)
    assert {int(next(graph.objects(None, HYDRA.totalItems))) for graph in found} == {count}


def test_a_page_says_where_it_stands():
    """
    A page is a view of both vocabularies' kinds, with absolute addresses, and none beyond the first or the last.
    """
    base = "https://donnees.exemple.org/p/"
    files = feeds(make(*(some(id=f"d{n:03}") for n in range(PAGE_SIZE + 1))))

    first, last = (json.loads(files[f"catalog/{n}.jsonld"])["@graph"][0] for n in (1, 2))

    one, two = f"{base}catalog/1.jsonld", f"{base}catalog/2.jsonld"
    ends = {"hydra:first": one, "hydra:firstPage": one, "hydra:last": two, "hydra:lastPage": two}
    view = {"@type": ["hydra:PartialCollectionView", "hydra:PagedCollection"], **ends}
    totals = {"hydra:totalItems": PAGE_SIZE + 1, "hydra:itemsPerPage": PAGE_SIZE}
    assert first == {"@id": one, **view, "hydra:next": two, "hydra:nextPage": two, **totals}
    assert last == {"@id": two, **view, "hydra:previous": one, "hydra:previousPage": one, **totals}


def test_pages_are_valid():
    """
    Each page conforms to DCAT-AP by itself.
    """
    files = feeds(make(FULL, some(id="b", theme=("ville",))))

    assert violations(json.loads(files["catalog/1.jsonld"])) == []


def test_publishers_and_themes_have_catalogues_of_their_own():
    """
    A publisher's and a theme's feeds hold their datasets alone, under a name and an IRI of their own, and are valid.
    """
    base = "https://donnees.exemple.org/p/"
    files = feeds(make(FULL, some(id="b", theme=("ville",), modified="2020-01-01")))

    listed = {}
    for path, name in [
        ("publisher/ville", "Données – Ville"),
        ("publisher/autre", "Données – Autre"),
        ("theme/ville", "Données – Ville"),
        ("theme/securite", "Données – Sécurité"),
    ]:
        document, pod = (json.loads(files[f"{path}/{feed}"]) for feed in ("catalog.jsonld", "data.json"))
        graph = Graph().parse(data=files[f"{path}/catalog.jsonld"], format="json-ld")
        catalog = URIRef(f"{base}{path}#catalog")
        assert name in {str(title) for title in graph.objects(catalog, DCTERMS.title)}
        assert violations(document) == []
        assert schema_faults(pod) == []
        assert pod["@id"] == f"{base}{path}/data.json"
        ids = {str(item).split("/")[-1].split("#")[0] for item in graph.objects(catalog, DCAT.dataset)}
        assert len(pod["dataset"]) == len(ids)
        listed[path] = ids

    assert listed == {
        "publisher/ville": {"b"},
        "publisher/autre": set(),
        "theme/ville": {"b", "casernes"},
        "theme/securite": {"casernes"},
    }
    assert json.loads(files["publisher/ville/catalog.jsonld"])["@graph"][0]["dct:modified"]["@value"] == "2020-01-01"
