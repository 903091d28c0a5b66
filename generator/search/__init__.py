"""The search index of each language, built beforehand; how it is stored is this package's own affair."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from generator.model.digest import digest, program_digest
from generator.search.analyzed import analyze, analyze_catalog
from generator.search.compressor import Compressor
from generator.search.directory import stemmer_asset, write_index
from generator.search.documents import collect_documents, searched
from generator.search.facets import facet_files
from generator.search.orders import encode_orders
from generator.search.packing import Columns
from generator.search.postings import Postings
from generator.search.records import PART, collect_records, record_files, records_digest, searched_records
from generator.search.suggestions import collect_suggestions, suggestion_files
from generator.search.synonyms import SynonymGroup, encode_synonyms
from generator.site.addresses import search_directory
from generator.site.site import Site
from generator.site.tasks import Bundle
from generator.source.store import Shelf


def plan_search(site: Site, synonyms: Mapping[str, Sequence[SynonymGroup]]) -> Iterator[Bundle]:
    """A folder of files a language, and one of the records where there are any; `synonyms` are the groups of each."""
    records = records_digest(site) if searched_records(site) else ""
    for language in site.languages:
        groups = tuple(synonyms.get(language, ()))
        inputs = digest(site.catalog_digest, groups)
        yield Bundle(f"search/{language}/", render_search, (language, groups), inputs)
        if records:
            inputs = digest(site.digest, records, groups)
            yield Bundle(f"search/{PART}/{language}/", render_records, (language, groups), inputs)


def render_search(site: Site, language: str, groups: Sequence[SynonymGroup]) -> Iterator[tuple[str, bytes]]:
    """The files of a language's index. With a cache, only the datasets that changed are analysed."""
    if site.cache is None:
        analyzed = analyze(collect_documents(site.catalog, language), language)
    else:
        analyses = Shelf(site.cache / f"analyses-{language}.sqlite")
        analyzed = analyze_catalog(site.catalog, language, document_digests(site), analyses)
        analyses.save()

    def make_series(postings: Postings) -> Mapping[str, list[Columns]]:
        return encode_synonyms(groups, language, postings.held)

    compressor = Compressor(Shelf(site.cache / f"compressed-{language}.sqlite") if site.cache else None)
    datasets = site.catalog.datasets
    titles = {dataset.id: site.speech(language).choose(dataset.title) for dataset in searched(site.catalog)}
    more = {name: compressor.compress_file(columns) for name, columns in encode_orders(titles, site.order).items()}
    more |= facet_files(site.catalog, site.collections[language], language, list(titles), compressor)
    stemmer = stemmer_address(site, language)
    yield from write_index(analyzed, language, stemmer, make_series, more, compressor=compressor)
    recent = [(key, site.speech(language).choose(datasets[key].title)) for key in site.order]
    suggestions = collect_suggestions(site.collections[language], recent, language, site.languages)
    made = compressor.make_files((language, suggestions), lambda: dict(suggestion_files(suggestions, language)))
    for name, content in made.items():
        yield f"search/{language}/{name}", content
    compressor.save()


def render_records(site: Site, language: str, groups: Sequence[SynonymGroup]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of a language's records."""

    def make_series(postings: Postings) -> Mapping[str, list[Columns]]:
        return encode_synonyms(groups, language, postings.held)

    analyzed = analyze(collect_records(site, language), language)
    stemmer, more = stemmer_address(site, language, PART), record_files(site, language)
    yield from write_index(analyzed, language, stemmer, make_series, more, PART)


def document_digests(site: Site) -> Mapping[str, str]:
    """By dataset, a digest of all that its document is made from."""
    catalog = site.catalog
    shared = digest(program_digest(), catalog.theme_taxonomy, catalog.portal.languages)
    return {item.id: digest(shared, site.dataset_digests[item.id]) for item in searched(catalog)}


def stemmer_address(site: Site, language: str, part: str = "") -> str:
    """The stemmer's script as seen from the folder of the language's index; empty for a language without one."""
    name = stemmer_asset(language)
    folder = posixpath.dirname(search_directory(language, part))
    return posixpath.relpath(site.theme.addresses[name], folder) if name else ""
