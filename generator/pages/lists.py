"""Lists of datasets on numbered pages: all of them, and those of each publisher, theme, keyword, format and licence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote

from generator.model import Agent, Dataset
from generator.model.digest import digest
from generator.pages.area_filter import zone
from generator.pages.cards import dataset_card
from generator.pages.chrome import make_chrome
from generator.pages.health import quality_link
from generator.pages.record_parts import FEW, mention_inputs, mentions_parts
from generator.pages.renderer import render_page, render_text
from generator.pages.views.frame import Fact, Pagination
from generator.pages.views.lists import AskLink, Facet, ListView
from generator.site.addresses import file_of, link, page_path, search_directory
from generator.site.collections import KINDS, Collection
from generator.site.health import has_health
from generator.site.links import Link, collection_link, entry_links, home_link, publisher_link, terms_link
from generator.site.memory import remembered
from generator.site.selections import searched_kinds
from generator.site.site import Site
from generator.site.tasks import Task
from generator.standards import properties, vocabulary
from generator.text.markdown import excerpt
from generator.text.speech import Words

PAGE_SIZE = 20
FACETS = ("theme", "publisher", "format", "license", "keyword")
FACET_LINKS = 12
LATE = 1500
"""Of how many datasets the keywords cost the search too much to be counted before they are asked for."""
SEARCHED = ("publisher", "theme", "format", "license", "keyword")
"""The kinds of collection that the search narrows by."""

WORDS = "{words}"
"""Where an address takes the reader's words."""

FILLED: Mapping[str, Callable[[Dataset], object]] = {
    "place": lambda dataset: any(place.name for place in dataset.spatial),
    "frequency": lambda dataset: dataset.accrual_periodicity,
    "year": lambda dataset: dataset.temporal or dataset.issued or dataset.modified,
}
"""The facets that scripts alone can fill, each with whether a dataset may have a value of it."""

Item = TypeVar("Item")


def plan(site: Site) -> Iterator[Task]:
    for language in site.languages:
        collections = site.collections[language]
        actions = entry_links(site, site.catalog.portal.actions, language)
        facets = [facet(site, kind, language) for kind in FACETS]
        tops = digest(facets, filled_facets(site), zone(site, language), actions, record_index(site, language))
        yield from plan_list(site, language, "", "", "dataset/", site.order, tops)
        for kind in KINDS:
            for key, collection in collections[kind].items():
                extra = publisher_inputs(site, key) if kind == "publisher" else None
                inputs = (collection.title, lengths(site, collection), figures(site, kind, key, language), extra)
                yield from plan_list(site, language, kind, key, collection.path, collection.datasets, inputs)


def plan_list(
    site: Site, language: str, kind: str, key: str, path: str, datasets: Sequence[str], inputs: object
) -> Iterator[Task]:
    total = page_count(datasets)
    for number in range(1, total + 1):
        shown = [site.dataset_digests[item] for item in page_items(datasets, number)]
        made = digest(site.digest, kind, key, language, number, len(datasets), shown, inputs)
        file = file_of(site.addresses.path(page_path(path, number), language))
        yield Task(file, render, (language, kind, key, number), made)


