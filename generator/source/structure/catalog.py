"""Nodes to the model: the whole catalogue, and all that is wrong with single files."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from generator import model
from generator.model.diagnostics import Diagnostic, Place
from generator.source.files import Source, SourceDocument, name_of
from generator.source.folders import CATALOG, PORTAL, PUBLISHERS
from generator.source.ranges.context import Context
from generator.source.structure.answers import structure_answers
from generator.source.structure.datasets import (
    check_file_id,
    file_id,
    list_versions,
    name_one_another,
    structure_dataset,
)
from generator.source.structure.documents import structure_document
from generator.source.structure.objects import structure_object
from generator.source.structure.pages import structure_pages
from generator.source.structure.records import check_mentions
from generator.source.structure.redirects import structure_redirects
from generator.source.structure.services import name_served, offer_services
from generator.source.structure.types import structure_types
from generator.source.structure.usage import structure_usage
from generator.standards import vocabulary
from generator.text.languages import DEFAULT_LANGUAGE


def structure_catalog(source: Source, day: str = "") -> tuple[model.Catalog, list[Diagnostic]]:
    """Everything read as one catalogue on a day, and all that is wrong with single files, the source’s own included."""
    context = Context(diagnostics=list(source.diagnostics), day=day)
    portal = structure_portal(source, context)
    context.default_language = portal.default_language
    types = structure_types(source, portal, context)
    agents = (structure_agent(document, source, context) for document in source.publishers)
    publishers = {agent.id: agent for agent in agents if agent.id}
    datasets: dict[str, model.Dataset] = {}
    for document in source.datasets:
        dataset = structure_dataset(document, source, context)
        if first := datasets.get(dataset.id):
            context.report(Place(document.path, 1, 1), "duplicate-id", value=dataset.id, first=first.origin.path)
        else:
            datasets[dataset.id] = dataset
    pages, mentions = structure_pages(source, portal, types, context)
    records = {name: {page.id: page for page in pages if page.type == name} for name in types}
    check_mentions(mentions, datasets, publishers, records, types, context)
    document = source.documents.get(CATALOG, SourceDocument(path=CATALOG))
    catalog = structure_object(
        model.Catalog,
        document.node,
        context,
        Place(CATALOG),
        portal=portal,
        publishers=publishers,
        types=types,
        pages=tuple(pages),
        files=tuple(source.content_files),
        redirects=structure_redirects(source, context),
        usage=structure_usage(source, datasets, context),
        answers=structure_answers(source, context),
        deleted=deleted_datasets(source),
        shallow_history=source.history.shallow,
    )
    if not catalog.theme_taxonomy:
        catalog = replace(catalog, theme_taxonomy=default_themes())
    datasets = offer_services(name_one_another(list_versions(dict(sorted(datasets.items())))), catalog.services)
    catalog = replace(catalog, datasets=datasets, service=name_served(catalog.service, datasets))
    return catalog, context.diagnostics


def deleted_datasets(source: Source) -> dict[str, tuple[str, str]]:
    """Id to path and date of the dataset files that git saw deleted."""
    return {
        name_of(path): (path, date)
        for path, date in sorted(source.history.deleted.items())
        if path.startswith("datasets/")
        and path.endswith(".yaml")
        and not path.startswith(PUBLISHERS)
        and path != CATALOG
    }


def structure_portal(source: Source, context: Context) -> model.Portal:
    document = source.documents.get(PORTAL, SourceDocument(path=PORTAL))
    portal = structure_object(model.Portal, document.node, context, Place(PORTAL))
    base = re.split("[?#]", portal.base_url)[0]
    if base != portal.base_url:
        place = portal.origin["baseURL"]
        context.report(place, "bad-base-url", value=portal.base_url, suggestion=base)
    return replace(
        portal,
        base_url=base if base.endswith("/") else base + "/",
        home=portal.home or home_blocks(),
        languages=portal.languages or (DEFAULT_LANGUAGE,),
    )


@cache
def default_themes() -> tuple[model.Concept, ...]:
    return tuple(
        model.Concept(id=term.code, pref_label=term.title, close_match=term.eu)
        for term in vocabulary("themes").terms.values()
    )


def structure_agent(document: SourceDocument, source: Source, context: Context) -> model.Agent:
    check_file_id(document.path, context)
    return structure_document(model.Agent, document, source, context, id=file_id(document.path))


def home_blocks() -> tuple[str, ...]:
    """The blocks of a home page that names none; those with nothing to show are left out."""
    return tuple(term.code for term in vocabulary("blocks").terms.values() if not term.facts.get("chosen"))
