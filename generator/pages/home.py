"""The home page, made of the blocks that portal.yaml names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.model import CONTENT_TYPES, Page
from generator.model.digest import digest
from generator.pages.cards import dataset_card
from generator.pages.chrome import make_chrome
from generator.pages.content import latest, list_link, opening
from generator.pages.lists import facet
from generator.pages.renderer import render_page, render_text
from generator.pages.terms import alphabetical, group_publishers, theme_links
from generator.pages.views.content import ContentCard
from generator.pages.views.frame import Related
from generator.pages.views.home import Block, ContentBlock, Declaration, Figure, HomeView, Line, PublishersBlock
from generator.pages.views.lists import PublisherGroup
from generator.site.addresses import file_of
from generator.site.links import Link, entry_links, publisher_link
from generator.site.schema_org import catalog_data
from generator.site.site import Site
from generator.site.tasks import Task
from generator.text.markdown import excerpt

SHOWN = 6
"""How many datasets a block shows."""

NEWS = 3
REUSES = 4

MANY_PUBLISHERS = 40
"""More than this are too many to be named on a home page."""

HERO = ("search", "figures")
"""Blocks that stand beside the introduction; the others follow, in the order chosen."""

SHORT = ("popular", "additions", "latest", "news")
"""Blocks of short lines: those that follow one another stand side by side."""


def plan(site: Site) -> Iterator[Task]:
    catalog, portal = site.catalog, site.catalog.portal
    shown = {*newest(site), *added(site), *used(site), *portal.featured}
    counts = [
        [
            (key, collection.title, len(collection.datasets))
            for key, collection in site.collections[site.default][kind].items()
        ]
        for kind in ("theme", "publisher")
    ]
    inputs = digest(
        site.digest,
        "home",
        [(key, site.dataset_digests.get(key)) for key in sorted(shown)],
        newest(site),
        added(site),
        [(key, site.catalog.usage[key]) for key in used(site)],
        counts,
        [(agent.id, agent.kind, agent.parent) for agent in site.catalog.publishers.values()],
        figures(site, site.default),
        site.pages_of("news")[:NEWS],
        site.pages_of("reuses")[:REUSES],
        [page.title for folder in CONTENT_TYPES if (page := opening(site, folder))],
        declared(site),
        (catalog.license, catalog.spatial, catalog.issued, catalog.catalog),
        [catalog.publishers[item.publisher].name for item in catalog.catalog],
    )
    for language in site.languages:
        path = site.addresses.path("", language)
        yield Task(file_of(path), render, (language,), digest(inputs, language))


def render(site: Site, language: str) -> bytes:
    named = site.catalog.portal.home
    found = [Block(name=name, content=BLOCKS[name](site, language)) for name in dict.fromkeys(named)]
    blocks = [block for block in found if block.content]
    description = site.speech(language).choose(site.catalog.description)
    introduction, said = render_text(site, site.catalog.description, language, "")
    # A declaration that is the catalogue's description is not said twice.
    repeated = any(isinstance(block.content, Declaration) and not block.content.url for block in blocks)
    view = HomeView(
        chrome=make_chrome(site, "", language),
        title=site.speech(language).choose(site.catalog.title),
        description=excerpt(description, 160),
        linked=[catalog_data(site, language)],
        introduction=Markup() if repeated else introduction,
        introduction_language=said,
        hero=[block for block in blocks if block.name in HERO],
        rows=rows(block for block in blocks if block.name not in HERO),
    )
    return render_page(site, "home.html", view, site.addresses.path("", language))


def rows(blocks: Iterable[Block]) -> Sequence[Sequence[Block]]:
    """
    Blocks by row: short ones that follow one another share theirs.

    >>> [[block.name for block in row] for row in rows(Block(name=n, content=1) for n in ("latest", "news", "themes"))]
    [['latest', 'news'], ['themes']]
    """
    found: list[list[Block]] = []
    for block in blocks:
        if found and block.name in SHORT and found[-1][-1].name in SHORT:
            found[-1].append(block)
        else:
            found.append([block])
    return found


# ---------------------------------------------------------------- what each block shows


def search(site: Site, language: str) -> str:
    return site.addresses.link("dataset/", language)


def figures(site: Site, language: str) -> Sequence[Figure]:
    speech = site.speech(language)
    datasets = [site.catalog.datasets[key] for key in site.order]
    counts = {
        "dataset": len(datasets),
        "publisher": len({dataset.publisher for dataset in datasets}),
        "file": sum(len(dataset.distribution) for dataset in datasets),
    }
    found = [
        Figure(value=speech.number(count), label=speech.say(f"site.figures.{kind}", count=count))
        for kind, count in counts.items()
    ]
    if share := coverage(site):
        found.append(Figure(value=speech.percent(share), label=speech.say("site.figures.coverage")))
    return found


def coverage(site: Site) -> float:
    """The share of the population that the publishers of datasets serve; 0 when it is not known."""
    whole = site.catalog.portal.population
    publishers = {site.catalog.datasets[key].publisher for key in site.order}
    served = sum(site.catalog.publishers[key].population or 0 for key in publishers)
    return min(1.0, served / whole) if whole else 0.0


def actions(site: Site, language: str) -> Sequence[Link]:
    return entry_links(site, site.catalog.portal.actions, language)


def featured(site: Site, language: str) -> Sequence[Markup]:
    """Cards, rendered; a dataset that is gone is not put forward."""
    shown = set(site.order)
    return [dataset_card(site, key, language) for key in dict.fromkeys(site.catalog.portal.featured) if key in shown]


def newest(site: Site) -> Sequence[str]:
    return site.order[:SHOWN]


def added(site: Site) -> Sequence[str]:
    """The datasets issued last; equals stand as the latest updates do."""
    issued = [key for key in site.order if site.catalog.datasets[key].issued]
    return sorted(issued, key=lambda key: site.catalog.datasets[key].issued, reverse=True)[:SHOWN]


def used(site: Site) -> Sequence[str]:
    """The datasets used most, as `usage.csv` counts; equals stand as the latest updates do."""
    usage = site.catalog.usage
    return sorted((key for key in site.order if usage.get(key)), key=lambda key: -usage[key])[:SHOWN]


def line(site: Site, language: str, key: str, date: str = "", note: str = "") -> Line:
    dataset = site.catalog.datasets[key]
    return Line(
        dataset=Link(
            title=site.speech(language).choose(dataset.title), url=site.addresses.link(f"dataset/{key}/", language)
        ),
        publisher=publisher_link(site, dataset.publisher, language),
        date=date,
        note=note,
    )


def popular(site: Site, language: str) -> Sequence[Line]:
    say = site.speech(language).say
    return [line(site, language, key, note=say("site.front.used", count=site.catalog.usage[key])) for key in used(site)]


def additions(site: Site, language: str) -> Sequence[Line]:
    return [line(site, language, key, site.catalog.datasets[key].issued) for key in added(site)]


def updates(site: Site, language: str) -> Sequence[Line]:
    datasets = site.catalog.datasets
    return [line(site, language, key, datasets[key].modified or datasets[key].issued) for key in newest(site)]


def contents(folder: str, count: int) -> Callable[[Site, str], ContentBlock | None]:
    def content(site: Site, language: str) -> ContentBlock | None:
        cards: Sequence[ContentCard] = latest(site, folder, language, count)
        return ContentBlock(cards=cards, all=list_link(site, folder, language)) if cards else None

    return content


def publishers(site: Site, language: str) -> PublishersBlock | None:
    """By kind; of too many for a home page, those with the most datasets."""
    largest = facet(site, "publisher", language)
    if largest.total <= MANY_PUBLISHERS:
        groups = group_publishers(site, language)
        return PublishersBlock(groups=groups) if groups else None
    group = PublisherGroup(title="", links=sorted(largest.links, key=alphabetical))
    return PublishersBlock(groups=[group], more=largest.more, total=largest.total)


def catalogs(site: Site, language: str) -> Sequence[Related]:
    """The catalogues that this one leads to."""
    return [
        Related(
            dataset=Link(title=site.speech(language).choose(item.title), url=item.homepage or item.iri),
            publisher=publisher_link(site, item.publisher, language),
        )
        for item in site.catalog.catalog
    ]


def declared(site: Site) -> Page | None:
    """The page that portal.yaml names as the declaration."""
    path = site.catalog.portal.declaration.strip("/")
    return next((page for page in site.catalog.pages if path and page.path == path), None)


def declaration(site: Site, language: str) -> Declaration:
    """The page's summary and a link to it; without a page, the catalogue's description."""
    page = declared(site)
    if page is None:
        body, said = render_text(site, site.catalog.description, language, "", level=3)
        return Declaration(title=site.speech(language).choose(site.catalog.title), body=body, body_language=said)
    title = site.speech(language).choose(page.title)
    body, said = render_text(site, page.description or page.body, language, page.folder, level=3, part="declaration")
    return Declaration(title=title, body=body, body_language=said, url=site.addresses.link(page.address, language))


BLOCKS: Mapping[str, Callable[[Site, str], object]] = {
    "search": search,
    "figures": figures,
    "actions": actions,
    "featured": featured,
    "themes": theme_links,
    "popular": popular,
    "additions": additions,
    "latest": updates,
    "news": contents("news", NEWS),
    "reuses": contents("reuses", REUSES),
    "publishers": publishers,
    "catalogs": catalogs,
    "declaration": declaration,
}
"""Block to what it shows, given to the template `blocks/<name>.html`; an empty block is left out."""