def page_count(datasets: Sequence[object]) -> int:
    return max(1, -(-len(datasets) // PAGE_SIZE))


def page_items(datasets: Sequence[Item], number: int) -> Sequence[Item]:
    return datasets[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def available(site: Site, collection: Collection) -> tuple[str, ...]:
    """The languages that have the collection: a keyword is often in one alone."""
    return tuple(code for code in site.languages if collection.key in site.collections[code][collection.kind])


def lengths(site: Site, collection: Collection) -> list[tuple[str, int]]:
    """How many pages the collection has in each language that has it."""
    return [
        (code, page_count(site.collections[code][collection.kind][collection.key].datasets))
        for code in available(site, collection)
    ]


def publisher_inputs(site: Site, key: str) -> object:
    agents = site.catalog.publishers
    parent = agents.get(agents[key].parent)
    above = [(agent.id, agent.name) for agent in ancestors(site, key)]
    below = [(child.id, child.name) for child in children(site, key)]
    return agents[key], parent and parent.name, above, below, mention_inputs(site, "publisher", key, FEW)


def ancestors(site: Site, key: str) -> list[Agent]:
    """The publishers that one reports to, the highest first."""
    found: list[Agent] = []
    agents = site.catalog.publishers
    while (parent := agents.get(agents[key].parent)) and parent not in found:
        found.insert(0, parent)
        key = parent.id
    return found


def children(site: Site, key: str) -> list[Agent]:
    return [agent for agent in site.catalog.publishers.values() if agent.parent == key]


def render(site: Site, language: str, kind: str, key: str, number: int) -> bytes:
    collection = site.collections[language][kind][key] if kind else None
    path = page_path(collection.path if collection else "dataset/", number)
    view = collection_view(site, language, collection, number) if collection else all_view(site, language, number)
    return render_page(site, "list.html", view, site.addresses.path(path, language))


def all_view(site: Site, language: str, number: int) -> ListView:
    say = site.speech(language).say
    return ListView(
        chrome=make_chrome(site, page_path("dataset/", number), language),
        title=Words(say("site.terms.dataset"), language),
        description=say(f"site.list.{'description' if site.dated else 'undated'}", count=len(site.order)),
        trail=(home_link(site, language),),
        introduction="",
        introduction_language=language,
        facts=(),
        count=len(site.order),
        cards=[dataset_card(site, item, language) for item in page_items(site.order, number)],
        pagination=pagination(site, language, "dataset/", page_count(site.order), number),
        facets=[found for kind in FACETS if (found := facet(site, kind, language)).links],
        filled=filled_facets(site),
        search=True,
        zone=zone(site, language) if number == 1 else None,
        actions=entry_links(site, site.catalog.portal.actions, language),
        ask=ask_link(site, language),
        records=record_index(site, language),
    )


def collection_view(site: Site, language: str, collection: Collection, number: int) -> ListView:
    path = page_path(collection.path, number)
    languages = available(site, collection)
    agent = site.catalog.publishers[collection.key] if collection.kind == "publisher" else None
    introduction, said = render_text(site, agent.description if agent else {}, language, collection.path)
    title = site.speech(language).choose(collection.title)
    say = site.speech(language).say
    return ListView(
        chrome=make_chrome(
            site, path, language, languages if number == 1 else shared(site, collection, number, languages)
        ),
        title=title,
        description=excerpt(site.speech(language).choose(agent.description), 160)
        if agent and agent.description
        else say(f"site.list.{collection.kind}", title=title),
        trail=(
            home_link(site, language),
            terms_link(site, collection.kind, language),
            *(publisher_link(site, above.id, language) for above in (ancestors(site, collection.key) if agent else ())),
        ),
        introduction=introduction,
        introduction_language=said,
        facts=[
            *(agent_facts(site, agent, language) if agent else ()),
            *figures(site, collection.kind, collection.key, language),
        ],
        count=len(collection.datasets),
        cards=[dataset_card(site, item, language) for item in page_items(collection.datasets, number)],
        pagination=pagination(site, language, collection.path, page_count(collection.datasets), number),
        facets=(),
        children=[publisher_link(site, child.id, language) for child in children(site, collection.key)]
        if agent
        else (),
        narrow=site.addresses.link("dataset/", language) + f"?{collection.kind}={collection.key}"
        if collection.kind in SEARCHED and len(collection.datasets) > 1
        else "",
        mentions=mentions_parts(site, "publisher", collection.key, language, FEW) if agent and number == 1 else (),
    )


def shared(site: Site, collection: Collection, number: int, languages: Sequence[str]) -> list[str]:
    """The languages in which the collection has a page of this number."""
    return [
        code
        for code in languages
        if number <= page_count(site.collections[code][collection.kind][collection.key].datasets)
    ]


def agent_facts(site: Site, agent: Agent, language: str) -> list[Fact]:
    rows = properties()["Agent"]
    values: list[tuple[str, Words | Link]] = []
    if agent.kind:
        kind = site.speech(language).label(vocabulary("publisher-kinds")[agent.kind].title)
        values.append(("kind", Words(kind, language)))
    if agent.parent:
        values.append(("parent", publisher_link(site, agent.parent, language)))
    if agent.homepage:
        values.append(("homepage", Link(title=Words(agent.homepage, ""), url=agent.homepage)))
    if agent.contact_point and agent.contact_point.email:
        email = agent.contact_point.email
        values.append(("contactPoint", Link(title=Words(email, ""), url=f"mailto:{email}")))
    return [Fact(label=site.speech(language).label(rows[name].label), values=(value,)) for name, value in values]


@remembered
def figures(site: Site, kind: str, key: str, language: str) -> list[Fact]:
    """What a collection's datasets amount to; nothing without any."""
    speech = site.speech(language)
    agent = site.catalog.publishers[key] if kind == "publisher" else None
    ids = site.collections[language][kind][key].datasets
    datasets = [site.catalog.datasets[item] for item in ids]
    values: list[tuple[str, str]] = []
    if datasets:
        if agent is None:
            values.append(("publishers", speech.number(len({dataset.publisher for dataset in datasets}))))
        values.append(("files", speech.number(sum(len(dataset.distribution) for dataset in datasets))))
        if last := max(dataset.modified for dataset in datasets):
            values.append(("modified", speech.date(last)))
        if kind != "license":
            values.append(("licensed", speech.percent(len(openly_licensed(site).intersection(ids)) / len(ids))))
        if len(site.languages) > 1:
            values.append(("translated", speech.percent(len(translated(site).intersection(ids)) / len(ids))))
    if agent and agent.population is not None:
        values.append(("population", speech.number(agent.population)))
    facts: list[tuple[str, Link | Words]] = [(name, Words(said, language)) for name, said in values]
    if agent and datasets and has_health(site):
        facts.append(("quality", quality_link(site, language, key)))
    return [Fact(label=speech.say(f"site.figures-of.{name}"), values=(value,)) for name, value in facts]


@remembered
def openly_licensed(site: Site) -> frozenset[str]:
    """The ids of the datasets whose licence is one that the list of licences knows as open."""
    open_codes = {term.code for term in vocabulary("licenses").terms.values() if term.facts.get("open")}
    held = site.catalog.datasets.values()
    return frozenset(item.id for item in held if item.license and item.license.code in open_codes)


@remembered
def translated(site: Site) -> frozenset[str]:
    """The ids of the datasets that have their title and description in every language of the portal."""
    return frozenset(
        item.id
        for item in site.catalog.datasets.values()
        if all(item.title.get(code) and item.description.get(code) for code in site.languages)
    )


def facet(site: Site, kind: str, language: str) -> Facet:
    """The values that lead to the most datasets; equals in the collection's order."""
    held = [collection for collection in site.collections[language][kind].values() if collection.datasets]
    top = sorted(held, key=lambda collection: -len(collection.datasets))[:FACET_LINKS]
    return Facet(
        kind=kind,
        links=[collection_link(site, collection, language) for collection in top],
        more=site.addresses.link(f"{kind}/", language),
        total=len(held),
        late=kind == "keyword" and len(site.order) > LATE,
    )


def record_index(site: Site, language: str) -> str:
    """The index of what is searched beside datasets; nothing where that is nothing."""
    return link(search_directory(language, "records")) if searched_kinds(site) else ""


def ask_link(site: Site, language: str) -> AskLink | None:
    """Where portal.yaml has the public ask for data."""
    written, speech = site.catalog.portal.ask, site.speech(language)
    if "@" in written.partition("/")[0]:
        subject = quote(speech.say("site.search.asked", words=WORDS), safe=WORDS)
        return AskLink(f"mailto:{written}", f"mailto:{written}?subject={subject}")
    place = quote(WORDS)
    url = site.addresses.lead(written.replace(place, ""), "", language) if written else None
    pattern = site.addresses.lead(written, "", language) if written else None
    return AskLink(url, pattern.replace(place, WORDS)) if url and pattern else None


@remembered
def filled_facets(site: Site) -> tuple[str, ...]:
    datasets = site.catalog.datasets
    return tuple(kind for kind, has in FILLED.items() if any(has(datasets[key]) for key in site.order))


def pagination(site: Site, language: str, path: str, total: int, number: int) -> Pagination:
    """Links from one page of a list to its others; `total` is how many there are."""

    def url(page: int) -> str:
        return site.addresses.link(page_path(path, page), language) if 1 <= page <= total else ""

    return Pagination(
        number=number,
        total=total,
        previous=url(number - 1),
        next=url(number + 1),
        pages=[(page, url(page)) if page else None for page in page_numbers(number, total)],
    )


def page_numbers(number: int, total: int) -> list[int | None]:
    """
    The first, the last and those around a page; None where some are left out.

    >>> page_numbers(5, 9), page_numbers(1, 3)
    ([1, None, 4, 5, 6, None, 9], [1, 2, 3])
    """
    shown = sorted({1, total, *(n for n in (number - 1, number, number + 1) if 1 <= n <= total)})
    found: list[int | None] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before == 2:
            found.append(page - 1)
        elif page - before > 2:
            found.append(None)
        found.append(page)
    return found
