"""The search index of each language, built beforehand; how it is stored is this package's own affair."""

from __future__ import annotations

from collections.abc import Iterator

from generator.search.documents import collect_documents
from generator.search.index import render_documents as write_documents
from generator.search.index import render_index as write_index
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
    return write_documents(collect_documents(site.catalog, language), language)
