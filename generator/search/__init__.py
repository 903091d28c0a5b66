"""The search index of each language, built beforehand; how it is stored is this package's own affair."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from generator.search.analyses import Analyses, analyze, analyze_catalog
from generator.search.directory import stemmer_asset, write_index
from generator.search.documents import collect_documents, searched
from generator.site import Site, program_digest
from generator.tasks import Bundle, digest


def plan_search(site: Site) -> Iterator[Bundle]:
    for language in site.languages:
        yield Bundle(f"search/{language}/", render_search, (language,), site.catalog_digest)


def render_search(site: Site, language: str, analyses: Analyses | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of a language's index. With `analyses` of an earlier one, only what changed is analysed."""
    if analyses is None:
        analyzed = analyze(collect_documents(site.catalog, language), language)
    else:
        analyzed = analyze_catalog(site.catalog, language, document_digests(site), analyses)
    yield from write_index(analyzed, language, stemmer_address(site, language))


def document_digests(site: Site) -> Mapping[str, str]:
    """By dataset, a digest of all that its document is made from."""
    catalog = site.catalog
    shared = digest(program_digest(), catalog.theme_taxonomy, catalog.portal.languages)
    return {item.id: digest(shared, site.dataset_digests[item.id]) for item in searched(catalog)}


def stemmer_address(site: Site, language: str) -> str:
    """The stemmer's script as seen from the folder of the language's index; empty for a language without one."""
    name = stemmer_asset(language)
    return posixpath.relpath(site.theme.addresses[name], f"search/{language}") if name else ""
