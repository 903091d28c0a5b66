"""
A portal's feeds, brought in again, give the portal's own files; what differs is listed here, with the reason.

What stands in a table is what the feed can't say. A difference that no row allows fails; so does a row that allows
what no longer differs.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

from generator.authoring.report import Report
from generator.feeds import plan_feeds
from generator.feeds.plain_text import paragraphs
from generator.importers.dcat import import_dcat
from generator.model import Catalog
from generator.site.site import Site
from generator.source.files import read_source
from generator.source.structure.catalog import structure_catalog
from generator.standards import vocabulary
from generator.theme.files import read_theme
from tests.catalogues import FOLDER, imported
from tests.conftest import ROOT, Once
from tests.feeds.test_hydra import content


class Difference(NamedTuple):
    """A field whose value is another after the round trip: `path` names it, `where` is the id of what has it."""

    path: str
    where: str
    before: Any
    after: Any


def compare(before: Any, after: Any, path: str, where: str) -> Iterator[Difference]:
    """Every field of two catalogues that differs, down to those of each dataset, distribution and publisher."""
    if before == after:
        return
    if dataclasses.is_dataclass(before) and type(before) is type(after):
        for field in dataclasses.fields(before):
            if field.compare:
                name = f"{path}.{field.name}"
                yield from compare(getattr(before, field.name), getattr(after, field.name), name, where)
    elif path in ("catalog.datasets", "catalog.publishers"):
        for key in sorted({**before, **after}):
            if key in before and key in after:
                yield from compare(before[key], after[key], path.removeprefix("catalog."), key)
            else:
                yield Difference(path, key, before.get(key), after.get(key))
    elif is_parts(before) and is_parts(after) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from compare(one, other, path, f"{where}#{getattr(one, 'id', number)}")
    else:
        yield Difference(path, where, before, after)


def is_parts(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])


# ---------------------------------------------------------------- what may differ, and why

Judge = Callable[[Any, Any, Catalog, str], bool]
"""Whether a difference of a field, from one value to another, is the one that is meant."""


def anything(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return True


def lost(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return bool(before) and not after


def plain(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    """Markdown whose words, without its marks and line breaks, are the same in every language."""
    words = {language: text for language, text in before.items() if paragraphs(text)}
    return words.keys() == after.keys() and all(
        paragraphs(words[language]).split() == paragraphs(after[language]).split() for language in words
    )


def said(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    """Plain text; or a description that only repeats the title, as the feed does where there is none."""
    return plain(before, after, catalog, where) or (not after and before == catalog.datasets[where].title)


def own_file(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    dataset, _, name = where.partition("#")
    item = next(item for item in catalog.datasets[dataset].distribution if item.id == name)
    return not before and after.startswith(f"{catalog.portal.base_url}dataset/{dataset}/") and bool(item.file)


def unpublished(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    """A publisher of no dataset, and above none that has one."""
    ids = {dataset.publisher for dataset in catalog.datasets.values()} | {catalog.publisher}
    for _ in catalog.publishers:
        ids |= {catalog.publishers[id].parent for id in ids if id in catalog.publishers}
    return after is None and where not in ids


def named_after_itself(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return not before and after == catalog.publishers[where].name


def named_after_publisher(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return not before and after == catalog.publishers[catalog.datasets[where].publisher].name


def withdrawn(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return before.withdrawn is not None and after is None


def repeated(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return before == catalog.portal.base_url and not after


def first_language(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    """The text in the feed's one language, else in the one it was written in, which is then taken for the feed's."""
    words = before.get(catalog.portal.default_language) or next(iter(before.values()))
    return plain({"": words}, {"": next(iter(after.values()))}, catalog, where)


def first_words(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return next(iter(after.values())) == (before.get(catalog.portal.default_language) or next(iter(before.values())))


def public(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return (before, after) == ("", "public")


def whole_days(before: str, after: str, catalog: Catalog, where: str) -> bool:
    return len(before) < 10 and after.startswith(before)


def one_box(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return len(before) > 1 == len(after) and bool(after[0].bbox)


def open_period(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return any(not period.end or not period.start for period in before) and not after


def unsaid_frequency(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return not after and "iso8601" not in vocabulary("frequencies")[before].facts


def renamed(before: Any, after: Any, catalog: Catalog, where: str) -> bool:
    return bool(before) and bool(after)


Rows = Mapping[str, tuple[Judge, str]]

PORTAL_ONLY = tuple(
    f"catalog.portal.{key}"
    for key in [
        "actions",
        "ask",
        "backdrop",
        "dashboards",
        "declaration",
        "featured",
        "footer",
        "home",
        "population",
        "styleguide",
    ]
)

JSONLD: Rows = {
    "catalog.portal.base_url": (anything, "where the new portal will be is not what the old one's address was"),
    "catalog.portal.menu": (anything, "portal.yaml is the site, not the catalogue"),
    **dict.fromkeys(PORTAL_ONLY, (anything, "portal.yaml is the site, not the catalogue")),
    "catalog.answers": (anything, "what addresses answered is the site's own"),
    "catalog.types": (anything, "types of content are declared by the site"),
    "catalog.pages": (anything, "pages of content/ are no metadata"),
    "catalog.files": (anything, "files of content/ are no metadata"),
    "catalog.usage": (anything, "figures of use are the site's own"),
    "catalog.redirects": (anything, "addresses of an older portal are the site's own"),
    "catalog.homepage": (repeated, "the portal's own address, which the feed says of every catalogue"),
    "catalog.description": (plain, "the feed carries plain text: harvesters show Markdown's marks"),
    "catalog.service.description": (plain, "the feed carries plain text"),
    "catalog.datasets": (withdrawn, "a withdrawn dataset has left the feed; its tombstone is in a file of its own"),
    "catalog.publishers": (unpublished, "a publisher of nothing is not in the feed"),
    "publishers.description": (plain, "the feed carries plain text"),
    "publishers.contact_point.name": (named_after_itself, "a contact without a name is given its publisher's"),
    "datasets.description": (said, "the feed carries plain text, and the title where there is nothing else to say"),
    "datasets.contact_point.name": (named_after_publisher, "a contact without a name is given its publisher's"),
    "datasets.has_quality_annotation": (plain, "the feed carries plain text"),
    "publishers.population": (lost, "DCAT has no word for it"),
    "datasets.distribution.chart": (lost, "a chart is the site's own"),
    "datasets.distribution.columns": (lost, "DCAT has no word for columns"),
    "datasets.dated_by_record": (anything, "feeds give the day, not where it comes from"),
    "datasets.record_modified": (lost, "git's history stays in its repository"),
    "datasets.history": (lost, "git's history stays in its repository"),
    "datasets.folder": (lost, "the files stay where they are: the new portal points at them"),
    "datasets.formerly": (lost, "old addresses are of that portal, and lead to it"),
    "datasets.distribution.description": (plain, "the feed carries plain text"),
    "datasets.distribution.file": (lost, "the files stay where they are: the new portal points at them"),
    "datasets.distribution.download_url": (own_file, "the files stay where they are: the new portal points at them"),
}
"""What `catalog.jsonld` can't say, by field."""

