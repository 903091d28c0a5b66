"""The search index of each language, built beforehand; how it is stored is this package's own affair."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.search.documents import collect_documents
from generator.search.index import render_documents as write_documents
from generator.search.index import render_index as write_index
from generator.search.index import stemmer_asset
from generator.site import Site
from generator.tasks import Task


def plan_search(site: Site) -> Iterator[Task]:
    for language in site.languages:
        index, documents = site.search_paths(language)
        yield Task(index, render_index, (language,), site.catalog_digest)
        yield Task(documents, render_documents, (language,), site.catalog_digest)


def render_index(site: Site, language: str) -> bytes:
    return write_index(collect_documents(site.catalog, language), language)


def render_documents(site: Site, language: str) -> bytes:
    documents = collect_documents(site.catalog, language)
    return write_documents(documents, language, stemmer_address(site, language))


def stemmer_address(site: Site, language: str) -> str:
    """The stemmer's script as seen from the folder of the language's index; empty for a language without one."""
    name = stemmer_asset(language)
    return posixpath.relpath(site.theme.addresses[name], f"search/{language}") if name else ""
