"""The home page, made of the blocks that portal.yaml names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.markup import excerpt
from generator.pages.terms import group_publishers
from generator.site import Site
from generator.tasks import Task, digest
from generator.urls import file_of
from generator.views import HomeView, Link

LATEST = 6
"""How many of the most recent datasets the home page shows."""


def plan(site: Site) -> Iterator[Task]:
    newest = [site.dataset_digests[key] for key in site.order[:LATEST]]
    counts = [
        [
            (key, collection.title, len(collection.datasets))
            for key, collection in site.collections[site.default][kind].items()
        ]
        for kind in ("theme", "publisher")
    ]
    kinds = [(agent.id, agent.kind) for agent in site.catalog.publishers.values()]
    for language in site.languages:
        path = site.path("", language)
        inputs = digest(site.digest, "home", language, newest, counts, kinds, figures(site))
        yield Task(file_of(path), render, (language,), inputs)


def figures(site: Site) -> dict[str, int]:
    datasets = [site.catalog.datasets[key] for key in site.order]
    return {
        "dataset": len(datasets),
        "publisher": len({dataset.publisher for dataset in datasets}),
        "file": sum(len(dataset.distribution) for dataset in datasets),
    }


def render(site: Site, language: str) -> bytes:
    description = site.words(site.catalog.description, language)
    introduction, said = site.markdown(site.catalog.description, language, "")
    view = HomeView(
        chrome=site.chrome("", language),
        title=site.words(site.catalog.title, language),
        description=excerpt(description, 160),
        introduction=introduction,
        introduction_language=said,
        blocks=site.catalog.portal.home,
        figures=figures(site),
        themes=themes(site, language),
        latest=[site.card(key, language) for key in site.order[:LATEST]],
        publishers=group_publishers(site, language),
    )
    return site.render("home.html", view, site.path("", language))


def themes(site: Site, language: str) -> Sequence[Link]:
    collections = site.collections[language]["theme"].values()
    return [site.collection_link(collection, language) for collection in collections]