BEYOND = (
    "catalog.service",
    "catalog.catalog",
    "datasets.version_notes",
    "datasets.has_version",
    "datasets.is_version_of",
    "datasets.previous_version",
    "datasets.named_by",
    "datasets.is_referenced_by",
    "datasets.provenance",
    "datasets.has_quality_annotation",
    "datasets.temporal_resolution",
    "datasets.spatial_resolution_in_meters",
    "datasets.spatial.centroid",
    "datasets.spatial.geometry",
    "datasets.applicable_legislation",
    "datasets.hvd_category",
    "datasets.distribution.access_service",
    "datasets.distribution.rights",
)

POD: Rows = {
    **{path: row for path, row in JSONLD.items() if not path.startswith("publishers.contact_point")},
    "catalog.portal.languages": (anything, "the feed is in one language"),
    "catalog.title": (anything, "the feed has nothing of the catalogue itself"),
    "catalog.description": (anything, "the feed has nothing of the catalogue itself"),
    "catalog.publisher": (anything, "the feed has nothing of the catalogue itself"),
    "catalog.license": (lost, "the feed has nothing of the catalogue itself"),
    "catalog.language": (anything, "the feed has nothing of the catalogue itself"),
    "catalog.homepage": (lost, "the feed has nothing of the catalogue itself"),
    "catalog.contact_point": (lost, "the feed has nothing of the catalogue itself"),
    "catalog.publishers": (anything, "a publisher has a name there and no identifier"),
    "publishers.name": (first_words, "the feed is in one language"),
    "publishers.kind": (lost, "a publisher is its name there"),
    "publishers.description": (lost, "a publisher is its name there"),
    "publishers.homepage": (lost, "a publisher is its name there"),
    "publishers.contact_point": (lost, "a publisher is its name there"),
    "datasets.title": (first_words, "the feed is in one language"),
    "datasets.description": (first_language, "the feed is in one language, and in plain text"),
    "datasets.publisher": (renamed, "a publisher has a name there and no identifier"),
    "datasets.contact_point.name": (first_words, "the feed is in one language"),
    "datasets.contact_point.url": (lost, "a contact is a name and an e-mail address there"),
    "datasets.keyword": (first_words, "the feed is in one language"),
    "datasets.access_rights": (public, "accessLevel is mandatory there, and what is published is public"),
    "datasets.accrual_periodicity": (unsaid_frequency, "ISO 8601 has no interval for it"),
    "datasets.spatial": (one_box, "one text stands there for all areas"),
    "datasets.spatial.name": (lost, "a box or a name stands there, not both"),
    "datasets.temporal": (open_period, "the schema refuses an open period"),
    "datasets.temporal.start": (whole_days, "the schema wants days"),
    "datasets.temporal.end": (whole_days, "the schema wants days"),
    "datasets.landing_page": (lost, "it is the portal's own page there; the other one is a reference"),
    "datasets.page": (anything, "the other landing page is a reference too"),
    "datasets.version": (lost, "there is no version"),
    **dict.fromkeys(BEYOND, (lost, "DCAT-US 1.1 has no word for it")),
    "datasets.distribution.id": (renamed, "a distribution has no identifier there"),
    "datasets.distribution.title": (first_words, "the feed is in one language"),
    "datasets.distribution.description": (first_language, "the feed is in one language, and in plain text"),
    "datasets.distribution.modified": (lost, "a distribution has no date there"),
    "datasets.distribution.byte_size": (lost, "a distribution has no size there"),
    "datasets.distribution.checksum": (lost, "a distribution has no checksum there"),
}
"""What Project Open Data can't say besides, by field."""


# ---------------------------------------------------------------- the journey

PORTALS = ("demonstration", "montreal-ckan", "estonia-jkan")

Journey = tuple[Catalog, Catalog, Report]
Travel = Callable[[str, str], Journey]


@pytest.fixture(scope="module")
def there_and_back(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Travel:
    """A portal and a feed to the portal's catalogue, the one made of its feed, and what the import told of it."""

    @cache
    def travel(name: str, feed: str) -> Journey:
        if name == "demonstration":
            first = ROOT
        elif FOLDER.is_dir():
            first = imported(name, once)
        else:
            pytest.skip(f"the real catalogues are not here: {FOLDER} does not exist")
        folder = tmp_path_factory.mktemp(name)
        before, _ = structure_catalog(read_source(first))
        site = Site(before, read_theme(first, before.portal.theme, before.portal.origin["theme"]))
        task = next(task for task in plan_feeds(site) if task.path == feed)
        (folder / feed).write_bytes(content(site, task))
        report = import_dcat(str(folder / feed), folder / "second")
        after, diagnostics = structure_catalog(read_source(folder / "second"))
        assert [str(item) for item in diagnostics if item.is_error] == []
        return before, after, report

    return travel


def unjustified(before: Catalog, after: Catalog, rows: Rows) -> list[Difference]:
    return [
        item
        for item in compare(before, after, "catalog", "")
        if item.path not in rows or not rows[item.path][0](item.before, item.after, before, item.where)
    ]


@pytest.mark.parametrize("name", PORTALS)
def test_linked_data_brings_the_catalogue_back(name, there_and_back):
    """
    `catalog.jsonld` holds all that the files say, but for what the table above lists.
    """
    before, after, report = there_and_back(name, "catalog.jsonld")

    assert unjustified(before, after, JSONLD) == []
    assert [*after.datasets] == [id for id, dataset in before.datasets.items() if dataset.offered]
    assert [event for event in report.events if event.code.startswith("left-out")] == [
        ("left-out.field", "", "Catalog.dct:modified")
    ]


@pytest.mark.parametrize("feed", ["catalog.ttl", "catalog.rdf"])
def test_other_syntaxes_bring_the_same_back(feed, there_and_back):
    """
    Turtle and RDF/XML give the same files as JSON-LD.
    """
    _, expected, _ = there_and_back("demonstration", "catalog.jsonld")
    _, found, _ = there_and_back("demonstration", feed)

    assert [*compare(expected, found, "catalog", "")] == []


def test_project_open_data_brings_most_of_it_back(there_and_back):
    """
    `data.json` holds less; each field that differs is listed, and every dataset keeps its id.
    """
    before, after, report = there_and_back("demonstration", "data.json")

    assert unjustified(before, after, POD) == []
    assert [*after.datasets] == [id for id, dataset in before.datasets.items() if dataset.offered]
    assert [event for event in report.events if event.code.startswith("left-out")] == []


def test_dcat_us_3_brings_ids_areas_and_themes_back(there_and_back):
    """
    `dcat-us-3.json` is read as the JSON-LD that it is: datasets, distributions, publishers, areas and themes return.
    """
    before, after, _ = there_and_back("demonstration", "dcat-us-3.json")

    def facts(catalog: Catalog) -> list[Any]:
        return [
            (
                item.id,
                item.publisher,
                item.theme,
                [area.bbox for area in item.spatial],
                [d.id for d in item.distribution],
            )
            for item in catalog.datasets.values()
            if item.offered
        ]

    assert facts(before) == facts(after)
    assert before.theme_taxonomy == after.theme_taxonomy


def test_hydra_pages_bring_the_whole_back(there_and_back, tmp_path):
    """
    The pages of a catalogue, in a folder, are the catalogue: every dataset once.
    """
    before, whole, _ = there_and_back("demonstration", "catalog.jsonld")
    site = Site(before, read_theme(ROOT, before.portal.theme, before.portal.origin["theme"]))
    pages = [task for task in plan_feeds(site) if task.path.startswith("catalog/")]
    (tmp_path / "catalog").mkdir()
    for task in pages:
        (tmp_path / task.path).write_bytes(b"".join([task.render(site, *task.arguments)]))

    import_dcat(str(tmp_path / "catalog"), tmp_path / "third")

    found, _ = structure_catalog(read_source(tmp_path / "third"))
    assert [*compare(whole, found, "catalog", "")] == []


def test_no_row_is_idle(there_and_back):
    """
    A row of the tables that no portal needs any more is taken out.
    """
    used: Counter[str] = Counter()
    for name in PORTALS:
        before, after, _ = there_and_back(name, "catalog.jsonld")
        used.update(item.path for item in compare(before, after, "catalog", ""))
    before, after, _ = there_and_back("demonstration", "data.json")
    pod = {item.path for item in compare(before, after, "catalog", "")}

    assert [path for path in JSONLD if not used[path]] == []
    assert [path for path in POD if path not in pod and path not in JSONLD] == []
